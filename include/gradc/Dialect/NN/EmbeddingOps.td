//===- EmbeddingOps.td - Rows of a table -------------------*- tablegen -*-===//

#ifndef GRADC_DIALECT_NN_EMBEDDINGOPS
#define GRADC_DIALECT_NN_EMBEDDINGOPS

include "gradc/Dialect/NN/LayerOps.td"
include "gradc/Dialect/NN/MathOps.td"

def NN_EmbeddingOp : NN_LayerOp<"embedding", [
    DeclareOpInterfaceMethods<LayerOpInterface, ["getInputClasses"]>]> {
  let summary = "for each class number a vector that is learned";
  let description = [{
    The weight is `[classes, features]`. An input of `[samples, steps]` numbers
    gives `[samples, steps, features]`. Only one class is active at a time, so the
    fan-in is 1.

    ```mlir
    %1 = nn.embedding "embedding" %0 classes(100) weight(<lecun>)
           : (tensor<10x7xf32>) -> tensor<10x7x16xf32>
    ```
  }];
  let arguments = (ins StrAttr:$name, NN_Tensor:$input,
                       ConfinedAttr<I64Attr, [IntPositive]>:$classes,
                       NN_Initializer:$weight_init);
  let results = (outs NN_Tensor:$result);
  let assemblyFormat = [{
    $name $input `classes` `(` $classes `)` `weight` `(` $weight_init `)` attr-dict
    `:` functional-type(operands, results)
  }];
  let hasVerifier = 1;
}

def NN_LookupOp : NN_DifferentiableOp<"lookup"> {
  let summary = "the rows of a table that class numbers say";
  let description = [{
    A number that is no whole one of 0 to rows - 1 gives NaN, to be noticed: nothing
    is read outside of the table.
  }];
  let arguments = (ins NN_Tensor:$numbers, NN_Tensor:$table);
  let results = (outs NN_Tensor:$result);
  let assemblyFormat = [{
    $numbers `,` $table attr-dict `:` functional-type(operands, results)
  }];
  let hasVerifier = 1;
}

def NN_LookupGradOp : NN_Op<"lookup_grad", [Pure]> {
  let summary = "for each row of the table the sum of the gradients of what was read from it";
  let description = [{
    In the order of the numbers. What belongs to a number that is no class of the
    table is left out.
  }];
  let arguments = (ins NN_Tensor:$gradient, NN_Tensor:$numbers);
  let results = (outs NN_Tensor:$result);
  let assemblyFormat = [{
    $gradient `,` $numbers attr-dict `:` functional-type(operands, results)
  }];
  let hasVerifier = 1;
}

#endif // GRADC_DIALECT_NN_EMBEDDINGOPS
