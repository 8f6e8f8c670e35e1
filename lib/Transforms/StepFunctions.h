//===- StepFunctions.h - Functions made from a network ----------*- C++ -*-===//

#ifndef GRADC_LIB_TRANSFORMS_STEPFUNCTIONS_H
#define GRADC_LIB_TRANSFORMS_STEPFUNCTIONS_H

#include "gradc/Transforms/Passes.h"
#include "llvm/ADT/StringMap.h"

namespace gradc {

/// A parameter or buffer of the network.
struct Variable {
  std::string name;
  mlir::RankedTensorType type;
  llvm::StringRef kind;
  nn::ParameterOp parameter; ///< null for a buffer
  double initial = 0;        ///< of a buffer
};

/// What one of the functions is for.
struct Purpose {
  llvm::StringRef name;
  bool writesVariables = false;
  bool reportsProbes = false;
  bool returnsGradients = false;
  bool returnsOutput = false;
  bool isEvaluation = false;
  bool isTraining = false;
};

/// Builds one function from a network.
class FunctionBuilder {
public:
  FunctionBuilder(llvm::ArrayRef<Variable> variables, nn::NetworkOp network,
                  const Purpose &purpose)
      : builder(network), variables(variables), network(network),
        purpose(purpose) {}

  void build();

private:
  mlir::OpBuilder builder;
  llvm::ArrayRef<Variable> variables;
  nn::NetworkOp network;
  const Purpose &purpose;
  llvm::SmallVector<mlir::Type> argumentTypes;
  llvm::SmallVector<mlir::DictionaryAttr> argumentAttrs;
  llvm::SmallVector<mlir::Value> results;
  llvm::SmallVector<mlir::DictionaryAttr> resultAttrs;
  llvm::StringMap<mlir::Value> variableValues, nextValues;
  mlir::Value step, rate, seed, count;

  void addArgument(mlir::Type type, llvm::StringRef role,
                   llvm::StringRef name = "", llvm::StringRef kind = "");
  void addResult(mlir::Value value, llvm::StringRef role,
                 llvm::StringRef name = "");
  mlir::DictionaryAttr describe(llvm::StringRef role, llvm::StringRef name,
                                llvm::StringRef kind);
  void chooseArguments();
  void resolve(mlir::Operation &op);
  void finish(mlir::func::FuncOp function);
};

} // namespace gradc

#endif // GRADC_LIB_TRANSFORMS_STEPFUNCTIONS_H
