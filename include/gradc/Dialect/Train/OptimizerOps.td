//===- OptimizerOps.td - Optimizers, a few lines each ------*- tablegen -*-===//

#ifndef GRADC_DIALECT_TRAIN_OPTIMIZEROPS
#define GRADC_DIALECT_TRAIN_OPTIMIZEROPS

include "gradc/Dialect/Train/TrainDialect.td"

/// A rule. Its settings are f64; the learning rate is the source's, the step's
/// own rate is an argument of the step.
///
/// `scalars` names the interface methods of a rule with more step scalars than
/// the rate; `source` is empty for a rule that another one's word stands for.
class Train_OptimizerOp<string mnemonic, dag settings, string printed,
                        list<string> scalars = [], list<Trait> source = [
                            DeclareOpInterfaceMethods<SourceOpInterface>]>
    : Train_Op<mnemonic, !listconcat([Pure, OnlyInTraining,
        DeclareOpInterfaceMethods<OptimizerOpInterface, scalars>], source)> {
  let arguments = !con((ins F64Attr:$rate), settings);
  let results = (outs Train_Optimizer:$result);
  let assemblyFormat = "`rate` `(` $rate `)` " # printed # " attr-dict";
  let extraClassDefinition = [{
    double $cppClass::getSourceRate() { return getRate().convertToDouble(); }
    void $cppClass::setSourceRate(double rate) { setRate(::llvm::APFloat(rate)); }
  }];
}

def Train_SgdOp : Train_OptimizerOp<"sgd", (ins), ""> {
  let summary = "w <- w - rate g (Robbins and Monro 1951)";
}

def Train_MomentumOp : Train_OptimizerOp<"momentum", (ins F64Attr:$momentum),
    "`momentum` `(` $momentum `)`", [], []> {
  let summary = "v <- m v + g; w <- w - rate v (Polyak 1964)";
  let description = "The classical form: `optimizer sgd momentum=0.9`.";
}

def Train_AveragedMomentumOp : Train_OptimizerOp<"averaged_momentum",
    (ins F64Attr:$gamma), "`gamma` `(` $gamma `)`"> {
  let summary = "v <- c v + (1 - c) g; w <- w - rate v";
  let description = [{
    The moving average of the gradient: `optimizer momentum gamma=0.9`. It takes
    the path of the classical form with a rate 1 / (1 - gamma) times as large.
  }];
}

def Train_NesterovOp : Train_OptimizerOp<"nesterov", (ins F64Attr:$momentum),
    "`momentum` `(` $momentum `)`"> {
  let summary = "v <- m v + g; w <- w - rate (g + m v) (Nesterov 1983; Sutskever et al. 2013)";
}

def Train_RmspropOp : Train_OptimizerOp<"rmsprop",
    (ins F64Attr:$rho, F64Attr:$epsilon),
    "`rho` `(` $rho `)` `epsilon` `(` $epsilon `)`"> {
  let summary = "s <- r s + (1 - r) g^2; w <- w - rate g / (sqrt s + e) (Tieleman and Hinton 2012)";
}

def Train_AdagradOp : Train_OptimizerOp<"adagrad", (ins F64Attr:$epsilon),
    "`epsilon` `(` $epsilon `)`"> {
  let summary = "s <- s + g^2; w <- w - rate g / (sqrt s + e) (Duchi et al. 2011)";
}

def Train_AdamOp : Train_OptimizerOp<"adam",
    (ins F64Attr:$beta1, F64Attr:$beta2, F64Attr:$epsilon),
    "`betas` `(` $beta1 `,` $beta2 `)` `epsilon` `(` $epsilon `)`",
    ["getNumStepScalars", "buildStepScalars"]> {
  let summary = "moving averages of g and g^2, corrected for their start (Kingma and Ba 2015, algorithm 1)";
}

def Train_AdamwOp : Train_OptimizerOp<"adamw",
    (ins F64Attr:$beta1, F64Attr:$beta2, F64Attr:$epsilon,
         F64Attr:$weight_decay),
    "`betas` `(` $beta1 `,` $beta2 `)` `epsilon` `(` $epsilon `)` `weight_decay` `(` $weight_decay `)`",
    ["getNumStepScalars", "buildStepScalars"]> {
  let summary = "Adam after w <- w - rate d w (Loshchilov and Hutter 2019)";
}

#endif // GRADC_DIALECT_TRAIN_OPTIMIZEROPS
