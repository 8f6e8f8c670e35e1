//===- ParserExpressions.cpp - Values and arithmetic ----------------------===//

#include "ParserState.h"

#include "llvm/ADT/ScopeExit.h"

using namespace mlir;
using llvm::StringRef;

namespace gradc {

using ExpressionKind = ast::Expression::Kind;

bool Parser::startsNegativeNumber() const {
  return is(Kind::Minus) && following.is(Kind::Number) &&
         token.touches(following);
}

bool Parser::startsValue() const {
  return is(Kind::Number) || is(Kind::Size) || is(Kind::String) ||
         is(Kind::Identifier) || is(Kind::LeftBracket) || is(Kind::LeftParen) ||
         startsNegativeNumber();
}

bool Parser::isOperator() const {
  return is(Kind::Plus) || is(Kind::Minus) || is(Kind::Star) ||
         is(Kind::Slash) || is(Kind::Percent);
}

ast::Expression Parser::makeLiteral(ExpressionKind kind) {
  ast::Expression literal(kind, getLoc());
  literal.number = token.number;
  literal.isInteger = token.isInteger;
  literal.dimensions = token.dimensions;
  if (kind == ExpressionKind::String)
    literal.text = token.spelling.drop_front().drop_back().str();
  consume();
  return literal;
}

/// value = NUMBER | "-" NUMBER | SIZE | STRING | name | call | shape
///       | "(" expr ")"
FailureOr<ast::Expression> Parser::parseValue() {
  if (is(Kind::LeftBracket))
    return parseShape();
  if (startsNegativeNumber())
    return parseFactor();
  if (is(Kind::Minus))
    return expected("a value");
  return parsePrimary();
}

/// Operands with operators of one rank between them, as one flat node: a sum of
/// a million terms must not nest a million deep.
template <typename ParseOperand, typename IsOperator>
static FailureOr<ast::Expression>
parseChain(Parser &parser, ExpressionKind kind, ParseOperand parseOperand,
           IsOperator isOperator) {
  Token first = parser.token;
  FailureOr<ast::Expression> operand = parseOperand();
  if (failed(operand) || !isOperator())
    return operand;
  ast::Expression chain(kind, operand->loc);
  chain.operands.push_back(std::move(*operand));
  while (isOperator()) {
    chain.operators += parser.consume().spelling.front();
    operand = parseOperand();
    if (failed(operand))
      return failure();
    chain.operands.push_back(std::move(*operand));
  }
  chain.loc = parser.getLocFrom(first);
  return chain;
}

FailureOr<ast::Expression> Parser::parseExpression() {
  return parseChain(
      *this, ExpressionKind::Sum, [&] { return parseTerm(); },
      [&] { return is(Kind::Plus) || is(Kind::Minus); });
}

FailureOr<ast::Expression> Parser::parseTerm() {
  return parseChain(
      *this, ExpressionKind::Product, [&] { return parseFactor(); },
      [&] { return is(Kind::Star) || is(Kind::Slash) || is(Kind::Percent); });
}

FailureOr<ast::Expression> Parser::parseFactor() {
  if (!is(Kind::Minus))
    return parsePrimary();
  Token minus = consume();
  FailureOr<ast::Expression> operand = parsePrimary();
  if (failed(operand))
    return failure();
  ast::Expression result(ExpressionKind::Negate, getLocFrom(minus));
  if (operand->kind == ExpressionKind::Number) {
    // 0 - x, so that the whole number -0 is 0.
    result.kind = ExpressionKind::Number;
    result.isInteger = operand->isInteger;
    result.number = operand->isInteger ? 0 - operand->number : -operand->number;
    return result;
  }
  result.operands.push_back(std::move(*operand));
  return result;
}

FailureOr<ast::Expression> Parser::parsePrimary() {
  switch (token.kind) {
  case Kind::Number:
    return makeLiteral(ExpressionKind::Number);
  case Kind::Size:
    return makeLiteral(ExpressionKind::Size);
  case Kind::String:
    return makeLiteral(ExpressionKind::String);
  case Kind::Identifier:
    if (following.is(Kind::LeftParen) && token.touches(following))
      return parseCall();
    return parseName();
  case Kind::LeftParen:
    return parseParenthesized();
  default:
    return expected("a value");
  }
}

FailureOr<ast::Expression> Parser::parseParenthesized() {
  if (failed(enter()))
    return failure();
  llvm::scope_exit exit([&] { leave(); });
  Token open = consume();
  ++bracketDepth;
  skipNewlines();
  FailureOr<ast::Expression> inner = parseExpression();
  if (failed(inner))
    return failure();
  if (is(Kind::RightParen)) {
    --bracketDepth;
    consume();
    inner->loc = getLocFrom(open);
    return inner;
  }
  if (is(Kind::Error) || !bracketDepth)
    return failure();
  auto diagnostic =
      error(getLoc(), "expected an operator or ')', found " + describe(token));
  diagnostic.attachNote(lexer.getLoc(open)) << "to match this '('";
  return diagnostic;
}

/// name = part { "." part } [ ".*" ] ; part = IDENT [ shape ]
FailureOr<ast::Expression> Parser::parseName() {
  Token first = token;
  ast::Expression name(ExpressionKind::Name, getLoc());
  while (true) {
    FailureOr<Token> identifier = expectIdentifier("a name after '.'");
    if (failed(identifier))
      return failure();
    ast::NamePart part;
    part.text = identifier->spelling.str();
    if (is(Kind::LeftBracket) && last.touches(token)) {
      FailureOr<ast::Expression> shape = parseShape();
      if (failed(shape))
        return failure();
      part.hasIndices = true;
      part.indices = std::move(shape->operands);
    }
    name.parts.push_back(std::move(part));
    if (!is(Kind::Dot) || !last.touches(token))
      break;
    consume();
    if (is(Kind::Star) && last.touches(token)) {
      consume();
      name.hasStar = true;
      break;
    }
  }
  name.loc = getLocFrom(first);
  return name;
}

/// call = IDENT "(" [ expr { "," expr } ] ")"
FailureOr<ast::Expression> Parser::parseCall() {
  if (failed(enter()))
    return failure();
  llvm::scope_exit exit([&] { leave(); });
  Token name = consume();
  ast::Expression call(ExpressionKind::Call, lexer.getLoc(name));
  call.text = name.spelling.str();
  if (failed(parseList(Kind::RightParen, ")", call.operands)))
    return failure();
  call.loc = getLocFrom(name);
  return call;
}

/// shape = "[" expr { "," expr } "]"
FailureOr<ast::Expression> Parser::parseShape() {
  if (failed(enter()))
    return failure();
  llvm::scope_exit exit([&] { leave(); });
  Token open = token;
  ast::Expression shape(ExpressionKind::Shape, getLoc());
  if (failed(parseList(Kind::RightBracket, "]", shape.operands)))
    return failure();
  shape.loc = getLocFrom(open);
  if (shape.operands.empty())
    return error(shape.loc, "expected a number between '[' and ']'");
  return shape;
}

/// From the opening bracket behind the closing one. A new line may begin after
/// the opening bracket or a comma only; else a forgotten bracket would be found
/// missing on some later line.
LogicalResult Parser::parseList(Kind closing, StringRef closingText,
                                std::vector<ast::Expression> &values) {
  Token open = consume();
  ++bracketDepth;
  skipNewlines();
  while (!is(closing)) {
    FailureOr<ast::Expression> value = parseExpression();
    if (failed(value))
      return failure();
    values.push_back(std::move(*value));
    if (!is(Kind::Comma))
      break;
    consume();
    skipNewlines();
    if (is(closing))
      return expected("a value after ','");
  }
  return expectClosing(closing, closingText, open);
}

} // namespace gradc
