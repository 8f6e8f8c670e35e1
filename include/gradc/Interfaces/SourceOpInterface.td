//===- SourceOpInterface.td - Ops that stand in a `.net` ---*- tablegen -*-===//

#ifndef GRADC_INTERFACES_SOURCEOPINTERFACE
#define GRADC_INTERFACES_SOURCEOPINTERFACE

include "mlir/IR/OpBase.td"

def SourceOpInterface : OpInterface<"SourceOpInterface"> {
  let description = [{
    An op that a line of the `.net` stands for. The importer finds it by its
    place and its word, in a table it fills by asking every registered op; so a
    new layer, loss, optimizer or metric changes neither parser nor importer.
  }];
  let cppNamespace = "::gradc";
  let methods = [
    StaticInterfaceMethod<[{
        Where the word stands: `layer` for a line of the net section; `loss`,
        `optimizer` or `metric` for the word after `loss`, `optimizer` or
        `metrics`; `train` for any other line of the train section.
      }], "::llvm::StringRef", "getSourcePlace">,
    StaticInterfaceMethod<"The word in the `.net`: `dense`, `crossentropy`.",
                          "::llvm::StringRef", "getSourceWord">,
    StaticInterfaceMethod<[{
        Builds the op from a line. `inputs` holds the value that flows into the
        line: for a layer the previous one's output, for a loss or metric the
        network's output, otherwise nothing. What is wrong with an argument is
        reported at that argument. The last op built is returned; the result of
        a layer flows on.
      }], "::mlir::FailureOr<::mlir::Operation *>", "fromSource",
      (ins "::mlir::OpBuilder &":$builder, "::mlir::Location":$loc,
           "::mlir::ValueRange":$inputs,
           "::gradc::SourceArguments &":$arguments)>,
    StaticInterfaceMethod<[{
        The line of this word, of a layer with weights, that makes a value of the
        type `to` of one of the type `from` and does nothing else: the shortcut of
        a `skip` whose body gives another shape (He et al. 2016, equation 2). None
        where this layer cannot. `loc` is the place of the values.
      }], "::std::optional<::gradc::SourceCall>", "getProjection",
      (ins "::mlir::RankedTensorType":$from, "::mlir::RankedTensorType":$to,
           "::mlir::Location":$loc), /*methodBody=*/"",
      /*defaultImplementation=*/"return {};">,
    InterfaceMethod<[{
        The range in which a loss has a meaning for real targets; none where
        every number has one.
      }], "::std::optional<::std::pair<double, double>>", "getTargetRange",
      (ins), /*methodBody=*/"", /*defaultImplementation=*/"return {};">,
  ];
}

#endif // GRADC_INTERFACES_SOURCEOPINTERFACE
