//===- NNOps.td - All ops of the dialect -------------------*- tablegen -*-===//

include "gradc/Dialect/NN/ActivationOps.td"
include "gradc/Dialect/NN/ImageLayerOps.td"
include "gradc/Dialect/NN/ImageOps.td"
include "gradc/Dialect/NN/LayerOps.td"
include "gradc/Dialect/NN/LossOps.td"
include "gradc/Dialect/NN/MathOps.td"
include "gradc/Dialect/NN/MeasureOps.td"
include "gradc/Dialect/NN/NormalizationOps.td"
include "gradc/Dialect/NN/PoolingOps.td"
include "gradc/Dialect/NN/PreluOps.td"
include "gradc/Dialect/NN/RandomOps.td"
include "gradc/Dialect/NN/VariableOps.td"
