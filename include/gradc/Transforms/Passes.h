//===- Passes.h - Passes on networks ----------------------------*- C++ -*-===//

#ifndef GRADC_TRANSFORMS_PASSES_H
#define GRADC_TRANSFORMS_PASSES_H

#include "gradc/Dialect/NN/NN.h"
#include "gradc/Dialect/Train/Train.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Pass/Pass.h"

namespace gradc {
#define GEN_PASS_DECL
#include "gradc/Transforms/Passes.h.inc"
#define GEN_PASS_REGISTRATION
#include "gradc/Transforms/Passes.h.inc"
} // namespace gradc

#endif // GRADC_TRANSFORMS_PASSES_H
