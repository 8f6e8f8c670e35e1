//===- TrainSettingsTest.cpp ----------------------------------------------===//

#include "gradc/Import/TrainSettings.h"
#include "gradc/Frontend/Parser.h"
#include "mlir/IR/MLIRContext.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"
#include "gtest/gtest.h"

using namespace mlir;
using namespace llvm;

namespace gradc {

/// `line:column: text` of a diagnostic and its notes.
static std::string describe(Diagnostic &diagnostic) {
  std::string text;
  raw_string_ostream os(text);
  if (auto place = diagnostic.getLocation()->findInstanceOf<FileLineColRange>())
    os << place.getStartLine() << ':' << place.getStartColumn() << ": ";
  os << diagnostic.str();
  for (Diagnostic &note : diagnostic.getNotes())
    os << "; " << describe(note);
  return text;
}

namespace {
struct Settings : testing::Test {
  /// Reads a file of these data and train lines; the data begin in line 2, the
  /// train lines in line 5, where the data are one line.
  TrainSettings read(StringRef data, StringRef train = "") {
    problems.clear();
    ScopedDiagnosticHandler handler(&context, [&](Diagnostic &diagnostic) {
      problems.push_back(describe(diagnostic));
      return success();
    });
    std::string text = ("data {\n" + data + "\n}\ntrain {\n" + train +
                        "\n}\nnet { input x[2] }\n")
                           .str();
    SourceMgr sources;
    unsigned id = sources.AddNewSourceBuffer(
        MemoryBuffer::getMemBufferCopy(text, "a.net"), SMLoc());
    FailureOr<ast::File> file = parseNet(sources, id, &context);
    EXPECT_TRUE(succeeded(file));
    FailureOr<ElaboratedFile> elaborated = elaborate(*file, {}, &context);
    EXPECT_TRUE(succeeded(elaborated));
    FailureOr<TrainSettings> settings =
        readTrainSettings(*elaborated, {"loss", "optimizer", "decay", "clip"});
    EXPECT_EQ(failed(settings), !problems.empty());
    return succeeded(settings) ? *settings : TrainSettings();
  }
  /// The one problem of these lines.
  std::string refuse(StringRef data, StringRef train = "") {
    read(data, train);
    EXPECT_EQ(problems.size(), 1u);
    return problems.empty() ? "" : problems[0];
  }

