//===- NormalizationOps.td - Batch and layer normalization -*- tablegen -*-===//

#ifndef GRADC_DIALECT_NN_NORMALIZATIONOPS
#define GRADC_DIALECT_NN_NORMALIZATIONOPS

include "gradc/Dialect/NN/LayerOps.td"
include "gradc/Dialect/NN/MathOps.td"

def NN_BatchNormOp : NN_LayerOp<"batch_norm", [
    AllTypesMatch<["input", "result"]>,
    DeclareOpInterfaceMethods<LayerOpInterface, ["getAdvice",
                                                 "getSmallestBatch"]>]> {
  let summary = "each unit normalized over the batch (Ioffe and Szegedy 2015)";
  let description = [{
    In training, algorithm 1: every unit gets the mean 0 and the variance 1 over
    the batch, then a scale `gamma` and a shift `beta` that are learned. A unit is
    a channel of images, over all their pixels, and a feature of sequences, over
    all steps. The buffers `running_mean` and `running_var` follow the batch's by
    the share `momentum`; inference normalizes with them.

    ```mlir
    %1 = nn.batch_norm "batchnorm" %0 momentum(0.1) eps(1.0e-5) : tensor<10x30xf32>
    ```
  }];
  let arguments = (ins StrAttr:$name, NN_Tensor:$input, F64Attr:$momentum,
                       F64Attr:$eps);
  let results = (outs NN_Tensor:$result);
  let assemblyFormat = [{
    $name $input `momentum` `(` $momentum `)` `eps` `(` $eps `)` attr-dict `:` type($input)
  }];
  let hasVerifier = 1;
}

def NN_LayerNormOp : NN_LayerOp<"layer_norm", [
    AllTypesMatch<["input", "result"]>]> {
  let summary = "each sample normalized over its units (Ba et al. 2016)";
  let description = [{
    A vector gets the mean 0 and the variance 1 over its elements, each step of a
    sequence over its features, and an image over all of its channels and pixels;
    then a scale `gamma` and a shift `beta` for each unit, feature or channel.
    Training and inference are the same.

    ```mlir
    %1 = nn.layer_norm "layernorm" %0 eps(1.0e-5) : tensor<10x30xf32>
    ```
  }];
  let arguments = (ins StrAttr:$name, NN_Tensor:$input, F64Attr:$eps);
  let results = (outs NN_Tensor:$result);
  let assemblyFormat = "$name $input `eps` `(` $eps `)` attr-dict `:` type($input)";
  let hasVerifier = 1;
}

def NN_NormalizeOp : NN_DifferentiableOp<"normalize", [
    AllTypesMatch<["input", "result"]>,
    AllTypesMatch<["factor", "shift", "mean", "variance"]>]> {
  let summary = "factor (x - mean) / sqrt(variance + eps) + shift for each unit";
  let description = [{
    `mean` and `variance` (the biased one) of a unit are those over all dimensions
    but `axis`. The variance is the mean of the squares of x - mean: that of
    squares less the square of the mean would cancel. No gradient flows through
    the results `mean` and `variance`.
  }];
  let arguments = (ins NN_Tensor:$input, NN_Tensor:$factor, NN_Tensor:$shift,
                       F64Attr:$eps, NN_Axis:$axis);
  let results = (outs NN_Tensor:$result, NN_Tensor:$mean, NN_Tensor:$variance);
  let assemblyFormat = [{
    $input `,` $factor `,` $shift `eps` `(` $eps `)` (`axis` `(` $axis^ `)`)?
    attr-dict `:` type($input) `,` type($factor)
  }];
  let hasVerifier = 1;
}

