//===- WeightedLayerOpInterface.td - Layers with weights ---*- tablegen -*-===//

#ifndef GRADC_INTERFACES_WEIGHTEDLAYEROPINTERFACE
#define GRADC_INTERFACES_WEIGHTEDLAYEROPINTERFACE

include "mlir/IR/OpBase.td"

def WeightedLayerOpInterface : OpInterface<"WeightedLayerOpInterface"> {
  let description = [{
    A layer as written that computes weighted sums of its input: what passes
    that insert a remedy look for. The defaults are those of an op with the
    attributes `name`, `weight_init` and `bias_init`.
  }];
  let cppNamespace = "::gradc";
  let methods = [
    InterfaceMethod<"The full name of the layer.", "::llvm::StringRef",
      "getLayerName", (ins), /*methodBody=*/"",
      /*defaultImplementation=*/"return $_op.getName();">,
    InterfaceMethod<"Whether the layer adds a bias.", "bool", "hasBias", (ins),
      /*methodBody=*/"", /*defaultImplementation=*/"return $_op.getBiasInit().has_value();">,
    InterfaceMethod<[{
        Takes the bias away, where there is one. What follows removes the mean
        of each unit, and the bias with it.
      }], "void", "dropBias", (ins), /*methodBody=*/"",
      /*defaultImplementation=*/"$_op.removeBiasInitAttr();">,
    InterfaceMethod<[{
        Lets the weights begin as this attribute says; the bias and weights that
        begin in a way of their own do not follow it.
      }], "void", "setWeightInit", (ins "::mlir::Attribute":$initializer),
      /*methodBody=*/"", /*defaultImplementation=*/[{
        $_op->setAttr("weight_init", initializer);
      }]>,
    InterfaceMethod<[{
        Whether the layer runs over the steps of a sequence and feeds its result
        back to itself.
      }], "bool", "isRecurrent", (ins), /*methodBody=*/"",
      /*defaultImplementation=*/"return false;">,
  ];
}

#endif // GRADC_INTERFACES_WEIGHTEDLAYEROPINTERFACE
