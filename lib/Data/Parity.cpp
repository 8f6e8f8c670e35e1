//===- Parity.cpp - Is the number of ones odd? ----------------------------===//

#include "DrawnSamples.h"

using namespace llvm;

namespace gradc::data {

static Expected<DataSet> loadParity(const SourceRequest &request) {
  int64_t length = request.options.lookup("length");
  auto draw = [&](Random &random, MutableArrayRef<float> inputs,
                  MutableArrayRef<int32_t> label) {
    for (float &bit : inputs) {
      bit = random.word() >> 31;
      label[0] ^= static_cast<int32_t>(bit);
    }
  };
  return drawClasses("parity", request, {length, 1}, 2, draw);
}

SourceKind getParitySource() {
  static constexpr SourceOption options[] = {
      makeLengthOption(10, 1), makeCountOption(1000), kSeedOption};
  return {"parity", "sequences of 0 and 1; class 1 where the ones are odd",
          0,        options,
          true,     loadParity};
}

} // namespace gradc::data
