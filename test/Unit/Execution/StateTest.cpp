//===- StateTest.cpp ------------------------------------------------------===//

#include "TestProgram.h"
#include <cmath>

using namespace llvm;

namespace gradc {

static float *get(const Program &program, const Block &state, int variable) {
  return reinterpret_cast<float *>(static_cast<char *>(state.data()) +
                                   program.variables[variable].offset);
}

namespace {
struct State : testing::Test {
  State() : state(makeState()) {}
  Block makeState() {
    TestProgram test(1, /*isF64=*/false);
    test.variable("w", "parameter", {2, 3}).variable("m", "state", {2, 3});
    test.variable("mean", "buffer", {20});
    program = std::move(test.program);
    return cantFail(Block::allocate(program.stateBytes));
  }
  Program program;
  Block state;
};
} // namespace

TEST(Block, IsAlignedAndZero) {
  Block block = cantFail(Block::allocate(100));
  EXPECT_EQ(reinterpret_cast<uintptr_t>(block.data()) % 64, 0u);
  EXPECT_EQ(block.size(), 100);
  for (int i = 0; i < 100; ++i)
    EXPECT_EQ(static_cast<char *>(block.data())[i], 0);
}

TEST(Block, SaysHowMuchMemoryIsWanted) {
  std::string message = messageOf(Block::allocate(int64_t(1) << 60));
  EXPECT_NE(message.find("1152921504606846976 bytes"), std::string::npos)
      << message;
}

TEST_F(State, GoesToTensorsAndBack) {
  for (int i = 0; i < 6; ++i)
    get(program, state, 0)[i] = 0.5f * i;
  auto tensors = readVariables(program, state, /*withOptimizer=*/false);
  ASSERT_EQ(tensors.size(), 2u);
  EXPECT_EQ(tensors[0].name, "w");
  EXPECT_EQ(tensors[1].name, "mean");
  EXPECT_EQ(readVariables(program, state, true).size(), 3u);
  Block other = makeState();
  EXPECT_EQ(messageOf(writeVariables(program, other, "w.st", tensors)), "");
  EXPECT_EQ(get(program, other, 0)[5], 2.5f);
}

TEST_F(State, TakesOtherFloats) {
  data::Array w(data::ElementType::F64, {2, 3});
  w.as<double>()[4] = 0.1;
  data::Array mean(data::ElementType::F32, {20});
  EXPECT_EQ(messageOf(writeVariables(program, state, "w.st",
                                     {{"w", w}, {"mean", mean}})),
            "");
  EXPECT_EQ(get(program, state, 0)[4], 0.1f);
}

// All that is wrong is listed, and nothing is written.
TEST_F(State, RefusesTensorsThatDoNotFit) {
  data::Array w(data::ElementType::F32, {3, 2});
  data::Array mean(data::ElementType::I32, {20});
  w.as<float>()[0] = 1;
  EXPECT_EQ(messageOf(writeVariables(program, state, "w.st",
                                     {{"mean", mean}, {"w", w}, {"b", w}})),
            "w.st: does not fit the network: 'w' is [3, 2], but the network's "
            "is [2, 3]; 'mean' holds i32 instead of floats; the network has "
            "no 'b'");
  EXPECT_EQ(messageOf(writeVariables(program, state, "w.st", {})),
            "w.st: does not fit the network: 'w' is missing; 'mean' is "
            "missing");
  EXPECT_EQ(get(program, state, 0)[0], 0.0f);
}

TEST_F(State, NamesWhatIsNotFinite) {
  EXPECT_EQ(findNonFinite(program, state), "");
  get(program, state, 2)[18] = NAN;
  EXPECT_EQ(findNonFinite(program, state), "mean");
  get(program, state, 1)[0] = -INFINITY;
  EXPECT_EQ(findNonFinite(program, state), "m");
}

} // namespace gradc
