//===- Initializers.cpp - How a parameter begins --------------------------===//

#include "gradc/Dialect/NN/NN.h"
#include <cmath>

using namespace mlir;
using namespace gradc;
using namespace gradc::nn;

namespace {
/// How many numbers a kind takes, and what they must be.
struct KindInfo {
  InitializerKind kind;
  unsigned numArguments;
};
} // namespace

static constexpr KindInfo kinds[] = {
    {InitializerKind::zeros, 0},      {InitializerKind::constant, 1},
    {InitializerKind::normal, 2},     {InitializerKind::uniform, 2},
    {InitializerKind::lecun, 0},      {InitializerKind::lecun_uniform, 0},
    {InitializerKind::xavier, 0},     {InitializerKind::xavier_uniform, 0},
    {InitializerKind::he, 0},         {InitializerKind::he_uniform, 0},
    {InitializerKind::orthogonal, 1},
};

static unsigned getNumArguments(InitializerKind kind) {
  for (const KindInfo &info : kinds)
    if (info.kind == kind)
      return info.numArguments;
  return 0;
}

LogicalResult
InitializerAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                        InitializerKind kind, DenseF64ArrayAttr numbers) {
  ArrayRef<double> arguments = numbers.asArrayRef();
  unsigned expected = kind == InitializerKind::constants
                          ? std::max<size_t>(arguments.size(), 1)
                          : getNumArguments(kind);
  // A gain may be left out.
  bool isShort = kind == InitializerKind::orthogonal && arguments.empty();
  if (arguments.size() != expected && !isShort)
    return emitError() << "'" << stringifyInitializerKind(kind) << "' takes "
                       << expected << (expected == 1 ? " number" : " numbers")
                       << ", not " << arguments.size();
  for (double argument : arguments)
    if (!std::isfinite(argument))
      return emitError() << "a number of an initializer must be finite";
  if (kind == InitializerKind::normal && arguments[1] < 0)
    return emitError() << "the standard deviation of 'normal' must not be "
                          "negative";
  if (kind == InitializerKind::orthogonal && !isShort && arguments[0] <= 0)
    return emitError() << "the gain of 'orthogonal' must be greater than 0";
  if (kind == InitializerKind::uniform && arguments[0] > arguments[1])
    return emitError() << "the lower bound of 'uniform' is above its upper one";
  return success();
}

InitializerAttr::Distribution InitializerAttr::resolve(int64_t fanIn,
                                                       int64_t fanOut) const {
  using Form = Distribution::Form;
  auto scaled = [&](double variance, bool isUniform) -> Distribution {
    double deviation = std::sqrt(variance);
    // A uniform distribution on [-b, b] has the variance b^2 / 3.
    double bound = std::sqrt(3 * variance);
    if (isUniform)
      return {Form::Uniform, -bound, bound};
    return {Form::Normal, 0, deviation};
  };
  double in = fanIn, both = double(fanIn) + double(fanOut);
  switch (getKind()) {
  case InitializerKind::zeros:
    return {Form::Constant, 0, 0};
  case InitializerKind::constant:
    return {Form::Constant, getArguments()[0], 0};
  case InitializerKind::constants:
    return {Form::Parts, 0, 0};
  case InitializerKind::orthogonal:
    return {Form::Orthogonal, getArguments().empty() ? 1 : getArguments()[0],
            0};
  case InitializerKind::normal:
    return {Form::Normal, getArguments()[0], getArguments()[1]};
  case InitializerKind::uniform:
    return {Form::Uniform, getArguments()[0], getArguments()[1]};
  case InitializerKind::lecun:
  case InitializerKind::lecun_uniform:
    return scaled(1 / in, getKind() == InitializerKind::lecun_uniform);
  case InitializerKind::xavier:
  case InitializerKind::xavier_uniform:
    return scaled(2 / both, getKind() == InitializerKind::xavier_uniform);
  case InitializerKind::he:
  case InitializerKind::he_uniform:
    return scaled(2 / in, getKind() == InitializerKind::he_uniform);
  }
  llvm_unreachable("all kinds are listed");
}

/// The numbers of `normal(0, 1)`.
static FailureOr<SmallVector<double>> readNumbers(const SourceValue &value) {
  SmallVector<double> numbers;
  for (const SourceValue &argument : value.arguments) {
    if (argument.kind != SourceValue::Kind::Number)
      return mlir::emitError(argument.loc)
             << "'" << value.text << "' takes numbers";
    numbers.push_back(argument.number);
  }
  return numbers;
}

FailureOr<InitializerAttr>
InitializerAttr::fromSource(MLIRContext *context, SourceArguments &arguments,
                            StringRef name, InitializerKind otherwise) {
  const SourceValue *value = arguments.takeNamedValue(name);
  if (!value)
    return InitializerAttr::get(context, otherwise,
                                DenseF64ArrayAttr::get(context, {}));
  bool isWord = value->kind == SourceValue::Kind::Name ||
                value->kind == SourceValue::Kind::Call;
  std::optional<InitializerKind> kind =
      isWord ? symbolizeInitializerKind(value->text) : std::nullopt;
  if (kind == InitializerKind::constants) // layers use it, lines do not
    kind = std::nullopt;
  if (!kind) {
    SmallVector<StringRef> words;
    for (const KindInfo &info : kinds)
      words.push_back(stringifyInitializerKind(info.kind));
    auto diagnostic = mlir::emitError(value->loc);
    if (!isWord)
      return diagnostic << "'" << name << "' takes an initializer such as "
                        << "'he' or 'normal(0, 1)'";
    diagnostic << "unknown initializer '" << value->text << "'";
    StringRef nearest = findNearest(value->text, words);
    if (!nearest.empty())
      diagnostic << "; did you mean '" << nearest << "'?";
    return diagnostic;
  }
  if (kind == InitializerKind::orthogonal && name == "bias_init")
    return mlir::emitError(value->loc)
           << "'orthogonal' makes a matrix, but a bias is none";
  FailureOr<SmallVector<double>> numbers = readNumbers(*value);
  if (failed(numbers))
    return failure();
  auto report = [&] { return mlir::emitError(value->loc); };
  auto attribute = InitializerAttr::getChecked(
      function_ref<InFlightDiagnostic()>(report), context, *kind,
      DenseF64ArrayAttr::get(context, *numbers));
  if (!attribute)
    return failure();
  return attribute;
}

LogicalResult OrthonormalizeOp::verify() {
  if (cast<ShapedType>(getInput().getType()).getShape() !=
      cast<ShapedType>(getType()).getShape())
    return emitOpError("gives a matrix of the same shape");
  return success();
}
