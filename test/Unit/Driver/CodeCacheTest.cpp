//===- CodeCacheTest.cpp --------------------------------------------------===//

#include "gradc/Driver/CodeCache.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "gtest/gtest.h"
#include <cstdlib>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

using namespace llvm;

namespace gradc {
namespace {
struct CodeCacheTest : testing::Test {
  CodeCacheTest() {
    EXPECT_FALSE(sys::fs::createUniqueDirectory("gradc-cache", folder));
  }
  ~CodeCacheTest() override { sys::fs::remove_directories(folder); }

  static Program makeProgram(size_t bytes) {
    Program program;
    program.networkName = "net";
    program.object = std::string(bytes, 'x');
    return program;
  }
  std::vector<std::string> list() const {
    std::vector<std::string> paths;
    std::error_code code;
    for (sys::fs::directory_iterator it(folder, code), end; it != end && !code;
         it.increment(code))
      paths.push_back(it->path());
    return paths;
  }

  SmallString<128> folder;
  ProgramKey first = {1}, second = {2}, third = {3};
};
} // namespace

TEST_F(CodeCacheTest, FindsWhatWasKept) {
  CodeCache cache((folder + "/deep" + "/deeper").str());
  EXPECT_FALSE(cache.find(first));
  cache.keep(first, makeProgram(10));
  std::optional<Program> found = cache.find(first);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->object, std::string(10, 'x'));
  EXPECT_FALSE(cache.find(second));
  cache.keep(first, makeProgram(11));
  EXPECT_EQ(cache.find(first)->object.size(), 11u);
}

TEST_F(CodeCacheTest, KeepsItForItsOwnerAlone) {
  CodeCache cache(folder.str().str());
  cache.keep(first, makeProgram(10));
  ASSERT_EQ(list().size(), 1u);
  std::string path = list().front();
  struct stat status;
  ASSERT_EQ(::stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
  ASSERT_EQ(::chmod(path.c_str(), 0620), 0);
  EXPECT_FALSE(cache.find(first));
  // A new file takes its place, with its own permissions.
  cache.keep(first, makeProgram(10));
  EXPECT_TRUE(cache.find(first));
  if (::geteuid() == 0 && ::chown(path.c_str(), 1, 1) == 0)
    EXPECT_FALSE(cache.find(first));
}

TEST_F(CodeCacheTest, FollowsNoLink) {
  CodeCache cache(folder.str().str());
  cache.keep(first, makeProgram(10));
  std::string path = list().front(), moved = path + ".moved";
  ASSERT_FALSE(sys::fs::rename(path, moved));
  ASSERT_FALSE(sys::fs::create_link(moved, path));
  EXPECT_FALSE(cache.find(first));
}

// The one that was used last stays, though it was written first.
TEST_F(CodeCacheTest, RemovesWhatWasNotUsedForLongest) {
  CodeCache cache(folder.str().str());
  for (const ProgramKey &key : {first, second})
    cache.keep(key, makeProgram(1000));
  for (const std::string &path : list()) {
    timeval past[2] = {{1000, 0}, {1000, 0}};
    ASSERT_EQ(::utimes(path.c_str(), past), 0);
  }
  EXPECT_TRUE(cache.find(first));
  cache.keep(third, makeProgram(1000), /*limit=*/3000);
  EXPECT_TRUE(cache.find(first));
  EXPECT_FALSE(cache.find(second));
  EXPECT_TRUE(cache.find(third));
}

TEST_F(CodeCacheTest, RemovesWhatWasNeverFinished) {
  CodeCache cache(folder.str().str());
  cache.keep(first, makeProgram(10));
  std::string left = list().front() + ".abcdef.tmp";
  ASSERT_FALSE(sys::fs::copy_file(list().front(), left));
  cache.keep(second, makeProgram(10));
  EXPECT_EQ(list().size(), 3u); // it may still be written
  timeval past[2] = {{1000, 0}, {1000, 0}};
  ASSERT_EQ(::utimes(left.c_str(), past), 0);
  cache.keep(third, makeProgram(10));
  EXPECT_EQ(list().size(), 3u);
}

TEST_F(CodeCacheTest, LivesWithoutAFolder) {
  for (StringRef none : {"", "/proc/nothing", "/dev/null"}) {
    CodeCache cache(none.str());
    cache.keep(first, makeProgram(10));
    EXPECT_FALSE(cache.find(first));
  }
}

TEST(CacheFolder, IsWhereTheEnvironmentSays) {
  ::setenv("HOME", "/nonexistent/home", 1);
  ::unsetenv("GRADC_CACHE_DIR");
  ::unsetenv("XDG_CACHE_HOME");
  EXPECT_EQ(getCacheFolder(""), "/nonexistent/home/.cache/gradc");
  ::setenv("XDG_CACHE_HOME", "relative", 1);
  EXPECT_EQ(getCacheFolder(""), "/nonexistent/home/.cache/gradc");
  ::setenv("XDG_CACHE_HOME", "/nonexistent/cache", 1);
  EXPECT_EQ(getCacheFolder(""), "/nonexistent/cache/gradc");
  ::setenv("GRADC_CACHE_DIR", "own", 1);
  EXPECT_EQ(getCacheFolder(""), "own");
  EXPECT_EQ(getCacheFolder("given"), "given");
  EXPECT_EQ(getCacheFolder("off"), "");
  ::setenv("GRADC_CACHE_DIR", "off", 1);
  EXPECT_EQ(getCacheFolder(""), "");
  EXPECT_EQ(getCacheFolder("given"), "given");
}

} // namespace gradc
