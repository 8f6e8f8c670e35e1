//===- Passes.h - From tensors to vector code -------------------*- C++ -*-===//

#ifndef GRADC_CODEGEN_PASSES_H
#define GRADC_CODEGEN_PASSES_H

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/Pass/Pass.h"

namespace gradc {
#define GEN_PASS_DECL
#include "gradc/CodeGen/Passes.h.inc"
#define GEN_PASS_REGISTRATION
#include "gradc/CodeGen/Passes.h.inc"
} // namespace gradc

#endif // GRADC_CODEGEN_PASSES_H
