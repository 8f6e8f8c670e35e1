//===- ElaboratePrint.cpp - Evaluated lines as text -----------------------===//
//
// Lines of repeats and blocks stand side by side here, so that most labels are
// left out: they might be equal now. A line that another one refers to gets one
// that is made of its full name.
//
//===----------------------------------------------------------------------===//

#include "Labels.h"
#include "gradc/Import/Elaborate.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/raw_ostream.h"

using llvm::ArrayRef;
using llvm::raw_ostream;
using llvm::SmallVector;
using llvm::StringRef;

namespace gradc {
namespace {
/// Prints the lines of a file; those of the net with labels.
class LinePrinter {
public:
  LinePrinter(raw_ostream &os) : os(os) {}

  /// Labels what the lines of a net refer to.
  void chooseLabels(ArrayRef<SourceCall> net);
  void print(ArrayRef<SourceCall> lines, unsigned indent);

private:
  /// A value that means another line.
  struct Reference {
    const SourceCall *from;
    const SourceValue *value;
    const SourceCall *to;
  };

  raw_ostream &os;
  SmallVector<Reference> references;
  /// The line whose body a line stands in; none for the outermost.
  llvm::DenseMap<const SourceCall *, const SourceCall *> parents;
  llvm::DenseMap<const SourceCall *, std::string> labels;
  /// What is printed in place of a value.
  llvm::DenseMap<const SourceValue *, std::string> texts;
  llvm::StringMap<const SourceCall *> known;
  llvm::StringSet<> used;

  void collect(ArrayRef<SourceCall> lines, const SourceCall *parent);
  const SourceCall *find(const SourceCall &line, const SourceValue &value);
  StringRef getRelativeName(const SourceCall &line);
  bool use(const SourceCall &line, StringRef label);
  bool isAround(const SourceCall *outer, const SourceCall *line);
  std::string makePath(const Reference &reference);
  StringRef getLabel(const SourceCall &line);
  void printValue(const SourceValue &value);
  void printLine(const SourceCall &line, unsigned indent);
};
} // namespace

/// Whether a line without a label could get that name.
static bool isAutomatic(const SourceCall &line, StringRef name) {
  if (!name.consume_front(line.word))
    return false;
  return name.empty() || (name.consume_front("_") && !name.empty() &&
                          llvm::all_of(name, llvm::isDigit));
}

/// The name of a line in the body that it is printed in.
StringRef LinePrinter::getRelativeName(const SourceCall &line) {
  const SourceCall *parent = parents.lookup(&line);
  return StringRef(line.name).drop_front(parent ? parent->name.size() + 1 : 0);
}

/// Whether the label is new in the body of the line.
bool LinePrinter::use(const SourceCall &line, StringRef label) {
  const SourceCall *parent = parents.lookup(&line);
  return used.insert(((parent ? parent->name : "") + "." + label).str()).second;
}

const SourceCall *LinePrinter::find(const SourceCall &line,
                                    const SourceValue &value) {
  std::string label = gradc::getLabel(value);
  if (label.empty())
    return nullptr;
  for (const std::string &name : getMeanings(line.name, label)) {
    const SourceCall *target = known.lookup(name);
    if (target && !isInside(line.name, name))
      return target;
  }
  return nullptr;
}

/// Walks in the order in which labels come to mean something.
void LinePrinter::collect(ArrayRef<SourceCall> lines,
                          const SourceCall *parent) {
  for (const SourceCall &line : lines) {
    parents[&line] = parent;
    for (const SourceValue &value : line.values)
      if (const SourceCall *target = find(line, value))
        references.push_back({&line, &value, target});
    collect(line.body, &line);
    for (StringRef referent : getReferents(line.name))
      known[referent] = &line;
    // A label that was written in this very body.
    StringRef name = getRelativeName(line);
    if (!name.empty() && !name.contains('.') && !isAutomatic(line, name)) {
      labels[&line] = name.str();
      use(line, name);
    }
  }
}

void LinePrinter::chooseLabels(ArrayRef<SourceCall> net) {
  collect(net, nullptr);
  for (const Reference &reference : references)
    texts[reference.value] = makePath(reference);
}

bool LinePrinter::isAround(const SourceCall *outer, const SourceCall *line) {
  while (line && line != outer)
    line = parents.lookup(line);
  return line == outer;
}

/// The label of a line, made of its name where it has none yet.
StringRef LinePrinter::getLabel(const SourceCall &line) {
  std::string &label = labels[&line];
  if (!label.empty())
    return label;
  StringRef name = getRelativeName(line);
  for (char c : name)
    if (llvm::isAlnum(c))
      label += c;
    else if (!StringRef(label).ends_with("_"))
      label += '_';
  // With a line at its end it looks like no name of a layer without a label.
  bool looksAutomatic = isAutomatic(line, name);
  while (looksAutomatic || !use(line, label)) {
    label += '_';
    looksAutomatic = false;
  }
  return label;
}

/// The labels from the body on that both lines stand in.
std::string LinePrinter::makePath(const Reference &reference) {
  std::string path;
  const SourceCall *line = reference.to;
  do {
    StringRef rest = path;
    path = (getLabel(*line) + (rest.empty() ? "" : ".") + rest).str();
    line = parents.lookup(line);
  } while (line && !isAround(line, reference.from));
  return path;
}

void LinePrinter::printValue(const SourceValue &value) {
  auto text = texts.find(&value);
  if (text != texts.end()) {
    os << text->second;
    return;
  }
  // Arithmetic needs its parentheses to be read again.
  bool isArithmetic = value.isInEpochs && value.number != 1;
  os << (isArithmetic ? "(" : "") << toString(value)
     << (isArithmetic ? ")" : "");
}

void LinePrinter::printLine(const SourceCall &line, unsigned indent) {
  os.indent(indent);
  if (auto label = labels.find(&line); label != labels.end())
    os << label->second << ": ";
  os << line.word;
  for (const SourceValue &value : line.values) {
    os << ' ';
    printValue(value);
  }
  for (const SourceNamedValue &argument : line.named) {
    os << ' ' << argument.name << '=';
    printValue(argument.value);
  }
  if (line.hasBody)
    os << " {";
  if (!line.name.empty())
    os << "  # " << line.name;
  os << '\n';
}

void LinePrinter::print(ArrayRef<SourceCall> lines, unsigned indent) {
  for (const SourceCall &line : lines) {
    printLine(line, indent);
    if (!line.hasBody)
      continue;
    print(line.body, indent + 2);
    os.indent(indent) << "}\n";
  }
}

void ElaboratedFile::print(raw_ostream &os) const {
  LinePrinter printer(os);
  printer.chooseLabels(net);
  for (const FormulaDefinition &formula : formulas)
    formula.print(os);
  os << (formulas.empty() ? "" : "\n");
  if (!data.empty()) {
    os << "data {\n";
    printer.print(data, 2);
    os << "}\n\n";
  }
  os << "net " << name << " {\n";
  printer.print(net, 2);
  os << "}\n";
  if (!train.empty()) {
    os << "\ntrain {\n";
    printer.print(train, 2);
    os << "}\n";
  }
}

} // namespace gradc
