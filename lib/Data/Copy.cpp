//===- Copy.cpp - The copying problem -------------------------------------===//
//
// S. Hochreiter, J. Schmidhuber: Long short-term memory, Neural Computation
// 9(8), 1997; M. Arjovsky, A. Shah, Y. Bengio: Unitary evolution recurrent
// neural networks, ICML 2016, section 5.1: symbols are shown, a long time
// passes, then they are to be said in their order, one each step.
//
// Here a sample asks for one of them: it ends at one of the steps at which the
// problem wants an answer, each equally likely. So one class a sample is
// enough, and the mean loss is that of the whole problem's answers.
//
//===----------------------------------------------------------------------===//

#include "DrawnSamples.h"
#include "gradc/Data/FileError.h"
#include <fmt/format.h>

using namespace llvm;

namespace gradc::data {

static Expected<DataSet> loadCopy(const SourceRequest &request) {
  int64_t length = request.options.lookup("length");
  int64_t symbols = request.options.lookup("symbols");
  int64_t words = request.options.lookup("words");
  if (length < 2 * words)
    return makeError(FileError::Kind::Data, "copy",
                     fmt::format("length={} is too short to show words={} and "
                                 "to ask for each; at least {} are needed",
                                 length, words, 2 * words));
  const int64_t channels = symbols + 2, blank = symbols, cue = symbols + 1;
  auto draw = [&](Random &random, MutableArrayRef<float> inputs,
                  MutableArrayRef<int32_t> label) {
    auto asked = int64_t(random.below(words));
    for (int64_t step = 0; step < length; ++step) {
      int64_t symbol = step >= length - 1 - asked ? cue : blank;
      if (step < words)
        symbol = random.below(symbols);
      inputs[step * channels + symbol] = 1;
      if (step == asked)
        label[0] = symbol;
    }
  };
  return drawClasses("copy", request, {length, channels}, symbols, draw);
}

SourceKind getCopySource() {
  static constexpr SourceOption options[] = {
      makeLengthOption(20, 2),
      {"symbols", 8, 2, 1000, true, "how many symbols there are"},
      {"words", 3, 1, 10'000, true, "how many of them are shown"},
      makeCountOption(10000),
      kSeedOption};
  return {
      "copy",
      "the copying problem: symbols, blanks, then as many cues as the place "
      "of the wanted symbol",
      0,
      options,
      true,
      loadCopy};
}

} // namespace gradc::data
