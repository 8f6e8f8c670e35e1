//===- OptionsTest.cpp - What the command line asks for -------------------===//

#include "gradc/Driver/Options.h"
#include "gradc/Driver/DriverError.h"
#include <gtest/gtest.h>

using namespace gradc;

namespace {
Options parse(std::vector<const char *> words) {
  Options options;
  if (llvm::Error error = parseOptions(words, options))
    ADD_FAILURE() << llvm::toString(std::move(error));
  return options;
}

std::string refuse(std::vector<const char *> words) {
  Options options;
  llvm::Error error = parseOptions(words, options);
  if (!error)
    return "accepted";
  return llvm::toString(std::move(error));
}

TEST(Options, BothForms) {
  for (auto words : {std::vector<const char *>{"m.net", "--weights=w"},
                     {"m.net", "--weights", "w"},
                     {"-weights", "w", "m.net"}})
    EXPECT_EQ(parse(words).weights, "w");
}

TEST(Options, ParamsAndSettingsKeepTheirOrder) {
  Options options =
      parse({"m.net", "-D", "a=1", "-Db=x=y", "--set", "train.clip=norm 1.0",
             "--epochs=3", "--lr", "1e-3", "--batch=7"});
  ASSERT_EQ(options.params.size(), 2u);
  EXPECT_EQ(options.params[1].name, "b");
  EXPECT_EQ(options.params[1].value, "x=y");
  ASSERT_EQ(options.settings.size(), 4u);
  EXPECT_EQ(options.settings[0].path, "train.clip");
  EXPECT_EQ(options.settings[0].value, "norm 1.0");
  EXPECT_EQ(options.settings[1].path, "train.epochs");
  EXPECT_EQ(options.settings[2].path, "train.batch");
  EXPECT_EQ(options.settings[3].path, "train.optimizer.lr");
  EXPECT_EQ(options.settings[3].value, "0.001");
}

TEST(Options, TheLastOneWins) {
  EXPECT_EQ(parse({"m.net", "-O1", "-O3"}).level, 3u);
  EXPECT_EQ(parse({"m.net", "-emit=llvm", "-emit=run"}).stage, "run");
  EXPECT_EQ(parse({"m.net", "-emit=jit"}).stage, "run");
}

TEST(Options, VerbsComeFirst) {
  EXPECT_EQ(parse({"train", "m.net"}).verb, Verb::Train);
  Options options = parse({"-q", "predict", "--weights=w", "m.net"});
  EXPECT_EQ(options.verb, Verb::Predict);
  EXPECT_EQ(options.input, "m.net");
  EXPECT_EQ(parse({"--", "-x.net"}).input, "-x.net");
  EXPECT_EQ(parse({"-"}).input, "-");
}

TEST(Options, HelpNeedsNothingElse) {
  EXPECT_EQ(parse({"--help", "--zzz"}).show, Options::Show::Help);
  EXPECT_EQ(parse({"-h"}).show, Options::Show::Help);
  EXPECT_EQ(parse({"--version"}).show, Options::Show::Version);
}

TEST(Options, WhatIsHandedOn) {
  Options options = parse({"m.net", "--mlir-timing", "-mllvm", "-x=1",
                           "--mlir-print-ir-tree-dir=d", "--mlir-foo=3"});
  EXPECT_EQ(
      options.mlirOptions,
      (std::vector<std::string>{"--mlir-timing", "-x=1",
                                "--mlir-print-ir-tree-dir=d", "--mlir-foo=3"}));
}

TEST(Options, EveryOptionWithoutItsValueIsNamed) {
  for (const char *name :
       {"--epochs", "--steps",    "--batch",   "--lr",
        "--seed",   "--threads",  "--weights", "--dump-gradients",
        "--watch",  "--fail-on",  "--run-dir", "--name",
        "--count",  "--progress", "--color",   "--log",
        "--format", "--set",      "--data",    "--element-type",
        "-emit",    "-march",     "-o",        "-D"}) {
    std::string text = std::string("option '") + name + "' needs a value";
    EXPECT_EQ(refuse({"m.net", name}), text);
    std::string empty = std::string(name) + "=";
    if (name[1] == '-')
      EXPECT_NE(refuse({"m.net", empty.c_str()}).find(name), std::string::npos)
          << empty;
  }
}

TEST(Options, ControlCharactersAreShownAsText) {
  EXPECT_EQ(refuse({"m.net", "--epochs=\x1b[31m"}),
            "option '--epochs' takes a whole number of at least 1; found "
            "'\\x1B[31m'");
}
} // namespace
