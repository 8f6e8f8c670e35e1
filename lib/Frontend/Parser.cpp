//===- Parser.cpp - Files, sections and params ----------------------------===//

#include "gradc/Frontend/Parser.h"
#include "ParserState.h"
#include "gradc/Diagnostics/FixIt.h"

using namespace mlir;
using llvm::StringRef;

namespace gradc {

FailureOr<ast::File> parseNet(const llvm::SourceMgr &sources, unsigned bufferId,
                              MLIRContext *context) {
  ast::File file = parseNetWithErrors(sources, bufferId, context);
  if (file.hasErrors)
    return failure();
  return file;
}

ast::File parseNetWithErrors(const llvm::SourceMgr &sources, unsigned bufferId,
                             MLIRContext *context) {
  return Parser(sources, bufferId, context).parseFile();
}

FailureOr<ast::Statement> parseStatementTail(const llvm::SourceMgr &sources,
                                             unsigned bufferId, StringRef word,
                                             MLIRContext *context) {
  Parser parser(sources, bufferId, context);
  parser.isFragment = true;
  ast::Statement statement(parser.getLoc());
  statement.word = word.str();
  if (failed(parser.parseStatementRest(statement)) || parser.hadErrors())
    return failure();
  if (!parser.is(Token::Kind::EndOfFile))
    return parser.expected("the end of the text");
  return statement;
}

FailureOr<ast::Expression> parseValue(const llvm::SourceMgr &sources,
                                      unsigned bufferId, MLIRContext *context) {
  Parser parser(sources, bufferId, context);
  parser.isFragment = true;
  FailureOr<ast::Expression> value = parser.is(Token::Kind::LeftBracket)
                                         ? parser.parseShape()
                                         : parser.parseExpression();
  if (failed(value) || parser.hadErrors())
    return failure();
  if (!parser.is(Token::Kind::EndOfFile))
    return parser.expected("the end of the value");
  return value;
}

/// file = { NL } { decl { NL } } EOF
ast::File Parser::parseFile() {
  ast::File file(getLoc());
  while (true) {
    skipNewlines();
    if (is(Kind::EndOfFile))
      break;
    unwinding = false;
    suspect.reset();
    bracketDepth = 0;
    parseDeclaration(file);
  }
  file.loc = getLoc();
  file.hasErrors = hadErrors();
  file.lacksNames |= stopped;
  return file;
}

void Parser::parseDeclaration(ast::File &file) {
  StringRef word = is(Kind::Identifier) ? token.spelling : StringRef();
  Token name = following;
  LogicalResult result = success();
  if (word == "param")
    result = parseParam(file);
  else if (word == "activation")
    result = parseFormula(file);
  else if (word == "data" || word == "net" || word == "block" ||
           word == "train")
    result = parseSection(file);
  else
    return refuseDeclaration(file);
  if (failed(result)) {
    bool isNameless =
        word != "param" && word != "block" && word != "activation";
    file.lacksSections |= isNameless;
    if (!isNameless)
      noteMissing(file, name);
  }
  if (unwinding)
    return;
  if (succeeded(result) && !is(Kind::Newline) && !is(Kind::EndOfFile))
    result = expected("a new line");
  if (failed(result))
    skipLine(/*readsBodies=*/false);
}

/// Reports a line that declares nothing, with the nearest word, and skips what
/// belongs to it.
void Parser::refuseDeclaration(ast::File &file) {
  static const StringRef words[] = {"param", "activation", "data",
                                    "net",   "block",      "train"};
  file.lacksSections = true;
  noteMissing(file, following);
  if (is(Kind::Error))
    return skipLine(/*readsBodies=*/false);
  StringRef nearest;
  if (is(Kind::Identifier))
    nearest = findNearest(token.spelling, words);
  if (!nearest.empty()) {
    bool isSection = nearest != "param" && nearest != "activation";
    auto diagnostic =
        error(getLoc(), (isSection ? "unknown section " : "unknown word ") +
                            describe(token));
    suggest(*diagnostic.getUnderlyingDiagnostic(), getLoc(), nearest);
  } else if (is(Kind::RightBrace)) {
    error(getLoc(), "'}' without a '{' before it");
  } else {
    error(getLoc(), "expected 'param', 'activation', 'data', 'net', 'block' or "
                    "'train', found " +
                        describe(token));
  }
  while (!is(Kind::Newline) && !is(Kind::EndOfFile) && !is(Kind::LeftBrace))
    consume();
  if (is(Kind::LeftBrace))
    return skipBraces();
  if (!nearest.empty())
    return;
  // Lines that fell out of a section would each be an error: go on where a
  // declaration begins.
  while (!is(Kind::EndOfFile)) {
    if (token.isFirstOnLine && is(Kind::Identifier) &&
        llvm::is_contained(words, token.spelling) &&
        token.spelling != "activation")
      return;
    consume();
  }
}

/// What is declared by the name `name` will be missing.
void Parser::noteMissing(ast::File &file, const Token &name) {
  if (name.is(Kind::Identifier))
    file.missingNames.push_back(name.spelling.str());
  else
    file.lacksNames = true;
}

/// param = "param" IDENT "=" expr [ "in" domain ] NL
LogicalResult Parser::parseParam(ast::File &file) {
  consume();
  FailureOr<Token> name = expectIdentifier("the name of the param");
  if (failed(name))
    return failure();
  if (!consumeIf(Kind::Equals))
    return expected("'=' after 'param " + name->spelling + "'");
  FailureOr<ast::Expression> value = parseExpression();
  if (failed(value))
    return failure();
  ast::Param param{name->spelling.str(), lexer.getLoc(*name), std::move(*value),
                   std::nullopt};
  if (is(Kind::Identifier) && token.spelling == "in") {
    consume();
    FailureOr<ast::Domain> domain = parseDomain();
    if (failed(domain))
      return failure();
    param.domain = std::move(*domain);
  } else if (!is(Kind::Newline) && !is(Kind::EndOfFile)) {
    return expected("'in' or a new line");
  }
  file.params.push_back(std::move(param));
  return success();
}

/// domain = expr ".." expr | "{" value { "," value } "}"
FailureOr<ast::Domain> Parser::parseDomain() {
  Token first = token;
  ast::Domain domain{getLoc(), !is(Kind::LeftBrace), {}};
  if (!domain.isRange) {
    consume();
    ++bracketDepth;
    skipNewlines();
    while (true) {
      FailureOr<ast::Expression> value = parseValue();
      if (failed(value))
        return failure();
      domain.values.push_back(std::move(*value));
      if (!consumeIf(Kind::Comma))
        break;
      skipNewlines();
    }
    if (failed(expectClosing(Kind::RightBrace, "}", first)))
      return failure();
    domain.loc = getLocFrom(first);
    return domain;
  }
  for (bool isLow : {true, false}) {
    FailureOr<ast::Expression> bound = parseExpression();
    if (failed(bound))
      return failure();
    domain.values.push_back(std::move(*bound));
    if (isLow && !consumeIf(Kind::DotDot))
      return expected("'..' between the bounds of the domain");
  }
  domain.loc = getLocFrom(first);
  return domain;
}

} // namespace gradc
