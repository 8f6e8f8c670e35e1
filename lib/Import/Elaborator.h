//===- Elaborator.h - Binding params and expanding a net --------*- C++ -*-===//

#ifndef GRADC_LIB_IMPORT_ELABORATOR_H
#define GRADC_LIB_IMPORT_ELABORATOR_H

#include "Scope.h"
#include "gradc/Import/Elaborate.h"
#include "llvm/ADT/StringSet.h"
#include <map>
#include <memory>

namespace gradc {

/// The arguments that `default` lines add to the lines after them. Unlike
/// names, they reach into the blocks that are used in their scope.
struct Defaults {
  struct Entry {
    mlir::Location loc; ///< of the layer's word in the `default` line
    std::vector<SourceNamedValue> arguments;
    bool isUsed = false;
  };
  Defaults *parent = nullptr;
  std::map<std::string, std::vector<Entry>> entries; ///< by word
};

/// What the lines of one body share while they are expanded.
struct Frame {
  Scope scope;
  Defaults defaults;
  std::string prefix; ///< of the names: `stage1[0].unit.`
  unsigned depth = 0;
};

/// Turns a syntax tree into evaluated lines.
class Elaborator {
public:
  Elaborator(const ast::File &file, mlir::MLIRContext *context,
             int64_t maxLines, llvm::ArrayRef<llvm::StringRef> layerWords);

  mlir::FailureOr<ElaboratedFile> run(llvm::ArrayRef<ParamSetting> settings);

private:
  using Body = std::vector<ast::Statement>;
  using Lines = std::vector<SourceCall>;

  // Elaborate.cpp
  mlir::LogicalResult findSections();
  mlir::LogicalResult elaborateSection(const ast::Section *section,
                                       Scope &scope, Lines &lines);
  mlir::LogicalResult elaborateLines(const Body &body, const Scope &scope,
                                     llvm::StringRef section, Lines &lines);
  mlir::FailureOr<SourceCall> evaluateLine(const ast::Statement &statement,
                                           const Scope &scope);
  void reportUnknownWords();
  void reportUnknownWords(const Body &body, const llvm::StringSet<> &known,
                          llvm::ArrayRef<llvm::StringRef> candidates);
  void markUsedLabels(ElaboratedFile &result);
  void warnUnused();

  // ElaborateParams.cpp
  mlir::LogicalResult bindParams(llvm::ArrayRef<ParamSetting> settings);
  mlir::LogicalResult checkSettings(llvm::ArrayRef<ParamSetting> settings);
  mlir::FailureOr<SourceValue> bindParam(const ast::Param &param,
                                         llvm::ArrayRef<ParamSetting> settings);
  mlir::FailureOr<SourceValue> evaluateSetting(const ast::Param &param,
                                               const ParamSetting &setting);
  mlir::LogicalResult checkDomain(const ast::Param &param,
                                  const SourceValue &value,
                                  const ParamSetting *setting);

  // ElaborateBlocks.cpp
  mlir::LogicalResult collectBlocks();
  mlir::LogicalResult checkRecursion();
  mlir::LogicalResult bindArguments(const ast::Section &block,
                                    const SourceCall &use, Scope &scope);

  // ElaborateFormulas.cpp
  mlir::LogicalResult nameFormulas();
  mlir::LogicalResult defineFormulas(ElaboratedFile &result);
  mlir::LogicalResult readFormals(const ast::Formula &formula,
                                  FormulaDefinition &definition);
  mlir::FailureOr<SourceValue> readName(const ast::Expression &name,
                                        const FormulaDefinition &definition);
  mlir::LogicalResult readChain(const ast::Expression &chain,
                                const FormulaDefinition &definition,
                                SourceValue &result);
  mlir::LogicalResult readBody(const ast::Expression &expression,
                               const FormulaDefinition &definition,
                               SourceValue &result);

  // ElaborateNet.cpp
  mlir::LogicalResult expandBody(const Body &body, Frame &frame, Lines &lines);
  mlir::LogicalResult expandLine(const ast::Statement &statement,
                                 llvm::StringRef name, Frame &frame,
                                 Lines &lines);
  mlir::LogicalResult expandRepeat(const ast::Statement &statement,
                                   llvm::StringRef name, Frame &frame,
                                   Lines &lines);
  mlir::LogicalResult expandBlock(const ast::Section &block,
                                  const SourceCall &call, Frame &frame,
                                  Lines &lines);
  mlir::LogicalResult resolveActivation(SourceCall &call);
  mlir::LogicalResult addDefaults(const ast::Statement &statement,
                                  SourceCall &&call, Frame &frame);
  void applyDefaults(SourceCall &call, Frame &frame);
  void warnUnusedDefaults(const Defaults &defaults);

  // ElaborateNames.cpp
  void collectWords(const Body &body);
  std::vector<std::string> nameLines(const Body &body, const Frame &frame,
                                     llvm::StringSet<> &localWords);
  std::string getWord(const ast::Statement &statement, const Frame &frame);
  mlir::LogicalResult checkLabel(const ast::Statement &statement,
                                 const Frame &frame,
                                 const llvm::StringSet<> &localWords,
                                 llvm::StringMap<mlir::Location> &labels);

  // ElaborateSize.cpp
  mlir::LogicalResult checkSize(const Body &body, const Scope &scope);
  uint64_t countLines(const Body &body, const Scope &scope, unsigned depth);
  uint64_t countLine(const ast::Statement &statement, const Scope &scope,
                     unsigned depth);
  uint64_t countNoFurther();
  uint64_t countRepeat(const ast::Statement &statement, const Scope &scope,
                       unsigned depth);
  uint64_t countBlock(const ast::Section &block,
                      const ast::Statement &statement, const Scope &scope,
                      unsigned depth);

  const ast::File &file;
  mlir::MLIRContext *context;
  uint64_t maxLines;
  llvm::ArrayRef<llvm::StringRef> layerWords;
  uint64_t numLines = 0, numSteps = 0;
  /// Too large or nested too deeply: nothing more is expanded.
  bool isStopped = false;
  /// Not every line was counted.
  bool isLowerBound = false;

  const ast::Section *data = nullptr, *net = nullptr, *train = nullptr;
  Scope params;
  llvm::StringMap<const ast::Section *> blocks;
  llvm::StringSet<> usedBlocks, usedWords, words;
  std::map<std::string, uint64_t> blockSizes; ///< by name and arguments
};

/// The index of `repeat n as i`, or null; reports a line of another form.
mlir::FailureOr<const ast::Expression *>
getRepeatIndex(const ast::Statement &repeat, const Scope &scope);

} // namespace gradc

#endif // GRADC_LIB_IMPORT_ELABORATOR_H
