//===- SimplifyFormulas.cpp - Nothing computed or joined twice ------------===//

#include "gradc/Conversion/Passes.h"
#include "gradc/Dialect/Kernel/Kernel.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/Dominance.h"
#include "mlir/IR/Matchers.h"
#include "mlir/Transforms/CSE.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

using namespace mlir;

namespace gradc {
#define GEN_PASS_DEF_SIMPLIFYFORMULAS
#include "gradc/Conversion/Passes.h.inc"

namespace {
/// A choice between two constants.
struct Choice {
  Value condition;
  APFloat ifTrue{0.0}, ifFalse{0.0};

  static std::optional<Choice> match(Value value) {
    auto select = value.getDefiningOp<arith::SelectOp>();
    Choice choice;
    if (!select ||
        !matchPattern(select.getTrueValue(), m_ConstantFloat(&choice.ifTrue)) ||
        !matchPattern(select.getFalseValue(), m_ConstantFloat(&choice.ifFalse)))
      return {};
    choice.condition = select.getCondition();
    return choice;
  }
};

/// |c ? a : b| = c ? |a| : |b|
struct FoldSize : OpRewritePattern<math::AbsFOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(math::AbsFOp op,
                                PatternRewriter &rewriter) const override {
    std::optional<Choice> choice = Choice::match(op.getOperand());
    if (!choice)
      return failure();
    auto constant = [&](const APFloat &number) {
      return arith::ConstantOp::create(
          rewriter, op.getLoc(), rewriter.getFloatAttr(op.getType(), number));
    };
    rewriter.replaceOpWithNewOp<arith::SelectOp>(
        op, choice->condition, constant(abs(choice->ifTrue)),
        constant(abs(choice->ifFalse)));
    return success();
  }
};

/// (c ? a : b) < k is c, its opposite, or always the same.
struct FoldComparison : OpRewritePattern<arith::CmpFOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(arith::CmpFOp op,
                                PatternRewriter &rewriter) const override {
    std::optional<Choice> choice = Choice::match(op.getLhs());
    APFloat bound(0.0);
    if (!choice || !matchPattern(op.getRhs(), m_ConstantFloat(&bound)))
      return failure();
    auto compare = [&](const APFloat &number) {
      return arith::applyCmpPredicate(op.getPredicate(), number, bound);
    };
    bool ifTrue = compare(choice->ifTrue), ifFalse = compare(choice->ifFalse);
    if (ifTrue && !ifFalse) {
      rewriter.replaceOp(op, choice->condition);
      return success();
    }
    if (ifTrue == ifFalse) {
      rewriter.replaceOpWithNewOp<arith::ConstantIntOp>(op, op.getType(),
                                                        ifTrue);
      return success();
    }
    Value always =
        arith::ConstantIntOp::create(rewriter, op.getLoc(), op.getType(), 1);
    rewriter.replaceOpWithNewOp<arith::XOrIOp>(op, choice->condition, always);
    return success();
  }
};

/// Of columns that a product joins twice, once is enough.
struct MergeColumns : OpRewritePattern<kernel::ProductOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(kernel::ProductOp op,
                                PatternRewriter &rewriter) const override {
    unsigned numJoined = op.getJoined().size();
    unsigned first = op.getNumResults() - numJoined;
    for (unsigned i = 0; i < numJoined; ++i)
      for (unsigned k = i + 1; k < numJoined; ++k) {
        if (op.getResult(first + k).use_empty() || !areEqual(op, i, k))
          continue;
        rewriter.replaceAllUsesWith(op.getResult(first + k),
                                    op.getResult(first + i));
        removeColumns(op, k, rewriter);
        return success();
      }
    return failure();
  }

private:
  /// What output `index` joins to an element so far.
  static Value findTerm(kernel::ProductOp op, unsigned index) {
    unsigned numJoined = op.getJoined().size();
    BlockArgument before =
        op.getBlock().getArguments().take_back(numJoined)[index];
    Operation *join =
        op.getYielded().take_back(numJoined)[index].getDefiningOp();
    if (!join || join->getNumOperands() != 2 || !before.hasOneUse() ||
        *before.user_begin() != join)
      return {};
    return join->getOperand(join->getOperand(0) == before ? 1 : 0);
  }

  static bool areEqual(kernel::ProductOp op, unsigned i, unsigned k) {
    Value a = findTerm(op, i), b = findTerm(op, k);
    // The constant, not the op that gives it: there may be several.
    auto findStart = [&](unsigned index) {
      Attribute start;
      if (auto fill = op.getJoined()[index].getDefiningOp<linalg::FillOp>())
        matchPattern(fill.getInputs()[0], m_Constant(&start));
      return start;
    };
    if (!a || a != b || !findStart(i) || findStart(i) != findStart(k))
      return false;
    auto joins = op.getYielded().take_back(op.getJoined().size());
    return joins[i].getDefiningOp()->getName() ==
           joins[k].getDefiningOp()->getName();
  }

  static void removeColumns(kernel::ProductOp op, unsigned index,
                            PatternRewriter &rewriter) {
    unsigned numJoined = op.getJoined().size();
    unsigned output = op.getOutputs().size() - numJoined + index;
    SmallVector<Value> outputs(op.getOutputs());
    outputs.erase(outputs.begin() + output);
    auto smaller = kernel::ProductOp::create(
        rewriter, op.getLoc(), op.getLhs(), op.getRhs(), op.getInputs(),
        outputs, op.getTransposed(), op.getWindowsAttr(), op.getUpdates());
    Block &body = op.getBlock();
    Operation *join = op.getYielded()[output].getDefiningOp();
    body.getTerminator()->eraseOperand(output);
    rewriter.eraseOp(join);
    body.eraseArgument(body.getNumArguments() - numJoined + index);
    smaller.getBody().takeBody(op.getBody());
    SmallVector<Value> results(smaller.getResults());
    // Nothing uses it any more.
    results.insert(results.begin() + output, smaller.getResult(output - 1));
    rewriter.replaceOp(op, results);
  }
};

struct SimplifyFormulasPass : impl::SimplifyFormulasBase<SimplifyFormulasPass> {
  void runOnOperation() override {
    SmallVector<kernel::ProductOp> products;
    getOperation()->walk([&](kernel::ProductOp op) {
      if (!op.getJoined().empty())
        products.push_back(op);
    });
    FrozenRewritePatternSet folds = buildPatterns<FoldSize, FoldComparison>();
    FrozenRewritePatternSet merges = buildPatterns<MergeColumns>();
    GreedyRewriteConfig config;
    config.setRegionSimplificationLevel(GreedySimplifyRegionLevel::Disabled)
        .setStrictness(GreedyRewriteStrictness::ExistingAndNewOps);
    IRRewriter rewriter(&getContext());
    for (kernel::ProductOp product : products) {
      SmallVector<Operation *> body;
      for (Operation &op : product.getBlock().without_terminator())
        body.push_back(&op);
      if (failed(applyOpPatternsGreedily(body, folds, config)))
        return signalPassFailure();
      // Equal values are one after this, so that terms can be compared.
      DominanceInfo dominance(product);
      eliminateCommonSubExpressions(rewriter, dominance, product);
      if (failed(
              applyOpPatternsGreedily(product.getOperation(), merges, config)))
        return signalPassFailure();
    }
  }

private:
  template <typename... Patterns> FrozenRewritePatternSet buildPatterns() {
    RewritePatternSet patterns(&getContext());
    patterns.add<Patterns...>(&getContext());
    return patterns;
  }
};
} // namespace
} // namespace gradc
