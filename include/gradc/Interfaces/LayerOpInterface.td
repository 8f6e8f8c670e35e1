//===- LayerOpInterface.td - Layers as written -------------*- tablegen -*-===//

#ifndef GRADC_INTERFACES_LAYEROPINTERFACE
#define GRADC_INTERFACES_LAYEROPINTERFACE

include "mlir/IR/OpBase.td"

def LayerOpInterface : OpInterface<"LayerOpInterface"> {
  let description = [{
    A layer as it is written, before its parameters and its mathematics are made
    explicit. Passes that insert or replace layers work on this level.
  }];
  let cppNamespace = "::gradc";
  let methods = [
    InterfaceMethod<[{
        Builds the ops that this layer stands for, in its training or in its
        inference form, and returns one value for each result.
      }], "::mlir::FailureOr<::llvm::SmallVector<::mlir::Value>>", "expand",
      (ins "::mlir::OpBuilder &":$builder, "::gradc::LayerMode":$mode)>,
    InterfaceMethod<[{
        The fewest samples that a batch of training may have. What is learned
        from statistics of a batch cannot be learned from one sample.
      }], "int64_t", "getSmallestBatch", (ins), /*methodBody=*/"",
      /*defaultImplementation=*/"return 1;">,
    InterfaceMethod<[{
        How many classes the numbers of the input stand for: they have to be whole,
        from 0 on. 0 where any number will do.
      }], "int64_t", "getInputClasses", (ins), /*methodBody=*/"",
      /*defaultImplementation=*/"return 0;">,
    InterfaceMethod<[{
        Whether this takes each step of a sequence by itself, and gives a sequence
        of as many.
      }], "bool", "keepsStepsApart", (ins), /*methodBody=*/"",
      /*defaultImplementation=*/"return false;">,
    InterfaceMethod<[{
        What to tell of this layer where it stands, in the whole network as
        written.
      }], "::std::optional<::gradc::SourceAdvice>", "getAdvice", (ins),
      /*methodBody=*/"", /*defaultImplementation=*/"return {};">,
    InterfaceMethod<[{
        Whether this is an activation, a function of each element alone, though
        with parameters. One without them implements `SlopeOpInterface` itself.
      }], "bool", "isActivation", (ins), /*methodBody=*/"",
      /*defaultImplementation=*/"return false;">,
  ];
}

#endif // GRADC_INTERFACES_LAYEROPINTERFACE
