//===- ImageLayerOps.td - Layers on images as written ------*- tablegen -*-===//

#ifndef GRADC_DIALECT_NN_IMAGELAYEROPS
#define GRADC_DIALECT_NN_IMAGELAYEROPS

include "gradc/Dialect/NN/ImageOps.td"
include "gradc/Dialect/NN/LayerOps.td"

def NN_ConvOp : NN_LayerOp<"conv", [WeightedLayerOpInterface]> {
  let summary = "a convolution with a filter and a bias for each output channel";
  let description = [{
    The weight is `[channels, input channels / groups, height, width]`; its
    fan-in is input channels / groups * height * width, its fan-out channels *
    height * width.

    ```mlir
    %1 = nn.conv "conv" %0 channels(8)
           window(<kernel [3, 3] stride [1, 1] padding [1, 1, 1, 1] dilation [1, 1]>)
           weight(<he>) bias(<zeros>)
           : (tensor<4x3x16x16xf32>) -> tensor<4x8x16x16xf32>
    ```
  }];
  let arguments = (ins StrAttr:$name, NN_Tensor:$input,
                       ConfinedAttr<I64Attr, [IntPositive]>:$channels,
                       NN_Window:$window, NN_Groups:$groups,
                       NN_Initializer:$weight_init,
                       OptionalAttr<NN_Initializer>:$bias_init,
                       OptionalAttr<NN_WeightOptions>:$options);
  let results = (outs NN_Tensor:$result);
  let assemblyFormat = [{
    $name $input `channels` `(` $channels `)` `window` `(` $window `)`
    (`groups` `(` $groups^ `)`)? `weight` `(` $weight_init `)`
    (`bias` `(` $bias_init^ `)`)? (`options` `(` $options^ `)`)? attr-dict
    `:` functional-type(operands, results)
  }];
  let extraClassDeclaration = [{
    static ::std::optional<::gradc::SourceCall>
    getProjection(::mlir::RankedTensorType from, ::mlir::RankedTensorType to,
                  ::mlir::Location loc);
  }];
  let hasVerifier = 1;
}

#endif // GRADC_DIALECT_NN_IMAGELAYEROPS
