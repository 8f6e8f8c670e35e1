//===- ParserStatements.cpp - Bodies and the lines in them ----------------===//

#include "ParserState.h"
#include "gradc/Diagnostics/FixIt.h"

#include "llvm/ADT/ScopeExit.h"
#include "llvm/ADT/StringSwitch.h"

using namespace mlir;
using llvm::StringRef;

namespace gradc {

static bool isDeclarationWord(StringRef word) {
  return llvm::StringSwitch<bool>(word)
      .Cases({"param", "data", "net", "block", "train"}, true)
      .Default(false);
}

/// body = "{" { SEP } [ stmt { SEP { SEP } stmt } ] { SEP } "}"
LogicalResult Parser::parseBody(std::vector<ast::Statement> &body) {
  if (failed(enter()))
    return failure();
  llvm::scope_exit exit([&] { leave(); });
  unsigned openIndent = indent;
  Token open = consume();
  while (true) {
    while (is(Kind::Newline) || is(Kind::Semicolon))
      consume();
    if (is(Kind::RightBrace)) {
      if (token.isFirstOnLine && token.line != open.line &&
          token.column < openIndent && !suspect)
        suspect = open;
      consume();
      return success();
    }
    if (is(Kind::EndOfFile) || isMissingBrace())
      return refuseMissingBrace(open);
    bracketDepth = 0;
    ast::Statement statement(getLoc());
    if (succeeded(parseStatement(statement)) && succeeded(endStatement())) {
      body.push_back(std::move(statement));
      continue;
    }
    if (unwinding || stopped)
      return failure();
    skipLine(/*readsBodies=*/true);
    if (unwinding || stopped)
      return failure();
  }
}

/// Whether the next section begins although this one has not ended.
bool Parser::isMissingBrace() {
  return is(Kind::Identifier) && token.isFirstOnLine &&
         token.column <= sectionColumn && isDeclarationWord(token.spelling) &&
         !following.is(Kind::Colon);
}

LogicalResult Parser::refuseMissingBrace(const Token &open) {
  unwinding = true;
  if (stopped)
    return failure();
  const Token &partner = suspect ? *suspect : open;
  std::string what = is(Kind::EndOfFile)
                         ? "expected '}', found the end of the file"
                         : "expected '}' before " + describe(token);
  auto diagnostic = error(getLoc(), what);
  diagnostic.attachNote(lexer.getLoc(partner)) << "to match this '{'";
  return diagnostic;
}

LogicalResult Parser::refuseNestedDeclaration() {
  return error(getLoc(), describe(token) +
                             " cannot stand inside a section, only outside");
}

/// stmt = [ IDENT ":" ] IDENT { value | IDENT "=" value } [ body ]
LogicalResult Parser::parseStatement(ast::Statement &statement) {
  if (is(Kind::Identifier) && following.is(Kind::Colon)) {
    statement.labelLoc = getLoc();
    statement.label = consume().spelling.str();
    consume();
    if (!is(Kind::Identifier))
      return expected("a layer after the label '" + statement.label + ":'");
  }
  if (is(Kind::Identifier) && isDeclarationWord(token.spelling))
    return refuseNestedDeclaration();
  if (!is(Kind::Identifier))
    return expected("a word or '}'");
  statement.loc = getLoc();
  statement.word = consume().spelling.str();
  return parseStatementRest(statement);
}

LogicalResult Parser::parseStatementRest(ast::Statement &statement) {
  while (true) {
    switch (token.kind) {
    case Kind::Newline:
    case Kind::Semicolon:
    case Kind::RightBrace:
    case Kind::EndOfFile:
      return success();
    case Kind::LeftBrace:
      statement.hasBody = true;
      return parseBody(statement.body);
    case Kind::Comma:
      return refuseComma();
    case Kind::Colon:
      return expected("a value or a new line");
    default:
      if (failed(parseArgument(statement)))
        return failure();
    }
  }
}

LogicalResult Parser::parseArgument(ast::Statement &statement) {
  if (startsValue() && !token.followsBlank)
    return refuseTouching();
  std::optional<Token> name;
  if (is(Kind::Identifier) && following.is(Kind::Equals)) {
    name = consume();
    consume();
    if (!startsValue() && !isOperator())
      return expected("a value after '" + name->spelling + "='");
  }
  Token first = token;
  if (isOperator() && !startsNegativeNumber())
    return refuseArithmetic(first);
  if (!startsValue())
    return expected("a value or a new line");
  FailureOr<ast::Expression> value = parseValue();
  if (failed(value))
    return failure();
  // `5 -1` are two values, everything else would be arithmetic.
  if (isOperator() && !(token.followsBlank && startsNegativeNumber()))
    return refuseArithmetic(first);
  if (name)
    statement.named.push_back(
        {name->spelling.str(), lexer.getLoc(*name), std::move(*value)});
  else
    statement.values.push_back(std::move(*value));
  return success();
}

LogicalResult Parser::refuseTouching() {
  auto diagnostic =
      error(getLoc(), "expected a blank before " + describe(token));
  addFixIt(*diagnostic.getUnderlyingDiagnostic(),
           lexer.getLoc(token.line, token.column, token.line, token.column),
           " ");
  return diagnostic;
}

/// A statement ends with its line, with `;`, or with the body it stands in.
LogicalResult Parser::endStatement() {
  if (is(Kind::Newline) || is(Kind::Semicolon) || is(Kind::RightBrace) ||
      is(Kind::EndOfFile))
    return success();
  return expected("a new line or ';'");
}

LogicalResult Parser::refuseComma() {
  Location loc = getLoc();
  auto diagnostic = error(loc, "arguments are separated by spaces, not by ','");
  // `dense 512, relu` means two layers, or two arguments.
  bool fitsLayer = following.is(Kind::Identifier);
  mlir::Diagnostic &note = diagnostic.attachNote(loc);
  if (fitsLayer) {
    note << "to start a new layer on the same line use ';'";
    addFixIt(note, loc, ";");
  } else {
    bool hasBlank = following.followsBlank;
    note << (hasBlank ? "remove the ','" : "write a blank instead");
    addFixIt(note, loc, hasBlank ? "" : " ");
  }
  return diagnostic;
}

/// Arithmetic that forgot its parentheses; the fix-it spans it, where it is
/// plain enough to see its end.
LogicalResult Parser::refuseArithmetic(const Token &first) {
  auto diagnostic = error(getLoc(), "arithmetic stands in parentheses");
  const char *start = first.spelling.data();
  bool isPlain = true;
  while (isPlain && isOperator()) {
    consume();
    isPlain = is(Kind::Identifier) || is(Kind::Number);
    if (isPlain)
      consume();
  }
  bool isEnd = is(Kind::Newline) || is(Kind::EndOfFile) ||
               is(Kind::Semicolon) || token.followsBlank;
  if (!isPlain || !isEnd || last.line != first.line)
    return diagnostic;
  StringRef text(start, last.spelling.end() - start);
  addFixIt(*diagnostic.getUnderlyingDiagnostic(), getLocFrom(first),
           ("(" + text + ")").str());
  return diagnostic;
}

} // namespace gradc
