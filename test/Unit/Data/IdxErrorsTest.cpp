//===- IdxErrorsTest.cpp --------------------------------------------------===//

#include "IdxFiles.h"
#include "gradc/Data/Idx.h"

using namespace llvm;

namespace gradc::data {

TEST(Idx, RefusesMalformedFiles) {
  std::string huge = bytes(
      {0, 0, 8, 3, 127, 127, 127, 127, 127, 127, 127, 127, 127, 127, 127, 127});
  const BadFile files[] = {
      {"empty", "", "is empty"},
      {"short-magic", bytes({0, 0}), "ends within its header (byte 2)"},
      {"magic", "text that is no IDX",
       "is not an IDX file: it begins with 74657874 instead of 0000 (byte 0)"},
      {"npy", "\x93NUMPY\x01", "is a .npy file, not IDX (byte 0)"},
      {"type", bytes({0, 0, 7, 1, 0, 0, 0, 1, 0}),
       "has the unknown IDX type 0x07 (byte 2)"},
      {"rank-0", bytes({0, 0, 8, 0}),
       "has 0 dimensions; 1 to 8 can be read (byte 3)"},
      {"rank-200", bytes({0, 0, 8, 200}),
       "has 200 dimensions; 1 to 8 can be read (byte 3)"},
      {"short-dimensions", bytes({0, 0, 8, 2, 0, 0, 0, 1, 0}),
       "ends within its header (byte 9)"},
      {"truncated", bytes({0, 0, 8, 2, 0, 0, 0, 3, 0, 0, 0, 2, 1, 2, 3}),
       "ends after 3 of 6 bytes of data (item 1)"},
      {"trailing", threeBytes + "x",
       "holds more bytes than its header says (byte 11)"},
      {"overflow", huge,
       "has more elements than can be counted: [2139062143, 2139062143, "
       "2139062143] (byte 4)"},
      {"gigabytes", bytes({0, 0, 8, 1, 127, 0, 0, 0, 1}),
       "ends after 1 of 2130706432 bytes of data (item 1)"},
  };
  expectRefused(4, readIdx, files);
}

TEST(Idx, RefusesDamagedGzip) {
  std::string zipped = gzip(threeBytes), wrongSum = zipped, wrongSize = zipped;
  wrongSum[wrongSum.size() - 8] ^= 1;
  wrongSize[wrongSize.size() - 4] ^= 1;
  std::string wrongBlock = zipped;
  wrongBlock[10] = 7;
  const BadFile files[] = {
      {"gz-truncated", zipped.substr(0, zipped.size() - 8),
       "gzip data end before their checksum: the file is truncated (byte 23)"},
      {"gz-header-only", zipped.substr(0, 10),
       "gzip data end before their checksum: the file is truncated (byte 10)"},
      {"gz-checksum", wrongSum,
       "damaged gzip data: incorrect data check (byte 11 of the inflated "
       "data)"},
      {"gz-length", wrongSize,
       "damaged gzip data: incorrect length check (byte 11 of the inflated "
       "data)"},
      {"gz-block", wrongBlock,
       "damaged gzip data: invalid block type (byte 0 of the inflated data)"},
      {"gz-trailing", zipped + "garbage",
       "bytes that are not gzip follow the gzip data"},
      {"gz-short", gzip(threeBytes.substr(0, 9)),
       "ends after 1 of 3 bytes of data (item 1)"},
      {"gz-long", gzip(threeBytes + "x"),
       "holds more bytes than its header says (byte 11)"},
  };
  expectRefused(4, readIdx, files);
}

TEST(Idx, RefusesWhatIsNoFile) {
  TestFolder folder;
  EXPECT_EQ(messageOf(readIdx(folder.path("none"))),
            "4: " + folder.path("none") + ": No such file or directory");
  EXPECT_EQ(messageOf(readIdx(folder.getPath())),
            "4: " + folder.getPath() + ": is a directory, not a file");
}

// A file of a hundred bytes that promises 2 GiB of zeros costs no such memory:
// more than gzip can hold is refused at once.
TEST(Idx, HeaderAloneAllocatesNothing) {
  TestFolder folder;
  std::string content = gzip(bytes({0, 0, 8, 1, 127, 0, 0, 0, 1}));
  std::string message = messageOf(readIdx(folder.write("x.gz", content)));
  EXPECT_NE(message.find("of 2130706432 bytes of data"), std::string::npos)
      << message;
}

} // namespace gradc::data
