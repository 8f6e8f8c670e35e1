//===- Source.h - The words after `source` and `test` -----------*- C++ -*-===//
//
// A source of data is a file of its own and one row in the table of Source.cpp.
// Help, checks and completion read the table.
//
//===----------------------------------------------------------------------===//

#ifndef GRADC_DATA_SOURCE_H
#define GRADC_DATA_SOURCE_H

#include "gradc/Data/DataSet.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"
#include <string>
#include <vector>

namespace gradc::data {

/// `count=60000`: what an option of a source may be.
struct SourceOption {
  llvm::StringRef name;
  double defaultValue;
  double low, high; ///< both allowed
  bool isInteger;
  llvm::StringRef summary;
};

/// What a line of the data section asks for.
struct SourceRequest {
  /// File names as written in the `.net`.
  std::vector<std::string> files;
  /// Where relative names are looked up, in this order.
  std::vector<std::string> directories;
  /// The options that are given. Those absent have their default.
  llvm::StringMap<double> options;
};

struct SourceKind {
  llvm::StringRef word, summary;
  unsigned files; ///< how many file names it takes
  llvm::ArrayRef<SourceOption> options;
  bool isDrawn; ///< made by gradc; needs no file
  /// Reads or draws the samples. Call it through `loadSource`, which has
  /// checked the request and filled in every default.
  llvm::Expected<DataSet> (*load)(const SourceRequest &request);
  bool givesImages = false; ///< rows and columns of pixels: no sequence
};

/// All sources, in the order of the manual.
llvm::ArrayRef<SourceKind> sourceKinds();
/// The source of that word, or null.
const SourceKind *findSource(llvm::StringRef word);

/// Loads the samples of `kind`: refuses unknown options, values out of range
/// and a wrong number of files, then reads or draws. May run in a background
/// thread. Errors: FileError, `Data`, `MissingData` or `Resource`.
llvm::Expected<DataSet> loadSource(const SourceKind &kind,
                                   SourceRequest request);

/// The path of `file`: itself where it is absolute, else in the first of
/// `directories` that has it. With `orGzip`, `x` also finds `x.gz`, and `x.gz`
/// finds `x`. The error, `MissingData`, lists the places tried.
llvm::Expected<std::string>
findDataFile(llvm::StringRef file, llvm::ArrayRef<std::string> directories,
             bool orGzip);

} // namespace gradc::data

#endif // GRADC_DATA_SOURCE_H
