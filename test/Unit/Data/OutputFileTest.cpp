//===- OutputFileTest.cpp -------------------------------------------------===//

#include "gradc/Data/OutputFile.h"
#include "TestFiles.h"
#include "llvm/Support/MemoryBuffer.h"
#include <sys/stat.h>
#include <unistd.h>

using namespace llvm;

namespace gradc::data {

static Error writeText(StringRef path, StringRef text) {
  return writeFile(path, {ArrayRef(text.data(), text.size())});
}

static std::string readText(StringRef path) {
  return cantFail(errorOrToExpected(MemoryBuffer::getFile(path)))
      ->getBuffer()
      .str();
}

static int countFiles(StringRef folder) {
  std::error_code error;
  int count = 0;
  for (sys::fs::directory_iterator file(folder, error), end; file != end;
       file.increment(error))
    ++count;
  return count;
}

TEST(OutputFile, WritesAndReplaces) {
  TestFolder folder;
  ASSERT_EQ(messageOf(writeText(folder.path("x"), "old")), "no error");
  ASSERT_EQ(::chmod(folder.path("x").c_str(), 0600), 0);
  ASSERT_EQ(messageOf(writeText(folder.path("x"), "new")), "no error");
  EXPECT_EQ(readText(folder.path("x")), "new");
  struct stat status;
  ASSERT_EQ(::stat(folder.path("x").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
  EXPECT_EQ(countFiles(folder.getPath()), 1);
}

TEST(OutputFile, ALinkStaysALink) {
  TestFolder folder;
  folder.write("target", "old");
  ASSERT_EQ(::symlink("target", folder.path("link").c_str()), 0);
  ASSERT_EQ(messageOf(writeText(folder.path("link"), "new")), "no error");
  EXPECT_TRUE(sys::fs::is_symlink_file(folder.path("link")));
  EXPECT_EQ(readText(folder.path("target")), "new");
}

// A device is written, never replaced by a file.
TEST(OutputFile, ADeviceStaysADevice) {
  TestFolder folder;
  ASSERT_EQ(::symlink("/dev/null", folder.path("null").c_str()), 0);
  EXPECT_EQ(messageOf(writeText(folder.path("null"), "text")), "no error");
  if (::access("/dev/full", W_OK) == 0) {
    ASSERT_EQ(::symlink("/dev/full", folder.path("full").c_str()), 0);
    EXPECT_EQ(messageOf(writeText(folder.path("full"), "text")),
              "7: " + folder.path("full") +
                  ": cannot write: No space left on device");
  }
}

TEST(OutputFile, SaysWhyItFails) {
  TestFolder folder;
  std::string lost = folder.path("lost/x");
  EXPECT_EQ(messageOf(writeText(lost, "text")),
            "7: " + lost +
                ": cannot create a file in its folder: No such file or "
                "directory");
  EXPECT_EQ(messageOf(writeText(folder.getPath(), "text")),
            "7: " + folder.getPath() + ": cannot write: Is a directory");
  ASSERT_EQ(::symlink("nowhere", folder.path("link").c_str()), 0);
  EXPECT_EQ(messageOf(writeText(folder.path("link"), "text")),
            "7: " + folder.path("link") +
                ": is a link to nowhere: No such file or directory");
  EXPECT_EQ(countFiles(folder.getPath()), 1);
}

} // namespace gradc::data
