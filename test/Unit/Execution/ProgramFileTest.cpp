//===- ProgramFileTest.cpp ------------------------------------------------===//

#include "gradc/Execution/ProgramFile.h"
#include "gtest/gtest.h"

using namespace llvm;

namespace gradc {

static const ProgramKey key = {1, 2, 3};

/// A program in which no two numbers are equal.
static Program makeProgram() {
  Program program;
  program.networkName = "net";
  program.isF64 = true;
  program.batch = 7;
  program.inputShape = {7, 3};
  program.targetShape = {7};
  program.inputClasses = 12;
  program.targetIsClass = true;
  program.classes = 4;
  program.targetLow = -0.5;
  program.variables = {{"w", "parameter", {3, 4}, 0, true},
                       {"b", "state", {4}, 128, false}};
  program.stateBytes = 192;
  program.arenaBytes = 4096;
  ProgramFunction &step = program.functions["train_step"];
  step.reports = {"loss", "accuracy"};
  step.outputs = {{"output", "", {7, 4}, 64, false}};
  step.outputBytes = 512;
  program.functions["evaluate"];
  program.object = std::string("\0object\n", 8);
  return program;
}

static void expectEqual(const TensorPlace &a, const TensorPlace &b) {
  EXPECT_EQ(a.name, b.name);
  EXPECT_EQ(a.kind, b.kind);
  EXPECT_EQ(a.shape, b.shape);
  EXPECT_EQ(a.offset, b.offset);
  EXPECT_EQ(a.isF64, b.isF64);
}

TEST(ProgramFile, KeepsEverything) {
  Program from = makeProgram();
  std::optional<Program> to = readProgram(writeProgram(from, key), key);
  ASSERT_TRUE(to);
  EXPECT_EQ(to->networkName, from.networkName);
  EXPECT_EQ(to->isF64, from.isF64);
  EXPECT_EQ(to->batch, from.batch);
  EXPECT_EQ(to->inputShape, from.inputShape);
  EXPECT_EQ(to->inputClasses, from.inputClasses);
  EXPECT_EQ(to->targetShape, from.targetShape);
  EXPECT_EQ(to->targetIsClass, from.targetIsClass);
  EXPECT_EQ(to->classes, from.classes);
  EXPECT_EQ(to->targetLow, from.targetLow);
  EXPECT_EQ(to->targetHigh, from.targetHigh);
  EXPECT_EQ(to->stateBytes, from.stateBytes);
  EXPECT_EQ(to->arenaBytes, from.arenaBytes);
  EXPECT_EQ(to->object, from.object);
  ASSERT_EQ(to->variables.size(), 2u);
  expectEqual(to->variables[0], from.variables[0]);
  expectEqual(to->variables[1], from.variables[1]);
  ASSERT_EQ(to->functions.size(), 2u);
  EXPECT_TRUE(to->functions.contains("evaluate"));
  const ProgramFunction &step = to->functions["train_step"];
  EXPECT_EQ(step.reports, from.functions["train_step"].reports);
  EXPECT_EQ(step.outputBytes, 512);
  ASSERT_EQ(step.outputs.size(), 1u);
  expectEqual(step.outputs[0], from.functions["train_step"].outputs[0]);
}

TEST(ProgramFile, RefusesAnotherKey) {
  ProgramKey other = key;
  other.back() = 9;
  EXPECT_FALSE(readProgram(writeProgram(makeProgram(), key), other));
}

TEST(ProgramFile, RefusesEveryChangedBit) {
  std::string bytes = writeProgram(makeProgram(), key);
  for (size_t i = 0; i < 8 * bytes.size(); ++i) {
    bytes[i / 8] ^= 1 << i % 8;
    EXPECT_FALSE(readProgram(bytes, key)) << "bit " << i;
    bytes[i / 8] ^= 1 << i % 8;
  }
}

TEST(ProgramFile, RefusesOtherLengths) {
  std::string bytes = writeProgram(makeProgram(), key);
  for (size_t size = 0; size < bytes.size(); ++size)
    EXPECT_FALSE(readProgram(StringRef(bytes).take_front(size), key)) << size;
  EXPECT_FALSE(readProgram(bytes + '\0', key));
  EXPECT_FALSE(readProgram(bytes + bytes, key));
}

} // namespace gradc
