//===- Compile.cpp - From a network to a program --------------------------===//

#include "gradc/Driver/Compile.h"
#include "Stages.h"
#include "gradc/CodeGen/NativeCode.h"
#include "gradc/Dialect/NN/NN.h"
#include "gradc/Interfaces/StepAttributes.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Pass/PassManager.h"

using namespace mlir;

namespace gradc {

/// Runs passes on a module. What they leave is not verified here: after every
/// pass it would take longer than the passes.
static LogicalResult
runPasses(ModuleOp module, const CompileOptions &options,
          llvm::function_ref<void(OpPassManager &)> addPasses) {
  PassManager passes(module.getContext());
  passes.enableVerifier(false);
  if (options.configure && failed(options.configure(passes)))
    return failure();
  addPasses(passes);
  return passes.run(module);
}

/// Runs the passes of the stages up to `last`.
static LogicalResult runStages(ModuleOp module, StringRef last,
                               const CompileOptions &options,
                               const Target &target) {
  if (failed(runPasses(module, options, [&](OpPassManager &passes) {
        addStages(passes, last, options, target);
      })))
    return failure();
  return verify(module);
}

static FailureOr<Target> createTarget(const CompileOptions &options,
                                      MLIRContext *context) {
  llvm::Expected<Target> target = Target::create(options.cpu, options.level);
  if (target)
    return std::move(*target);
  return mlir::emitError(UnknownLoc::get(context),
                         llvm::toString(target.takeError()));
}

static FailureOr<ImportedNet> import(const ElaboratedFile &file,
                                     const CompileOptions &options,
                                     MLIRContext *context) {
  ImportOptions importOptions;
  importOptions.batch = options.batch;
  importOptions.isF64 = options.isF64;
  return importWithRemedies(file, importOptions, options.remedies, context);
}

//===----------------------------------------------------------------------===//
// What the host is told
//===----------------------------------------------------------------------===//

static std::vector<TensorPlace> readPlaces(ArrayAttr places) {
  std::vector<TensorPlace> result;
  for (auto place : places.getAsRange<DictionaryAttr>()) {
    auto type = cast<RankedTensorType>(
        place.getAs<TypeAttr>(step::placeType).getValue());
    TensorPlace tensor;
    tensor.name = place.getAs<StringAttr>(step::placeName).str();
    tensor.kind = place.getAs<StringAttr>(step::placeKind).str();
    tensor.shape.assign(type.getShape().begin(), type.getShape().end());
    tensor.offset = place.getAs<IntegerAttr>(step::placeOffset).getInt();
    tensor.isF64 = type.getElementType().isF64();
    result.push_back(std::move(tensor));
  }
  return result;
}

static ProgramFunction describeFunction(func::FuncOp function) {
  ProgramFunction result;
  for (auto name : function->getAttrOfType<ArrayAttr>(step::reportsAttr)
                       .getAsRange<StringAttr>())
    result.reports.push_back(name.str());
  result.outputs =
      readPlaces(function->getAttrOfType<ArrayAttr>(step::outputsAttr));
  result.outputBytes =
      function->getAttrOfType<IntegerAttr>(step::outputBytesAttr).getInt();
  return result;
}

/// Reads the attributes that `place-state` and `plan-memory` left.
static void describeState(ModuleOp module, Program &program) {
  program.variables =
      readPlaces(module->getAttrOfType<ArrayAttr>(step::variablesAttr));
  // Kept in another form than files have: the conversion knows that one.
  if (auto unpack = module.lookupSymbol<func::FuncOp>(step::unpackFunction))
    for (const TensorPlace &natural :
         readPlaces(unpack->getAttrOfType<ArrayAttr>(step::outputsAttr)))
      for (TensorPlace &variable : program.variables)
        if (variable.offset == natural.offset)
          variable.shape = natural.shape;
  program.stateBytes =
      module->getAttrOfType<IntegerAttr>(step::stateBytesAttr).getInt();
  for (auto function : module.getOps<func::FuncOp>()) {
    auto arena = function->getAttrOfType<IntegerAttr>(step::arenaBytesAttr);
    if (!arena)
      continue;
    program.arenaBytes = std::max(program.arenaBytes, arena.getInt());
    program.functions[function.getSymName()] = describeFunction(function);
  }
}

/// The shapes of the batch, as the network takes it.
static void describeBatch(ModuleOp module, Program &program) {
  auto networks = module.getOps<nn::NetworkOp>();
  nn::NetworkOp network = *networks.begin();
  program.networkName = network.getSymName().str();
  auto shape = [&](unsigned index) {
    return cast<RankedTensorType>(network.getArgumentTypes()[index]);
  };
  program.inputShape.assign(shape(0).getShape().begin(),
                            shape(0).getShape().end());
  auto output = cast<RankedTensorType>(network.getResultTypes().front());
  program.classes = output.getShape().back();
  network.walk([&](LayerOpInterface layer) {
    int64_t classes = layer.getInputClasses();
    bool isFirst = layer->getNumOperands() > 0 &&
                   layer->getOperand(0) == network.getArgument(0);
    if (classes > 0 && isFirst)
      program.inputClasses = program.inputClasses == 0
                                 ? classes
                                 : std::min(program.inputClasses, classes);
  });
  network.walk([&](SourceOpInterface op) {
    if (auto range = op.getTargetRange()) {
      program.targetLow = range->first;
      program.targetHigh = range->second;
    }
  });
  if (network.getArgumentTypes().size() < 2)
    return;
  program.targetShape.assign(shape(1).getShape().begin(),
                             shape(1).getShape().end());
  program.targetIsClass = shape(1).getElementType().isInteger();
}

//===----------------------------------------------------------------------===//
// Compiling and printing
//===----------------------------------------------------------------------===//

/// Everything from the first pass to the LLVM dialect, and what the host is
/// told of it.
static FailureOr<Program> runAllPasses(ModuleOp module,
                                       const CompileOptions &options,
                                       const Target &target) {
  Program program;
  program.isF64 = options.isF64;
  program.batch = options.batch;
  describeBatch(module, program);
  if (failed(runStages(module, "vector", options, target)))
    return failure();
  describeState(module, program);
  // What this leaves LLVM verifies, once it is translated.
  if (failed(runPasses(module, options, [&](OpPassManager &passes) {
        addLowering(passes, options, target);
      })))
    return failure();
  return program;
}

FailureOr<Program> compileModule(ModuleOp module,
                                 const CompileOptions &options) {
  auto tell = [&](StringRef phase) {
    if (options.onPhase)
      options.onPhase(phase);
  };
  FailureOr<Target> target = createTarget(options, module.getContext());
  if (failed(target))
    return failure();
  FailureOr<Program> program = runAllPasses(module, options, *target);
  if (failed(program))
    return failure();
  tell("passes");
  llvm::LLVMContext llvmContext;
  auto llvmModule = translateToLLVM(module, llvmContext, *target);
  if (failed(llvmModule))
    return failure();
  optimize(**llvmModule, *target, options.level);
  llvm::Expected<std::string> object =
      emitCode(**llvmModule, *target, /*asText=*/false);
  if (!object)
    return mlir::emitError(module.getLoc(), llvm::toString(object.takeError()));
  program->object = std::move(*object);
  tell("code generation");
  return program;
}

FailureOr<Program> compileNet(const ElaboratedFile &file,
                              const CompileOptions &options,
                              MLIRContext *context) {
  FailureOr<ImportedNet> net = import(file, options, context);
  if (failed(net))
    return failure();
  return compileModule(*net->module, options);
}

/// Prints what LLVM makes of a module of the LLVM dialect.
static LogicalResult emitLLVM(ModuleOp module, const CompileOptions &options,
                              const Target &target, StringRef stage,
                              llvm::raw_ostream &os) {
  llvm::LLVMContext context;
  auto llvmModule = translateToLLVM(module, context, target);
  if (failed(llvmModule))
    return failure();
  optimize(**llvmModule, target, options.level);
  if (stage == "llvm") {
    (*llvmModule)->print(os, nullptr);
    return success();
  }
  llvm::Expected<std::string> code =
      emitCode(**llvmModule, target, /*asText=*/stage == "asm");
  if (!code)
    return mlir::emitError(module.getLoc(), llvm::toString(code.takeError()));
  os << *code;
  return success();
}

LogicalResult emitStage(const ElaboratedFile &file,
                        const CompileOptions &options, StringRef stage,
                        llvm::raw_ostream &os, MLIRContext *context) {
  FailureOr<Target> target = createTarget(options, context);
  FailureOr<ImportedNet> net = import(file, options, context);
  if (failed(target) || failed(net))
    return failure();
  ModuleOp module = *net->module;
  bool isLLVM = stage == "llvm" || stage == "asm" || stage == "obj";
  if (failed(
          runStages(module, isLLVM ? "llvm-dialect" : stage, options, *target)))
    return failure();
  if (isLLVM)
    return emitLLVM(module, options, *target, stage, os);
  module.print(os);
  return success();
}

} // namespace gradc
