//===- TrainDialect.td - What surrounds a network ----------*- tablegen -*-===//

#ifndef GRADC_DIALECT_TRAIN_TRAINDIALECT
#define GRADC_DIALECT_TRAIN_TRAINDIALECT

include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/EnumAttr.td"
include "mlir/IR/OpBase.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"
include "gradc/Interfaces/OptimizerOpInterface.td"
include "gradc/Interfaces/PointwiseOpInterface.td"
include "gradc/Interfaces/SourceOpInterface.td"

def Train_Dialect : Dialect {
  let name = "train";
  let summary = "How a network learns: losses to minimize, rules, clips, reports";
  let description = [{
    An optimizer is a value of type `!train.optimizer`; `train.update` is pure.
    Requests such as `train.clip` stand in the network until the pass that serves
    them replaces them.
  }];
  let cppNamespace = "::gradc::train";
  let dependentDialects = ["::mlir::arith::ArithDialect",
                           "::mlir::math::MathDialect"];
  let useDefaultTypePrinterParser = 1;
}

def Train_Optimizer : TypeDef<Train_Dialect, "Optimizer"> {
  let mnemonic = "optimizer";
  let summary = "a rule by which parameters follow their gradients";
}

class Train_Op<string mnemonic, list<Trait> traits = []>
    : Op<Train_Dialect, mnemonic, traits>;

/// An op that has a meaning only while the network learns: left out of the
/// inference form.
def OnlyInTraining : NativeOpTrait<"OnlyInTraining"> {
  let cppNamespace = "::gradc::train";
}

/// A tensor of static sizes, none of them 0: no op has to think of an empty one.
class Train_TensorOf<list<Type> elements, string condition, string words>
    : Type<And<[StaticShapeTensorOf<elements>.predicate, CPred<condition>,
                CPred<"::llvm::cast<::mlir::ShapedType>($_self).getNumElements() > 0">]>,
           words, "::mlir::RankedTensorType">;

def Train_Tensor : Train_TensorOf<[F32, F64], "::llvm::cast<::mlir::ShapedType>($_self).getRank() > 0",
    "tensor of floats with at least one dimension">;
def Train_SampleVector : Train_TensorOf<[F32, F64], "::llvm::cast<::mlir::ShapedType>($_self).getRank() == 1",
    "vector of floats, one for each sample">;

#endif // GRADC_DIALECT_TRAIN_TRAINDIALECT
