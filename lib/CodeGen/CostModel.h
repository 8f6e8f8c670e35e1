//===- CostModel.h - Sizes of register blocks -------------------*- C++ -*-===//
//
// All sizes that code generation chooses, with their reasons. It sees shapes,
// element types and the registers of the target, nothing else.
//
//===----------------------------------------------------------------------===//

#ifndef GRADC_LIB_CODEGEN_COSTMODEL_H
#define GRADC_LIB_CODEGEN_COSTMODEL_H

#include <cstdint>

namespace gradc {

/// The vector registers of a target.
struct Registers {
  unsigned count = 32;
  unsigned bytes = 64;
};

/// The block of the result that a micro-kernel keeps in registers.
struct RegisterBlock {
  int64_t rows;    ///< elements
  int64_t vectors; ///< vectors of 64 bytes side by side
};

/// The block for a result of `rows` rows.
///
/// Each step of the sum loads `vectors` vectors of the right factor and one
/// element a row of the left one, for rows x vectors multiply-adds. Two units
/// that add with a latency of four need at least eight results under way; more
/// rows and vectors mean fewer loads for each multiply-add, until the registers
/// are used up.
RegisterBlock chooseRegisterBlock(int64_t rows, const Registers &registers);

} // namespace gradc

#endif // GRADC_LIB_CODEGEN_COSTMODEL_H
