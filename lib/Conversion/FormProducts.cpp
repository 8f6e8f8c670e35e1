//===- FormProducts.cpp - Products in the form of code generation ---------===//

#include "BuildGeneric.h"
#include "gradc/Conversion/Passes.h"
#include "gradc/Dialect/Kernel/Kernel.h"
#include "gradc/Interfaces/StepRoles.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/Matchers.h"
#include "mlir/Transforms/WalkPatternRewriteDriver.h"

using namespace mlir;

namespace gradc {
#define GEN_PASS_DEF_FORMPRODUCTS
#include "gradc/Conversion/Passes.h.inc"

/// The product alone: each output element is its sum.
static Value buildProduct(OpBuilder &builder, Location loc, Value lhs,
                          Value rhs, RankedTensorType type, bool transposed) {
  Value empty = buildEmpty(builder, loc, type);
  auto product = kernel::ProductOp::create(builder, loc, lhs, rhs, ValueRange{},
                                           ValueRange{empty}, transposed);
  OpBuilder::InsertionGuard guard(builder);
  Block *body =
      builder.createBlock(&product.getBody(), {}, type.getElementType(), loc);
  kernel::YieldOp::create(builder, loc, ValueRange{body->getArgument(0)});
  return product.getResult(0);
}

static Value buildTransposed(OpBuilder &builder, Location loc, Value matrix) {
  auto type = getTensorType(matrix);
  auto flipped = RankedTensorType::get({type.getDimSize(1), type.getDimSize(0)},
                                       type.getElementType());
  return buildGeneric(
             builder, loc, {matrix}, {buildEmpty(builder, loc, flipped)},
             {getProjection(builder, 2, {1, 0}), getIdentity(builder, 2)}, {},
             [](OpBuilder &, Location, ValueRange elements) {
               return SmallVector<Value>{elements[0]};
             })
      .getResult(0);
}

/// Fewer rows than this leave most lanes of a vector along them empty.
static constexpr int64_t fewRows = 8;

/// The outermost loop around `op` in whose turns `value` is the same; null
/// where there is none.
static scf::ForOp findLoop(Operation *op, Value value) {
  scf::ForOp outermost;
  for (auto loop = op->getParentOfType<scf::ForOp>(); loop;
       loop = loop->getParentOfType<scf::ForOp>())
    if (loop.isDefinedOutsideOfLoop(value))
      outermost = loop;
  return outermost;
}

/// Whether `value` is a matrix of the state whose transposed form fills panels:
/// `keep-transposed` keeps that form from step to step. Decided by the matrix
/// alone: batches of every size share the state.
static bool isKept(Value value) {
  auto argument = dyn_cast<BlockArgument>(value);
  auto function =
      argument ? dyn_cast<func::FuncOp>(argument.getOwner()->getParentOp())
               : func::FuncOp();
  auto type = getTensorType(value);
  return function && !getVariable(function, value).empty() &&
         kernel::fillsPanels(type.getDimSize(0), type.getElementType());
}

/// The transposed right factor where it is not to be made in the step, or not
/// in each turn of a loop in which it is the same; null elsewhere.
static Value buildTransposedBefore(OpBuilder &builder, linalg::MatmulOp op,
                                   Value rhs) {
  OpBuilder::InsertionGuard guard(builder);
  if (isKept(rhs))
    builder.setInsertionPointToStart(rhs.getParentBlock());
  else if (scf::ForOp loop = findLoop(op, rhs))
    builder.setInsertionPoint(loop);
  else
    return {};
  return buildTransposed(builder, op.getLoc(), rhs);
}

namespace {
struct FormProduct : OpRewritePattern<linalg::MatmulOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(linalg::MatmulOp op,
                                PatternRewriter &rewriter) const override {
    auto fill = op.getOutputs()[0].getDefiningOp<linalg::FillOp>();
    if (!fill || !matchPattern(fill.getInputs()[0], m_AnyZeroFloat()))
      return op.emitOpError("must be added to zero");
    auto maps = op.getIndexingMapsArray();
    bool flipsLhs = maps[0].getDimPosition(0) == 2;
    bool flipsRhs = maps[1].getDimPosition(0) == 1;
    Value lhs = op.getInputs()[0], rhs = op.getInputs()[1];
    auto type = getTensorType(op.getResult(0));
    Location loc = op.getLoc();
    Value before =
        flipsRhs ? buildTransposedBefore(rewriter, op, rhs) : Value();
    if (flipsRhs && !flipsLhs && !before && type.getDimSize(0) >= fewRows) {
      // x W^T as (W x^T)^T: the weight is read as it stands, and the batch is
      // transposed instead, which is small.
      auto flipped = RankedTensorType::get(
          {type.getDimSize(1), type.getDimSize(0)}, type.getElementType());
      Value product =
          buildProduct(rewriter, loc, rhs, buildTransposed(rewriter, loc, lhs),
                       flipped, /*transposed=*/false);
      rewriter.replaceOp(op, buildTransposed(rewriter, loc, product));
      return success();
    }
    if (flipsRhs)
      rhs = before ? before : buildTransposed(rewriter, loc, rhs);
    rewriter.replaceOp(op,
                       buildProduct(rewriter, loc, lhs, rhs, type, flipsLhs));
    return success();
  }
};

struct FormProductsPass : impl::FormProductsBase<FormProductsPass> {
  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    patterns.add<FormProduct>(&getContext());
    walkAndApplyPatterns(getOperation(), std::move(patterns));
    WalkResult walked = getOperation()->walk(
        [](linalg::MatmulOp) { return WalkResult::interrupt(); });
    if (walked.wasInterrupted())
      signalPassFailure();
  }
};
} // namespace
} // namespace gradc
