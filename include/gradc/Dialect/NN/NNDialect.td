//===- NNDialect.td - Networks and their mathematics -------*- tablegen -*-===//

#ifndef GRADC_DIALECT_NN_NNDIALECT
#define GRADC_DIALECT_NN_NNDIALECT

include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/EnumAttr.td"
include "mlir/IR/OpBase.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"
include "gradc/Interfaces/DifferentiableOpInterface.td"
include "gradc/Interfaces/LayerOpInterface.td"
include "gradc/Interfaces/LinearOpInterface.td"
include "gradc/Interfaces/PointwiseOpInterface.td"
include "gradc/Interfaces/ScalableOpInterface.td"
include "gradc/Interfaces/SampleSumOpInterface.td"
include "gradc/Interfaces/SlopeOpInterface.td"
include "gradc/Interfaces/SourceOpInterface.td"
include "gradc/Interfaces/WeightedLayerOpInterface.td"

def NN_Dialect : Dialect {
  let name = "nn";
  let summary = "Neural networks as they are written, and their mathematics";
  let description = [{
    A network is one `nn.network`. At first it holds layers, one op a line of the
    `.net`; `expand-layers` replaces them by parameters and mathematics. All
    tensors have static shapes; the first dimension counts the samples of a batch.
  }];
  let cppNamespace = "::gradc::nn";
  let dependentDialects = ["::mlir::arith::ArithDialect",
                           "::mlir::math::MathDialect"];
  let useDefaultAttributePrinterParser = 1;
}

class NN_Op<string mnemonic, list<Trait> traits = []>
    : Op<NN_Dialect, mnemonic, traits>;

/// A tensor of static sizes, none of them 0: no op has to think of an empty one.
class NN_TensorOf<list<Type> elements, string condition, string words>
    : Type<And<[StaticShapeTensorOf<elements>.predicate, CPred<condition>,
                CPred<"::llvm::cast<::mlir::ShapedType>($_self).getNumElements() > 0">]>,
           words, "::mlir::RankedTensorType">;

/// A tensor of the compilation's element type.
def NN_Tensor : NN_TensorOf<[F32, F64], "::llvm::cast<::mlir::ShapedType>($_self).getRank() > 0",
    "tensor of floats with at least one dimension">;
/// One number for each sample.
def NN_SampleVector : NN_TensorOf<[F32, F64], "::llvm::cast<::mlir::ShapedType>($_self).getRank() == 1",
    "vector of floats, one for each sample">;
/// The class of each sample, counted from 0.
def NN_Labels : NN_TensorOf<[I32], "::llvm::cast<::mlir::ShapedType>($_self).getRank() == 1",
    "vector of i32 classes, one for each sample">;
/// What a loss or metric compares with: real values or classes.
def NN_Target : AnyTypeOf<[NN_Tensor, NN_Labels]>;

#endif // GRADC_DIALECT_NN_NNDIALECT
