//===- LexerNumbers.cpp - Numbers and sizes -------------------------------===//

#include "gradc/Frontend/Lexer.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include <charconv>
#include <cmath>

using namespace mlir;
using llvm::StringRef;
using llvm::Twine;

namespace gradc {

/// From here on not every whole number is a double.
static constexpr double maxInteger = 9007199254740992.0;

static bool isNumberCharacter(char c) { return llvm::isAlnum(c) || c == '_'; }

/// Digits, with `_` between any two of them.
bool Lexer::lexDigits(const char *start) {
  if (!llvm::isDigit(peek()))
    return false;
  while (llvm::isDigit(peek()) || (peek() == '_' && llvm::isDigit(peek(1))))
    advance(1);
  return peek() != '_';
}

/// Refuses what goes on with letters behind a number that was complete.
Token Lexer::refuseTail(Token token, const char *start) {
  StringRef number(start, rest.data() - start);
  StringRef tail = rest.take_while(isNumberCharacter);
  advance(tail.size());
  if (tail.starts_with("_"))
    return refuse(token, start, "'_' must stand between two digits");
  return refuse(token, start,
                "unexpected '" + tail.take_front(20) + "' after the number '" +
                    number.take_front(40) + "'");
}

/// The double nearest to `spelling`, or nothing where it is out of range.
static std::optional<double> parseDouble(StringRef spelling) {
  std::string digits;
  llvm::copy_if(spelling, std::back_inserter(digits),
                [](char c) { return c != '_'; });
  double value = 0;
  auto result =
      std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (result.ec != std::errc())
    return std::nullopt;
  return value;
}

Token Lexer::lexNumber(Token token) {
  const char *start = rest.data();
  bool isWhole = true, hasExponent = false;
  if (peek() != '.' && !lexDigits(start))
    return refuseTail(token, start);
  if (peek() == 'x' || peek() == 'X')
    return lexSize(token, start);
  if (peek() == '.' && peek(1) != '.') {
    isWhole = false;
    advance(1);
    if (!llvm::isDigit(peek()))
      return refuse(token, start, "expected a digit after '.' in a number");
    if (!lexDigits(start))
      return refuseTail(token, start);
  }
  if (peek() == 'e' || peek() == 'E') {
    hasExponent = true;
    advance(peek(1) == '+' || peek(1) == '-' ? 2 : 1);
    if (!llvm::isDigit(peek()))
      return refuse(token, start,
                    "expected digits after '" + rest.slice(0, 0) +
                        StringRef(start, rest.data() - start) +
                        "', the exponent is missing");
    if (!lexDigits(start))
      return refuseTail(token, start);
  }
  if (isNumberCharacter(peek()))
    return refuseTail(token, start);
  token = finish(token, Token::Kind::Number, start);
  std::optional<double> value = parseDouble(token.spelling);
  if (!value) {
    bool isSmall = token.spelling.contains_insensitive("e-");
    return refuse(token, start,
                  "the number " + Twine(token.describe()) + " is too " +
                      (isSmall ? "small" : "large"));
  }
  token.number = *value;
  token.isInteger =
      isWhole && *value <= maxInteger && *value == std::floor(*value);
  if (isWhole && !hasExponent && !token.isInteger)
    return refuse(token, start,
                  "the whole number " + Twine(token.describe()) +
                      " is too large, the limit is 9007199254740992");
  return token;
}

/// `3x3`, of which the first number was read.
Token Lexer::lexSize(Token token, const char *start) {
  if (StringRef(start, rest.data() - start) == "0") {
    advance(rest.take_while(isNumberCharacter).size());
    return refuse(token, start,
                  "hexadecimal numbers like '" +
                      StringRef(start, rest.data() - start).take_front(40) +
                      "' are not supported");
  }
  while (peek() == 'x') {
    advance(1);
    if (llvm::isDigit(peek()) && lexDigits(start))
      continue;
    StringRef read(start, rest.data() - start);
    if (isNumberCharacter(peek()))
      return refuseTail(token, start);
    return refuse(token, start,
                  "expected a number after the last 'x' of the size '" +
                      read.take_front(40) + "'");
  }
  if (isNumberCharacter(peek()))
    return refuseTail(token, start);
  token = finish(token, Token::Kind::Size, start);
  SmallVector<StringRef> parts;
  token.spelling.split(parts, 'x');
  for (StringRef part : parts) {
    std::optional<double> value = parseDouble(part);
    if (!value || *value > maxInteger)
      return refuse(token, start,
                    "a number in the size " + Twine(token.describe()) +
                        " is too large");
    if (*value == 0)
      return refuse(token, start,
                    "a number in the size " + Twine(token.describe()) +
                        " must be at least 1, found '" + part.take_front(40) +
                        "'");
    token.dimensions.push_back(int64_t(*value));
  }
  return token;
}

} // namespace gradc
