//===- PanelValues.h - Tensors and their forms in panels --------*- C++ -*-===//

#ifndef GRADC_LIB_CODEGEN_PANELVALUES_H
#define GRADC_LIB_CODEGEN_PANELVALUES_H

#include "gradc/Dialect/Kernel/Kernel.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/IR/Builders.h"

namespace gradc {

/// The type of a matrix in panels; null for one that has no such form: its
/// columns do not fill panels, or it has one panel, which is the matrix itself.
mlir::RankedTensorType getPanelType(mlir::Type matrix);

/// Rewrites the ops of one function so that matrices stay in panels from op to
/// op.
class PanelValues {
public:
  /// `matrix` in panels: what computes it is made to do so, if it works element
  /// by element or is a product; otherwise it is copied.
  mlir::Value toPanels(mlir::Value matrix);
  /// The matrix of `panels`, copied where something asks for it.
  mlir::Value fromPanels(mlir::OpBuilder &builder, mlir::Value panels);
  /// Lets ops that read matrices read their panels.
  void readPanels(mlir::Block &block);

private:
  /// What `fromPanels` made, and of what.
  llvm::DenseMap<mlir::Value, mlir::Value> panels;

  mlir::Value makePanels(mlir::Value matrix);
  mlir::Value copyToPanels(mlir::Value matrix);
  mlir::Value computeProduct(mlir::OpResult result);
  mlir::Value transposeToPanels(mlir::linalg::GenericOp generic);
  mlir::Value computeGeneric(mlir::OpResult result);
  void replaceByPanels(mlir::OpBuilder &builder, mlir::Value old,
                       mlir::Value inPanels);
  bool isCheap(mlir::Value matrix) const;
  bool isWorthReading(mlir::linalg::GenericOp generic) const;
  mlir::linalg::GenericOp convert(mlir::linalg::GenericOp generic);
};

} // namespace gradc

#endif // GRADC_LIB_CODEGEN_PANELVALUES_H
