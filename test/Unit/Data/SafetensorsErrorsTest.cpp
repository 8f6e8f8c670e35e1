//===- SafetensorsErrorsTest.cpp ------------------------------------------===//

#include "TestFiles.h"
#include "gradc/Data/Safetensors.h"
#include "llvm/Support/Endian.h"

using namespace llvm;

namespace gradc::data {

static std::string file(const std::string &header, size_t dataSize) {
  char length[8];
  support::endian::write64le(length, header.size());
  return std::string(length, 8) + header + std::string(dataSize, '\0');
}

TEST(Safetensors, RefusesMalformedFiles) {
  std::string one = R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}})";
  const BadFile files[] = {
      {"empty", "", "is empty"},
      {"short-length", "1234", "ends within its header (byte 4)"},
      {"long-header", bytes({0, 0, 0, 0, 0, 0, 0, 1}),
       "is no .safetensors file: a header of 72057594037927936 bytes (byte 0)"},
      {"short-header", bytes({100, 0, 0, 0, 0, 0, 0, 0}) + "{}",
       "ends within its header of 100 bytes (byte 8)"},
      {"pickle",
       "\x80\x02}q\x01"
       "cposix",
       "is a pickle or a zip archive, not .safetensors; it is never opened as "
       "one (byte 0)"},
      {"npy", "\x93NUMPY" + bytes({1, 0}),
       "is a .npy file, not .safetensors (byte 0)"},
      {"list", file("[]", 0), "its header is not a JSON object (byte 8)"},
      {"json", file("{\"a\":}", 0), "its header is not JSON (byte 13)"},
      {"unfinished", file(one.substr(0, 20), 8),
       "its header is not JSON (byte 28)"},
      {"after", file(one + "x", 8), "its header is not JSON (byte 62)"},
      {"number", file(R"({"a":1})", 0),
       "its header holds a number where an object must stand (the header)"},
      {"metadata", file(R"({"__metadata__":{"a":1}})", 0),
       "its metadata 'a' is a number, not a text (the header)"},
  };
  expectRefused(5, readSafetensors, files);
}

TEST(Safetensors, RefusesMalformedTensors) {
  auto tensor = [](const std::string &body) {
    return R"({"a":{)" + body + "}}";
  };
  const BadFile files[] = {
      {"dtype", file(tensor(R"("dtype":"BF16","shape":[])"), 0),
       "tensor 'a' has elements of type 'BF16'; F32, F64, U8, I32 and I64 can "
       "be read (the header)"},
      {"no-dtype", file(tensor(R"("shape":[0],"data_offsets":[0,0])"), 0),
       "tensor 'a' has no 'dtype' (the header)"},
      {"fraction", file(tensor(R"("dtype":"F32","shape":[1.5])"), 0),
       "tensor 'a' has a number that is not whole in 'shape' (the header)"},
      {"negative", file(tensor(R"("dtype":"F32","shape":[-1])"), 0),
       "tensor 'a' has a negative number in 'shape' (the header)"},
      {"extra", file(tensor(R"("dtype":"F32","kind":1)"), 0),
       "tensor 'a' has the unknown entry 'kind' (the header)"},
      {"field-twice", file(tensor(R"("dtype":"F32","dtype":"F32")"), 0),
       "tensor 'a' gives 'dtype' twice (the header)"},
      {"pair",
       file(tensor(R"("dtype":"F32","shape":[],"data_offsets":[4])"), 4),
       "tensor 'a' has 'data_offsets' that are no pair [begin, end] (the "
       "header)"},
      {"backwards",
       file(tensor(R"("dtype":"F32","shape":[],"data_offsets":[4,0])"), 4),
       "tensor 'a' has 'data_offsets' that are no pair [begin, end] (the "
       "header)"},
      {"product",
       file(tensor(R"("dtype":"F32","shape":[3],"data_offsets":[0,8])"), 8),
       "tensor 'a' of shape [3] needs 12 bytes, but has 8 (the header)"},
      {"overflow",
       file(
           tensor(
               R"("dtype":"F32","shape":[4294967296,4294967312],"data_offsets":[0,64])"),
           64),
       "tensor 'a' has more elements than can be counted: [4294967296, "
       "4294967312] (the header)"},
  };
  expectRefused(5, readSafetensors, files);
}

/// A header of two tensors, four bytes each.
static std::string twoTensors(const char *nameB, const char *offsetsB) {
  return std::string(
             R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},")") +
         nameB + R"(":{"dtype":"F32","shape":[1],"data_offsets":)" + offsetsB +
         "}}";
}

TEST(Safetensors, RefusesWrongOffsets) {
  const BadFile files[] = {
      {"name-twice", file(twoTensors("a", "[4,8]"), 8),
       "tensor 'a' stands twice in the header (the header)"},
      {"hole", file(twoTensors("b", "[8,12]"), 12),
       "tensor 'b' leaves a hole before it (byte 124)"},
      {"overlap", file(twoTensors("b", "[2,6]"), 8),
       "tensor 'b' overlaps the one before it (byte 117)"},
      {"beyond", file(twoTensors("b", "[4,8]"), 6),
       "tensor 'b' ends at byte 8 of 6 bytes of data (byte 119)"},
      {"rest", file(twoTensors("b", "[4,8]"), 9),
       "1 bytes after the last tensor belong to none (byte 123)"},
      {"no-data", file(twoTensors("b", "[4,8]"), 0),
       "tensor 'a' ends at byte 4 of 0 bytes of data (byte 115)"},
  };
  expectRefused(5, readSafetensors, files);
}

// Depth and number cost no stack and little memory.
TEST(Safetensors, RefusesDeepAndManyEntries) {
  TestFolder folder;
  std::string deep = "{\"a\":" + std::string(1000000, '[');
  EXPECT_EQ(messageOf(readSafetensors(folder.write("deep", file(deep, 0)))),
            "5: " + folder.path("deep") +
                ": its header holds a list where an object must stand (the "
                "header)");
  std::string many = "{";
  for (int i = 0; i < 100000; ++i)
    many += "\"" + std::to_string(i) +
            R"(":{"dtype":"F32","shape":[0],"data_offsets":[0,0]},)";
  many.back() = '}';
  EXPECT_EQ(messageOf(readSafetensors(folder.write("many", file(many, 0)))),
            "5: " + folder.path("many") +
                ": has more than 20000 tensors (the header)");
}

// No prefix and no flipped byte of the header ends in a crash.
TEST(Safetensors, SurvivesDamage) {
  TestFolder folder;
  std::string good = file(twoTensors("b", "[4,8]"), 8);
  for (size_t size = 0; size < good.size(); ++size)
    EXPECT_NE(
        messageOf(readSafetensors(folder.write("x", good.substr(0, size)))),
        "no error");
  for (size_t i = 0; i < good.size() - 8; ++i)
    for (int bit : {0, 4, 7}) {
      std::string bad = good;
      bad[i] ^= 1 << bit;
      consumeError(readSafetensors(folder.write("x", bad)).takeError());
    }
}

} // namespace gradc::data
