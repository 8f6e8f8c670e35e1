//===- SampleSumOpInterface.td - Ops that sum over samples -*- tablegen -*-===//

#ifndef GRADC_INTERFACES_SAMPLESUMOPINTERFACE
#define GRADC_INTERFACES_SAMPLESUMOPINTERFACE

include "mlir/IR/OpBase.td"

def SampleSumOpInterface : OpInterface<"SampleSumOpInterface"> {
  let description = [{
    An op whose result may be a sum of one term for each sample, as the gradient
    of a weight is. Then the sum of what it gives in all turns of a loop is what
    it gives once for the samples of all turns together: the loop keeps the
    operands, and one large product follows it.
  }];
  let cppNamespace = "::gradc";
  let methods = [
    InterfaceMethod<[{
        Whether the result is a sum over the first dimension of all operands, so
        that operands joined along it give the sum of the results.
      }], "bool", "sumsSamples">,
  ];
}

#endif // GRADC_INTERFACES_SAMPLESUMOPINTERFACE
