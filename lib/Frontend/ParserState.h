//===- ParserState.h - A recursive descent parser ---------------*- C++ -*-===//
//
// One method a rule of the grammar, two tokens of look-ahead. A method that
// fails has reported why; the caller skips the line and goes on.
//
//===----------------------------------------------------------------------===//

#ifndef GRADC_LIB_FRONTEND_PARSERSTATE_H
#define GRADC_LIB_FRONTEND_PARSERSTATE_H

#include "gradc/Frontend/AST.h"
#include "gradc/Frontend/Lexer.h"
#include "gradc/Frontend/Parser.h"

namespace gradc {

class Parser {
public:
  Parser(const llvm::SourceMgr &sources, unsigned bufferId,
         mlir::MLIRContext *context);

  using Kind = Token::Kind;

  // Declarations: Parser.cpp
  ast::File parseFile();
  void parseDeclaration(ast::File &file);
  mlir::LogicalResult parseParam(ast::File &file);
  mlir::FailureOr<ast::Domain> parseDomain();
  void refuseDeclaration(ast::File &file);
  void noteMissing(ast::File &file, const Token &name);

  // Sections: ParserSections.cpp
  mlir::LogicalResult parseFormula(ast::File &file);
  mlir::LogicalResult parseSection(ast::File &file);
  mlir::FailureOr<std::vector<ast::Formal>> parseFormals();

  // Statements: ParserStatements.cpp
  mlir::LogicalResult parseBody(std::vector<ast::Statement> &body);
  mlir::LogicalResult parseStatement(ast::Statement &statement);
  mlir::LogicalResult parseStatementRest(ast::Statement &statement);
  mlir::LogicalResult parseArgument(ast::Statement &statement);
  mlir::LogicalResult endStatement();
  bool isMissingBrace();
  mlir::LogicalResult refuseMissingBrace(const Token &open);
  mlir::LogicalResult refuseNestedDeclaration();
  mlir::LogicalResult refuseTouching();
  mlir::LogicalResult refuseComma();
  mlir::LogicalResult refuseArithmetic(const Token &first);

  // Values: ParserExpressions.cpp
  mlir::FailureOr<ast::Expression> parseValue();
  mlir::FailureOr<ast::Expression> parseExpression();
  mlir::FailureOr<ast::Expression> parseTerm();
  mlir::FailureOr<ast::Expression> parseFactor();
  mlir::FailureOr<ast::Expression> parsePrimary();
  mlir::FailureOr<ast::Expression> parseParenthesized();
  mlir::FailureOr<ast::Expression> parseName();
  mlir::FailureOr<ast::Expression> parseCall();
  mlir::FailureOr<ast::Expression> parseShape();
  mlir::LogicalResult parseList(Kind closing, llvm::StringRef closingText,
                                std::vector<ast::Expression> &values);
  ast::Expression makeLiteral(ast::Expression::Kind kind);
  bool startsValue() const;
  bool startsNegativeNumber() const;
  bool isOperator() const;

  // Tokens, places, errors: ParserTokens.cpp
  bool is(Kind kind) const { return token.kind == kind; }
  Token consume();
  bool consumeIf(Kind kind);
  void skipNewlines();
  mlir::Location getLoc() const { return lexer.getLoc(token); }
  /// From the start of `first` to the end of the last token consumed.
  mlir::Location getLocFrom(const Token &first) const;
  std::string describe(const Token &token) const;
  mlir::LogicalResult expected(const llvm::Twine &what);
  mlir::LogicalResult expectClosing(Kind closing, llvm::StringRef closingText,
                                    const Token &open);
  mlir::InFlightDiagnostic error(mlir::Location loc,
                                 const llvm::Twine &message);
  mlir::FailureOr<Token> expectIdentifier(const llvm::Twine &what);
  mlir::LogicalResult enter();
  void leave() { --depth; }
  void skipLine(bool readsBodies);
  void skipBraces();
  bool hadErrors() const { return numErrors + lexer.getNumErrors() != 0; }

  Lexer lexer;
  Token token, following, last;
  /// The text is no file, but a value of the command line.
  bool isFragment = false;

private:
  unsigned numErrors = 0;
  unsigned numTokens = 0;
  unsigned depth = 0;
  unsigned bracketDepth = 0;
  /// Nothing more is read or said: too many errors, or too much text.
  bool stopped = false;
  /// A missing brace was reported; every open body ends.
  bool unwinding = false;
  unsigned sectionColumn = 1;
  /// The brace whose partner stands further left than its line: most likely
  /// the one that misses it.
  std::optional<Token> suspect;
  /// Column of the first token of the line `line`.
  unsigned indent = 1;
};

} // namespace gradc

#endif // GRADC_LIB_FRONTEND_PARSERSTATE_H