def NN_NormalizeGradOp : NN_Op<"normalize_grad", [Pure,
    AllTypesMatch<["gradient", "input", "input_gradient"]>,
    AllTypesMatch<["factor", "mean", "variance", "factor_gradient",
                   "shift_gradient"]>]> {
  let summary = "the gradients of `nn.normalize` with respect to its operands";
  let description = [{
    With n values of a unit, z = (x - mean) / sqrt(variance + eps) and g the
    gradient: shift_gradient = sum g, factor_gradient = sum g z and
    input_gradient = factor / sqrt(variance + eps)
    (g - shift_gradient / n - z factor_gradient / n).
  }];
  let arguments = (ins NN_Tensor:$gradient, NN_Tensor:$input, NN_Tensor:$factor,
                       NN_Tensor:$mean, NN_Tensor:$variance, F64Attr:$eps,
                       NN_Axis:$axis);
  let results = (outs NN_Tensor:$input_gradient, NN_Tensor:$factor_gradient,
                      NN_Tensor:$shift_gradient);
  let assemblyFormat = [{
    $gradient `,` $input `,` $factor `,` $mean `,` $variance `eps` `(` $eps `)`
    (`axis` `(` $axis^ `)`)? attr-dict `:` type($input) `,` type($factor)
  }];
  let hasVerifier = 1;
}

def NN_NormalizeRowsOp : NN_DifferentiableOp<"normalize_rows", [
    AllTypesMatch<["input", "result"]>]> {
  let summary = "(x - mean) / sqrt(variance + eps) over the last dimensions";
  let description = [{
    A row is all of the last `dimensions` dimensions; `inverse_deviation` is
    1 / sqrt(variance + eps) of each. No gradient flows through it.
  }];
  let arguments = (ins NN_Tensor:$input, F64Attr:$eps,
                       ConfinedAttr<I64Attr, [IntPositive]>:$dimensions);
  let results = (outs NN_Tensor:$result, NN_Tensor:$inverse_deviation);
  let assemblyFormat = [{
    $input `eps` `(` $eps `)` `dimensions` `(` $dimensions `)` attr-dict `:`
    type($input) `,` type($inverse_deviation)
  }];
  let hasVerifier = 1;
}

def NN_NormalizeRowsGradOp : NN_Op<"normalize_rows_grad", [Pure,
    AllTypesMatch<["gradient", "normalized", "result"]>]> {
  let summary = "the gradient of `nn.normalize_rows`";
  let description = [{
    inverse_deviation (g - mean(g) - z mean(g z)) with z the normalized rows.
  }];
  let arguments = (ins NN_Tensor:$gradient, NN_Tensor:$normalized,
                       NN_Tensor:$inverse_deviation);
  let results = (outs NN_Tensor:$result);
  let assemblyFormat = [{
    $gradient `,` $normalized `,` $inverse_deviation attr-dict `:`
    type($normalized) `,` type($inverse_deviation)
  }];
  let hasVerifier = 1;
}

def NN_InverseDeviationOp : NN_ElementwiseOp<"inverse_deviation", [
    AllTypesMatch<["variance", "result"]>]> {
  let summary = "1 / sqrt(variance + eps)";
  let arguments = (ins NN_Tensor:$variance, F64Attr:$eps);
  let results = (outs NN_Tensor:$result);
  let assemblyFormat = "$variance `eps` `(` $eps `)` attr-dict `:` type($variance)";
}

def NN_MovingAverageOp : NN_Op<"moving_average", [Pure,
    AllTypesMatch<["average", "value", "result"]>,
    DeclareOpInterfaceMethods<PointwiseOpInterface, ["getReusedOperand"]>]> {
  let summary = "(1 - share) average + share scale value";
  let arguments = (ins NN_Tensor:$average, NN_Tensor:$value, F64Attr:$share,
                       F64Attr:$scale);
  let results = (outs NN_Tensor:$result);
  let assemblyFormat = [{
    $average `,` $value `share` `(` $share `)` `scale` `(` $scale `)` attr-dict `:`
    type($average)
  }];
}

#endif // GRADC_DIALECT_NN_NORMALIZATIONOPS
