//===- Engine.h - Load a program and call it --------------------*- C++ -*-===//

#ifndef GRADC_EXECUTION_ENGINE_H
#define GRADC_EXECUTION_ENGINE_H

#include "gradc/Execution/Program.h"
#include "llvm/Support/Error.h"
#include <memory>

namespace gradc {

/// A program's object code in executable memory.
class Engine {
public:
  /// Links `program`'s object into this process.
  static llvm::Expected<std::unique_ptr<Engine>> create(const Program &program);
  ~Engine();

  /// The function of that name, or null where the program has none.
  StepFunction lookup(llvm::StringRef name) const;

private:
  struct Implementation;
  std::unique_ptr<Implementation> implementation;
  explicit Engine(std::unique_ptr<Implementation> implementation);
};

} // namespace gradc

#endif // GRADC_EXECUTION_ENGINE_H
