//===- MathOps.td - What layers expand to ------------------*- tablegen -*-===//

#ifndef GRADC_DIALECT_NN_MATHOPS
#define GRADC_DIALECT_NN_MATHOPS

include "gradc/Dialect/NN/NNDialect.td"

class NN_DifferentiableOp<string mnemonic, list<Trait> traits = []>
    : NN_Op<mnemonic, traits # [
        Pure, DeclareOpInterfaceMethods<DifferentiableOpInterface>]>;

/// Results are elements of the operand, seen otherwise: where they are needed
/// again, it is cheaper to look again than to keep them.
def NN_IsView : NativeOpTrait<"IsView"> {
  let cppNamespace = "::gradc::nn";
}

def NN_MatmulOp : NN_DifferentiableOp<"matmul", [
    DeclareOpInterfaceMethods<SampleSumOpInterface>,
    DeclareOpInterfaceMethods<ScalableOpInterface>]> {
  let summary = "the product of two matrices, each as it stands or transposed";
  let arguments = (ins NN_Tensor:$lhs, NN_Tensor:$rhs,
                       UnitAttr:$transpose_lhs, UnitAttr:$transpose_rhs);
  let results = (outs NN_Tensor:$result);
  let assemblyFormat = [{
    $lhs (`transposed` $transpose_lhs^)? `,` $rhs (`transposed` $transpose_rhs^)?
    attr-dict `:` functional-type(operands, results)
  }];
  let hasVerifier = 1;
}

/// The dimension of a tensor along which units, channels or features lie: 1 for
/// `[samples, units]` and images `[samples, channels, height, width]`.
def NN_Axis : DefaultValuedAttr<I64Attr, "1">;

def NN_AddBiasOp : NN_DifferentiableOp<"add_bias", [
    AllTypesMatch<["input", "result"]>,
    DeclareOpInterfaceMethods<ScalableOpInterface>]> {
  let summary = "add one number for each unit";
  let arguments = (ins NN_Tensor:$input, NN_Tensor:$bias, NN_Axis:$axis);
  let results = (outs NN_Tensor:$result);
  let assemblyFormat = [{
    $input `,` $bias (`axis` `(` $axis^ `)`)? attr-dict `:` type($input) `,` type($bias)
  }];
  let hasVerifier = 1;
}

def NN_ScaleUnitsOp : NN_DifferentiableOp<"scale_units", [
    AllTypesMatch<["input", "result"]>]> {
  let summary = "multiply by one number for each unit";
  let arguments = (ins NN_Tensor:$input, NN_Tensor:$factor, NN_Axis:$axis);
  let results = (outs NN_Tensor:$result);
  let assemblyFormat = [{
    $input `,` $factor (`axis` `(` $axis^ `)`)? attr-dict `:` type($input) `,` type($factor)
  }];
  let hasVerifier = 1;
}

def NN_SumSamplesOp : NN_Op<"sum_samples", [Pure,
    DeclareOpInterfaceMethods<SampleSumOpInterface>]> {
  let summary = "for each unit the sum over all other dimensions";
  let arguments = (ins NN_Tensor:$input, NN_Axis:$axis);
  let results = (outs NN_Tensor:$result);
  let assemblyFormat = [{
    $input (`axis` `(` $axis^ `)`)? attr-dict `:` functional-type(operands, results)
  }];
  let hasVerifier = 1;
}

def NN_SumUnitsOp : NN_DifferentiableOp<"sum_units"> {
  let summary = "`scale` times the sum over the units of each sample";
  let arguments = (ins NN_Tensor:$input, F64Attr:$scale);
  let results = (outs NN_SampleVector:$result);
  let assemblyFormat = [{
    $input `scale` `(` $scale `)` attr-dict `:` functional-type(operands, results)
  }];
  let hasVerifier = 1;
}

def NN_SpreadUnitsOp : NN_Op<"spread_units", [Pure]> {
  let summary = "`scale` times a sample's number, for each of its units";
  let arguments = (ins NN_SampleVector:$input, F64Attr:$scale);
  let results = (outs NN_Tensor:$result);
  let assemblyFormat = [{
    $input `scale` `(` $scale `)` attr-dict `:` functional-type(operands, results)
  }];
}

def NN_ReshapeOp : NN_DifferentiableOp<"reshape", [NN_IsView]> {
  let summary = "the same elements in the same order, in another shape";
  let arguments = (ins NN_Tensor:$input);
  let results = (outs NN_Tensor:$result);
  let assemblyFormat = "$input attr-dict `:` functional-type(operands, results)";
  let hasVerifier = 1;
}

class NN_ElementwiseOp<string mnemonic, list<Trait> traits = []>
    : NN_Op<mnemonic, traits # [
        Pure, DeclareOpInterfaceMethods<PointwiseOpInterface>]>;

def NN_AddOp : NN_ElementwiseOp<"add", [AllTypesMatch<["lhs", "rhs", "result"]>,
    DeclareOpInterfaceMethods<DifferentiableOpInterface>]> {
  let summary = "lhs + rhs";
  let arguments = (ins NN_Tensor:$lhs, NN_Tensor:$rhs);
  let results = (outs NN_Tensor:$result);
  let assemblyFormat = "$lhs `,` $rhs attr-dict `:` type($lhs)";
}

def NN_SubOp : NN_ElementwiseOp<"sub", [AllTypesMatch<["lhs", "rhs", "result"]>,
    DeclareOpInterfaceMethods<DifferentiableOpInterface>]> {
  let summary = "lhs - rhs";
  let arguments = (ins NN_Tensor:$lhs, NN_Tensor:$rhs);
  let results = (outs NN_Tensor:$result);
  let assemblyFormat = "$lhs `,` $rhs attr-dict `:` type($lhs)";
}

def NN_MulOp : NN_ElementwiseOp<"mul", [AllTypesMatch<["lhs", "rhs", "result"]>,
    DeclareOpInterfaceMethods<DifferentiableOpInterface>,
    DeclareOpInterfaceMethods<LinearOpInterface>]> {
  let summary = "lhs * rhs, element by element";
  let arguments = (ins NN_Tensor:$lhs, NN_Tensor:$rhs);
  let results = (outs NN_Tensor:$result);
  let assemblyFormat = "$lhs `,` $rhs attr-dict `:` type($lhs)";
}

def NN_ScaleOp : NN_ElementwiseOp<"scale", [AllTypesMatch<["input", "result"]>]> {
  let summary = "each element times one factor, rounded to the element type first";
  let arguments = (ins NN_Tensor:$input, F64:$factor);
  let results = (outs NN_Tensor:$result);
  let assemblyFormat = "$input `by` $factor attr-dict `:` type($input)";
}

def NN_SoftmaxOp : NN_DifferentiableOp<"softmax", [
    AllTypesMatch<["input", "result"]>,
    DeclareOpInterfaceMethods<SourceOpInterface>]> {
  let summary = "e^(x - max) / sum over the last dimension";
  let arguments = (ins NN_Tensor:$input);
  let results = (outs NN_Tensor:$result);
  let assemblyFormat = "$input attr-dict `:` type($input)";
}

def NN_SoftmaxGradOp : NN_Op<"softmax_grad", [Pure,
    AllTypesMatch<["gradient", "output", "result"]>]> {
  let summary = "y (g - sum(g y)) over the last dimension, y the softmax";
  let arguments = (ins NN_Tensor:$gradient, NN_Tensor:$output);
  let results = (outs NN_Tensor:$result);
  let assemblyFormat = "$gradient `,` $output attr-dict `:` type($output)";
}

#endif // GRADC_DIALECT_NN_MATHOPS
