//===- NpyErrorsTest.cpp --------------------------------------------------===//

#include "TestFiles.h"
#include "gradc/Data/Npy.h"

using namespace llvm;

namespace gradc::data {

/// A file of version 1 with this dictionary and these elements.
static std::string npy(const std::string &dictionary,
                       const std::string &elements = "") {
  return "\x93NUMPY" + bytes({1, 0, int(dictionary.size()), 0}) + dictionary +
         elements;
}
static std::string npy(const std::string &descr, const std::string &shape,
                       const std::string &elements) {
  return npy("{'descr': '" + descr +
                 "', 'fortran_order': False, 'shape': " + shape + ", }",
             elements);
}

TEST(Npy, RefusesMalformedFiles) {
  std::string good = npy("|u1", "(2, 2)", bytes({1, 2, 3, 4}));
  std::string version3 = good, longHeader = good;
  version3[6] = 3;
  longHeader[9] = '\x7f';
  const BadFile files[] = {
      {"empty", "", "is empty"},
      {"magic", "some other text", "is not a .npy file (byte 0)"},
      {"npz", "PK\x03\x04 and more", "is a .npz archive, not .npy (byte 0)"},
      {"version", version3,
       "has the .npy version 3.0; 1.0 and 2.0 can be read (byte 6)"},
      {"long", longHeader,
       "has a header of 32571 bytes; no array needs more than 10000 (byte 8)"},
      {"short", good.substr(0, 40), "ends within its header (byte 40)"},
      {"truncated", good.substr(0, good.size() - 1),
       "ends after 3 of 4 bytes of data (item 1)"},
      {"trailing", good + "x",
       "holds more bytes than its header says (byte 73)"},
      {"overflow", npy("<f4", "(4294967296, 4294967312)", ""),
       "has more elements than can be counted: [4294967296, 4294967312] (byte "
       "10)"},
      {"48-mib", npy("<f4", "(12582912,)", std::string(80, '0')),
       "ends after 80 of 50331648 bytes of data (item 20)"},
  };
  expectRefused(4, readNpy, files);
}

TEST(Npy, RefusesOtherTypes) {
  const BadFile files[] = {
      {"big-endian", npy(">f4", "(1,)", "1234"),
       "is big-endian ('>f4'); convert it: "
       "x.astype(x.dtype.newbyteorder('<')) (byte 10)"},
      {"object", npy("|O", "(1,)", ""),
       "holds Python objects, which are never unpickled; save numbers (byte "
       "10)"},
      {"bool", npy("|b1", "(1,)", "1"),
       "holds truth values ('|b1'); convert them: x.astype('u1') (byte 10)"},
      {"half", npy("<f2", "(1,)", "12"),
       "has elements of type '<f2'; f4, f8, u1, i4 and i8 can be read (byte "
       "10)"},
      {"records", npy("{'descr': [('a', '<f4')], 'shape': (1,)}"),
       "its header describes records (a structured type); only plain numbers "
       "can be read (byte 21)"},
      {"fortran",
       npy("{'descr': '<f4', 'fortran_order': True, 'shape': (2, 2)}"),
       "is in Fortran order; save it in C order: np.ascontiguousarray(x) "
       "(byte 10)"},
      {"control", npy("\x1b[31m", "(1,)", "1"),
       "has elements of type '\\1B[31m'; f4, f8, u1, i4 and i8 can be read "
       "(byte 10)"},
  };
  expectRefused(4, readNpy, files);
}

TEST(Npy, RefusesWrongDictionaries) {
  const BadFile files[] = {
      {"text", npy("import os"),
       "its header is not the text of a dictionary (byte 10)"},
      {"negative", npy("<f4", "(-1,)", ""),
       "its header has a 'shape' with a dimension that is no whole number "
       "(byte 61)"},
      {"twice", npy("{'descr': '<f4', 'descr': '<f4'}"),
       "its header gives 'descr' twice (byte 35)"},
      {"missing", npy("{'descr': '<f4', 'fortran_order': False}"),
       "its header has no 'shape' (byte 50)"},
      {"unknown", npy("{'color': 1}"),
       "its header has the unknown entry 'color' (byte 19)"},
      {"open", npy("{'descr': '<f4', 'shape': (1, 2 "),
       "its header has a 'shape' without its closing bracket (byte 42)"},
  };
  expectRefused(4, readNpy, files);
}

// No prefix and no single changed byte of the header ends in a crash.
TEST(Npy, SurvivesDamage) {
  TestFolder folder;
  std::string good = npy("<f4", "(2, 2)", std::string(16, '1'));
  for (size_t size = 0; size < good.size(); ++size)
    EXPECT_NE(messageOf(readNpy(folder.write("x", good.substr(0, size)))),
              "no error");
  for (size_t i = 0; i < good.size() - 16; ++i)
    for (char value : {'\0', '\xff', '(', '9', '\''}) {
      std::string bad = good;
      bad[i] = value;
      consumeError(readNpy(folder.write("x", bad)).takeError());
    }
}

} // namespace gradc::data
