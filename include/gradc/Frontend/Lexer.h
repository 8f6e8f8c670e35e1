//===- Lexer.h - From characters to tokens ----------------------*- C++ -*-===//

#ifndef GRADC_FRONTEND_LEXER_H
#define GRADC_FRONTEND_LEXER_H

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/Diagnostics.h"
#include "llvm/ADT/StringRef.h"
#include <cstdint>
#include <string>
#include <vector>

namespace llvm {
class SourceMgr;
} // namespace llvm

namespace gradc {

/// A word or sign of the source.
struct Token {
  enum class Kind {
    EndOfFile,
    Newline,
    Identifier,
    Number,
    Size,
    String,
    LeftParen,
    RightParen,
    LeftBracket,
    RightBracket,
    LeftBrace,
    RightBrace,
    Comma,
    Semicolon,
    Colon,
    Equals,
    Dot,
    DotDot,
    Plus,
    Minus,
    Star,
    Slash,
    Percent,
    Error, ///< was reported; whoever meets it says nothing
  };

  Kind kind = Kind::EndOfFile;
  llvm::StringRef spelling;
  unsigned line = 1, column = 1; ///< characters, from 1
  unsigned endColumn = 1;        ///< one past the last; on the same line
  bool followsBlank = false;     ///< or a line begins
  bool isFirstOnLine = false;
  double number = 0;               ///< of a Number
  bool isInteger = false;          ///< of a Number
  std::vector<int64_t> dimensions; ///< of a Size

  bool is(Kind other) const { return kind == other; }
  /// Whether `next` follows at once, without a blank.
  bool touches(const Token &next) const {
    return !next.followsBlank && line == next.line;
  }
  /// As a message names it: `'512'`, `the end of the line`.
  std::string describe() const;
};

/// Cuts a buffer into tokens and reports what is none, once a line.
class Lexer {
public:
  Lexer(const llvm::SourceMgr &sources, unsigned bufferId,
        mlir::MLIRContext *context);

  Token next();
  mlir::Location getLoc(const Token &token) const;
  mlir::Location getLoc(unsigned line, unsigned column, unsigned endLine,
                        unsigned endColumn) const;
  unsigned getNumErrors() const { return numErrors; }

private:
  char peek(size_t ahead = 0) const {
    return ahead < rest.size() ? rest[ahead] : '\0';
  }
  void advance(size_t numBytes);
  bool isAtNewline() const;
  void skipBlanksAndComment();
  bool checkCharacter();
  Token finish(Token token, Token::Kind kind, const char *start);
  Token lexNewline(Token token);
  Token lexIdentifier(Token token);
  Token lexNumber(Token token);
  bool lexDigits(const char *start);
  Token lexSize(Token token, const char *start);
  Token lexString(Token token);
  Token lexSign(Token token);
  Token refuse(Token token, const char *start, const llvm::Twine &message);
  Token refuseTail(Token token, const char *start);
  mlir::InFlightDiagnostic emitError(const Token &token,
                                     const llvm::Twine &message);

  mlir::StringAttr filename;
  llvm::StringRef rest;
  unsigned line = 1, column = 1;
  bool isLineStart = true;
  unsigned numErrors = 0, lastErrorLine = 0;
};

} // namespace gradc

#endif // GRADC_FRONTEND_LEXER_H
