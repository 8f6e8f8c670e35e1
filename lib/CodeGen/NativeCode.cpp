//===- NativeCode.cpp - From the LLVM dialect to machine code -------------===//

#include "gradc/CodeGen/NativeCode.h"
#include "mlir/Target/LLVMIR/Export.h"
#include "llvm/Analysis/CFG.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/LegacyPassManager.h"
#include "llvm/MC/MCSubtargetInfo.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Passes/PassBuilder.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/TargetParser/Host.h"
#include "llvm/TargetParser/SubtargetFeature.h"

using namespace mlir;

namespace gradc {

/// Whether this machine has all features that `machine` generates code for.
/// Only the vector extensions matter: the rest of a level comes with them.
static llvm::Error checkHost(const llvm::TargetMachine &machine,
                             llvm::StringRef cpu) {
  llvm::StringMap<bool> host = llvm::sys::getHostCPUFeatures();
  const llvm::MCSubtargetInfo &info = *machine.getMCSubtargetInfo();
  for (llvm::StringRef feature : {"sse4.2", "avx", "avx2", "fma", "avx512f",
                                  "avx512bw", "avx512dq", "avx512vl"})
    if (info.checkFeatures(("+" + feature).str()) && !host.lookup(feature))
      return llvm::createStringError("this machine is no '" + cpu +
                                     "': it has no " + feature);
  return llvm::Error::success();
}

llvm::Expected<Target> Target::create(llvm::StringRef cpu, unsigned level) {
  llvm::InitializeNativeTarget();
  llvm::InitializeNativeTargetAsmPrinter();
  std::string triple = llvm::sys::getDefaultTargetTriple(), message;
  llvm::Triple targetTriple(triple);
  const llvm::Target *target =
      llvm::TargetRegistry::lookupTarget(targetTriple, message);
  if (!target)
    return llvm::createStringError(message);
  bool isNative = cpu == "native";
  std::string name = isNative ? llvm::sys::getHostCPUName().str() : cpu.str();
  llvm::SubtargetFeatures features;
  if (isNative)
    for (const auto &feature : llvm::sys::getHostCPUFeatures())
      features.AddFeature(feature.first(), feature.second);
  std::unique_ptr<llvm::MCSubtargetInfo> info(
      target->createMCSubtargetInfo(targetTriple, "", ""));
  if (!info->isCPUStringValid(name))
    return llvm::createStringError("unknown CPU '" + cpu + "'");
  Target result;
  result.machine.reset(target->createTargetMachine(
      targetTriple, name, features.getString(), llvm::TargetOptions(),
      llvm::Reloc::PIC_, std::nullopt,
      level == 0 ? llvm::CodeGenOptLevel::None
                 : llvm::CodeGenOptLevel::Default));
  if (llvm::Error error = checkHost(*result.machine, cpu))
    return std::move(error);
  const llvm::MCSubtargetInfo &chosen = *result.machine->getMCSubtargetInfo();
  bool isV4 = chosen.checkFeatures("+avx512f");
  result.vectorRegisters = isV4 ? 32 : 16;
  result.vectorBytes = isV4 ? 64 : chosen.checkFeatures("+avx") ? 32 : 16;
  return result;
}

/// Whether a function is long and runs through once: a step of a deep network,
/// which calls everything that takes time. To optimize it would take longer
/// than all the rest.
static bool isLongAndStraight(const llvm::Function &function) {
  llvm::SmallVector<
      std::pair<const llvm::BasicBlock *, const llvm::BasicBlock *>>
      backEdges;
  llvm::FindFunctionBackedges(function, backEdges);
  return backEdges.empty() && function.getInstructionCount() > 1000;
}

FailureOr<std::unique_ptr<llvm::Module>>
translateToLLVM(ModuleOp module, llvm::LLVMContext &context,
                const Target &target) {
  std::unique_ptr<llvm::Module> result =
      translateModuleToLLVMIR(module, context);
  if (!result)
    return module.emitError("cannot be translated to LLVM IR");
  result->setDataLayout(target.machine->createDataLayout());
  result->setTargetTriple(target.machine->getTargetTriple());
  for (llvm::Function &function : *result) {
    if (function.isDeclaration())
      continue;
    function.addFnAttr("target-cpu", target.machine->getTargetCPU());
    function.addFnAttr("target-features",
                       target.machine->getTargetFeatureString());
    function.addFnAttr("prefer-vector-width", "512");
    if (isLongAndStraight(function)) {
      function.addFnAttr(llvm::Attribute::NoInline);
      function.addFnAttr(llvm::Attribute::OptimizeNone);
    }
  }
  return result;
}

/// Computes fixed addresses beside each use. Kept from the start of a long
/// function they would all be stored and loaded again: more code than to add
/// an offset, and by far the most of what the choice of registers takes.
static void sinkAddresses(llvm::Function &function) {
  llvm::SmallVector<llvm::GetElementPtrInst *> addresses;
  for (llvm::Instruction &instruction : llvm::instructions(function))
    if (auto *address = llvm::dyn_cast<llvm::GetElementPtrInst>(&instruction))
      if (address->hasAllConstantIndices())
        addresses.push_back(address);
  // The last first: an address may be taken from another one.
  for (llvm::GetElementPtrInst *address : llvm::reverse(addresses)) {
    for (llvm::Use &use : llvm::make_early_inc_range(address->uses())) {
      auto *user = llvm::cast<llvm::Instruction>(use.getUser());
      if (llvm::isa<llvm::PHINode>(user))
        continue; // it is read at the end of another block
      llvm::Instruction *copy = address->clone();
      copy->insertBefore(user->getIterator());
      use.set(copy);
    }
    if (address->use_empty())
      address->eraseFromParent();
  }
}

void optimize(llvm::Module &module, const Target &target, unsigned level) {
  if (level == 0)
    return;
  llvm::LoopAnalysisManager loops;
  llvm::FunctionAnalysisManager functions;
  llvm::CGSCCAnalysisManager callGraph;
  llvm::ModuleAnalysisManager modules;
  llvm::PassBuilder builder(target.machine.get());
  builder.registerModuleAnalyses(modules);
  builder.registerCGSCCAnalyses(callGraph);
  builder.registerFunctionAnalyses(functions);
  builder.registerLoopAnalyses(loops);
  builder.crossRegisterProxies(loops, functions, callGraph, modules);
  llvm::ModulePassManager passes;
  if (level >= 3) {
    passes = builder.buildPerModuleDefaultPipeline(llvm::OptimizationLevel::O3);
  } else {
    // The vectors are chosen already: only addresses and loops are tidied. The
    // whole pipeline takes ten times as long and gains nothing.
    llvm::Error error = builder.parsePassPipeline(
        passes, "function(early-cse<memssa>,simplifycfg,"
                "loop-mssa(loop-rotate,licm),instsimplify)");
    llvm::cantFail(std::move(error));
  }
  passes.run(module, modules);
  for (llvm::Function &function : module)
    if (function.hasOptNone())
      sinkAddresses(function);
}

llvm::Expected<std::string> emitCode(llvm::Module &module, const Target &target,
                                     bool asText) {
  llvm::SmallVector<char> buffer;
  llvm::raw_svector_ostream stream(buffer);
  llvm::legacy::PassManager passes;
  auto type = asText ? llvm::CodeGenFileType::AssemblyFile
                     : llvm::CodeGenFileType::ObjectFile;
  if (target.machine->addPassesToEmitFile(passes, stream, nullptr, type))
    return llvm::createStringError("LLVM cannot emit code for this target");
  passes.run(module);
  return std::string(buffer.data(), buffer.size());
}

} // namespace gradc
