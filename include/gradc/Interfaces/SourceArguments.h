//===- SourceArguments.h - The evaluated arguments of a source line -*- C++
//-*-===//
//
// What an op sees of the line of the `.net` that it is built from: values with
// their places. Params, arithmetic, defaults and loops are gone by then.
//
//===----------------------------------------------------------------------===//

#ifndef GRADC_INTERFACES_SOURCEARGUMENTS_H
#define GRADC_INTERFACES_SOURCEARGUMENTS_H

#include "gradc/Diagnostics/FixIt.h"
#include "gradc/Diagnostics/Numbers.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/Location.h"
#include "mlir/IR/Value.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace gradc {

/// One evaluated value of a line, with the place where it was written.
struct SourceValue {
  enum class Kind {
    Number, ///< `512`, `1e-3`, `(2 * width)`: `number`, `isInteger`
    Size,   ///< `3x3`: `dimensions`
    String, ///< `"file"`: `text`
    Name,   ///< `relu`, `stage1[0].unit`, `image[28, 28]`: `text`; a shape on a
            ///< name without dots stands in `dimensions`, not in `text`
    Call,   ///< `normal(0, 1)`: `text`, `arguments`
    Shape,  ///< `[784]` alone: `dimensions`
  };
  Kind kind;
  mlir::Location loc;
  double number = 0;
  bool isInteger = false;
  std::string text = {};
  llvm::SmallVector<int64_t> dimensions = {};
  std::vector<SourceValue> arguments = {};
  /// A Number that counts epochs, written with the name `epoch` of the train
  /// section: `number` times the steps of one epoch. Only `takeValue` gives
  /// such a value; where a plain number is asked for, it is an error.
  bool isInEpochs = false;
  /// Of a Name that nothing is bound to: the param it may have meant, or empty.
  std::string nearest = {};
};

/// `value` as its reader would write it: `512`, `3x3`, `normal(0, 1)`.
std::string toString(const SourceValue &value);

/// `name=value`.
struct SourceNamedValue {
  std::string name;
  mlir::Location nameLoc;
  SourceValue value;
};

/// One evaluated line: `[label:] word values... name=value... [{ body }]`.
struct SourceCall {
  std::string word;
  mlir::Location loc; ///< of the word
  /// The full name of the layer: `stage1[0].unit.skip.conv_1`. Empty outside
  /// the net section.
  std::string name = {};
  std::vector<SourceValue> values = {};
  std::vector<SourceNamedValue> named = {};
  bool hasBody = false;
  std::vector<SourceCall> body = {};
  /// The place of a label that no other line refers to. It is of use only as
  /// the name of parameters: where the layer has none, it is worth a warning.
  std::optional<mlir::Location> unusedLabel = {};
};

/// The interval a number must lie in; a bound may be excluded.
struct NumberRange {
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
  bool lowOpen = false;
  bool highOpen = false;

  static NumberRange positive() {
    return {0, std::numeric_limits<double>::infinity(), true, true};
  }
  static NumberRange notNegative() {
    return {0, std::numeric_limits<double>::infinity(), false, true};
  }
  /// [0, 1): a share that must not be all.
  static NumberRange share() { return {0, 1, false, true}; }
  static NumberRange any() {
    return {-std::numeric_limits<double>::infinity(),
            std::numeric_limits<double>::infinity(), true, true};
  }
  bool contains(double value) const;
  /// As a reader would say it: "greater than 0", "at least 0 and less than 1".
  std::string describe() const;
};

/// What the importer lends to the op of a line, beyond the line itself. Each
/// function reports what is wrong; none that fails does so in silence, unless
/// it was said before.
struct SourceContext {
  /// The network's target as a value of the asked type; null where there is
  /// none.
  std::function<mlir::FailureOr<mlir::Value>(mlir::Location, mlir::Type)>
      target;
  /// What the layer gives that a label means in this line.
  std::function<mlir::FailureOr<mlir::Value>(const SourceValue &label)> layer;
  /// Builds lines, each on what the one before it gives and the first on
  /// `input`; what the last one gives.
  std::function<mlir::FailureOr<mlir::Value>(
      const std::vector<SourceCall> &lines, mlir::Value input)>
      body;
  /// Builds, under the name of the line and `.projection`, a layer that brings
  /// `input` to `type`, with these arguments; null where none can.
  std::function<mlir::FailureOr<mlir::Value>(
      mlir::Value input, mlir::RankedTensorType type,
      llvm::ArrayRef<SourceNamedValue> arguments)>
      projection;
};

