//===- WeightArguments.h - What a line says of its weights ------*- C++ -*-===//

#ifndef GRADC_DIALECT_NN_WEIGHTARGUMENTS_H
#define GRADC_DIALECT_NN_WEIGHTARGUMENTS_H

#include "gradc/Dialect/NN/NN.h"

namespace gradc::nn {

/// What the line of a weighted layer says of its parameters. The words mean the
/// same on every such layer.
struct WeightArguments {
  InitializerAttr weightInit;
  InitializerAttr biasInit;  ///< null where the layer has no bias
  WeightOptionsAttr options; ///< null where the line gives none

  /// Takes `init=` (`otherwise` where it is not given), `bias=`, `bias_init=`
  /// (zeros), `l1=`, `l2=`, `clip=` and `lr_scale=`, each by its name only.
  /// Reports each value that is wrong at its place.
  static mlir::FailureOr<WeightArguments>
  take(mlir::MLIRContext *context, SourceArguments &arguments,
       InitializerKind otherwise = InitializerKind::xavier_uniform);
};

} // namespace gradc::nn

#endif // GRADC_DIALECT_NN_WEIGHTARGUMENTS_H
