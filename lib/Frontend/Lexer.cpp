//===- Lexer.cpp - From characters to tokens ------------------------------===//

#include "gradc/Frontend/Lexer.h"
#include "gradc/Diagnostics/Characters.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;
using llvm::StringRef;
using llvm::Twine;

namespace gradc {

static bool isNameStart(char c) { return llvm::isAlpha(c); }
static bool isNameCharacter(char c) { return llvm::isAlnum(c) || c == '_'; }

std::string Token::describe() const {
  if (kind == Kind::EndOfFile)
    return "the end of the file";
  if (kind == Kind::Newline)
    return "the end of the line";
  constexpr size_t longest = 40;
  if (spelling.size() <= longest)
    return ("'" + spelling + "'").str();
  return ("'" + spelling.take_front(longest) + "...'").str();
}

Lexer::Lexer(const llvm::SourceMgr &sources, unsigned bufferId,
             MLIRContext *context) {
  const llvm::MemoryBuffer *buffer = sources.getMemoryBuffer(bufferId);
  filename = StringAttr::get(context, buffer->getBufferIdentifier());
  rest = buffer->getBuffer();
  rest.consume_front(byteOrderMark);
}

Location Lexer::getLoc(unsigned line, unsigned column, unsigned endLine,
                       unsigned endColumn) const {
  return FileLineColRange::get(filename, line, column, endLine, endColumn);
}

Location Lexer::getLoc(const Token &token) const {
  return getLoc(token.line, token.column, token.line, token.endColumn);
}

void Lexer::advance(size_t numBytes) {
  StringRef passed = rest.take_front(numBytes);
  rest = rest.drop_front(passed.size());
  while (!passed.empty()) {
    passed = passed.drop_front(decodeCharacter(passed).size);
    ++column;
  }
}

bool Lexer::isAtNewline() const {
  return peek() == '\n' || (peek() == '\r' && peek(1) == '\n');
}

/// Skips to the next token of the line, and to its end from a `#` on. What a
/// comment must not hold is reported.
void Lexer::skipBlanksAndComment() {
  while (!rest.empty() && (rest.front() == ' ' || rest.front() == '\t'))
    advance(1);
  if (rest.empty() || rest.front() != '#')
    return;
  while (!rest.empty() && !isAtNewline() && checkCharacter())
    advance(decodeCharacter(rest).size);
  // After an error the rest is skipped unread.
  size_t end = rest.find('\n');
  if (end != 0 && !isAtNewline())
    advance(end == StringRef::npos ? rest.size() : end);
}

/// Reports a character that may stand nowhere, not even in a comment.
bool Lexer::checkCharacter() {
  Character character = decodeCharacter(rest);
  bool isText = character.isValid && (isShowable(character.codePoint) ||
                                      character.codePoint == '\t');
  if (isText)
    return true;
  Token token;
  token.line = line;
  token.column = column;
  token.endColumn = column + 1;
  std::string shown = showCharacter(rest);
  if (!character.isValid)
    emitError(token, "invalid UTF-8: byte '" + Twine(shown) + "'");
  else if (isBidiControl(character.codePoint))
    emitError(token, "the control character " + Twine(shown) +
                         ", which changes the direction of text, is not "
                         "allowed");
  else
    emitError(token, "unexpected character '" + Twine(shown) + "'");
  return false;
}

/// At most one error a line comes from the lexer: the second would most often
/// follow from the first.
InFlightDiagnostic Lexer::emitError(const Token &token, const Twine &message) {
  if (lastErrorLine == token.line)
    return InFlightDiagnostic();
  lastErrorLine = token.line;
  ++numErrors;
  return mlir::emitError(getLoc(token), message);
}

Token Lexer::finish(Token token, Token::Kind kind, const char *start) {
  token.kind = kind;
  token.spelling = StringRef(start, rest.data() - start);
  token.endColumn = column;
  return token;
}

Token Lexer::refuse(Token token, const char *start, const Twine &message) {
  token = finish(token, Token::Kind::Error, start);
  emitError(token, message);
  return token;
}

Token Lexer::next() {
  const char *before = rest.data();
  skipBlanksAndComment();
  Token token;
  token.line = line;
  token.column = token.endColumn = column;
  token.isFirstOnLine = isLineStart;
  token.followsBlank = isLineStart || rest.data() != before;
  isLineStart = false;
  if (rest.empty())
    return finish(token, Token::Kind::EndOfFile, rest.data());
  if (isAtNewline())
    return lexNewline(token);
  if (isNameStart(peek()))
    return lexIdentifier(token);
  if (llvm::isDigit(peek()) || (peek() == '.' && llvm::isDigit(peek(1))))
    return lexNumber(token);
  if (peek() == '"')
    return lexString(token);
  return lexSign(token);
}

Token Lexer::lexNewline(Token token) {
  token = finish(token, Token::Kind::Newline, rest.data());
  rest = rest.drop_front(peek() == '\r' ? 2 : 1);
  ++line;
  column = 1;
  isLineStart = true;
  return token;
}

Token Lexer::lexIdentifier(Token token) {
  const char *start = rest.data();
  advance(rest.take_while(isNameCharacter).size());
  return finish(token, Token::Kind::Identifier, start);
}

Token Lexer::lexString(Token token) {
  const char *start = rest.data();
  advance(1);
  while (!rest.empty() && !isAtNewline() && peek() != '"') {
    if (!checkCharacter()) {
      token = finish(token, Token::Kind::Error, start);
      advance(
          rest.take_until([](char c) { return c == '"' || c == '\n'; }).size());
      if (peek() == '"')
        advance(1);
      return token;
    }
    advance(decodeCharacter(rest).size);
  }
  if (peek() != '"')
    return refuse(token, start, "missing '\"' at the end of the text");
  advance(1);
  return finish(token, Token::Kind::String, start);
}

Token Lexer::lexSign(Token token) {
  using Kind = Token::Kind;
  const char *start = rest.data();
  if (rest.starts_with("..")) {
    advance(2);
    return finish(token, Kind::DotDot, start);
  }
  static constexpr StringRef signs = "()[]{},;:=.+-*/%";
  static constexpr Kind kinds[] = {
      Kind::LeftParen, Kind::RightParen, Kind::LeftBracket, Kind::RightBracket,
      Kind::LeftBrace, Kind::RightBrace, Kind::Comma,       Kind::Semicolon,
      Kind::Colon,     Kind::Equals,     Kind::Dot,         Kind::Plus,
      Kind::Minus,     Kind::Star,       Kind::Slash,       Kind::Percent};
  size_t index = signs.find(peek());
  if (index != StringRef::npos) {
    advance(1);
    return finish(token, kinds[index], start);
  }
  if (!checkCharacter()) {
    advance(decodeCharacter(rest).size);
    return finish(token, Kind::Error, start);
  }
  Character character = decodeCharacter(rest);
  StringRef bytes = rest.take_front(character.size);
  advance(character.size);
  std::string message = ("unexpected character '" + bytes + "'").str();
  llvm::raw_string_ostream os(message);
  if (character.size > 1)
    os << llvm::format(" (U+%04X)", character.codePoint);
  return refuse(token, start, message);
}

} // namespace gradc
