//===- Stages.cpp - The pipeline, one row a stage -------------------------===//

#include "Stages.h"
#include "gradc/CodeGen/Passes.h"
#include "gradc/Conversion/Passes.h"
#include "gradc/Transforms/Passes.h"
#include "mlir/Conversion/AffineToStandard/AffineToStandard.h"
#include "mlir/Conversion/ReconcileUnrealizedCasts/ReconcileUnrealizedCasts.h"
#include "mlir/Conversion/SCFToControlFlow/SCFToControlFlow.h"
#include "mlir/Conversion/SCFToOpenMP/SCFToOpenMP.h"
#include "mlir/Conversion/VectorToLLVM/ConvertVectorToLLVMPass.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Linalg/Passes.h"
#include "mlir/Transforms/Passes.h"

using namespace mlir;

namespace gradc {

/// A pass that looks at one function at a time: several run side by side.
static void addToFunctions(OpPassManager &passes, std::unique_ptr<Pass> pass) {
  passes.addNestedPass<func::FuncOp>(std::move(pass));
}

/// The canonical form of ops; there are no blocks to simplify.
static void addCanonicalizer(OpPassManager &passes) {
  GreedyRewriteConfig config;
  config.setRegionSimplificationLevel(GreedySimplifyRegionLevel::Disabled);
  addToFunctions(passes, createCanonicalizerPass(config));
}

static void addForward(OpPassManager &passes, const CompileOptions &options,
                       const Target &) {
  // Before expansion: the two forms of a layer may expand differently.
  passes.addPass(createCloneForInference());
  passes.addNestedPass<nn::NetworkOp>(createExpandLayers());
  if (options.level >= 2)
    passes.addNestedPass<nn::NetworkOp>(createFoldBatchNorm());
}

static void addBackward(OpPassManager &passes, const CompileOptions &options,
                        const Target &) {
  if (!options.training)
    return;
  // Penalties are part of the loss: they come before its gradient.
  passes.addNestedPass<nn::NetworkOp>(createPenalizeWeights());
  passes.addNestedPass<nn::NetworkOp>(createDifferentiate());
  passes.addNestedPass<nn::NetworkOp>(createClipGradients());
  if (options.watch) {
    ProbeGradientsOptions probes;
    probes.throughTime = options.throughTime;
    passes.addNestedPass<nn::NetworkOp>(createProbeGradients(probes));
  }
}

static void addStep(OpPassManager &passes, const CompileOptions &options,
                    const Target &) {
  FormStepOptions form;
  form.watch = options.watch;
  form.gradients = options.gradients;
  form.training = options.training;
  passes.addPass(createFormStep(form));
  // What no function returns is dead only now: before, it would take the whole
  // backward pass with it.
  addCanonicalizer(passes);
  addToFunctions(passes, createCSEPass());
}

static void addLinalg(OpPassManager &passes, const CompileOptions &options,
                      const Target &) {
  addToFunctions(passes, createConvertToLinalg());
  addToFunctions(passes, createCSEPass());
  if (options.level >= 2)
    passes.addPass(createAssignImageLayouts());
  if (options.level >= 1) {
    addToFunctions(passes, createFormProducts());
    addToFunctions(passes, createFuseWindows());
  }
  if (options.level >= 2) {
    passes.addPass(createKeepTransposed());
    passes.addPass(createAssignLayouts());
    addToFunctions(passes, createSinkReshapes());
    addToFunctions(passes, createFuseElementwise());
    addToFunctions(passes, createFuseFormulas());
    addToFunctions(passes, createFuseReductions());
    addToFunctions(passes, createJoinColumns());
    addToFunctions(passes, createSimplifyFormulas());
    addToFunctions(passes, createHoistUpdates());
  }
  if (options.level >= 1)
    addToFunctions(passes, createGroupPixels());
  // After the fusion, which folds equal elements into formulas.
  addToFunctions(passes, createMaterializeFills());
}

static void addBuffers(OpPassManager &passes, const CompileOptions &options,
                       const Target &) {
  // No elimination of equal values in between: it would join the fills again.
  passes.addPass(createPlaceState());
  addToFunctions(passes, createBufferizeFunctions());
  // Equal views first: then a copy of a value onto itself is seen as such.
  addToFunctions(passes, createCSEPass());
  addCanonicalizer(passes);
}

static void addVector(OpPassManager &passes, const CompileOptions &options,
                      const Target &target) {
  if (options.level >= 2) {
    addToFunctions(passes, createFuseLoops());
    addToFunctions(passes, createFuseRows({options.parallel}));
  }
  addToFunctions(passes, createViewParts());
  if (options.level == 0) {
    passes.addPass(createConvertLinalgToLoopsPass());
    // The places that windows move to.
    passes.addPass(createLowerAffinePass());
    passes.addPass(createLowerGeneric());
  } else {
    LowerProductsOptions products;
    products.registers = target.vectorRegisters;
    products.registerBytes = target.vectorBytes;
    products.parallel = options.parallel;
    LowerGenericOptions loops;
    loops.parallel = options.parallel;
    passes.addPass(createLowerProducts(products));
    passes.addPass(createLowerGeneric(loops));
    addToFunctions(passes, createApproximateMath());
  }
  // After the products, which ask for memory to pack into.
  passes.addPass(createPlanMemory());
}

void addLowering(OpPassManager &passes, const CompileOptions &options,
                 const Target &) {
  passes.addPass(createCallMathLibrary());
  if (options.parallel)
    passes.addPass(createConvertSCFToOpenMPPass());
  // Rolling back would keep every block that a loop is split from: quadratic.
  SCFToControlFlowPassOptions branches;
  branches.allowPatternRollback = false;
  addToFunctions(passes, createSCFToControlFlowPass(branches));
  addToFunctions(passes, createConvertVectorToLLVMPass());
  passes.addPass(createLowerToLLVM());
  passes.addPass(createReconcileUnrealizedCastsPass());
}

namespace {
struct Stage {
  StageInfo info;
  void (*add)(OpPassManager &, const CompileOptions &, const Target &);
};
} // namespace

/// The order is the pipeline. `ast` and `net` come before any op; the stages
/// from `llvm` on are LLVM's.
static const Stage stages[] = {
    {{"ast", "the syntax tree, one node a line"}, nullptr},
    {{"net", "the source with its params, loops and blocks resolved"}, nullptr},
    {{"layers", "the network as written, one op a layer"}, nullptr},
    {{"forward", "parameters and mathematics, in training and inference form"},
     addForward},
    {{"backward", "gradients, clips, updates and probes"}, addBackward},
    {{"step", "pure functions of state, batch and step"}, addStep},
    {{"linalg", "loops' iterators on tensors"}, addLinalg},
    {{"buffers", "the same on memory: state, arena, batch"}, addBuffers},
    {{"vector", "loops over vectors, micro-kernels, one arena"}, addVector},
    {{"llvm-dialect", "MLIR's LLVM dialect"}, addLowering},
    {{"llvm", "LLVM IR"}, nullptr},
    {{"asm", "assembly"}, nullptr},
    {{"obj", "an object file", /*isBinary=*/true}, nullptr},
};

ArrayRef<StageInfo> getStages() {
  static const SmallVector<StageInfo> infos = [] {
    SmallVector<StageInfo> result;
    for (const Stage &stage : stages)
      result.push_back(stage.info);
    return result;
  }();
  return infos;
}

void addStages(OpPassManager &passes, StringRef last,
               const CompileOptions &options, const Target &target) {
  for (const Stage &stage : stages) {
    if (stage.add)
      stage.add(passes, options, target);
    if (stage.info.name == last)
      return;
  }
}

} // namespace gradc
