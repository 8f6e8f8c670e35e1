//===- ScalableOpInterface.td - Ops that take in a factor --*- tablegen -*-===//

#ifndef GRADC_INTERFACES_SCALABLEOPINTERFACE
#define GRADC_INTERFACES_SCALABLEOPINTERFACE

include "mlir/IR/OpBase.td"

def ScalableOpInterface : OpInterface<"ScalableOpInterface"> {
  let description = [{
    An op whose result can be had times one factor for each of its units by
    scaling operands that are smaller than the result: the columns of a weight,
    a bias.
  }];
  let cppNamespace = "::gradc";
  let methods = [
    InterfaceMethod<[{
        How many elements `buildScaled` scales for units that lie along the
        dimension `axis` of the result; none where it cannot.
      }], "::std::optional<int64_t>", "countScaledElements",
      (ins "int64_t":$axis)>,
    InterfaceMethod<[{
        Builds the result times `factor`, one number for each unit. Only where
        `countScaledElements` gives a number.
      }], "::mlir::Value", "buildScaled",
      (ins "::mlir::OpBuilder &":$builder, "::mlir::Value":$factor,
           "int64_t":$axis)>,
  ];
}

#endif // GRADC_INTERFACES_SCALABLEOPINTERFACE