/// Typed access to the arguments of a line. Each `take` reads one argument,
/// given by its position or by its name, and reports at its place what is wrong
/// with it. Whatever nobody took is an error of `finish`.
class SourceArguments {
public:
  explicit SourceArguments(const SourceCall &call, SourceContext context = {})
      : call(call), context(std::move(context)), taken(call.values.size()),
        namedTaken(call.named.size()) {}

  mlir::Location getLoc() const { return call.loc; }
  llvm::StringRef getWord() const { return call.word; }
  /// The full name of the layer.
  llvm::StringRef getName() const { return call.name; }

  /// A whole number in [low, high]; required.
  mlir::FailureOr<int64_t> takeInteger(llvm::StringRef name, int64_t low,
                                       int64_t high = int64_t(1) << 31);
  /// A number in `range`; required.
  mlir::FailureOr<double> takeNumber(llvm::StringRef name,
                                     const NumberRange &range);
  /// A number in `range`, or `otherwise` where it is not given.
  mlir::FailureOr<double> takeNumberOr(llvm::StringRef name, double otherwise,
                                       const NumberRange &range);
  /// A whole number in [low, high], or `otherwise`.
  mlir::FailureOr<int64_t> takeIntegerOr(llvm::StringRef name,
                                         int64_t otherwise, int64_t low,
                                         int64_t high = int64_t(1) << 31);
  /// `on` or `off`, or `otherwise`.
  mlir::FailureOr<bool> takeSwitchOr(llvm::StringRef name, bool otherwise);
  /// One of `choices`; its index. Required.
  mlir::FailureOr<unsigned> takeWord(llvm::StringRef name,
                                     llvm::ArrayRef<llvm::StringRef> choices);
  /// One of `choices`, or `otherwise`.
  mlir::FailureOr<unsigned> takeWordOr(llvm::StringRef name, unsigned otherwise,
                                       llvm::ArrayRef<llvm::StringRef> choices);
  /// A quoted text; required.
  mlir::FailureOr<std::string> takeString(llvm::StringRef name);
  /// `[784]` or `[28, 28]`; required.
  mlir::FailureOr<llvm::SmallVector<int64_t>> takeShape(llvm::StringRef name);
  /// The value as it stands, or null. For arguments with a form of their own.
  const SourceValue *takeValue(llvm::StringRef name);
  /// As `takeValue`, but only where it is given by its name (`init=`).
  const SourceValue *takeNamedValue(llvm::StringRef name);
  /// `name=number` in `range`, or none; never by its position.
  mlir::FailureOr<std::optional<double>>
  takeNamedNumber(llvm::StringRef name, const NumberRange &range);
  /// `name=on` or `name=off`, or `otherwise`; never by its position.
  mlir::FailureOr<bool> takeNamedSwitchOr(llvm::StringRef name, bool otherwise);
  /// Whether `name=` stands in the line; takes nothing.
  bool isGiven(llvm::StringRef name) const;
  /// All positional values that nobody took yet.
  llvm::SmallVector<const SourceValue *> takeRemainingValues();
  /// The lines between `{` and `}`, or null where there are none. Whoever does
  /// not ask refuses them.
  const std::vector<SourceCall> *takeBody();

  /// The network's target, as a value of `type`. A loss or a metric asks.
  mlir::FailureOr<mlir::Value> takeTarget(mlir::Type type);
  /// What the layers give whose labels are the values of the line, one label or
  /// more.
  mlir::FailureOr<llvm::SmallVector<mlir::Value>> takeLayers();
  /// What the lines between `{` and `}` make of `input`; one line or more.
  mlir::FailureOr<mlir::Value> buildBody(mlir::Value input);
  /// `input` brought to `type` by a layer of its own, with these arguments;
  /// null where no layer can do so.
  mlir::FailureOr<mlir::Value>
  buildProjection(mlir::Value input, mlir::RankedTensorType type,
                  llvm::ArrayRef<SourceNamedValue> arguments);

  /// Reports every argument that nobody took, with the nearest name that was
  /// asked for, and a body where none belongs.
  mlir::LogicalResult finish();

private:
  const SourceCall &call;
  SourceContext context;
  llvm::SmallVector<bool> taken, namedTaken;
  llvm::SmallVector<std::string> asked, positional;
  bool bodyTaken = false;

  mlir::InFlightDiagnostic missing(llvm::StringRef name, llvm::StringRef what);
};

} // namespace gradc

#endif // GRADC_INTERFACES_SOURCEARGUMENTS_H
