//===- RemedyPasses.td - Shortcuts, activations, initializers tablegen -*-===//

#ifndef GRADC_TRANSFORMS_REMEDYPASSES
#define GRADC_TRANSFORMS_REMEDYPASSES

include "mlir/Pass/PassBase.td"

def InsertSkip : InterfacePass<"insert-skip", "::mlir::FunctionOpInterface"> {
  let summary = "Put a shortcut around every weighted layer that keeps the shape";
  let description = [{
    On the network as written: from the input of a weighted layer to behind its
    activation, with what stands between them (He et al. 2016).

    ```mlir
    %1 = nn.dense "dense_2" %0 units(30) ... : (tensor<10x30xf32>) -> tensor<10x30xf32>
    %2 = nn.relu %1 : tensor<10x30xf32>
    ```
    becomes

    ```mlir
    %1 = nn.dense "dense_2" %0 units(30) ... : (tensor<10x30xf32>) -> tensor<10x30xf32>
    %2 = nn.relu %1 : tensor<10x30xf32>
    %3 = nn.skip "dense_2.skip" %0, %2 : tensor<10x30xf32>
    ```

    A remark says where nothing is inserted: where the shape changes, where the
    layer or its activation is what the network predicts, and where a shortcut
    stands already.
  }];
  let dependentDialects = ["::gradc::nn::NNDialect"];
}

def ReplaceActivation : InterfacePass<"replace-activation", "::mlir::FunctionOpInterface"> {
  let summary = "Replace every hidden activation by another one";
  let description = [{
    On the network as written. The new one is given by its word in the `.net` and
    its settings, as in `relu` or `elu:0.5`. What the network predicts with stays
    as it is, and with it the loss.
  }];
  let options = [Option<"activation", "activation", "std::string", "\"relu\"",
                        "the word of the new activation, and its settings">];
  let dependentDialects = ["::gradc::nn::NNDialect"];
}

def ReplaceInit : InterfacePass<"replace-init", "::mlir::FunctionOpInterface"> {
  let summary = "Let the weights of every layer begin in another way";
  let description = [{
    On the network as written. The initializer is given as in the `.net`, its
    numbers behind colons: `he`, `normal:0:0.1`. Biases stay as they are.
  }];
  let options = [Option<"init", "init", "std::string", "\"he\"",
                        "the new initializer">];
  let dependentDialects = ["::gradc::nn::NNDialect"];
}

#endif // GRADC_TRANSFORMS_REMEDYPASSES
