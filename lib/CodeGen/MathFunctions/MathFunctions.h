//===- MathFunctions.h - Functions for results of f32 -----------*- C++ -*-===//
//
// Each takes an f64, or a vector of them, that was an f32 or was computed from
// f32s, and is right to about 2^-35 of its result: rounded to f32 it is within
// 0.51 units in the last place. In f64 nothing has to be carried in two halves,
// no scaling by 2^n needs two steps, and subnormal f32s are ordinary numbers.
// NaN stays NaN; 0, its sign and infinities are treated as C99's annex F says.
//
// What the functions are made of: additions, multiplications, fused or not,
// integers and bits, selections; a division in tanh and erfc only. There are no
// tables and no instructions of one machine.
//
//===----------------------------------------------------------------------===//

#ifndef GRADC_LIB_CODEGEN_MATHFUNCTIONS_MATHFUNCTIONS_H
#define GRADC_LIB_CODEGEN_MATHFUNCTIONS_MATHFUNCTIONS_H

#include "gradc/Interfaces/Scalar.h"

namespace gradc {

Scalar buildExp(Scalar x);
Scalar buildExpm1(Scalar x);
Scalar buildTanh(Scalar x);
Scalar buildLog(Scalar x);
Scalar buildLog1p(Scalar x);
Scalar buildErf(Scalar x);
Scalar buildErfc(Scalar x);

//===----------------------------------------------------------------------===//
// What they are built of
//===----------------------------------------------------------------------===//

/// e^x - 1 for -709 <= x <= 709; it may be +0 for -0.
Scalar buildSmallExpm1(Scalar x);
/// a * b + c, rounded once where the machine has an instruction for it.
Scalar multiplyAdd(Scalar a, Scalar b, Scalar c);
/// The coefficients, at least two, begin with that of the lowest power. The
/// even and the odd ones are summed apart, as Horner does, in half the time
/// that one chain takes (Knuth, The Art of Computer Programming 2, 4.6.4).
Scalar evaluatePolynomial(Scalar x, llvm::ArrayRef<double> coefficients);

/// The same bits as integers, and back.
mlir::Value toBits(Scalar x);
Scalar fromBits(Scalar like, mlir::Value bits);
/// An integer of the type of `bits`.
mlir::Value constantBits(Scalar like, mlir::Value bits, uint64_t number);

} // namespace gradc

#endif // GRADC_LIB_CODEGEN_MATHFUNCTIONS_MATHFUNCTIONS_H
