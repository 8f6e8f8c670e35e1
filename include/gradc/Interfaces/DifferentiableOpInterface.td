//===- DifferentiableOpInterface.td - Ops with a gradient --*- tablegen -*-===//

#ifndef GRADC_INTERFACES_DIFFERENTIABLEOPINTERFACE
#define GRADC_INTERFACES_DIFFERENTIABLEOPINTERFACE

include "mlir/IR/OpBase.td"

def DifferentiableOpInterface : OpInterface<"DifferentiableOpInterface"> {
  let description = [{
    An op that knows its own vector-Jacobian product (Griewank and Walther,
    Evaluating Derivatives, 2008, chapter 3).
  }];
  let cppNamespace = "::gradc";
  let methods = [
    InterfaceMethod<[{
        Builds the gradient of the loss with respect to each operand, given its
        gradient with respect to each result (null where none flows). Returns
        one value for each operand; null where the operand has no gradient (a
        label, a scalar setting).
      }], "::mlir::FailureOr<::llvm::SmallVector<::mlir::Value>>",
      "buildGradients",
      (ins "::mlir::OpBuilder &":$builder,
           "::mlir::ValueRange":$resultGradients)>,
  ];
}

#endif // GRADC_INTERFACES_DIFFERENTIABLEOPINTERFACE
