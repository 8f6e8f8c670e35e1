//===- TrainOps.td - Minimizing, clipping, reporting -------*- tablegen -*-===//

#ifndef GRADC_DIALECT_TRAIN_TRAINOPS
#define GRADC_DIALECT_TRAIN_TRAINOPS

include "gradc/Dialect/Train/OptimizerOps.td"

def Train_MinimizeOp : Train_Op<"minimize", [OnlyInTraining]> {
  let summary = "minimize the mean over the samples of `losses`, plus `penalties`";
  let arguments = (ins Train_SampleVector:$losses, Variadic<F64>:$penalties,
                       Train_Optimizer:$rule);
  let assemblyFormat = [{
    $losses (`plus` $penalties^)? `by` $rule attr-dict `:` type($losses)
  }];
}

def Train_UpdateOp : Train_Op<"update", [Pure,
    AllTypesMatch<["parameter", "gradient", "next"]>, AttrSizedOperandSegments,
    DeclareOpInterfaceMethods<PointwiseOpInterface, ["getReusedOperand"]>]> {
  let summary = "the next value of a parameter and of its optimizer states";
  let description = [{
    `scalars` are the step scalars of the rule in the element type. All gradients
    of a step stand before its first update.
  }];
  let arguments = (ins Train_Tensor:$parameter, Train_Tensor:$gradient,
                       Variadic<Train_Tensor>:$states,
                       Variadic<AnyFloat>:$scalars, Train_Optimizer:$rule);
  let results = (outs Train_Tensor:$next, Variadic<Train_Tensor>:$next_states);
  let assemblyFormat = [{
    $parameter `with` $gradient (`states` `(` $states^ `)`)?
    (`scalars` `(` $scalars^ `:` type($scalars) `)`)? `by` $rule attr-dict
    `:` type($parameter) (`,` type($states)^)? `->` type($next) (`,` type($next_states)^)?
  }];
  let hasVerifier = 1;
}

def Train_GradientOp : Train_Op<"gradient", [OnlyInTraining]> {
  let summary = "marks the gradient of the loss with respect to a parameter, before any clip";
  let arguments = (ins StrAttr:$parameter, Train_Tensor:$gradient);
  let assemblyFormat = "$parameter `,` $gradient attr-dict `:` type($gradient)";
}

def Train_ReportOp : Train_Op<"report"> {
  let summary = "hand a number to the host under a name";
  let description = "A `probe` is reported only on the steps that are watched.";
  let arguments = (ins StrAttr:$name, F64:$value, UnitAttr:$probe);
  let assemblyFormat = "$name `,` $value (`probe` $probe^)? attr-dict";
}

def Train_ReportEachOp : Train_Op<"report_each"> {
  let summary = "hand several numbers to the host, under `name/0`, `name/1`, ...";
  let description = "For watched steps only, as a `probe` of `train.report`.";
  let arguments = (ins StrAttr:$name, TensorRankOf<[F64], [1]>:$values);
  let assemblyFormat = "$name `,` $values attr-dict `:` type($values)";
}

def Train_MeasureOp : Train_Op<"measure"> {
  let summary = "report the mean over the samples of one number each";
  let description = [{
    In a training step the mean over the batch; in evaluation the sums of all
    batches are joined by the host.
  }];
  let arguments = (ins StrAttr:$name, Train_SampleVector:$values);
  let assemblyFormat = "$name `,` $values attr-dict `:` type($values)";
}

def Train_RateOp : Train_Op<"rate", [Pure]> {
  let summary = "the learning rate of this step, given by the host";
  let results = (outs F64:$result);
  let assemblyFormat = "attr-dict";
}

def Train_DecayOp : Train_Op<"decay", [OnlyInTraining,
    DeclareOpInterfaceMethods<SourceOpInterface>]> {
  let summary = "request: add l1 * sum |w| + l2/2 * sum w^2 over all weights to the loss";
  let arguments = (ins F64Attr:$l1, F64Attr:$l2);
  let assemblyFormat = "`l1` `(` $l1 `)` `l2` `(` $l2 `)` attr-dict";
}

def Train_ClipKind : I32EnumAttr<"ClipKind", "what a clip bounds", [
    I32EnumAttrCase<"value", 0>, I32EnumAttrCase<"tensor", 1>,
    I32EnumAttrCase<"layer", 2>, I32EnumAttrCase<"norm", 3>]> {
  let cppNamespace = "::gradc::train";
}

def Train_ClipOp : Train_Op<"clip", [OnlyInTraining,
    DeclareOpInterfaceMethods<SourceOpInterface>]> {
  let summary = "request: bound every element, or the norm of each tensor, of each layer, or of all";
  let description = "Several requests apply in their order.";
  let arguments = (ins Train_ClipKind:$kind,
                       F64Attr:$threshold);
  let assemblyFormat = "$kind $threshold attr-dict";
  let hasVerifier = 1;
}

def Train_ClipByValueOp : Train_Op<"clip_by_value", [Pure,
    AllTypesMatch<["gradient", "result"]>,
    DeclareOpInterfaceMethods<PointwiseOpInterface>]> {
  let summary = "each element limited to [-threshold, threshold]; NaN stays NaN";
  let arguments = (ins Train_Tensor:$gradient, F64Attr:$threshold);
  let results = (outs Train_Tensor:$result);
  let assemblyFormat = "$gradient `threshold` `(` $threshold `)` attr-dict `:` type($gradient)";
  let hasVerifier = 1;
}

def Train_ClipByNormOp : Train_Op<"clip_by_norm", [Pure,
    DeclareOpInterfaceMethods<InferTypeOpInterface>]> {
  let summary = "scale a group of gradients so that their common norm is at most `threshold`";
  let description = [{
    With n the Euclidean norm of all elements of the group, each gradient is
    multiplied by threshold / n where n > threshold and n is finite, and by
    exactly 1 otherwise: a zero norm divides nothing, and a gradient that is not
    finite stays as it is, to be noticed (Pascanu, Mikolov and Bengio 2013,
    algorithm 1). `factor` is what was multiplied by.
  }];
  let arguments = (ins Variadic<Train_Tensor>:$gradients, F64Attr:$threshold);
  let results = (outs Variadic<Train_Tensor>:$results, F64:$factor);
  let assemblyFormat = "$gradients `threshold` `(` $threshold `)` attr-dict `:` type($gradients)";
  let hasVerifier = 1;
}

#endif // GRADC_DIALECT_TRAIN_TRAINOPS
