//===- FormulaOps.td - Activations of one's own ------------*- tablegen -*-===//

#ifndef GRADC_DIALECT_NN_FORMULAOPS
#define GRADC_DIALECT_NN_FORMULAOPS

include "gradc/Dialect/NN/NNDialect.td"

def NN_FormulaOp : NN_Op<"formula", [Pure, AllTypesMatch<["input", "result"]>,
    DeclareOpInterfaceMethods<PointwiseOpInterface>,
    DeclareOpInterfaceMethods<SourceOpInterface>,
    DeclareOpInterfaceMethods<DifferentiableOpInterface>,
    DeclareOpInterfaceMethods<SlopeOpInterface>]> {
  let summary = "a formula of each element";
  let description = [{
    The formula is written in `x`, with numbers, `+ - * /`, and functions; its
    derivative follows from it by the rules of calculus.

    ```mlir
    %1 = nn.formula "x * sigmoid(x)" %0 : tensor<10x30xf32>
    ```
  }];
  let arguments = (ins StrAttr:$formula, NN_Tensor:$input);
  let results = (outs NN_Tensor:$result);
  let assemblyFormat = "$formula $input attr-dict `:` type($input)";
  let hasVerifier = 1;
}

def NN_FormulaGradOp : NN_Op<"formula_grad", [Pure,
    AllTypesMatch<["gradient", "input", "result"]>,
    DeclareOpInterfaceMethods<PointwiseOpInterface>]> {
  let summary = "the derivative of a formula at each element, times `gradient`";
  let arguments = (ins StrAttr:$formula, NN_Tensor:$gradient, NN_Tensor:$input);
  let results = (outs NN_Tensor:$result);
  let assemblyFormat = "$formula $gradient `,` $input attr-dict `:` type($input)";
  let hasVerifier = 1;
}

#endif // GRADC_DIALECT_NN_FORMULAOPS
