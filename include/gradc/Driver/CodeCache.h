//===- CodeCache.h - Programs kept from one run to the next -----*- C++ -*-===//
//
// A folder of the user's with a file for each program, so that no network is
// compiled twice. It can be deleted at any time. Whatever goes wrong with it is
// no error: then the network is compiled.
//
//===----------------------------------------------------------------------===//

#ifndef GRADC_DRIVER_CODECACHE_H
#define GRADC_DRIVER_CODECACHE_H

#include "gradc/Execution/ProgramFile.h"
#include "llvm/ADT/StringRef.h"

namespace gradc {

/// The folder that `setting` (of --cache=), else GRADC_CACHE_DIR names, or
/// gradc's own in the user's cache folder; empty where one of the former is
/// `off`, and where there is no latter.
std::string getCacheFolder(llvm::StringRef setting);

class CodeCache {
public:
  /// With an empty `folder` nothing is found and nothing kept.
  explicit CodeCache(std::string folder) : folder(std::move(folder)) {}

  bool isOn() const { return !folder.empty(); }

  /// The program of that key, if one was kept, and whole. Code of another user,
  /// or that another user could have changed, is none.
  std::optional<Program> find(const ProgramKey &key) const;

  /// Keeps `program`, unless the folder cannot be written. Those that were not
  /// used for longest leave where all take more than `limit` bytes.
  void keep(const ProgramKey &key, const Program &program,
            uint64_t limit = uint64_t(256) << 20) const;

private:
  std::string folder;

  std::string getPath(const ProgramKey &key) const;
};

} // namespace gradc

#endif // GRADC_DRIVER_CODECACHE_H
