//===- NormalizationPasses.td - Batch norm and dropout -----*- tablegen -*-===//

#ifndef GRADC_TRANSFORMS_NORMALIZATIONPASSES
#define GRADC_TRANSFORMS_NORMALIZATIONPASSES

include "mlir/Pass/PassBase.td"

def InsertBatchNorm : InterfacePass<"insert-batch-norm", "::mlir::FunctionOpInterface"> {
  let summary = "Normalize the input of every hidden activation over the batch";
  let description = [{
    On the network as written: between a weighted layer and the activations that
    follow it (Ioffe and Szegedy 2015, section 3.2), directly behind the layer where
    others without weights stand between them, as a dropout or a pooling.

    ```mlir
    %1 = nn.dense "dense" %0 units(30) weight(<he>) bias(<zeros>) ...
    %2 = nn.relu %1 : ...
    ```
    becomes

    ```mlir
    %1 = nn.dense "dense" %0 units(30) weight(<he>) ...
    %2 = nn.batch_norm "dense.batchnorm" %1 momentum(0.1) eps(1.0e-5) : ...
    %3 = nn.relu %2 : ...
    ```

    The bias leaves, since the mean is removed anyway, unless others use what it
    is in. A remark says where nothing is inserted: before what the network
    predicts, after a recurrent layer, where a normalization stands already. With
    batches of one value for each unit, `differentiate` refuses the network.
  }];
  let options = [
    Option<"momentum", "momentum", "double", "0.1",
           "share of the batch in the running statistics">,
    Option<"eps", "eps", "double", "1e-5", "what is added to the variance">];
  let dependentDialects = ["::gradc::nn::NNDialect"];
}

def InsertDropout : InterfacePass<"insert-dropout", "::mlir::FunctionOpInterface"> {
  let summary = "Leave out a random share of every hidden activation in training";
  let description = [{
    On the network as written: after each activation but the one that the network
    predicts with (Srivastava et al. 2014). The layer is named after the weighted
    layer before it.

    ```mlir
    %2 = nn.relu %1 : ...
    ```
    becomes

    ```mlir
    %2 = nn.relu %1 : ...
    %3 = nn.dropout "dense.dropout" %2 rate(0.5) : ...
    ```
  }];
  let options = [
    Option<"rate", "rate", "double", "0.5",
           "probability of 0, at least 0 and less than 1">];
  let dependentDialects = ["::gradc::nn::NNDialect"];
}

def FoldBatchNorm : InterfacePass<"fold-batch-norm", "::mlir::FunctionOpInterface"> {
  let summary = "Fold the factor of a normalization into the weights before it";
  let description = [{
    On the inference form after `expand-layers`, where a normalization is a factor
    and a shift for each unit: (x W + b) f = x (W f) + b f. Ops say by
    `ScalableOpInterface` how they take in a factor. It is done where fewer
    elements are scaled than the result has, and nothing else uses what lies
    between; elsewhere all stays as it is.

    ```mlir
    %2 = nn.matmul %0, %w : ...
    %3 = nn.scale_units %2, %f : ...
    ```
    becomes

    ```mlir
    %2 = nn.scale_units %w, %f : ...
    %3 = nn.matmul %0, %2 : ...
    ```
  }];
  let dependentDialects = ["::gradc::nn::NNDialect"];
}

#endif // GRADC_TRANSFORMS_NORMALIZATIONPASSES
