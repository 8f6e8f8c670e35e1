//===- Passes.td - Passes on networks ----------------------*- tablegen -*-===//

#ifndef GRADC_TRANSFORMS_PASSES
#define GRADC_TRANSFORMS_PASSES

include "gradc/Transforms/NormalizationPasses.td"
include "gradc/Transforms/RemedyPasses.td"

def CloneForInference : Pass<"clone-for-inference", "::mlir::ModuleOp"> {
  let summary = "Add the inference form of every network, joined to it by its parameters' names";
  let description = [{
    `@mnist` gets a twin `@mnist_inference`, marked `nn.inference`, without the
    ops that act only in training.
  }];
  let dependentDialects = ["::gradc::nn::NNDialect",
                           "::gradc::train::TrainDialect"];
}

def ExpandLayers : InterfacePass<"expand-layers", "::mlir::FunctionOpInterface"> {
  let summary = "Replace layers by the ops they stand for";
  let description = [{
    ```mlir
    %1 = nn.dense "dense" %0 units(30) ...
    ```
    becomes

    ```mlir
    %w = nn.parameter "dense.weight" ...
    %2 = nn.matmul %0, %w : ...
    %b = nn.parameter "dense.bias" ...
    %3 = nn.add_bias %2, %b : ...
    %1 = nn.tap "dense" %3 : ...
    ```
  }];
  let dependentDialects = ["::gradc::nn::NNDialect"];
}

def PenalizeWeights : InterfacePass<"penalize-weights", "::mlir::FunctionOpInterface"> {
  let summary = "Serve `train.decay`: add a penalty of every weight to what is minimized";
  let dependentDialects = ["::gradc::nn::NNDialect",
                           "::gradc::train::TrainDialect",
                           "::mlir::arith::ArithDialect"];
}

def Differentiate : InterfacePass<"differentiate", "::mlir::FunctionOpInterface"> {
  let summary = "Replace `train.minimize` by the gradient and update of every parameter";
  let description = [{
    Reverse mode over the ops of the network: each op on the way from a parameter
    to the loss is asked for its gradient. All gradients stand before the first
    update. Reports the loss as "loss", and penalties as "penalty".
  }];
  let dependentDialects = ["::gradc::nn::NNDialect",
                           "::gradc::train::TrainDialect",
                           "::mlir::arith::ArithDialect",
                           "::mlir::math::MathDialect"];
}

def ClipGradients : InterfacePass<"clip-gradients", "::mlir::FunctionOpInterface"> {
  let summary = "Serve `train.clip`: clip the gradients of all updates, request by request";
  let dependentDialects = ["::gradc::train::TrainDialect",
                           "::mlir::arith::ArithDialect"];
}

def ProbeGradients : InterfacePass<"probe-gradients", "::mlir::FunctionOpInterface"> {
  let summary = "Report what each layer's gradient does";
  let description = [{
    For every parameter `p`: `gradient_norm/p`, before any clip, and
    `update_ratio/p`, the norm of its change over its own. For every tapped layer
    `l`: `delta/l`, the root mean square over samples and units of batch size
    times the loss's gradient with respect to the layer's output; `activation/l`,
    the second moment of what its activation gives; `dead/l`, the share of units
    whose slope is 0 in the whole batch; `saturated/l`, the share of elements
    whose slope is below 4 % of the activation's largest. With `through-time`
    for every recurrent layer `l`: `through_time/l/t`, the norm of the loss's
    gradient with respect to the state after step t, counted from 0.
  }];
  let options = [
    Option<"throughTime", "through-time", "bool", "false",
           "report the gradient of a recurrent layer's state at each step">];
  let dependentDialects = ["::gradc::nn::NNDialect",
                           "::gradc::train::TrainDialect",
                           "::mlir::arith::ArithDialect",
                           "::mlir::math::MathDialect"];
}

def FormStep : Pass<"form-step", "::mlir::ModuleOp"> {
  let summary = "Turn networks into pure functions of the state, the batch and the step";
  let description = [{
    Makes `@initialize`, `@train_step`, `@evaluate` and `@predict`; where the
    network is probed and `watch` is set also `@train_step_watched`; where
    `gradients` is set `@gradients` and `@loss`. Each argument and result carries
    its role. Reports and taps that a function does not need are left out.
  }];
  let options = [
    Option<"watch", "watch", "bool", "true",
           "also make the step that reports its probes">,
    Option<"gradients", "gradients", "bool", "false",
           "also make the functions that return the loss and the raw gradients">,
    Option<"training", "training", "bool", "true",
           "make the functions that train">];
  let dependentDialects = ["::gradc::nn::NNDialect",
                           "::gradc::train::TrainDialect",
                           "::mlir::arith::ArithDialect",
                           "::mlir::func::FuncDialect"];
}

#endif // GRADC_TRANSFORMS_PASSES
