//===- LossOps.td - Losses and metrics ---------------------*- tablegen -*-===//

#ifndef GRADC_DIALECT_NN_LOSSOPS
#define GRADC_DIALECT_NN_LOSSOPS

include "gradc/Dialect/NN/NNDialect.td"

/// A loss or metric as written: one number for each sample. The loss of a batch
/// is the mean over its samples.
class NN_SampleLossOp<string mnemonic, list<Trait> traits = []>
    : NN_Op<mnemonic, traits # [
        Pure, DeclareOpInterfaceMethods<SourceOpInterface>]> {
  let results = (outs NN_SampleVector:$result);
}

def NN_Reduction : I32EnumAttr<"Reduction", "how a sample's outputs are joined", [
    I32EnumAttrCase<"mean", 0>, I32EnumAttrCase<"sum", 1>]> {
  let cppNamespace = "::gradc::nn";
}

/// A loss that is a formula on each output, joined over the outputs of a sample
/// by their mean or sum and multiplied by `scale`; and the op of the formula,
/// and the op of the formula's gradient with respect to the prediction.
multiclass NN_OutputwiseLoss<string word, string mnemonic, string errorName,
                             string cppName, string formula,
                             string parameter = "", string byDefault = "0",
                             string throughWord = "",
                             string targetRange = ""> {
  defvar hasParameter = !not(!empty(parameter));
  defvar settings = !if(hasParameter, (ins F64Attr:$parameter), (ins));
  defvar printed = !if(hasParameter, " `" # parameter # "` `(` $parameter `)`", "");
  defvar passed = !if(hasParameter, ", getParameter()", "");

  def Op : NN_Op<mnemonic, [Pure, AllTypesMatch<["prediction", "target"]>,
                            SourceOpInterface, LayerOpInterface]> {
    let summary = formula # " over the outputs of each sample";
    let arguments = !con((ins NN_Tensor:$prediction, NN_Tensor:$target,
                              NN_Reduction:$outputs, F64Attr:$scale), settings);
    let results = (outs NN_SampleVector:$result);
    let assemblyFormat = "$prediction `,` $target `outputs` `(` $outputs `)` `scale` `(` $scale `)`"
        # printed # " attr-dict `:` functional-type(operands, results)";
    let extraClassDeclaration = [{
      static ::llvm::StringRef getSourcePlace() { return "loss"; }
      static ::llvm::StringRef getSourceWord() { return "}] # word # [{"; }
      static ::mlir::FailureOr<::mlir::Operation *>
      fromSource(::mlir::OpBuilder &builder, ::mlir::Location loc,
                 ::mlir::ValueRange inputs, ::gradc::SourceArguments &arguments) {
        ::mlir::Value prediction = }] # !if(!empty(throughWord), "inputs[0]",
            "lookThrough<" # throughWord # ">(inputs[0])") # [{;
        auto common = takeLossArguments(prediction, arguments);
        if (::mlir::failed(common))
          return ::mlir::failure();
        }] # !if(hasParameter, [{
        ::mlir::FailureOr<double> parameter = arguments.takeNumberOr(
            "}] # parameter # "\", " # byDefault # [{, NumberRange::positive());
        if (::mlir::failed(parameter))
          return ::mlir::failure();}], "") # [{
        return create(builder, loc, getSampleType(prediction), prediction,
                      common->target, common->outputs,
                      ::llvm::APFloat(common->scale)}]
            # !if(hasParameter, ", ::llvm::APFloat(*parameter)", "") # [{).getOperation();
      }
      ::mlir::FailureOr<::llvm::SmallVector<::mlir::Value>>
      expand(::mlir::OpBuilder &builder, ::gradc::LayerMode mode);
    }] # !if(!empty(targetRange), "", [{
      ::std::optional<::std::pair<double, double>> getTargetRange() {
        return ::std::pair<double, double>}] # targetRange # [{;
      }
    }]);
    let extraClassDefinition = [{
      ::mlir::FailureOr<::llvm::SmallVector<::mlir::Value>>
      $cppClass::expand(::mlir::OpBuilder &builder, ::gradc::LayerMode mode) {
        ::mlir::Value errors = }] # cppName # [{TermOp::create(
            builder, getLoc(), getPrediction(), getTarget()}] # passed # [{);
        return ::llvm::SmallVector<::mlir::Value>{buildJoinedOutputs(
            builder, errors, getOutputs(), getScale().convertToDouble())};
      }
    }];
  }

  def TermOp : NN_Op<errorName, [Pure,
      AllTypesMatch<["prediction", "target", "result"]>,
      DeclareOpInterfaceMethods<PointwiseOpInterface>,
      DifferentiableOpInterface]> {
    let summary = formula;
    let arguments = !con((ins NN_Tensor:$prediction, NN_Tensor:$target), settings);
    let results = (outs NN_Tensor:$result);
    let assemblyFormat =
        "$prediction `,` $target" # printed # " attr-dict `:` type($prediction)";
    let extraClassDeclaration = [{
      ::mlir::FailureOr<::llvm::SmallVector<::mlir::Value>>
      buildGradients(::mlir::OpBuilder &builder,
                     ::mlir::ValueRange resultGradients);
    }];
    let extraClassDefinition = [{
      ::mlir::FailureOr<::llvm::SmallVector<::mlir::Value>>
      $cppClass::buildGradients(::mlir::OpBuilder &builder,
                                ::mlir::ValueRange resultGradients) {
        return ::llvm::SmallVector<::mlir::Value>{
            }] # cppName # [{TermGradOp::create(builder, getLoc(),
                resultGradients[0], getPrediction(), getTarget()}] # passed # [{), {}};
      }
    }];
  }

  def TermGradOp : NN_Op<errorName # "_grad", [Pure,
      AllTypesMatch<["gradient", "prediction", "target", "result"]>,
      DeclareOpInterfaceMethods<PointwiseOpInterface>]> {
    let summary = "the gradient of `nn." # errorName # "` with respect to the prediction";
    let arguments = !con((ins NN_Tensor:$gradient, NN_Tensor:$prediction,
                              NN_Tensor:$target), settings);
    let results = (outs NN_Tensor:$result);
    let assemblyFormat = "$gradient `,` $prediction `,` $target" # printed
        # " attr-dict `:` type($prediction)";
  }
}

