//===- LayerOps.td - Layers as written ---------------------*- tablegen -*-===//

#ifndef GRADC_DIALECT_NN_LAYEROPS
#define GRADC_DIALECT_NN_LAYEROPS

include "gradc/Dialect/NN/Initializers.td"
include "gradc/Dialect/NN/WeightOptions.td"

class NN_LayerOp<string mnemonic, list<Trait> traits = []>
    : NN_Op<mnemonic, traits # [
        Pure, DeclareOpInterfaceMethods<SourceOpInterface>,
        DeclareOpInterfaceMethods<LayerOpInterface>]>;

def NN_DenseOp : NN_LayerOp<"dense", [
    WeightedLayerOpInterface,
    DeclareOpInterfaceMethods<LayerOpInterface, ["keepsStepsApart"]>]> {
  let summary = "a fully connected layer";
  let description = [{
    y = x W + b with W of shape [inputs, units].

    ```mlir
    %1 = nn.dense "hidden" %0 units(30) weight(#nn.initializer<he>)
           bias(#nn.initializer<zeros>) : (tensor<10x784xf32>) -> tensor<10x30xf32>
    ```
  }];
  let arguments = (ins StrAttr:$name, NN_Tensor:$input,
                       ConfinedAttr<I64Attr, [IntPositive]>:$units,
                       NN_Initializer:$weight_init,
                       OptionalAttr<NN_Initializer>:$bias_init,
                       OptionalAttr<NN_WeightOptions>:$options);
  let results = (outs NN_Tensor:$result);
  let assemblyFormat = [{
    $name $input `units` `(` $units `)` `weight` `(` $weight_init `)`
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

def NN_FlattenOp : NN_LayerOp<"flatten"> {
  let summary = "make a vector of each sample";
  let arguments = (ins StrAttr:$name, NN_Tensor:$input);
  let results = (outs NN_Tensor:$result);
  let assemblyFormat =
      "$name $input attr-dict `:` functional-type(operands, results)";
  let hasVerifier = 1;
}

def NN_ReshapeLayerOp : NN_LayerOp<"reshape_layer"> {
  let summary = "give each sample another shape";
  let arguments = (ins StrAttr:$name, NN_Tensor:$input);
  let results = (outs NN_Tensor:$result);
  let assemblyFormat =
      "$name $input attr-dict `:` functional-type(operands, results)";
  let hasVerifier = 1;
}

def NN_IdentityOp : NN_LayerOp<"identity", [AllTypesMatch<["input", "result"]>]> {
  let summary = "nothing: an activation to compare with";
  let arguments = (ins StrAttr:$name, NN_Tensor:$input);
  let results = (outs NN_Tensor:$result);
  let assemblyFormat = "$name $input attr-dict `:` type($input)";
}

#endif // GRADC_DIALECT_NN_LAYEROPS
