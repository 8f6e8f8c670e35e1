//===- RecurrentCells.cpp - What recurrent layers stand for ---------------===//
//
// The product of the inputs of all steps and its bias come before the loop, as
// one; only what needs the state of the step before is inside.
//
//===----------------------------------------------------------------------===//

#include "gradc/Dialect/NN/NN.h"
#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;
using namespace gradc;
using namespace gradc::nn;

namespace {
/// What all recurrent layers build. `LayerOp` has a weight of `gates` parts.
template <typename LayerOp> class RecurrentBuilder {
public:
  RecurrentBuilder(LayerOp op, OpBuilder &builder, int64_t gates)
      : op(op), builder(builder), loc(op.getLoc()),
        input(cast<RankedTensorType>(op.getInput().getType())),
        samples(input.getDimSize(0)), steps(input.getDimSize(1)),
        features(input.getDimSize(2)), units(op.getUnits()),
        columns(gates * units) {}

  RankedTensorType getType(ArrayRef<int64_t> shape) const {
    return RankedTensorType::get(shape, input.getElementType());
  }
  RankedTensorType getStateType() const { return getType({samples, units}); }

  /// Each gate is a layer of its own with regard to its fans.
  Value buildParameter(StringRef name, ArrayRef<int64_t> shape, int64_t fanIn,
                       InitializerAttr initializer, bool decays) {
    return ParameterOp::create(builder, loc, getType(shape),
                               (op.getName() + "." + name).str(), initializer,
                               builder.getDenseI64ArrayAttr({fanIn, units}),
                               decays, op.getOptionsAttr());
  }

  Value buildProduct(Value lhs, Value rhs, RankedTensorType type) {
    return MatmulOp::create(builder, loc, type, lhs, rhs,
                            /*transpose_lhs=*/false, /*transpose_rhs=*/false);
  }

  /// x_t W + b of all steps: [steps, samples, gates x units].
  Value buildInputs() {
    Value sequence = ExchangeOp::create(builder, loc, op.getInput());
    sequence = ReshapeOp::create(
        builder, loc, getType({steps * samples, features}), sequence);
    Value weight = buildParameter("weight_input", {features, columns}, features,
                                  op.getWeightInit(), true);
    Value output =
        buildProduct(sequence, weight, getType({steps * samples, columns}));
    if (std::optional<InitializerAttr> initializer = op.getBiasInit()) {
      Value bias =
          buildParameter("bias", {columns}, features, *initializer, false);
      output = AddBiasOp::create(builder, loc, output, bias);
    }
    return ReshapeOp::create(builder, loc, getType({steps, samples, columns}),
                             output);
  }

  Value buildHiddenWeight() {
    return buildParameter("weight_hidden", {units, columns}, units,
                          op.getHiddenInit(), true);
  }

  /// The loop. `cell` gets the states, the slice of the inputs and the
  /// constants, and gives the next states; the first state is what the layer
  /// gives.
  Value buildLoop(Value inputs, unsigned numStates, ValueRange constants,
                  llvm::function_ref<SmallVector<Value>(ValueRange)> cell) {
    SmallVector<Value> initials(numStates, buildZeros());
    bool givesAll = op.getReturned() == Returned::all;
    SmallVector<Type> outputs;
    if (givesAll)
      outputs.push_back(getType({steps, samples, units}));
    SmallVector<Value> fixed(constants);
    auto scan = ScanOp::create(builder, loc, steps, /*reverse=*/false, initials,
                               inputs, fixed, outputs);
    scan.setTapAttr(op.getNameAttr());
    {
      OpBuilder::InsertionGuard guard(builder);
      Block *body = builder.createBlock(&scan.getBody());
      for (Type type : ValueRange(initials).getTypes())
        body->addArgument(type, loc);
      body->addArgument(getType({samples, columns}), loc);
      for (Type type : ValueRange(fixed).getTypes())
        body->addArgument(type, loc);
      SmallVector<Value> next = cell(body->getArguments());
      if (givesAll)
        next.push_back(next[0]);
      ScanYieldOp::create(builder, loc, next);
    }
    Value result = scan.getFinals()[0];
    if (givesAll)
      result = ExchangeOp::create(builder, loc, scan.getOutputs()[0]);
    return TapOp::create(builder, loc, op.getName(), result);
  }

private:
  LayerOp op;
  OpBuilder &builder;
  Location loc;
  RankedTensorType input;
  int64_t samples, steps, features, units, columns;

  Value buildZeros() {
    auto zero = builder.getZeroAttr(input.getElementType());
    return arith::ConstantOp::create(
        builder, loc, DenseElementsAttr::get(getStateType(), zero));
  }
};
} // namespace

