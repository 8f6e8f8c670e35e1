//===- PlanMemory.cpp - One arena for all buffers of a step ---------------===//

#include "gradc/CodeGen/Passes.h"
#include "gradc/Interfaces/StepAttributes.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Interfaces/ViewLikeInterface.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;

namespace gradc {
#define GEN_PASS_DEF_PLANMEMORY
#include "gradc/CodeGen/Passes.h.inc"

namespace {
/// A buffer, the ops between which it is alive, and its place.
struct Buffer {
  memref::AllocOp alloc;
  int64_t bytes;
  unsigned first, last;
  int64_t offset = 0;
};

/// The places of all ops of a function, from outside to inside: `first` its
/// own, `last` that of the last op inside of it.
struct Order {
  struct Span {
    unsigned first = 0, last = 0;
  };
  llvm::DenseMap<Operation *, Span> spans;

  explicit Order(Block &body) { number(body); }

private:
  unsigned next = 0;

  void number(Block &block) {
    for (Operation &op : block) {
      unsigned first = next++;
      for (Region &region : op.getRegions())
        for (Block &inside : region)
          number(inside);
      spans[&op] = {first, next - 1};
    }
  }
};
} // namespace

/// The position of the last op that uses `value`, of `block`, or a view of it:
/// a loop that uses what is from outside of it needs it in every turn. Nothing
/// where a buffer may live on under another name.
static std::optional<unsigned> findLastUse(Value value, Block &block,
                                           const Order &order, unsigned last) {
  for (Operation *user : value.getUsers()) {
    if (user->hasTrait<OpTrait::IsTerminator>())
      return {}; // yielded: it lives on as a result of the op around
    Operation *inBlock = block.findAncestorOpInBlock(*user);
    last = std::max(last, order.spans.lookup(inBlock).last);
    for (Value result : user->getResults()) {
      if (!isa<MemRefType>(result.getType()))
        continue;
      if (!isa<ViewLikeOpInterface, memref::CastOp>(user))
        return {};
      std::optional<unsigned> end = findLastUse(result, block, order, last);
      if (!end)
        return {};
      last = *end;
    }
  }
  return last;
}

static FailureOr<SmallVector<Buffer>> collectBuffers(func::FuncOp function) {
  Block &body = function.front();
  Order order(body);
  SmallVector<Buffer> buffers;
  WalkResult walked = function.walk([&](memref::AllocOp alloc) {
    auto type = alloc.getType();
    bool isShared = alloc->getParentOfType<scf::ParallelOp>() != nullptr;
    if (!type.hasStaticShape() || isShared) {
      alloc.emitOpError("has no fixed place: its size is not static, or "
                        "threads share the loop it stands in");
      return WalkResult::interrupt();
    }
    int64_t bytes = type.getNumElements() *
                    llvm::divideCeil(type.getElementTypeBitWidth(), 8);
    unsigned first = order.spans.lookup(alloc).first;
    std::optional<unsigned> last =
        findLastUse(alloc, *alloc->getBlock(), order, first);
    if (!last) {
      alloc.emitOpError("has no known end: an op passes it on");
      return WalkResult::interrupt();
    }
    buffers.push_back({alloc, bytes, first, *last});
    return WalkResult::advance();
  });
  if (walked.wasInterrupted())
    return failure();
  return buffers;
}

/// Places the buffers one after the other, the largest first, each at the
/// lowest address where it meets no placed buffer that lives at the same time.
/// Returns the size of the arena.
static int64_t assignOffsets(MutableArrayRef<Buffer> buffers) {
  SmallVector<Buffer *> order;
  for (Buffer &buffer : buffers)
    order.push_back(&buffer);
  llvm::sort(order, [](const Buffer *a, const Buffer *b) {
    return a->bytes != b->bytes ? a->bytes > b->bytes : a->first < b->first;
  });
  SmallVector<Buffer *> placed; // by offset
  int64_t size = 0;
  for (Buffer *buffer : order) {
    int64_t offset = 0;
    for (Buffer *other : placed) {
      bool lives = other->first <= buffer->last && buffer->first <= other->last;
      if (!lives)
        continue;
      if (offset + buffer->bytes <= other->offset)
        break;
      offset = std::max<int64_t>(
          offset, llvm::alignTo(other->offset + other->bytes, step::alignment));
    }
    buffer->offset = offset;
    auto place =
        llvm::upper_bound(placed, buffer, [](const Buffer *a, const Buffer *b) {
          return a->offset < b->offset;
        });
    placed.insert(place, buffer);
    size = std::max<int64_t>(
        size, llvm::alignTo(offset + buffer->bytes, step::alignment));
  }
  return size;
}

namespace {
struct PlanMemoryPass : impl::PlanMemoryBase<PlanMemoryPass> {
  void runOnOperation() override {
    for (auto function : getOperation().getOps<func::FuncOp>())
      if (!function.isDeclaration() && function->hasAttr(step::reportsAttr) &&
          failed(plan(function)))
        return signalPassFailure();
  }

  static LogicalResult plan(func::FuncOp function) {
    if (!function.getBody().hasOneBlock() || function.getNumArguments() < 2)
      return function.emitOpError("is no function of `place-state`");
    FailureOr<SmallVector<Buffer>> buffers = collectBuffers(function);
    if (failed(buffers))
      return failure();
    int64_t size = assignOffsets(*buffers);
    OpBuilder builder(function.getContext());
    // The arena is the second of the common arguments.
    BlockArgument arena = function.getArgument(1);
    arena.setType(MemRefType::get({size}, builder.getI8Type()));
    function.setType(builder.getFunctionType(
        function.front().getArgumentTypes(), function.getResultTypes()));
    function->setAttr(step::arenaBytesAttr, builder.getI64IntegerAttr(size));
    for (Buffer &buffer : *buffers) {
      builder.setInsertionPoint(buffer.alloc);
      Location loc = buffer.alloc.getLoc();
      Value offset =
          arith::ConstantIndexOp::create(builder, loc, buffer.offset);
      Value view = memref::ViewOp::create(builder, loc, buffer.alloc.getType(),
                                          arena, offset, ValueRange{});
      buffer.alloc.replaceAllUsesWith(view);
      buffer.alloc.erase();
    }
    return success();
  }
};
} // namespace
} // namespace gradc
