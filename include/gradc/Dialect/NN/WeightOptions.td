//===- WeightOptions.td - How a layer's own weights learn --*- tablegen -*-===//

#ifndef GRADC_DIALECT_NN_WEIGHTOPTIONS
#define GRADC_DIALECT_NN_WEIGHTOPTIONS

include "gradc/Dialect/NN/NNDialect.td"

def NN_WeightOptions : AttrDef<NN_Dialect, "WeightOptions"> {
  let mnemonic = "weight_options";
  let summary = "how the parameters of one layer learn, where it differs from the others";
  let description = [{
    `l1`, `l2`: the layer's own penalty of its weights, in place of `decay l1` and
    `decay l2`; 0 is none. `clip`: the largest norm of the layer's gradients, all
    its parameters together, before any other clip. `lr_scale`: a factor of the
    learning rate; with 0 the layer stays as it is. What is left out is as in the
    train section.

    ```mlir
    #nn.weight_options<l2 = 1.0e-4, lr_scale = 0.1>
    ```
  }];
  let parameters = (ins OptionalParameter<"::mlir::FloatAttr">:$l1,
                        OptionalParameter<"::mlir::FloatAttr">:$l2,
                        OptionalParameter<"::mlir::FloatAttr">:$clip,
                        OptionalParameter<"::mlir::FloatAttr">:$lr_scale);
  let assemblyFormat = "`<` struct(params) `>`";
  let genVerifyDecl = 1;
}

#endif // GRADC_DIALECT_NN_WEIGHTOPTIONS
