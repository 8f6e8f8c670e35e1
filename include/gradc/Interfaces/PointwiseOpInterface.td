//===- PointwiseOpInterface.td - Ops given by a formula ----*- tablegen -*-===//

#ifndef GRADC_INTERFACES_POINTWISEOPINTERFACE
#define GRADC_INTERFACES_POINTWISEOPINTERFACE

include "mlir/IR/OpBase.td"

def PointwiseOpInterface : OpInterface<"PointwiseOpInterface"> {
  let description = [{
    An op that computes each element of its results from the elements at the
    same place of its tensor operands. All tensors have one shape. Scalar
    operands are the same for all elements. One lowering serves them all.
  }];
  let cppNamespace = "::gradc";
  let methods = [
    InterfaceMethod<[{
        The formula: given a scalar for each operand that is a tensor or a float
        or integer (operands of other types are left out), builds a scalar for
        each result from ops of `arith` and `math`.
      }], "::llvm::SmallVector<::mlir::Value>", "buildScalars",
      (ins "::mlir::OpBuilder &":$builder, "::mlir::ValueRange":$scalars)>,
    InterfaceMethod<[{
        The operand whose memory result `index` may take over, or null. An
        update writes a parameter's next value where the old one stood.
      }], "::mlir::Value", "getReusedOperand", (ins "unsigned":$index),
      /*methodBody=*/"", /*defaultImplementation=*/"return {};">,
  ];
}

#endif // GRADC_INTERFACES_POINTWISEOPINTERFACE
