//===- GraphOps.td - Where a network branches and joins ----*- tablegen -*-===//

#ifndef GRADC_DIALECT_NN_GRAPHOPS
#define GRADC_DIALECT_NN_GRAPHOPS

include "gradc/Dialect/NN/LayerOps.td"
include "gradc/Dialect/NN/MathOps.td"

//===----------------------------------------------------------------------===//
// Layers
//===----------------------------------------------------------------------===//

def NN_SkipOp : NN_LayerOp<"skip", [AllTypesMatch<["shortcut", "body", "result"]>]> {
  let summary = "the end of a residual unit: x + f(x) (He et al. 2016)";
  let description = [{
    The layers of the body stand before it; so does the projection of x, where
    their result has another shape.

    ```mlir
    %1 = nn.dense "skip.dense" %0 units(30) ...
    %2 = nn.skip "skip" %0, %1 : tensor<10x30xf32>
    ```
  }];
  let arguments = (ins StrAttr:$name, NN_Tensor:$shortcut, NN_Tensor:$body);
  let results = (outs NN_Tensor:$result);
  let assemblyFormat = "$name $shortcut `,` $body attr-dict `:` type($result)";
}

def NN_AddLayerOp : NN_LayerOp<"add_layer", [SameOperandsAndResultType]> {
  let summary = "the sum of what layers give";
  let arguments = (ins StrAttr:$name, Variadic<NN_Tensor>:$inputs);
  let results = (outs NN_Tensor:$result);
  let assemblyFormat = "$name $inputs attr-dict `:` type($result)";
}

def NN_ConcatLayerOp : NN_LayerOp<"concat_layer"> {
  let summary = "what layers give, one behind the other along a dimension";
  let arguments = (ins StrAttr:$name, Variadic<NN_Tensor>:$inputs, NN_Axis:$axis);
  let results = (outs NN_Tensor:$result);
  let assemblyFormat = [{
    $name $inputs (`axis` `(` $axis^ `)`)? attr-dict `:` functional-type(operands, results)
  }];
  let hasVerifier = 1;
}

def NN_FromOp : NN_LayerOp<"from", [AllTypesMatch<["input", "result"]>]> {
  let summary = "what a layer above gives: the line goes on from there";
  let arguments = (ins StrAttr:$name, NN_Tensor:$input);
  let results = (outs NN_Tensor:$result);
  let assemblyFormat = "$name $input attr-dict `:` type($input)";
}

//===----------------------------------------------------------------------===//
// Mathematics
//===----------------------------------------------------------------------===//

def NN_ConcatOp : NN_DifferentiableOp<"concat"> {
  let summary = "tensors one behind the other along the dimension `axis`";
  let arguments = (ins Variadic<NN_Tensor>:$inputs, NN_Axis:$axis);
  let results = (outs NN_Tensor:$result);
  let assemblyFormat = [{
    $inputs (`axis` `(` $axis^ `)`)? attr-dict `:` functional-type(operands, results)
  }];
  let hasVerifier = 1;
}

def NN_SliceOp : NN_Op<"slice", [Pure]> {
  let summary = "the part of a tensor from `offset` on along the dimension `axis`";
  let description = "As long as the result is: the gradient of a part of `nn.concat`.";
  let arguments = (ins NN_Tensor:$input, I64Attr:$offset, NN_Axis:$axis);
  let results = (outs NN_Tensor:$result);
  let assemblyFormat = [{
    $input `offset` `(` $offset `)` (`axis` `(` $axis^ `)`)? attr-dict
    `:` functional-type(operands, results)
  }];
  let hasVerifier = 1;
}

#endif // GRADC_DIALECT_NN_GRAPHOPS
