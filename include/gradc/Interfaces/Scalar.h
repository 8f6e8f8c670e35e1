//===- Scalar.h - Formulas on scalars, written as formulas ------*- C++ -*-===//

#ifndef GRADC_INTERFACES_SCALAR_H
#define GRADC_INTERFACES_SCALAR_H

#include "mlir/IR/Builders.h"
#include "mlir/IR/Value.h"

namespace gradc {

/// On a function of f64: what is made of its result is rounded to f32, so some
/// bits more than those of an f32 will do.
inline constexpr llvm::StringLiteral forSingleAttr = "step.for_single";

/// On an addition of f64: what it adds is a widened f32, and some such terms
/// may be added up in f32 first.
inline constexpr llvm::StringLiteral narrowAttr = "step.narrow";

/// The f32 that a marked addition adds, widened, to an f64; null of any other
/// op.
mlir::Value findNarrowTerm(mlir::Operation *addition);

/// A float, or a vector of floats, under construction: arithmetic on it builds
/// ops of `arith` and `math`. Constants take the type of the other operand. No
/// operation carries a fast-math flag: what is written is what is computed.
class Scalar {
public:
  Scalar(mlir::OpBuilder &builder, mlir::Location loc, mlir::Value value)
      : builder(&builder), loc(loc), value(value) {}

  operator mlir::Value() const { return value; }
  mlir::Type getType() const { return value.getType(); }
  mlir::OpBuilder &getBuilder() const { return *builder; }
  mlir::Location getLoc() const { return loc; }

  /// A constant of this value's type, which may be a vector's.
  Scalar constant(double number) const;
  /// This value rounded or widened to `type`.
  Scalar convertTo(mlir::Type type) const;
  /// An f32 as f64, to be rounded by `convertTo` at the end of a formula: no
  /// digit is lost in between. Functions of it are marked as `forSingleAttr`
  /// says. An f64 stays as it is.
  Scalar widen() const;
  /// Whether this value or one it is made of was widened.
  bool isWidened() const { return widened; }

private:
  friend Scalar markWidened(Scalar result, bool isWidened);

  mlir::OpBuilder *builder;
  mlir::Location loc;
  mlir::Value value;
  bool widened = false;
};

Scalar operator+(Scalar a, Scalar b);
Scalar operator-(Scalar a, Scalar b);
Scalar operator*(Scalar a, Scalar b);
Scalar operator/(Scalar a, Scalar b);
Scalar operator+(Scalar a, double b);
Scalar operator+(double a, Scalar b);
Scalar operator-(Scalar a, double b);
Scalar operator-(double a, Scalar b);
Scalar operator*(Scalar a, double b);
Scalar operator*(double a, Scalar b);
Scalar operator/(Scalar a, double b);
Scalar operator/(double a, Scalar b);
Scalar operator-(Scalar a);

Scalar abs(Scalar x);
Scalar exp(Scalar x);
Scalar expm1(Scalar x);
Scalar log(Scalar x);
Scalar log1p(Scalar x);
Scalar sqrt(Scalar x);
Scalar tanh(Scalar x);
Scalar erfc(Scalar x);
Scalar cos(Scalar x);
/// `size` with the sign of `sign`.
Scalar copySign(Scalar size, Scalar sign);

/// Ordered comparisons with a constant: an i1, false for NaN.
mlir::Value isLess(Scalar x, double bound);
mlir::Value isGreater(Scalar x, double bound);
mlir::Value isGreater(Scalar x, Scalar bound);
mlir::Value isAtMost(Scalar x, double bound);
/// `a` where `condition` holds, else `b`.
Scalar select(mlir::Value condition, Scalar a, Scalar b);

} // namespace gradc

#endif // GRADC_INTERFACES_SCALAR_H
