//===- Interfaces.h - What an op can say about itself -----------*- C++ -*-===//

#ifndef GRADC_INTERFACES_INTERFACES_H
#define GRADC_INTERFACES_INTERFACES_H

#include "gradc/Interfaces/SourceArguments.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/OpDefinition.h"

namespace gradc {

/// The two forms of a network. Dropout, for one, is the identity in inference.
enum class LayerMode { Training, Inference };

/// What is allowed, but most likely not meant, at the place of a line's word.
struct SourceAdvice {
  mlir::Location loc;
  std::string text;
  std::string fix = {}; ///< what to write there instead; may be empty
};

} // namespace gradc

#include "gradc/Interfaces/DifferentiableOpInterface.h.inc"
#include "gradc/Interfaces/LayerOpInterface.h.inc"
#include "gradc/Interfaces/LinearOpInterface.h.inc"
#include "gradc/Interfaces/OptimizerOpInterface.h.inc"
#include "gradc/Interfaces/PointwiseOpInterface.h.inc"
#include "gradc/Interfaces/SampleSumOpInterface.h.inc"
#include "gradc/Interfaces/ScalableOpInterface.h.inc"
#include "gradc/Interfaces/SlopeOpInterface.h.inc"
#include "gradc/Interfaces/SourceOpInterface.h.inc"
#include "gradc/Interfaces/WeightedLayerOpInterface.h.inc"

#endif // GRADC_INTERFACES_INTERFACES_H
