//===- NN.h - The dialect of networks ---------------------------*- C++ -*-===//

#ifndef GRADC_DIALECT_NN_NN_H
#define GRADC_DIALECT_NN_NN_H

#include "gradc/Interfaces/Interfaces.h"
#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

#include "gradc/Dialect/NN/NNDialect.h.inc"
#include "gradc/Dialect/NN/NNEnums.h.inc"
#define GET_ATTRDEF_CLASSES
#include "gradc/Dialect/NN/NNAttributes.h.inc"

namespace gradc::nn {

/// On the inference form of a network: a unit attribute.
inline constexpr llvm::StringLiteral inferenceAttr = "nn.inference";

/// See `NN_IsView` in MathOps.td.
template <typename ConcreteType>
class IsView : public mlir::OpTrait::TraitBase<ConcreteType, IsView> {};

/// `[16, 14, 14]`: the shape of one sample, as the source writes it.
std::string describeSample(mlir::RankedTensorType type);

/// A tensor of ones, of the shape of `like`.
mlir::Value buildOnes(mlir::OpBuilder &builder, mlir::Value like);

/// What all losses on single outputs take: the target, of the prediction's
/// type, `outputs=mean|sum` and `scale=`.
struct LossArguments {
  mlir::Value target;
  Reduction outputs;
  double scale;
};
mlir::FailureOr<LossArguments> takeLossArguments(mlir::Value prediction,
                                                 SourceArguments &arguments);

/// The mean or sum over the outputs of each sample, times `scale`.
mlir::Value buildJoinedOutputs(mlir::OpBuilder &builder, mlir::Value errors,
                               Reduction outputs, double scale);

/// One number for each sample of `batched`.
mlir::Type getSampleType(mlir::Value batched);

/// The dimension of a layer's output along which its units lie: 1 for vectors
/// `[samples, units]` and images `[samples, channels, height, width]`, the last
/// one for sequences `[samples, steps, features]`.
int64_t getUnitAxis(mlir::RankedTensorType type);

/// A parameter with one number for each unit of `like`, `name` of `layer`. It
/// begins with `initial`; no weight decay acts on it.
mlir::Value buildUnitParameter(mlir::OpBuilder &builder, mlir::Location loc,
                               mlir::Value like, llvm::StringRef layer,
                               llvm::StringRef name, double initial);

/// The operand of the op that ends the network, where it is a `FunctionOp`.
template <typename FunctionOp> mlir::Value lookThrough(mlir::Value value) {
  auto function = value.getDefiningOp<FunctionOp>();
  return function ? mlir::Value(function.getInput()) : value;
}

class NetworkOp;
/// How `output`, one value for each step of a sequence, could be a vector for
/// each sample: what to say of the layer to change. None where it is a vector,
/// or where no layer treats it as a sequence.
std::optional<SourceAdvice> adviseOnSteps(mlir::Value output);
/// The same where images flow into `network`: of the first layer that takes
/// their rows for steps.
std::optional<SourceAdvice> adviseOnRows(NetworkOp network);
/// Adds what `adviseOnSteps` says to an error about the network's output.
void noteSteps(mlir::InFlightDiagnostic &diagnostic, mlir::Value output);

} // namespace gradc::nn

#define GET_OP_CLASSES
#include "gradc/Dialect/NN/NNOps.h.inc"

#endif // GRADC_DIALECT_NN_NN_H
