//===- OptimizerOpInterface.td - Rules of an update --------*- tablegen -*-===//

#ifndef GRADC_INTERFACES_OPTIMIZEROPINTERFACE
#define GRADC_INTERFACES_OPTIMIZEROPINTERFACE

include "mlir/IR/OpBase.td"

def OptimizerOpInterface : OpInterface<"OptimizerOpInterface"> {
  let description = [{
    A rule by which a parameter follows its gradient, given on scalars.
  }];
  let cppNamespace = "::gradc";
  let methods = [
    InterfaceMethod<[{
        The names of the values kept for each element of a parameter between
        steps (Adam: `m`, `v`), all zero before the first step.
      }], "::llvm::SmallVector<::llvm::StringRef>", "getStateNames">,
    InterfaceMethod<"How many values `buildStepScalars` gives.", "unsigned",
                    "getNumStepScalars", (ins), /*methodBody=*/"",
                    /*defaultImplementation=*/"return 1;">,
    InterfaceMethod<[{
        Builds, in f64, what is the same for every element of a step: `rate`
        first, then corrections such as Adam's 1 - b^t. `step` counts from 1.
      }], "::llvm::SmallVector<::mlir::Value>", "buildStepScalars",
      (ins "::mlir::OpBuilder &":$builder, "::mlir::Value":$rate,
           "::mlir::Value":$step), /*methodBody=*/"",
      /*defaultImplementation=*/"return {rate};">,
    InterfaceMethod<[{
        Builds the next value of a parameter's element, then those of its
        states, from the step's scalars in the element type.
      }], "::llvm::SmallVector<::mlir::Value>", "buildUpdate",
      (ins "::mlir::OpBuilder &":$builder, "::mlir::Value":$parameter,
           "::mlir::Value":$gradient, "::mlir::ValueRange":$states,
           "::mlir::ValueRange":$scalars)>,
    InterfaceMethod<"The learning rate as written in the source.", "double",
                    "getSourceRate">,
    InterfaceMethod<[{
        Changes that number, on which no code depends: a step takes its rate as
        an argument.
      }], "void", "setSourceRate", (ins "double":$rate)>,
  ];
}

#endif // GRADC_INTERFACES_OPTIMIZEROPINTERFACE
