//===- OptionLines.cpp - Words with settings in pass options --------------===//

#include "OptionLines.h"
#include <cmath>

using namespace mlir;

namespace gradc {

FailureOr<SourceCall> readOptionLine(StringRef text, Location loc) {
  SmallVector<StringRef> parts;
  text.split(parts, ':');
  SourceCall line{parts.front().str(), loc};
  for (StringRef part : llvm::drop_begin(parts)) {
    SourceValue value{SourceValue::Kind::Number, loc};
    if (part.getAsDouble(value.number) || !std::isfinite(value.number))
      return emitError(loc)
             << "expected a number, found '" << part << "' in '" << text << "'";
    value.isInteger = value.number == std::floor(value.number);
    line.values.push_back(std::move(value));
  }
  return line;
}

} // namespace gradc
