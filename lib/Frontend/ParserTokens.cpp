//===- ParserTokens.cpp - Tokens, places, errors and recovery -------------===//

#include "ParserState.h"

using namespace mlir;
using llvm::StringRef;
using llvm::Twine;

namespace gradc {

/// A file with more words and signs than that is refused; a net at the limit of
/// layers has far fewer.
static constexpr unsigned maxTokens = 2000000;
/// Whoever shows the errors stops earlier.
static constexpr unsigned maxErrors = 50;

Parser::Parser(const llvm::SourceMgr &sources, unsigned bufferId,
               MLIRContext *context)
    : lexer(sources, bufferId, context) {
  token = lexer.next();
  following = lexer.next();
  last.endColumn = last.column = token.column;
}

Token Parser::consume() {
  Token consumed = token;
  if (is(Kind::EndOfFile))
    return consumed;
  if (!is(Kind::Newline))
    last = token;
  token = std::move(following);
  if (token.isFirstOnLine)
    indent = token.column;
  if (!stopped && ++numTokens > maxTokens) {
    error(getLoc(), "the source is too long: more than " + Twine(maxTokens) +
                        " words and signs");
    stopped = true;
  }
  if (numErrors + lexer.getNumErrors() > maxErrors)
    stopped = true;
  if (stopped)
    token.kind = Kind::EndOfFile;
  following = token.is(Kind::EndOfFile) ? token : lexer.next();
  return consumed;
}

bool Parser::consumeIf(Kind kind) {
  if (!is(kind))
    return false;
  consume();
  return true;
}

void Parser::skipNewlines() {
  while (consumeIf(Kind::Newline))
    ;
}

Location Parser::getLocFrom(const Token &first) const {
  return lexer.getLoc(first.line, first.column, last.line, last.endColumn);
}

InFlightDiagnostic Parser::error(Location loc, const Twine &message) {
  ++numErrors;
  return mlir::emitError(loc, message);
}

std::string Parser::describe(const Token &token) const {
  if (isFragment && token.is(Kind::EndOfFile))
    return "the end of the text";
  return token.describe();
}

LogicalResult Parser::expected(const Twine &what) {
  if (is(Kind::Error) || stopped)
    return failure();
  return error(getLoc(), "expected " + what + ", found " + describe(token));
}

LogicalResult Parser::expectClosing(Kind closing, StringRef closingText,
                                    const Token &open) {
  if (is(closing)) {
    --bracketDepth;
    consume();
    return success();
  }
  if (is(Kind::Error) || stopped)
    return failure();
  auto diagnostic = error(getLoc(), "expected ',' or '" + closingText +
                                        "', found " + describe(token));
  diagnostic.attachNote(lexer.getLoc(open))
      << "to match this '" << open.spelling << "'";
  return diagnostic;
}

FailureOr<Token> Parser::expectIdentifier(const Twine &what) {
  if (!is(Kind::Identifier))
    return expected(what);
  return consume();
}

LogicalResult Parser::enter() {
  if (depth == ast::maxNesting) {
    // Once is enough: everything around it fails too.
    if (!stopped)
      error(getLoc(), "nested too deeply, the limit is " +
                          Twine(ast::maxNesting) + " levels");
    stopped = true;
    token.kind = following.kind = Kind::EndOfFile;
    return failure();
  }
  ++depth;
  return success();
}

/// Goes to the end of a line that failed. What stands in braces on the way is
/// read, so that its end is not taken for the end of the section.
void Parser::skipLine(bool readsBodies) {
  while (!is(Kind::EndOfFile) && !unwinding) {
    // In an open bracket, what cannot begin a line belongs to the line before.
    bool isInside =
        bracketDepth > 0 &&
        (last.is(Kind::Comma) || last.is(Kind::LeftParen) ||
         last.is(Kind::LeftBracket) ||
         !(following.is(Kind::Identifier) || following.is(Kind::Newline) ||
           (following.is(Kind::RightBrace) && readsBodies)));
    if (is(Kind::Newline) && !isInside)
      break;
    if (is(Kind::RightBrace) && readsBodies)
      break;
    if (is(Kind::LeftBrace)) {
      bracketDepth = 0;
      std::vector<ast::Statement> discarded;
      if (!readsBodies)
        skipBraces();
      else if (failed(parseBody(discarded)) && (unwinding || stopped))
        return;
      continue;
    }
    if (is(Kind::LeftParen) || is(Kind::LeftBracket))
      ++bracketDepth;
    if ((is(Kind::RightParen) || is(Kind::RightBracket)) && bracketDepth > 0)
      --bracketDepth;
    consume();
  }
  bracketDepth = 0;
}

/// Skips from a `{` behind its `}`, unread.
void Parser::skipBraces() {
  unsigned open = 0;
  while (!is(Kind::EndOfFile)) {
    open += is(Kind::LeftBrace);
    if (is(Kind::RightBrace) && --open == 0)
      break;
    consume();
  }
  consumeIf(Kind::RightBrace);
}

} // namespace gradc