  MLIRContext context;
  std::vector<std::string> problems;
};
} // namespace

TEST_F(Settings, HaveDefaults) {
  TrainSettings settings = read("");
  EXPECT_FALSE(settings.source || settings.test || settings.scale);
  EXPECT_TRUE(settings.shuffle);
  EXPECT_EQ(settings.batch, 32);
  EXPECT_EQ(settings.epochs, 1);
  EXPECT_EQ(settings.watchEvery, 10);
}

TEST_F(Settings, ReadTheData) {
  TrainSettings settings = read("source digits count=12000 seed=3\n"
                                "test idx \"images\" \"labels\"\n"
                                "scale (1 / 255) ; normalize 0.5 std=2\n"
                                "shuffle off seed=7\n"
                                "split validation=0.1 random=on");
  ASSERT_TRUE(settings.source && settings.test);
  EXPECT_EQ(settings.source->word, "digits");
  ASSERT_EQ(settings.source->options.size(), 2u);
  EXPECT_EQ(settings.source->options[0].first, "count");
  EXPECT_EQ(settings.source->options[0].second, 12000);
  EXPECT_EQ(settings.test->files,
            std::vector<std::string>({"images", "labels"}));
  EXPECT_EQ(settings.scale, 1.0 / 255);
  EXPECT_EQ(settings.mean, 0.5);
  EXPECT_EQ(settings.deviation, 2);
  EXPECT_FALSE(settings.shuffle);
  EXPECT_EQ(settings.shuffleSeed, 7u);
  EXPECT_EQ(settings.validation, 0.1);
  EXPECT_TRUE(settings.randomSplit);
}

TEST_F(Settings, ReadTheTraining) {
  TrainSettings settings = read("", "batch 10 drop_last=on ; epochs 30\n"
                                    "seed 5 ; steps 1000 ; schedule constant\n"
                                    "watch gradients every=25 ; loss mse\n"
                                    "decay l1 1e-4 ; decay l2 1e-4");
  EXPECT_EQ(settings.batch, 10);
  EXPECT_TRUE(settings.dropLast);
  EXPECT_EQ(settings.epochs, 30);
  EXPECT_EQ(settings.steps, 1000);
  EXPECT_EQ(settings.seed, 5u);
  EXPECT_EQ(settings.watchEvery, 25);
  EXPECT_FALSE(settings.watchesTime);
  EXPECT_TRUE(read("", "watch gradients through_time=on").watchesTime);
  EXPECT_EQ(read("", "watch off").watchEvery, 0);
  EXPECT_EQ(read("", "steps 500").epochs, 0);
}

TEST_F(Settings, RefuseWhatIsUnknown) {
  EXPECT_EQ(refuse("sourse digits"),
            "2:1: unknown word 'sourse' in 'data'; did you mean 'source'?");
  EXPECT_EQ(refuse("", "epoch 3"),
            "5:1: unknown word 'epoch' in 'train'; did you mean 'epochs'?");
  EXPECT_EQ(refuse("", "optimiser sgd"),
            "5:1: unknown word 'optimiser' in 'train'; did you mean "
            "'optimizer'?");
  EXPECT_EQ(refuse("batch 3"), "2:1: 'batch' belongs to the 'train' section");
  EXPECT_EQ(refuse("source digit"),
            "2:8: unknown data source 'digit'; did you mean 'digits'?");
  EXPECT_EQ(refuse("source digits cuont=3"),
            "2:15: 'source' has no argument 'cuont'; did you mean 'count'?");
}

// Every word of a later version, at its place.
TEST_F(Settings, RefuseWhatComesLater) {
  EXPECT_EQ(refuse("source csv \"a.csv\" target=last"),
            "2:8: 'csv' is not supported yet");
  EXPECT_EQ(refuse("", "schedule cosine warmup=500"),
            "5:10: 'schedule cosine' is not supported yet");
  EXPECT_EQ(refuse("", "schedule step every=(8 * epoch)"),
            "5:10: 'schedule step' is not supported yet");
  EXPECT_EQ(refuse("", "phase finetune { epochs 20 }"),
            "5:1: 'phase' is not supported yet");
  read("", "stop patience=3\ncheckpoint every=1\nrestore \"a\"\n"
           "freeze a\nunfreeze a\nexpect a");
  EXPECT_EQ(problems.size(), 6u);
}

TEST_F(Settings, RefuseValues) {
  EXPECT_EQ(refuse("source digits count=0"),
            "2:21: 'count' must be a whole number, at least 1 and at most "
            "100000000, found '0'");
  EXPECT_EQ(refuse("source idx \"images\""),
            "2:1: 'idx' needs the names of 2 files, found 1");
  EXPECT_EQ(refuse("source npy \"x\" \"y\" \"z\""),
            "2:20: 'npy' reads 2 files, found a further one");
  EXPECT_EQ(refuse("source npy x \"y\""),
            "2:12: expected the name of a file in quotes, found 'x'");
  EXPECT_EQ(refuse("source digits 1000"),
            "2:15: 'source' takes no further value, found '1000'");
  EXPECT_EQ(refuse("split validation=1.5"),
            "2:18: 'validation' must be a share below 1 or a whole number of "
            "samples, found '1.5'");
  EXPECT_EQ(refuse("split validation=0.5 test=0.5"),
            "2:1: 'validation' and 'test' together leave nothing to train on");
  EXPECT_EQ(refuse("scale 0"), "2:1: 'scale 0' makes all inputs the same");
  EXPECT_EQ(refuse("normalize 0.5 0"),
            "2:15: 'std' must be greater than 0, found '0'");
  EXPECT_EQ(refuse("", "batch 0"),
            "5:7: 'size' must be a whole number from 1 to 16777216, found '0'");
  EXPECT_EQ(refuse("", "batch 3 drop_last=maybe"),
            "5:19: 'drop_last' must be 'on' or 'off', found 'maybe'");
  EXPECT_EQ(refuse("", "watch gradients every=0"),
            "5:23: 'every' must be a whole number, at least 1 and at most "
            "1125899906842624, found '0'");
}

TEST_F(Settings, RefuseALineGivenTwice) {
  EXPECT_EQ(refuse("", "loss mse\nbatch 3\nloss mae"),
            "7:1: 'loss' is given twice; 5:1: the first is here");
  EXPECT_EQ(refuse("source digits\nsource digits"),
            "3:1: 'source' is given twice; 2:1: the first is here");
  EXPECT_EQ(refuse("test digits\nsplit test=0.1"),
            "3:1: 'split' sets samples aside for a test, but the test has a "
            "set of its own; 2:1: it is given here");
}

} // namespace gradc
