//===- SettingWords.h - The words that the host acts on ---------*- C++ -*-===//

#ifndef GRADC_LIB_IMPORT_SETTINGWORDS_H
#define GRADC_LIB_IMPORT_SETTINGWORDS_H

#include "gradc/Import/TrainSettings.h"

namespace gradc {

/// A word of a section and what reads its line. Words of a later version have
/// nothing that reads them.
struct SettingWord {
  llvm::StringRef word;
  mlir::LogicalResult (*read)(SourceArguments &arguments,
                              TrainSettings &settings);
};

/// The words of the data section.
llvm::ArrayRef<SettingWord> getDataWords();
/// Those of the train section that become no ops.
llvm::ArrayRef<SettingWord> getTrainWords();

// A seed must be exact as a number of the source.
inline constexpr int64_t kLargestSeed = (int64_t(1) << 53) - 1;

/// A number in `range`, a whole one where `isWhole`.
mlir::FailureOr<double> readNumber(const SourceValue &value,
                                   llvm::StringRef name, NumberRange range,
                                   bool isWhole = false);
/// The same, where `name=number` is given; never by its position.
mlir::FailureOr<double> takeNamedNumberOr(SourceArguments &arguments,
                                          llvm::StringRef name,
                                          double otherwise, NumberRange range,
                                          bool isWhole = false);

} // namespace gradc

#endif // GRADC_LIB_IMPORT_SETTINGWORDS_H
