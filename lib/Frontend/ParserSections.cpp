//===- ParserSections.cpp - Sections, formulas and formals ----------------===//

#include "ParserState.h"

using namespace mlir;

namespace gradc {

/// formula = "activation" IDENT "(" IDENT { "," formal } ")" "=" expr NL
LogicalResult Parser::parseFormula(ast::File &file) {
  consume();
  FailureOr<Token> name = expectIdentifier("the name of the activation");
  if (failed(name))
    return failure();
  if (!is(Kind::LeftParen))
    return expected("'(' after 'activation " + name->spelling + "'");
  Token open = token;
  FailureOr<std::vector<ast::Formal>> formals = parseFormals();
  if (failed(formals))
    return failure();
  if (formals->empty())
    return error(lexer.getLoc(open), "an activation needs the name of its "
                                     "input between '(' and ')'");
  if (!consumeIf(Kind::Equals))
    return expected("'=' and a formula");
  FailureOr<ast::Expression> value = parseExpression();
  if (failed(value))
    return failure();
  file.formulas.push_back({name->spelling.str(), lexer.getLoc(*name),
                           std::move(*formals), std::move(*value)});
  return success();
}

/// formals = "(" [ formal { "," formal } ] ")"
FailureOr<std::vector<ast::Formal>> Parser::parseFormals() {
  std::vector<ast::Formal> formals;
  Token open = consume();
  ++bracketDepth;
  skipNewlines();
  while (!is(Kind::RightParen)) {
    FailureOr<Token> name = expectIdentifier("a name");
    if (failed(name))
      return failure();
    ast::Formal formal{name->spelling.str(), lexer.getLoc(*name), std::nullopt};
    if (consumeIf(Kind::Equals)) {
      FailureOr<ast::Expression> value = parseExpression();
      if (failed(value))
        return failure();
      formal.value = std::move(*value);
    }
    formals.push_back(std::move(formal));
    if (!consumeIf(Kind::Comma))
      break;
    skipNewlines();
    if (is(Kind::RightParen))
      return expected("a name after ','");
  }
  if (failed(expectClosing(Kind::RightParen, ")", open)))
    return failure();
  return formals;
}

/// section = ( "data" | "net" | "block" | "train" ) [ IDENT ] [ formals ] body
LogicalResult Parser::parseSection(ast::File &file) {
  sectionColumn = token.column;
  Location loc = getLoc();
  ast::Section section{consume().spelling.str(), loc, {}, loc, {}, {}};
  std::string head = section.word;
  if (is(Kind::Identifier)) {
    section.nameLoc = getLoc();
    section.name = consume().spelling.str();
    head += " " + section.name;
  } else if (section.word == "block") {
    return expected("the name of the block");
  }
  if (is(Kind::LeftParen)) {
    if (section.word != "block")
      return error(getLoc(), "only a 'block' takes arguments");
    FailureOr<std::vector<ast::Formal>> formals = parseFormals();
    if (failed(formals))
      return failure();
    section.formals = std::move(*formals);
  }
  if (!is(Kind::LeftBrace)) {
    LogicalResult result = expected("'{' after '" + head + "'");
    // A brace on a line of its own: what follows is still this section.
    if (is(Kind::Newline))
      skipNewlines();
    if (!is(Kind::LeftBrace))
      return result;
  }
  if (failed(parseBody(section.body)))
    return failure();
  file.sections.push_back(std::move(section));
  return success();
}

} // namespace gradc
