//===- Formula.h - Formulas of one variable ---------------------*- C++ -*-===//

#ifndef GRADC_DIALECT_NN_FORMULA_H
#define GRADC_DIALECT_NN_FORMULA_H

#include "gradc/Interfaces/Scalar.h"
#include "mlir/Support/LLVM.h"
#include <memory>
#include <string>

namespace gradc::nn {

struct FormulaFunction;

/// A formula of one variable, which is written `x`: numbers, `+ - * /`, and the
/// functions of a table. Formulas are values; equal parts may be shared.
class Formula {
public:
  static Formula number(double value);
  static Formula variable();
  /// `function` must be one of the table, with as many operands as it takes.
  static Formula call(const FormulaFunction &function,
                      llvm::ArrayRef<Formula> operands);
  /// Reads what `print` writes; where that fails, says why in `problem`.
  static mlir::FailureOr<Formula> parse(llvm::StringRef text,
                                        std::string &problem);

  std::string print() const;
  /// Whether the variable occurs.
  bool usesVariable() const;
  /// The value at `x`, to estimate what the formula does. The program computes
  /// by `build`.
  double evaluate(double x) const;
  /// Ops that compute the formula of `x`, in its type.
  Scalar build(Scalar x) const;
  /// The derivative, by the rules of the table's functions. At a kink it is the
  /// one from below for `relu` and the second value's for `max` and `min`.
  Formula differentiate() const;
  /// The largest size of the slope; infinite where it seems to grow without a
  /// bound. An estimate: the slope is looked at in some thousand places.
  double estimateMaxSlope() const;

  const double *getNumber() const;

private:
  struct Node;
  explicit Formula(std::shared_ptr<const Node> node) : node(std::move(node)) {}
  std::shared_ptr<const Node> node;

  std::string print(unsigned precedence) const;
};

/// An operator or a function that formulas may use.
struct FormulaFunction {
  llvm::StringLiteral name;
  unsigned numOperands;
  /// Whether it may be written in a `.net`; others stand in derivatives only.
  bool isWritten;
  double (*evaluate)(llvm::ArrayRef<double>);
  Scalar (*build)(llvm::ArrayRef<Scalar>);
  /// The derivative, given the operands and theirs; null where none is needed.
  Formula (*differentiate)(llvm::ArrayRef<Formula>, llvm::ArrayRef<Formula>);
};

/// All functions, the operators `+ - * /` among them; `negate` is written `-`.
llvm::ArrayRef<FormulaFunction> getFormulaFunctions();
/// The function of that name, or null.
const FormulaFunction *findFormulaFunction(llvm::StringRef name);

// These leave out what changes nothing: 0 + a, 1 a, 0 a.
Formula operator+(const Formula &a, const Formula &b);
Formula operator-(const Formula &a, const Formula &b);
Formula operator*(const Formula &a, const Formula &b);
Formula operator/(const Formula &a, const Formula &b);

} // namespace gradc::nn

#endif // GRADC_DIALECT_NN_FORMULA_H
