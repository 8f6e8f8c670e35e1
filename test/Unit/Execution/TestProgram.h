//===- TestProgram.h - Programs made without the compiler -------*- C++ -*-===//

#ifndef GRADC_TEST_UNIT_EXECUTION_TESTPROGRAM_H
#define GRADC_TEST_UNIT_EXECUTION_TESTPROGRAM_H

#include "gradc/Execution/Trainer.h"
#include "llvm/ADT/StringExtras.h"
#include "gtest/gtest.h"

namespace gradc {

/// Compiles LLVM IR to an object file.
std::string compileIR(llvm::StringRef ir);

/// A program whose functions are C++ functions of the test: each is a jump to
/// its address.
class TestProgram {
public:
  TestProgram(int64_t batch, bool isF64);
  /// Adds a variable behind those that are there.
  TestProgram &variable(llvm::StringRef name, llvm::StringRef kind,
                        llvm::ArrayRef<int64_t> shape);
  TestProgram &function(llvm::StringRef name, StepFunction function,
                        std::vector<std::string> reports);
  /// Gives the last function an output.
  TestProgram &output(llvm::StringRef name, llvm::ArrayRef<int64_t> shape);

  Program program;

  std::unique_ptr<Model> load();

private:
  std::string ir;
  llvm::StringRef lastFunction;
};

/// Samples 0, 1, 2, ... of one value, with targets of ten times that.
data::DataSet countingData(int64_t count);

/// The value of that report; NaN where there is none.
double get(llvm::ArrayRef<Report> reports, llvm::StringRef name);

inline std::string messageOf(llvm::Error error) {
  return llvm::toString(std::move(error));
}
template <typename T> std::string messageOf(llvm::Expected<T> result) {
  return result ? "" : llvm::toString(result.takeError());
}

} // namespace gradc

#endif // GRADC_TEST_UNIT_EXECUTION_TESTPROGRAM_H
