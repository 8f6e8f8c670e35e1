//===- PreluOps.td - An activation that learns -------------*- tablegen -*-===//

#ifndef GRADC_DIALECT_NN_PRELUOPS
#define GRADC_DIALECT_NN_PRELUOPS

include "gradc/Dialect/NN/LayerOps.td"
include "gradc/Dialect/NN/MathOps.td"

def NN_PreluOp : NN_LayerOp<"prelu", [
    AllTypesMatch<["input", "result"]>,
    DeclareOpInterfaceMethods<LayerOpInterface, ["isActivation"]>]> {
  let summary = "x where x > 0, else a x with a learned for each unit (He et al. 2015)";
  let description = [{
    A unit is a channel of images and a feature of sequences. No weight decay acts
    on the slopes, as the paper says.

    ```mlir
    %1 = nn.prelu "prelu" %0 slope(0.25) : tensor<10x30xf32>
    ```
  }];
  let arguments = (ins StrAttr:$name, NN_Tensor:$input, F64Attr:$slope);
  let results = (outs NN_Tensor:$result);
  let assemblyFormat = "$name $input `slope` `(` $slope `)` attr-dict `:` type($input)";
  let hasVerifier = 1;
}

def NN_ParametricReluOp : NN_DifferentiableOp<"parametric_relu", [
    AllTypesMatch<["input", "result"]>,
    DeclareOpInterfaceMethods<SlopeOpInterface>]> {
  let summary = "x where x > 0, else x times one number for each unit";
  let arguments = (ins NN_Tensor:$input, NN_Tensor:$slope, NN_Axis:$axis);
  let results = (outs NN_Tensor:$result);
  let assemblyFormat = [{
    $input `,` $slope (`axis` `(` $axis^ `)`)? attr-dict `:` type($input) `,` type($slope)
  }];
  let hasVerifier = 1;
}

def NN_ParametricReluGradOp : NN_Op<"parametric_relu_grad", [Pure,
    AllTypesMatch<["gradient", "input", "input_gradient"]>,
    AllTypesMatch<["slope", "slope_gradient"]>]> {
  let summary = "the gradients of `nn.parametric_relu`; that at 0 is of the left side";
  let arguments = (ins NN_Tensor:$gradient, NN_Tensor:$input, NN_Tensor:$slope,
                       NN_Axis:$axis);
  let results = (outs NN_Tensor:$input_gradient, NN_Tensor:$slope_gradient);
  let assemblyFormat = [{
    $gradient `,` $input `,` $slope (`axis` `(` $axis^ `)`)? attr-dict `:`
    type($input) `,` type($slope)
  }];
  let hasVerifier = 1;
}

#endif // GRADC_DIALECT_NN_PRELUOPS
