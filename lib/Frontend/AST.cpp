//===- AST.cpp - Printing the syntax tree ---------------------------------===//

#include "gradc/Frontend/AST.h"
#include "gradc/Diagnostics/Numbers.h"

#include "mlir/IR/BuiltinAttributes.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;
using llvm::raw_ostream;
using llvm::StringRef;

namespace gradc::ast {

/// Starts the line of a node.
static raw_ostream &beginNode(raw_ostream &os, unsigned indent,
                              StringRef kind) {
  return os.indent(2 * indent) << kind;
}

/// Ends the line of a node with its place.
static void endNode(raw_ostream &os, Location loc) {
  auto range = cast<FileLineColRange>(LocationAttr(loc));
  os << " <" << range.getStartLine() << ':' << range.getStartColumn() << ">\n";
}

static StringRef getKindName(Expression::Kind kind) {
  switch (kind) {
  case Expression::Kind::Number:
    return "number";
  case Expression::Kind::Size:
    return "size";
  case Expression::Kind::String:
    return "string";
  case Expression::Kind::Name:
    return "name";
  case Expression::Kind::Call:
    return "call";
  case Expression::Kind::Shape:
    return "shape";
  case Expression::Kind::Negate:
    return "negate";
  case Expression::Kind::Sum:
    return "sum";
  case Expression::Kind::Product:
    return "product";
  }
  return "";
}

static void dumpName(raw_ostream &os, const Expression &name, unsigned indent) {
  os << " '";
  llvm::interleave(
      name.parts, os,
      [&](const NamePart &part) {
        os << part.text << (part.hasIndices ? "[]" : "");
      },
      ".");
  os << (name.hasStar ? ".*'" : "'");
  endNode(os, name.loc);
  for (const NamePart &part : name.parts)
    for (const Expression &index : part.indices)
      index.dump(os, indent + 1);
}

void Expression::dump(raw_ostream &os, unsigned indent) const {
  beginNode(os, indent, getKindName(kind));
  if (kind == Kind::Name)
    return dumpName(os, *this, indent);
  if (kind == Kind::Number) {
    os << ' ' << toString(number) << (isInteger ? "" : " real");
  }
  if (kind == Kind::Size) {
    os << ' ';
    llvm::interleave(dimensions, os, "x");
  }
  if (kind == Kind::String)
    os << " \"" << text << '"';
  if (kind == Kind::Call)
    os << " '" << text << '\'';
  if (!operators.empty())
    os << " '" << operators << '\'';
  endNode(os, loc);
  for (const Expression &operand : operands)
    operand.dump(os, indent + 1);
}

void Statement::dump(raw_ostream &os, unsigned indent) const {
  beginNode(os, indent, "statement") << " '" << word << '\'';
  if (!label.empty())
    os << " label '" << label << '\'';
  endNode(os, loc);
  for (const Expression &value : values)
    value.dump(os, indent + 1);
  for (const NamedArgument &argument : named) {
    beginNode(os, indent + 1, "named") << " '" << argument.name << '\'';
    endNode(os, argument.nameLoc);
    argument.value.dump(os, indent + 2);
  }
  if (!hasBody)
    return;
  beginNode(os, indent + 1, "body") << '\n';
  for (const Statement &statement : body)
    statement.dump(os, indent + 2);
}

static void dumpFormals(raw_ostream &os, const std::vector<Formal> &formals) {
  for (const Formal &formal : formals) {
    beginNode(os, 2, "formal") << " '" << formal.name << '\'';
    endNode(os, formal.loc);
    if (formal.value)
      formal.value->dump(os, 3);
  }
}

static void dumpParam(raw_ostream &os, const Param &param) {
  beginNode(os, 1, "param") << " '" << param.name << '\'';
  endNode(os, param.loc);
  param.value.dump(os, 2);
  if (!param.domain)
    return;
  beginNode(os, 2, param.domain->isRange ? "range" : "choices");
  endNode(os, param.domain->loc);
  for (const Expression &value : param.domain->values)
    value.dump(os, 3);
}

void File::dump(raw_ostream &os) const {
  os << "file\n";
  for (const Param &param : params)
    dumpParam(os, param);
  for (const Formula &formula : formulas) {
    beginNode(os, 1, "formula") << " '" << formula.name << '\'';
    endNode(os, formula.loc);
    dumpFormals(os, formula.formals);
    formula.value.dump(os, 2);
  }
  for (const Section &section : sections) {
    beginNode(os, 1, section.word);
    if (!section.name.empty())
      os << " '" << section.name << '\'';
    endNode(os, section.loc);
    dumpFormals(os, section.formals);
    for (const Statement &statement : section.body)
      statement.dump(os, 2);
  }
}

} // namespace gradc::ast