defm NN_MeanSquaredError : NN_OutputwiseLoss<"mse", "mean_squared_error",
    "squared_error", "MeanSquaredError", "(prediction - target)^2">;
defm NN_MeanAbsoluteError : NN_OutputwiseLoss<"mae", "mean_absolute_error",
    "absolute_error", "MeanAbsoluteError", "|prediction - target|">;
defm NN_Huber : NN_OutputwiseLoss<"huber", "huber", "huber_error", "Huber",
    "d^2 / 2 where |d| <= delta, else delta (|d| - delta / 2)", "delta", "1.0">;
defm NN_BinaryCrossEntropy : NN_OutputwiseLoss<"binary_crossentropy",
    "binary_cross_entropy", "logistic_error", "BinaryCrossEntropy",
    "cross entropy of sigmoid(prediction): max(z, 0) - z target + log(1 + e^-|z|)",
    "", "0", "SigmoidOp", "(0, 1)">;

def NN_CrossEntropyOp : NN_SampleLossOp<"cross_entropy", [
    DeclareOpInterfaceMethods<DifferentiableOpInterface>]> {
  let summary = "-log softmax(logits)[label], fused so that no logarithm of 0 arises";
  let description = [{
    Takes logits: a `softmax` that ends the network is looked through.
  }];
  let arguments = (ins NN_Tensor:$logits, NN_Labels:$labels);
  let assemblyFormat =
      "$logits `,` $labels attr-dict `:` functional-type(operands, results)";
  let hasVerifier = 1;
}

def NN_CrossEntropyGradOp : NN_Op<"cross_entropy_grad", [Pure,
    AllTypesMatch<["logits", "result"]>]> {
  let summary = "(softmax(logits) - onehot(labels)) * gradient of each sample";
  let arguments = (ins NN_SampleVector:$gradient, NN_Tensor:$logits,
                       NN_Labels:$labels);
  let results = (outs NN_Tensor:$result);
  let assemblyFormat = [{
    $gradient `,` $logits `,` $labels attr-dict `:` type($gradient) `,` type($logits) `,` type($labels)
  }];
}

def NN_AccuracyOp : NN_SampleLossOp<"accuracy"> {
  let summary = "1 where the prediction is right, else 0";
  let description = [{
    Right is: the largest output (the first of equal ones) is the labelled class,
    or the largest output of a one-hot target. For one output, prediction and
    target lie on the same side of `threshold`.
  }];
  let arguments = (ins NN_Tensor:$prediction, NN_Target:$target,
                       F64Attr:$threshold);
  let assemblyFormat = [{
    $prediction `,` $target `threshold` `(` $threshold `)` attr-dict `:` functional-type(operands, results)
  }];
  let hasVerifier = 1;
}

#endif // GRADC_DIALECT_NN_LOSSOPS
