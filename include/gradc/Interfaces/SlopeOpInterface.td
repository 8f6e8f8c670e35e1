//===- SlopeOpInterface.td - Ops with a slope --------------*- tablegen -*-===//

#ifndef GRADC_INTERFACES_SLOPEOPINTERFACE
#define GRADC_INTERFACES_SLOPEOPINTERFACE

include "mlir/IR/OpBase.td"

def SlopeOpInterface : OpInterface<"SlopeOpInterface"> {
  let description = [{
    An activation: a function of one variable, applied to each element. Its slope
    says whether a unit is dead or saturated, whatever the activation is called.
  }];
  let cppNamespace = "::gradc";
  let methods = [
    InterfaceMethod<[{
        The largest absolute value of the derivative (sigmoid: 1/4, Nielsen,
        Neural Networks and Deep Learning, chapter 5); infinite if unbounded.
      }], "double", "getMaxSlope">,
    InterfaceMethod<"Builds the derivative at each element of the operand.",
      "::mlir::Value", "buildSlope", (ins "::mlir::OpBuilder &":$builder)>,
  ];
}

#endif // GRADC_INTERFACES_SLOPEOPINTERFACE
