//===- Labels.cpp - What a label means in a line --------------------------===//

#include "Labels.h"
#include "gradc/Interfaces/SourceArguments.h"

using llvm::SmallVector;
using llvm::StringRef;

namespace gradc {

SmallVector<std::string> getMeanings(StringRef from, StringRef label) {
  SmallVector<std::string> names;
  while (!from.empty()) {
    size_t dot = from.rfind('.');
    from = dot == StringRef::npos ? StringRef() : from.take_front(dot);
    names.push_back(from.empty() ? label.str() : (from + "." + label).str());
  }
  return names;
}

SmallVector<StringRef> getReferents(StringRef name) {
  SmallVector<StringRef> names{name};
  for (size_t end = name.size(); end-- > 1;)
    if (name[end] == '.' || name[end] == '[')
      names.push_back(name.take_front(end));
  return names;
}

bool isInside(StringRef from, StringRef outer) {
  return from.consume_front(outer) && !from.empty() &&
         (from.front() == '.' || from.front() == '[');
}

std::string getLabel(const SourceValue &value) {
  return value.kind == SourceValue::Kind::Name ? toString(value)
                                               : std::string();
}

} // namespace gradc
