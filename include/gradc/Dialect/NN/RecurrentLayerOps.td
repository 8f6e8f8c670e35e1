//===- RecurrentLayerOps.td - Layers that run over steps ---*- tablegen -*-===//

#ifndef GRADC_DIALECT_NN_RECURRENTLAYEROPS
#define GRADC_DIALECT_NN_RECURRENTLAYEROPS

include "gradc/Dialect/NN/LayerOps.td"

def NN_Returned : I32EnumAttr<"Returned", "what a recurrent layer gives", [
    I32EnumAttrCase<"last", 0>, I32EnumAttrCase<"all", 1>]> {
  let cppNamespace = "::gradc::nn";
}

def NN_CellActivation : I32EnumAttr<"CellActivation",
    "the activation of a plain recurrent layer", [
      I32EnumAttrCase<"tanh", 0>, I32EnumAttrCase<"relu", 1>]> {
  let cppNamespace = "::gradc::nn";
}

/// A layer on sequences [samples, steps, features]. It begins each sequence with
/// states of zeros, and gives the state after the last step, [samples, units], or
/// those after all steps, [samples, steps, units].
class NN_RecurrentLayerOp<string mnemonic, dag settings = (ins),
                          string printed = "">
    : NN_LayerOp<mnemonic, [
        DeclareOpInterfaceMethods<WeightedLayerOpInterface, ["isRecurrent"]>]> {
  let arguments = !con((ins StrAttr:$name, NN_Tensor:$input,
                            ConfinedAttr<I64Attr, [IntPositive]>:$units,
                            NN_Returned:$returned,
                            NN_Initializer:$weight_init,
                            NN_Initializer:$hidden_init,
                            OptionalAttr<NN_Initializer>:$bias_init,
                            OptionalAttr<NN_WeightOptions>:$options),
                       settings);
  let results = (outs NN_Tensor:$result);
  let assemblyFormat = "$name $input `units` `(` $units `)` `return` `(` $returned `)`"
      # printed # " `weight` `(` $weight_init `)` `hidden` `(` $hidden_init `)`"
      # " (`bias` `(` $bias_init^ `)`)? (`options` `(` $options^ `)`)? attr-dict `:` functional-type(operands, results)";
  let hasVerifier = 1;
}

def NN_RnnOp : NN_RecurrentLayerOp<"rnn", (ins NN_CellActivation:$activation),
                                   " `activation` `(` $activation `)`"> {
  let summary = "h_t = f(x_t W + h_(t-1) R + b), f tanh or relu (Elman 1990)";
  let description = [{
    W is `weight_input` of [features, units], R `weight_hidden` of [units, units],
    b `bias`.
  }];
}

def NN_LstmOp : NN_RecurrentLayerOp<"lstm"> {
  let summary = "long short-term memory (Hochreiter and Schmidhuber 1997, Gers et al. 2000)";
  let description = [{
    With z_t = x_t W + h_(t-1) R + b in four parts for i, f, g, o:
    c_t = sigmoid(f) c_(t-1) + sigmoid(i) tanh(g), h_t = sigmoid(o) tanh(c_t).
    W is `weight_input` of [features, 4 units], R `weight_hidden` of
    [units, 4 units], b `bias`.
  }];
}

def NN_GruOp : NN_RecurrentLayerOp<"gru"> {
  let summary = "gated recurrent unit (Cho et al. 2014), reset after the product";
  let description = [{
    With x_t W + b in three parts for r, z, n and h_(t-1) R in parts of the same
    order: r = sigmoid(x_r + h_r), z = sigmoid(x_z + h_z),
    n = tanh(x_n + r (h_n + d)), h_t = n + z (h_(t-1) - n). `bias_hidden` is d,
    [units]; the other parameters are those of an LSTM with three parts.
  }];
}

#endif // GRADC_DIALECT_NN_RECURRENTLAYEROPS
