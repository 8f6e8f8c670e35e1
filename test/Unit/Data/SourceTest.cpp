//===- SourceTest.cpp -----------------------------------------------------===//

#include "gradc/Data/Source.h"
#include "TestFiles.h"
#include "gradc/Data/Idx.h"
#include "gradc/Data/Npy.h"
#include "llvm/ADT/STLExtras.h"
#include <cmath>
#include <thread>

using namespace llvm;

namespace gradc::data {

static Expected<DataSet> load(StringRef word, SourceRequest request = {}) {
  return loadSource(*findSource(word), std::move(request));
}
static Expected<DataSet>
draw(StringRef word,
     std::initializer_list<std::pair<StringRef, double>> options) {
  SourceRequest request;
  for (auto [name, value] : options)
    request.options[name] = value;
  return load(word, std::move(request));
}

// Every drawn source works with its defaults, and all defaults are allowed.
TEST(Source, TableIsSound) {
  for (const SourceKind &kind : sourceKinds()) {
    EXPECT_EQ(findSource(kind.word), &kind);
    EXPECT_FALSE(kind.summary.empty());
    EXPECT_EQ(kind.isDrawn, kind.files == 0);
    for (const SourceOption &option : kind.options) {
      EXPECT_LE(option.low, option.defaultValue);
      EXPECT_LE(option.defaultValue, option.high);
    }
    if (!kind.isDrawn)
      continue;
    DataSet data = cantFail(loadSource(kind, {}));
    EXPECT_EQ(data.inputs.getNumRows(), data.count);
    EXPECT_EQ(data.targets.getNumRows(), data.count);
    EXPECT_EQ(
        data.description.find(kind.word.str() + ", drawn by gradc, seed 1"),
        0u);
    Expected<DataSet> checked =
        makeDataSet(data.inputs, "x", data.targets, "y", "");
    EXPECT_TRUE(bool(checked)) << messageOf(std::move(checked));
  }
  EXPECT_FALSE(findSource("mnist"));
}

TEST(Source, RefusesWrongOptions) {
  EXPECT_EQ(messageOf(draw("digits", {{"cuont", 5}})),
            "4: digits: has no option 'cuont'");
  EXPECT_EQ(messageOf(draw("digits", {{"count", 0}})),
            "4: digits: count=0 is not between 1 and 100000000");
  EXPECT_EQ(messageOf(draw("digits", {{"count", 1.5}})),
            "4: digits: count=1.5 is not a whole number");
  EXPECT_EQ(messageOf(draw("spirals", {{"noise", NAN}})),
            "4: spirals: noise=nan is not between 0 and 10");
  EXPECT_EQ(messageOf(load("idx")), "4: idx: takes 2 files, not 0");
}

TEST(Source, DrawsWhatIsAsked) {
  DataSet uniform = cantFail(
      draw("uniform",
           {{"features", 3}, {"targets", 2}, {"count", 50}, {"seed", 0}}));
  EXPECT_EQ(uniform.inputs.shape, (SmallVector<int64_t>{50, 3}));
  EXPECT_EQ(uniform.targets.shape, (SmallVector<int64_t>{50, 2}));
  EXPECT_FALSE(uniform.targetsAreClasses);
  for (float value : uniform.targets.as<float>())
    EXPECT_TRUE(value >= 0 && value < 1);

  DataSet circle = cantFail(draw("circle", {{"noise", 0}}));
  for (int64_t i = 0; i < circle.count; ++i) {
    double x = circle.inputs.getElement(2 * i);
    double y = circle.inputs.getElement(2 * i + 1);
    EXPECT_EQ(std::hypot(x, y) > 0.6, circle.targets.getElement(i) == 1);
  }

  DataSet blobs =
      cantFail(draw("blobs", {{"classes", 5}, {"features", 4}, {"spread", 0}}));
  EXPECT_EQ(blobs.inputs.shape, (SmallVector<int64_t>{1000, 4}));
  EXPECT_EQ(blobs.classes, 5);
}

// A longer set begins with the shorter one; another seed gives another set.
TEST(Source, DrawsTheSameForTheSameSeed) {
  for (const SourceKind &kind : sourceKinds()) {
    if (!kind.isDrawn)
      continue;
    DataSet shorter = cantFail(draw(kind.word, {{"count", 20}}));
    DataSet longer = cantFail(draw(kind.word, {{"count", 40}}));
    DataSet other = cantFail(draw(kind.word, {{"count", 20}, {"seed", 2}}));
    longer.inputs.bytes.resize(shorter.inputs.bytes.size());
    EXPECT_EQ(shorter.inputs.bytes, longer.inputs.bytes);
    EXPECT_NE(shorter.inputs.bytes, other.inputs.bytes);
  }
}

TEST(Source, ReadsPairsOfFiles) {
  TestFolder folder;
  Array images(ElementType::U8, {2, 3, 3});
  Array labels = makeArray<uint8_t>(ElementType::U8, {2}, {1, 0});
  cantFail(writeIdx(folder.path("images"), images));
  cantFail(writeIdx(folder.path("labels"), labels));
  cantFail(writeNpy(folder.path("y.npy"), labels));
  SourceRequest request;
  request.directories = {folder.path("none"), folder.getPath()};
  // `labels.gz` is not there, but `labels` is.
  request.files = {"images", "labels.gz"};
  DataSet data = cantFail(load("idx", request));
  EXPECT_EQ(data.count, 2);
  EXPECT_EQ(data.classes, 2);
  EXPECT_EQ(data.description, "images, labels.gz");

  request.files = {"images", folder.path("y.npy")};
  EXPECT_EQ(messageOf(load("idx", request)),
            "4: " + folder.path("y.npy") +
                ": is a .npy file, not IDX (byte 0)");
}

TEST(Source, SaysWhereItLooked) {
  SourceRequest request;
  request.files = {"a.gz", "b"};
  request.directories = {"/gradc-none/1", "/gradc-none/2"};
  std::string message;
  handleAllErrors(load("idx", request).takeError(), [&](FileError &error) {
    EXPECT_EQ(error.getKind(), FileError::Kind::MissingData);
    message = error.message();
  });
  EXPECT_EQ(message, "a.gz: no such file; looked for /gradc-none/1/a.gz, "
                     "/gradc-none/1/a, /gradc-none/2/a.gz, /gradc-none/2/a");
  request.files = {"/gradc-none/x", "/gradc-none/y"};
  EXPECT_EQ(messageOf(load("npy", request)),
            "4: /gradc-none/x: no such file; looked for /gradc-none/x");
}

// Sources share nothing, so loading may run beside the compilation.
TEST(Source, LoadsInTheBackground) {
  DataSet here, there;
  std::thread thread([&] { there = cantFail(load("spirals")); });
  here = cantFail(load("spirals"));
  thread.join();
  EXPECT_EQ(here.inputs.bytes, there.inputs.bytes);
}

} // namespace gradc::data
