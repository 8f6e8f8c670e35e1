//===- PhiloxTest.cpp -----------------------------------------------------===//

#include "gradc/Data/Philox.h"
#include "gtest/gtest.h"

namespace gradc::data {

using Words = std::array<uint32_t, 4>;

// The known answers that the authors publish with Random123.
TEST(Philox, KnownAnswers) {
  EXPECT_EQ(philox({0, 0, 0, 0}, {0, 0}),
            (Words{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  EXPECT_EQ(philox({0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff},
                   {0xffffffff, 0xffffffff}),
            (Words{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
  EXPECT_EQ(philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
                   {0xa4093822, 0x299f31d0}),
            (Words{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

// The key is the seed exclusive-or FNV-1a of the purpose; the item is the upper
// half of the counter.
TEST(Philox, KeyAndCounter) {
  const uint64_t key = 0xaf63dc4c8601ec8c ^ 5; // FNV-1a of "a"
  Random random(5, "a", 0x100000002);
  Words first = philox({0, 0, 2, 1}, {uint32_t(key), uint32_t(key >> 32)});
  Words second = philox({1, 0, 2, 1}, {uint32_t(key), uint32_t(key >> 32)});
  for (const Words &words : {first, second})
    for (uint32_t word : words)
      EXPECT_EQ(random.word(), word);
}

TEST(Philox, UniformStaysInItsInterval) {
  Random random(1, "test");
  double sum = 0;
  for (int i = 0; i < 100000; ++i) {
    double value = random.uniform(2, 3);
    ASSERT_GE(value, 2);
    ASSERT_LT(value, 3);
    sum += value;
  }
  EXPECT_NEAR(sum / 100000, 2.5, 0.005);
}

TEST(Philox, NormalHasDeviationOne) {
  Random random(1, "test");
  double sum = 0, squares = 0;
  for (int i = 0; i < 100000; ++i) {
    double value = random.normal();
    sum += value;
    squares += value * value;
  }
  EXPECT_NEAR(sum / 100000, 0, 0.02);
  EXPECT_NEAR(squares / 100000, 1, 0.02);
}

TEST(Philox, BelowMeetsEveryNumber) {
  Random random(3, "test");
  int counts[7] = {};
  for (int i = 0; i < 70000; ++i)
    ++counts[random.below(7)];
  for (int count : counts)
    EXPECT_NEAR(count, 10000, 500);
  EXPECT_EQ(random.below(1), 0u);
}

} // namespace gradc::data
