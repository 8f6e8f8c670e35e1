//===- Interfaces.cpp - What an op can say about itself -------------------===//

#include "gradc/Interfaces/Interfaces.h"

#include "gradc/Interfaces/DifferentiableOpInterface.cpp.inc"
#include "gradc/Interfaces/LayerOpInterface.cpp.inc"
#include "gradc/Interfaces/LinearOpInterface.cpp.inc"
#include "gradc/Interfaces/OptimizerOpInterface.cpp.inc"
#include "gradc/Interfaces/PointwiseOpInterface.cpp.inc"
#include "gradc/Interfaces/SampleSumOpInterface.cpp.inc"
#include "gradc/Interfaces/ScalableOpInterface.cpp.inc"
#include "gradc/Interfaces/SlopeOpInterface.cpp.inc"
#include "gradc/Interfaces/SourceOpInterface.cpp.inc"
#include "gradc/Interfaces/WeightedLayerOpInterface.cpp.inc"
