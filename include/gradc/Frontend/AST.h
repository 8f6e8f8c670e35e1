//===- AST.h - The syntax tree of a .net file -------------------*- C++ -*-===//
//
// What was written, with its places; nothing is looked up or evaluated yet.
// Each location is a FileLineColRange whose end is one past the last character.
//
//===----------------------------------------------------------------------===//

#ifndef GRADC_FRONTEND_AST_H
#define GRADC_FRONTEND_AST_H

#include "mlir/IR/Location.h"
#include "llvm/ADT/StringRef.h"
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace llvm {
class raw_ostream;
} // namespace llvm

namespace gradc::ast {

/// Bodies and brackets within one another, and blocks when they are expanded.
/// Bounds the stack of everything that walks a tree.
inline constexpr unsigned maxNesting = 100;

struct Expression;

/// `stage1[0]` of the name `stage1[0].unit`.
struct NamePart {
  std::string text;
  bool hasIndices = false;
  std::vector<Expression> indices;
};

/// A value, or arithmetic on values.
struct Expression {
  enum class Kind {
    Number,  ///< `number`, `isInteger`
    Size,    ///< `3x3`: `dimensions`
    String,  ///< `text`
    Name,    ///< `parts`, `hasStar`
    Call,    ///< `normal(0, 1)`: `text`, `operands`
    Shape,   ///< `[28, 28]`: `operands`
    Negate,  ///< one of `operands`
    Sum,     ///< `a + b - c`: `operands`; `operators` stand between them
    Product, ///< `a * b / c % d`, likewise
  };

  Expression(Kind kind, mlir::Location loc) : kind(kind), loc(loc) {}
  void dump(llvm::raw_ostream &os, unsigned indent = 0) const;

  Kind kind;
  mlir::Location loc;
  bool isInteger = false;
  bool hasStar = false; ///< `encoder.*`
  double number = 0;
  std::string text;
  std::string operators; ///< one of `+-*/%` between each two operands
  std::vector<int64_t> dimensions;
  std::vector<NamePart> parts;
  std::vector<Expression> operands;
};

/// `name=value`.
struct NamedArgument {
  std::string name;
  mlir::Location nameLoc;
  Expression value;
};

/// `[label:] word values... name=value... [{ body }]`.
struct Statement {
  explicit Statement(mlir::Location loc) : loc(loc), labelLoc(loc) {}
  void dump(llvm::raw_ostream &os, unsigned indent = 0) const;

  mlir::Location loc; ///< of the word
  std::string label;  ///< empty where there is none
  mlir::Location labelLoc;
  std::string word;
  std::vector<Expression> values;
  std::vector<NamedArgument> named;
  bool hasBody = false;
  std::vector<Statement> body;
};

/// `1..65536` or `{relu, tanh}`.
struct Domain {
  mlir::Location loc;
  bool isRange;
  std::vector<Expression> values; ///< the two bounds, or the choices
};

/// `param hidden = 512 in 1..65536`.
struct Param {
  std::string name;
  mlir::Location loc; ///< of the name
  Expression value;
  std::optional<Domain> domain;
};

/// A parameter of a block or a formula: `stride = 1`.
struct Formal {
  std::string name;
  mlir::Location loc;
  std::optional<Expression> value;
};

/// `activation swish(x) = x * sigmoid(x)`.
struct Formula {
  std::string name;
  mlir::Location loc; ///< of the name
  std::vector<Formal> formals;
  Expression value;
};

/// `net name { ... }`, or one of the words `data`, `block`, `train`.
struct Section {
  std::string word;
  mlir::Location loc; ///< of the word
  std::string name;
  mlir::Location nameLoc;
  std::vector<Formal> formals;
  std::vector<Statement> body;
};

/// A whole file. It owns its strings.
struct File {
  explicit File(mlir::Location loc) : loc(loc) {}
  /// Prints the tree, one node a line, with places.
  void dump(llvm::raw_ostream &os) const;

  mlir::Location loc; ///< of the end of the file, where something may miss
  std::vector<Param> params;
  std::vector<Formula> formulas;
  std::vector<Section> sections;

  /// Errors were reported and the tree lacks what they are about. It may still
  /// be searched for further errors, but stands for no program.
  bool hasErrors = false;
  /// A declaration is missing of which not even the name is known.
  bool lacksNames = false;
  /// A section is missing, perhaps the net.
  bool lacksSections = false;
  /// What the missing declarations would have named.
  std::vector<std::string> missingNames;
  /// Names in what the command line replaced: the file itself uses them.
  std::vector<std::string> replacedNames;
};

} // namespace gradc::ast

#endif // GRADC_FRONTEND_AST_H
