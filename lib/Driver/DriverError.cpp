//===- DriverError.cpp - Why gradc ends early -----------------------------===//

#include "gradc/Driver/DriverError.h"

#include "llvm/Support/raw_ostream.h"

namespace gradc {

char DriverError::ID = 0;

void DriverError::log(llvm::raw_ostream &os) const { os << text; }

std::error_code DriverError::convertToErrorCode() const {
  return llvm::inconvertibleErrorCode();
}

llvm::Error makeDriverError(ExitCode exitCode, const llvm::Twine &text,
                            std::vector<std::string> notes) {
  return llvm::make_error<DriverError>(static_cast<int>(exitCode), text.str(),
                                       std::move(notes));
}

llvm::Error makeUsageError(const llvm::Twine &text) {
  return llvm::make_error<DriverError>(static_cast<int>(ExitCode::Usage),
                                       text.str(), std::vector<std::string>(),
                                       /*showsUsage=*/true);
}

llvm::Error makeReportedError(ExitCode exitCode) {
  return makeDriverError(exitCode, "");
}

} // namespace gradc
