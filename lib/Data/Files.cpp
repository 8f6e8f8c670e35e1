//===- Files.cpp - The sources that read files ----------------------------===//

#include "Sources.h"
#include "gradc/Data/FileError.h"
#include "gradc/Data/Idx.h"
#include "gradc/Data/Npy.h"

using namespace llvm;

namespace gradc::data {

/// Reads inputs and targets, one file each, by `read`.
static Expected<DataSet> loadPair(const SourceRequest &request, bool orGzip,
                                  Expected<Array> (*read)(StringRef)) {
  // Both are looked up before one is read: a missing file costs no time.
  std::string paths[2];
  for (int i = 0; i < 2; ++i) {
    Expected<std::string> path =
        findDataFile(request.files[i], request.directories, orGzip);
    if (!path)
      return path.takeError();
    paths[i] = *path;
  }
  Expected<Array> inputs = read(paths[0]);
  if (!inputs)
    return inputs.takeError();
  Expected<Array> targets = read(paths[1]);
  if (!targets)
    return targets.takeError();
  return makeDataSet(std::move(*inputs), paths[0], std::move(*targets),
                     paths[1], request.files[0] + ", " + request.files[1]);
}

SourceKind getIdxSource() {
  return {"idx",
          "images and labels from two IDX files, plain or gzip",
          2,
          {},
          false,
          [](const SourceRequest &request) {
            return loadPair(request, /*orGzip=*/true, readIdx);
          },
          /*givesImages=*/true};
}

SourceKind getNpySource() {
  return {"npy",
          "inputs and targets from two .npy files",
          2,
          {},
          false,
          [](const SourceRequest &request) {
            return loadPair(request, /*orGzip=*/false, readNpy);
          }};
}

} // namespace gradc::data
