//===- GradientMutationTest.cpp - A wrong gradient rule is noticed --------===//
//
// Every op of a backward pass is broken once, by one part in a thousand; the
// gradient check must fail for each of them.
//
//===----------------------------------------------------------------------===//

#include "gradc/Dialect/NN/NN.h"
#include "gradc/Dialect/Train/Train.h"
#include "gradc/Driver/Compile.h"
#include "gradc/Execution/GradientCheck.h"
#include "gradc/Frontend/Parser.h"
#include "mlir/Analysis/SliceAnalysis.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Pass/Pass.h"
#include "mlir/Pass/PassInstrumentation.h"
#include "mlir/Pass/PassManager.h"
#include "llvm/Support/MemoryBuffer.h"
#include "gtest/gtest.h"

using namespace mlir;

namespace gradc {
namespace {
/// After `differentiate`: scales the result of one op of the backward pass.
class BreakOneOp : public PassInstrumentation {
public:
  BreakOneOp(int target, int &numOps, std::string &name)
      : target(target), numOps(numOps), name(name) {}

  void runAfterPass(Pass *pass, Operation *op) override {
    if (pass->getArgument() != "differentiate" || hasRun ||
        op->hasAttr(nn::inferenceAttr))
      return;
    hasRun = true;
    SmallVector<Operation *> ops = collect(op);
    numOps = ops.size();
    if (target >= 0 && target < numOps)
      scale(ops[target]);
  }

private:
  int target;
  int &numOps;
  std::string &name;
  bool hasRun = false;

  /// The ops between the loss's report and the gradients that lead to one.
  static SmallVector<Operation *> collect(Operation *network) {
    llvm::SetVector<Operation *> reaching;
    bool isBackward = false;
    SmallVector<Operation *> result;
    network->walk([&](train::GradientOp gradient) {
      (void)getBackwardSlice(gradient.getGradient(), &reaching);
      if (Operation *op = gradient.getGradient().getDefiningOp())
        reaching.insert(op);
    });
    network->walk([&](Operation *op) {
      if (auto report = dyn_cast<train::ReportOp>(op))
        isBackward |= report.getName() == "loss";
      if (isBackward && reaching.contains(op) && op->getNumResults() == 1 &&
          isa<RankedTensorType>(op->getResult(0).getType()))
        result.push_back(op);
    });
    return result;
  }

  void scale(Operation *op) {
    name = op->getName().getStringRef().str();
    OpBuilder builder(op);
    builder.setInsertionPointAfter(op);
    Value factor = arith::ConstantOp::create(builder, op->getLoc(),
                                             builder.getF64FloatAttr(1.001));
    Value result = op->getResult(0);
    Value scaled = nn::ScaleOp::create(builder, op->getLoc(), result.getType(),
                                       result, factor);
    result.replaceAllUsesExcept(scaled, scaled.getDefiningOp());
  }
};

struct Mutation : testing::TestWithParam<const char *> {
  /// The verdict with op `target` of the backward pass broken; none for -1.
  CheckVerdict check(int target) {
    DialectRegistry registry;
    registerAllDialects(registry);
    MLIRContext context(registry, MLIRContext::Threading::DISABLED);
    llvm::SourceMgr sources;
    unsigned id = sources.AddNewSourceBuffer(
        llvm::MemoryBuffer::getMemBufferCopy(GetParam(), "mutation.net"), {});
    FailureOr<ast::File> file = parseNet(sources, id, &context);
    EXPECT_TRUE(succeeded(file));
    FailureOr<ElaboratedFile> elaborated = elaborate(*file, {}, &context);
    EXPECT_TRUE(succeeded(elaborated));
    CompileOptions options;
    options.batch = 5;
    options.isF64 = options.gradients = true;
    options.watch = false;
    options.configure = [&](PassManager &passes) {
      passes.addInstrumentation(
          std::make_unique<BreakOneOp>(target, numOps, name));
      return success();
    };
    FailureOr<Program> program = compileNet(*elaborated, options, &context);
    EXPECT_TRUE(succeeded(program));
    return checkProgram(std::move(*program));
  }

  static CheckVerdict checkProgram(Program program) {
    bool isClass = program.targetIsClass;
    auto model = llvm::cantFail(Model::create(std::move(program)));
    model->call("initialize", nullptr, nullptr, 0, 0, /*seed=*/3);
    std::vector<double> inputs, targets;
    std::vector<int32_t> labels{0, 2, 1, 2, 0};
    for (int i = 0; i < 5 * 4; ++i)
      inputs.push_back(0.31 * ((i * 7) % 13) - 1.7);
    for (int i = 0; i < 5 * 3; ++i)
      targets.push_back(0.1 * ((i * 5) % 11));
    GradientCheckOptions options;
    options.allElements = true;
    const void *target =
        isClass ? static_cast<const void *>(labels.data()) : targets.data();
    return llvm::cantFail(
               checkGradients(*model, inputs.data(), target, options))
        .getVerdict();
  }

  int numOps = 0;
  std::string name;
};
} // namespace

TEST_P(Mutation, EveryRuleIsNoticed) {
  ASSERT_EQ(check(-1), CheckVerdict::Passed);
  ASSERT_GE(numOps, 6);
  for (int target = 0; target < numOps; ++target)
    EXPECT_EQ(check(target), CheckVerdict::Failed)
        << "with " << name << " broken, op " << target << " of the backward "
        << "pass";
}

#define GRADC_NET(layers, train)                                               \
  "net m {\n  input x[4]\n  default dense init=normal(0, 0.7) "                \
  "bias_init=normal(0, 0.4)\n" layers "\n}\ntrain {\n" train                   \
  "\n  optimizer sgd lr=0.1\n}\n"

// All activations and losses, and decay, over as few nets as show them.
INSTANTIATE_TEST_SUITE_P(
    Nets, Mutation,
    testing::Values(
        GRADC_NET("dense 5 ; sigmoid ; dense 4 ; tanh ; dense 3",
                  "loss mse\n decay l2 0.01"),
        GRADC_NET("dense 5 ; relu ; dense 4 ; leaky_relu 0.1 ; dense 3",
                  "loss huber delta=0.4\n decay l1 0.01"),
        GRADC_NET("dense 5 ; elu 0.7 ; dense 4 ; selu ; dense 3",
                  "loss crossentropy"),
        GRADC_NET("dense 5 ; gelu ; dense 4 ; silu ; dense 3 ; softmax",
                  "loss mae outputs=sum"),
        GRADC_NET("dense 5 ; softplus ; dense 4 ; softmax ; dense 3",
                  "loss binary_crossentropy scale=0.5"),
        GRADC_NET("reshape [2, 2] ; exp ; flatten ; dense 3",
                  "loss mse outputs=sum")));

} // namespace gradc
