//===- Passes.h - From networks to loops' iterators -------------*- C++ -*-===//

#ifndef GRADC_CONVERSION_PASSES_H
#define GRADC_CONVERSION_PASSES_H

#include "gradc/Dialect/NN/NN.h"
#include "gradc/Dialect/Train/Train.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Pass/Pass.h"

namespace gradc {
#define GEN_PASS_DECL
#include "gradc/Conversion/Passes.h.inc"
#define GEN_PASS_REGISTRATION
#include "gradc/Conversion/Passes.h.inc"

/// The patterns of `convert-to-linalg`, a function for each family.
void populatePointwiseToLinalgPatterns(mlir::RewritePatternSet &patterns);
void populateMatmulToLinalgPatterns(mlir::RewritePatternSet &patterns);
void populateConvolutionToLinalgPatterns(mlir::RewritePatternSet &patterns);
void populatePoolingToLinalgPatterns(mlir::RewritePatternSet &patterns);
void populatePoolingGradientsToLinalgPatterns(
    mlir::RewritePatternSet &patterns);
void populateReductionToLinalgPatterns(mlir::RewritePatternSet &patterns);
void populatePartsToLinalgPatterns(mlir::RewritePatternSet &patterns);
void populateScanToLoopsPatterns(mlir::RewritePatternSet &patterns);
void populateSoftmaxToLinalgPatterns(mlir::RewritePatternSet &patterns);
void populateClipToLinalgPatterns(mlir::RewritePatternSet &patterns);
void populateRandomToLinalgPatterns(mlir::RewritePatternSet &patterns);
void populateNormalizationToLinalgPatterns(mlir::RewritePatternSet &patterns);
void populatePreluToLinalgPatterns(mlir::RewritePatternSet &patterns);
void populateConcatToLinalgPatterns(mlir::RewritePatternSet &patterns);
void populateOrthonormalizeToLoopsPatterns(mlir::RewritePatternSet &patterns);
void populateLookupToLinalgPatterns(mlir::RewritePatternSet &patterns);
} // namespace gradc

#endif // GRADC_CONVERSION_PASSES_H
