//===- MeasureOps.td - Tensors measured by one number ------*- tablegen -*-===//

#ifndef GRADC_DIALECT_NN_MEASUREOPS
#define GRADC_DIALECT_NN_MEASUREOPS

include "gradc/Dialect/NN/NNDialect.td"

/// A reduction of a tensor to one f64. Squares and sums are computed in f64: a
/// norm is right from 1e-38 to 1e38.
class NN_MeasureOp<string mnemonic, list<Trait> traits = []>
    : NN_Op<mnemonic, traits # [Pure]> {
  let results = (outs F64:$result);
}

def NN_SumSquaresOp : NN_MeasureOp<"sum_squares"> {
  let summary = "the sum of the squares of all elements";
  let description = [{
    With `narrow(s)`, s a power of 2, the squares of s x are computed in the
    tensor's own type, which costs half as much: elements of f32 count as 0 below
    about 1e-19 / s and as infinity above 1e19 / s.
  }];
  let arguments = (ins NN_Tensor:$input, OptionalAttr<F64Attr>:$narrow);
  let assemblyFormat = [{
    $input (`narrow` `(` $narrow^ `)`)? attr-dict `:` type($input)
  }];
  let builders = [
    OpBuilder<(ins "::mlir::Value":$input), [{
      build($_builder, $_state, $_builder.getF64Type(), input, FloatAttr());
    }]>,
  ];
  let hasVerifier = 1;
}

def NN_WeightPenaltyOp : NN_MeasureOp<"weight_penalty", [
    DeclareOpInterfaceMethods<DifferentiableOpInterface>]> {
  let summary = "l1 * sum |w| + l2/2 * sum w^2";
  let arguments = (ins NN_Tensor:$weight, F64Attr:$l1, F64Attr:$l2);
  let assemblyFormat = [{
    $weight `l1` `(` $l1 `)` `l2` `(` $l2 `)` attr-dict `:` type($weight)
  }];
}

def NN_WeightPenaltyGradOp : NN_Op<"weight_penalty_grad", [Pure,
    AllTypesMatch<["weight", "result"]>,
    DeclareOpInterfaceMethods<PointwiseOpInterface>]> {
  let summary = "(l1 * sign(w) + l2 * w) * gradient, with sign(0) = 0";
  let arguments = (ins F64:$gradient, NN_Tensor:$weight, F64Attr:$l1,
                       F64Attr:$l2);
  let results = (outs NN_Tensor:$result);
  let assemblyFormat = [{
    $gradient `,` $weight `l1` `(` $l1 `)` `l2` `(` $l2 `)` attr-dict `:` type($weight)
  }];
}

def NN_MeanOfSamplesOp : NN_MeasureOp<"mean_of_samples"> {
  let summary = "the mean of one number for each sample";
  let arguments = (ins NN_SampleVector:$input);
  let assemblyFormat = "$input attr-dict `:` type($input)";
}

def NN_SumOfSamplesOp : NN_MeasureOp<"sum_of_samples"> {
  let summary = "the sum of the first `count` samples' numbers";
  let arguments = (ins NN_SampleVector:$input, I64:$count);
  let assemblyFormat = "$input `count` $count attr-dict `:` type($input)";
}

def NN_ShareBelowOp : NN_MeasureOp<"share_below"> {
  let summary = "the share of elements whose absolute value is below a bound";
  let arguments = (ins NN_Tensor:$input, F64Attr:$bound);
  let assemblyFormat = "$input `bound` `(` $bound `)` attr-dict `:` type($input)";
}

def NN_ShareOfZeroUnitsOp : NN_MeasureOp<"share_of_zero_units"> {
  let summary = "the share of units that are 0 in every sample of the batch";
  let arguments = (ins NN_Tensor:$input);
  let assemblyFormat = "$input attr-dict `:` type($input)";
}

#endif // GRADC_DIALECT_NN_MEASUREOPS
