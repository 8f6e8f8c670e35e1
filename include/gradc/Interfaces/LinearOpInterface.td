//===- LinearOpInterface.td - Ops that multiply an operand -*- tablegen -*-===//

#ifndef GRADC_INTERFACES_LINEAROPINTERFACE
#define GRADC_INTERFACES_LINEAROPINTERFACE

include "mlir/IR/OpBase.td"

def LinearOpInterface : OpInterface<"LinearOpInterface"> {
  let description = [{
    An op whose result is one of its operands times a factor for each element,
    which the other operands give. What such ops one after the other do to a
    gradient is one multiplication by the product of their factors; and where
    these depend on the forward pass alone, it can compute them.
  }];
  let cppNamespace = "::gradc";
  let methods = [
    InterfaceMethod<[{
        Builds the factor of the operand `index`, a tensor of its type; null
        where the result is not this operand times a factor.
      }], "::mlir::Value", "buildFactor",
      (ins "::mlir::OpBuilder &":$builder, "unsigned":$index)>,
  ];
}

#endif // GRADC_INTERFACES_LINEAROPINTERFACE
