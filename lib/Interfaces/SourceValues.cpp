//===- SourceValues.cpp - Values and ranges in words ----------------------===//

#include "gradc/Interfaces/SourceArguments.h"

#include "llvm/Support/raw_ostream.h"

using llvm::StringRef;

namespace gradc {

std::string toString(const SourceValue &value) {
  std::string text;
  llvm::raw_string_ostream os(text);
  switch (value.kind) {
  case SourceValue::Kind::Number:
    if (value.isInEpochs)
      os << (value.number == 1 ? "epoch" : toString(value.number) + " * epoch");
    else
      os << toString(value.number);
    break;
  case SourceValue::Kind::Size:
    llvm::interleave(value.dimensions, os, "x");
    break;
  case SourceValue::Kind::String:
    os << '"' << value.text << '"';
    break;
  case SourceValue::Kind::Name:
    os << value.text;
    if (value.dimensions.empty())
      break;
    [[fallthrough]];
  case SourceValue::Kind::Shape:
    os << '[';
    llvm::interleaveComma(value.dimensions, os);
    os << ']';
    break;
  case SourceValue::Kind::Call:
    os << value.text << '(';
    llvm::interleaveComma(
        value.arguments, os,
        [&](const SourceValue &argument) { os << toString(argument); });
    os << ')';
    break;
  }
  return text;
}

bool NumberRange::contains(double value) const {
  // Written so that a NaN lies in no range.
  bool isAbove = lowOpen ? value > low : value >= low;
  bool isBelow = highOpen ? value < high : value <= high;
  return isAbove && isBelow;
}

std::string NumberRange::describe() const {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  std::string text;
  if (low > -infinity)
    text = (lowOpen ? "greater than " : "at least ") + toString(low);
  if (high < infinity) {
    if (!text.empty())
      text += " and ";
    text += (highOpen ? "less than " : "at most ") + toString(high);
  }
  return text.empty() ? "of finite size" : text;
}

} // namespace gradc
