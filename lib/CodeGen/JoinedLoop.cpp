//===- JoinedLoop.cpp - Two loops over elements as one --------------------===//

#include "JoinedLoop.h"
#include "SeparateMemory.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/IR/IRMapping.h"

using namespace mlir;

namespace gradc {

namespace {
/// One loop under construction out of two.
class Fusion {
public:
  Fusion(RewriterBase &rewriter, linalg::GenericOp first,
         linalg::GenericOp second)
      : rewriter(rewriter), first(first), second(second) {}
  linalg::GenericOp build();

private:
  struct Operand {
    Value memory;
    AffineMap map;
  };
  RewriterBase &rewriter;
  linalg::GenericOp first, second;
  SmallVector<Operand> inputs, outputs;
  /// What the first loop gives each of its outputs, in the new body.
  llvm::DenseMap<Value, Value> given;

  static unsigned add(SmallVectorImpl<Operand> &operands, OpOperand &operand);
  void chooseOperands();
  void cloneBody(linalg::GenericOp from, Block &body, ValueRange arguments);
};
} // namespace

/// The place of the operand in the list, at its end if it was not there.
unsigned Fusion::add(SmallVectorImpl<Operand> &operands, OpOperand &operand) {
  auto generic = cast<linalg::GenericOp>(operand.getOwner());
  Operand wanted{operand.get(), generic.getMatchingIndexingMap(&operand)};
  auto known = llvm::find_if(operands, [&](const Operand &there) {
    return there.memory == wanted.memory && there.map == wanted.map;
  });
  unsigned place = known - operands.begin();
  if (known == operands.end())
    operands.push_back(wanted);
  return place;
}

/// Whether nothing reads the memory but the two loops, which will be one.
static bool isTemporary(Value memory, linalg::GenericOp first,
                        linalg::GenericOp second) {
  Value root = findRoot(memory);
  if (!root.getDefiningOp<memref::AllocOp>())
    return false;
  SmallVector<Value> open{root};
  while (!open.empty())
    for (Operation *user : open.pop_back_val().getUsers())
      if (isa<ViewLikeOpInterface>(user))
        open.push_back(user->getResult(0));
      else if (user != first && user != second)
        return false;
  return true;
}

/// What the first loop writes, the second one need not read, and nobody must
/// write where nobody else reads.
void Fusion::chooseOperands() {
  ValueRange written = first.getDpsInits();
  for (OpOperand *operand : first.getDpsInputOperands())
    add(inputs, *operand);
  for (OpOperand *operand : second.getDpsInputOperands())
    if (!llvm::is_contained(written, operand->get()))
      add(inputs, *operand);
  for (linalg::GenericOp generic : {first, second})
    for (OpOperand &operand : generic.getDpsInitsMutable())
      add(outputs, operand);
  auto isRead = [&](Value memory) {
    auto reads = [&](linalg::GenericOp generic, OpOperand &output) {
      return findRoot(output.get()) == findRoot(memory) &&
             !generic.getMatchingBlockArgument(&output).use_empty();
    };
    for (linalg::GenericOp generic : {first, second})
      for (OpOperand &output : generic.getDpsInitsMutable())
        if (reads(generic, output))
          return true;
    return llvm::any_of(inputs, [&](const Operand &input) {
      return isa<MemRefType>(input.memory.getType()) &&
             findRoot(input.memory) == findRoot(memory);
    });
  };
  SmallVector<Operand> kept;
  for (const Operand &output : outputs)
    if (isRead(output.memory) || !isTemporary(output.memory, first, second))
      kept.push_back(output);
  if (!kept.empty())
    outputs = kept;
}

/// Clones a body whose block arguments have become `arguments`.
void Fusion::cloneBody(linalg::GenericOp from, Block &body,
                       ValueRange arguments) {
  IRMapping mapping;
  mapping.map(from.getBody()->getArguments(), arguments);
  for (Operation &op : from.getBody()->without_terminator())
    rewriter.clone(op, mapping);
  for (auto [output, value] : llvm::zip(
           from.getDpsInits(), from.getBody()->getTerminator()->getOperands()))
    given[output] = mapping.lookupOrDefault(value);
}

linalg::GenericOp Fusion::build() {
  chooseOperands();
  Location loc = second.getLoc();
  SmallVector<Value> ins, outs;
  SmallVector<AffineMap> maps;
  for (const Operand &operand : inputs)
    ins.push_back(operand.memory);
  for (const Operand &operand : outputs)
    outs.push_back(operand.memory);
  for (const Operand &operand : llvm::concat<Operand>(inputs, outputs))
    maps.push_back(operand.map);
  auto fused = linalg::GenericOp::create(rewriter, loc, TypeRange(), ins, outs,
                                         maps, second.getIteratorTypesArray());
  Block *body = rewriter.createBlock(&fused.getRegion());
  for (Value operand : fused->getOperands())
    body->addArgument(getElementTypeOrSelf(operand), loc);
  for (linalg::GenericOp generic : {first, second}) {
    SmallVector<Value> arguments;
    for (OpOperand &operand : generic->getOpOperands()) {
      bool isOutput = generic.isDpsInit(&operand);
      Value value = given.lookup(operand.get());
      auto &list = isOutput ? outputs : inputs;
      if (!value) {
        unsigned place = add(list, operand);
        if (place < (isOutput ? outs : ins).size())
          value = body->getArgument(isOutput ? ins.size() + place : place);
      }
      arguments.push_back(value);
    }
    cloneBody(generic, *body, arguments);
  }
  SmallVector<Value> yielded;
  for (Value output : outs)
    yielded.push_back(given.lookup(output));
  linalg::YieldOp::create(rewriter, loc, yielded);
  return fused;
}

linalg::GenericOp buildJoinedLoop(RewriterBase &rewriter,
                                  linalg::GenericOp first,
                                  linalg::GenericOp second) {
  return Fusion(rewriter, first, second).build();
}

} // namespace gradc