FailureOr<SmallVector<Value>> RnnOp::expand(OpBuilder &builder,
                                            LayerMode mode) {
  RecurrentBuilder<RnnOp> layer(*this, builder, 1);
  Location loc = getLoc();
  Value inputs = layer.buildInputs();
  Value weight = layer.buildHiddenWeight();
  return SmallVector<Value>{
      layer.buildLoop(inputs, 1, weight, [&](ValueRange values) {
        Value product =
            layer.buildProduct(values[0], values[2], layer.getStateType());
        Value z = AddOp::create(builder, loc, product, values[1]);
        Value h = getActivation() == CellActivation::relu
                      ? Value(ReluOp::create(builder, loc, z))
                      : Value(TanhOp::create(builder, loc, z));
        return SmallVector<Value>{h};
      })};
}

FailureOr<SmallVector<Value>> LstmOp::expand(OpBuilder &builder,
                                             LayerMode mode) {
  RecurrentBuilder<LstmOp> layer(*this, builder, 4);
  Location loc = getLoc();
  Value inputs = layer.buildInputs();
  Value weight = layer.buildHiddenWeight();
  return SmallVector<Value>{
      layer.buildLoop(inputs, 2, weight, [&](ValueRange values) {
        Value h = values[0], c = values[1], x = values[2];
        Value product = layer.buildProduct(h, values[3],
                                           cast<RankedTensorType>(x.getType()));
        Value z = AddOp::create(builder, loc, product, x);
        auto gates = SplitOp::create(builder, loc, z, 4).getParts();
        Value i = SigmoidOp::create(builder, loc, gates[0]);
        Value f = SigmoidOp::create(builder, loc, gates[1]);
        Value g = TanhOp::create(builder, loc, gates[2]);
        Value o = SigmoidOp::create(builder, loc, gates[3]);
        c = AddOp::create(builder, loc, MulOp::create(builder, loc, f, c),
                          MulOp::create(builder, loc, i, g));
        h = MulOp::create(builder, loc, o, TanhOp::create(builder, loc, c));
        return SmallVector<Value>{h, c};
      })};
}

FailureOr<SmallVector<Value>> GruOp::expand(OpBuilder &builder,
                                            LayerMode mode) {
  RecurrentBuilder<GruOp> layer(*this, builder, 3);
  Location loc = getLoc();
  Value inputs = layer.buildInputs();
  SmallVector<Value> constants{layer.buildHiddenWeight()};
  int64_t units = getUnits();
  if (std::optional<InitializerAttr> initializer = getBiasInit())
    constants.push_back(layer.buildParameter("bias_hidden", {units}, units,
                                             *initializer, false));
  return SmallVector<Value>{
      layer.buildLoop(inputs, 1, constants, [&](ValueRange values) {
        Value h = values[0], x = values[1];
        Value product = layer.buildProduct(h, values[2],
                                           cast<RankedTensorType>(x.getType()));
        auto given = SplitOp::create(builder, loc, x, 3).getParts();
        auto states = SplitOp::create(builder, loc, product, 3).getParts();
        Value candidate = states[2];
        if (getBiasInit())
          candidate = AddBiasOp::create(builder, loc, candidate, values[3]);
        auto gate = [&](unsigned part) -> Value {
          Value sum = AddOp::create(builder, loc, given[part], states[part]);
          return SigmoidOp::create(builder, loc, sum);
        };
        Value reset = gate(0), update = gate(1);
        candidate = MulOp::create(builder, loc, reset, candidate);
        candidate = TanhOp::create(
            builder, loc, AddOp::create(builder, loc, given[2], candidate));
        // (1 - z) n + z h.
        Value change = SubOp::create(builder, loc, h, candidate);
        change = MulOp::create(builder, loc, update, change);
        return SmallVector<Value>{
            AddOp::create(builder, loc, candidate, change)};
      })};
}
