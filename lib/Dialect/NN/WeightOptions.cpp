//===- WeightOptions.cpp - How a layer's own weights learn ----------------===//

#include "gradc/Dialect/NN/WeightArguments.h"
#include <cmath>

using namespace mlir;
using namespace gradc;
using namespace gradc::nn;

LogicalResult
WeightOptionsAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                          FloatAttr l1, FloatAttr l2, FloatAttr clip,
                          FloatAttr lrScale) {
  for (FloatAttr number : {l1, l2, clip, lrScale}) {
    if (!number)
      continue;
    double value = number.getValueAsDouble();
    if (!number.getType().isF64() || !std::isfinite(value) || value < 0)
      return emitError() << "an option of weights is an f64 of at least 0";
  }
  if (clip && clip.getValueAsDouble() == 0)
    return emitError() << "the bound of a clip must be greater than 0";
  return success();
}

/// The number given by `name=`, or null.
static FailureOr<FloatAttr> takeNumber(MLIRContext *context,
                                       SourceArguments &arguments,
                                       StringRef name,
                                       const NumberRange &range) {
  FailureOr<std::optional<double>> number =
      arguments.takeNamedNumber(name, range);
  if (failed(number))
    return failure();
  if (!*number)
    return FloatAttr();
  return FloatAttr::get(Float64Type::get(context), **number);
}

static FailureOr<WeightOptionsAttr> takeOptions(MLIRContext *context,
                                                SourceArguments &arguments) {
  NumberRange notNegative = NumberRange::notNegative();
  FailureOr<FloatAttr> l1 = takeNumber(context, arguments, "l1", notNegative);
  FailureOr<FloatAttr> l2 = takeNumber(context, arguments, "l2", notNegative);
  FailureOr<FloatAttr> clip =
      takeNumber(context, arguments, "clip", NumberRange::positive());
  FailureOr<FloatAttr> scale =
      takeNumber(context, arguments, "lr_scale", notNegative);
  if (failed(l1) || failed(l2) || failed(clip) || failed(scale))
    return failure();
  if (!*l1 && !*l2 && !*clip && !*scale)
    return WeightOptionsAttr();
  return WeightOptionsAttr::get(context, *l1, *l2, *clip, *scale);
}

FailureOr<WeightArguments> WeightArguments::take(MLIRContext *context,
                                                 SourceArguments &arguments,
                                                 InitializerKind otherwise) {
  FailureOr<InitializerAttr> weightInit =
      InitializerAttr::fromSource(context, arguments, "init", otherwise);
  FailureOr<InitializerAttr> biasInit = InitializerAttr::fromSource(
      context, arguments, "bias_init", InitializerKind::zeros);
  FailureOr<bool> hasBias = arguments.takeNamedSwitchOr("bias", true);
  FailureOr<WeightOptionsAttr> options = takeOptions(context, arguments);
  if (failed(weightInit) || failed(biasInit) || failed(hasBias) ||
      failed(options))
    return failure();
  return WeightArguments{*weightInit, *hasBias ? *biasInit : InitializerAttr(),
                         *options};
}
