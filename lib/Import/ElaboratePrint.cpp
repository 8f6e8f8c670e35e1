//===- ElaboratePrint.cpp - Evaluated lines as text -----------------------===//

#include "gradc/Import/Elaborate.h"

#include "llvm/Support/raw_ostream.h"

using llvm::ArrayRef;
using llvm::raw_ostream;
using llvm::StringRef;

namespace gradc {

/// Arithmetic needs its parentheses to be read again.
static void printValue(raw_ostream &os, const SourceValue &value) {
  bool isArithmetic = value.isInEpochs && value.number != 1;
  os << (isArithmetic ? "(" : "") << toString(value)
     << (isArithmetic ? ")" : "");
}

/// The label of a layer, where it has one that can be written again.
static StringRef getLabel(const SourceCall &call) {
  StringRef name = StringRef(call.name).rsplit('.').second;
  if (name.empty())
    name = call.name;
  StringRef rest = name;
  bool isAutomatic =
      rest.consume_front(call.word) && (rest.empty() || rest.front() == '_');
  // Lines of other scopes stand side by side now; only outermost labels are
  // certain to be unique.
  return isAutomatic || name != call.name ? StringRef() : name;
}

static void printLines(raw_ostream &os, ArrayRef<SourceCall> lines,
                       unsigned indent) {
  for (const SourceCall &call : lines) {
    os.indent(indent);
    if (StringRef label = getLabel(call); !label.empty())
      os << label << ": ";
    os << call.word;
    for (const SourceValue &value : call.values) {
      os << ' ';
      printValue(os, value);
    }
    for (const SourceNamedValue &argument : call.named) {
      os << ' ' << argument.name << '=';
      printValue(os, argument.value);
    }
    if (call.hasBody)
      os << " {";
    if (!call.name.empty())
      os << "  # " << call.name;
    os << '\n';
    if (!call.hasBody)
      continue;
    printLines(os, call.body, indent + 2);
    os.indent(indent) << "}\n";
  }
}

void ElaboratedFile::print(raw_ostream &os) const {
  if (!data.empty()) {
    os << "data {\n";
    printLines(os, data, 2);
    os << "}\n\n";
  }
  os << "net " << name << " {\n";
  printLines(os, net, 2);
  os << "}\n";
  if (!train.empty()) {
    os << "\ntrain {\n";
    printLines(os, train, 2);
    os << "}\n";
  }
}

} // namespace gradc
