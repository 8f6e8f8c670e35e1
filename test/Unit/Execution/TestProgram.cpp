//===- TestProgram.cpp - Programs made without the compiler ---------------===//

#include "TestProgram.h"

#include "llvm/AsmParser/Parser.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/LegacyPassManager.h"
#include "llvm/IR/Module.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/Target/TargetMachine.h"
#include "llvm/TargetParser/Host.h"
#include <cmath>

using namespace llvm;

namespace gradc {

std::string compileIR(StringRef ir) {
  InitializeNativeTarget();
  InitializeNativeTargetAsmPrinter();
  LLVMContext context;
  SMDiagnostic diagnostic;
  std::unique_ptr<Module> module = parseAssemblyString(ir, diagnostic, context);
  EXPECT_TRUE(module) << diagnostic.getMessage().str();
  Triple triple(sys::getDefaultTargetTriple());
  std::string error;
  const Target *target = TargetRegistry::lookupTarget(triple, error);
  std::unique_ptr<TargetMachine> machine(
      target->createTargetMachine(triple, "", "", {}, Reloc::PIC_));
  module->setTargetTriple(triple);
  module->setDataLayout(machine->createDataLayout());
  SmallVector<char> object;
  raw_svector_ostream os(object);
  legacy::PassManager passes;
  machine->addPassesToEmitFile(passes, os, nullptr,
                               CodeGenFileType::ObjectFile);
  passes.run(*module);
  return std::string(object.begin(), object.end());
}

TestProgram::TestProgram(int64_t batch, bool isF64) {
  program.networkName = "test";
  program.isF64 = isF64;
  program.batch = batch;
  program.inputShape = {batch, 1};
  program.targetShape = {batch, 1};
}

TestProgram &TestProgram::variable(StringRef name, StringRef kind,
                                   ArrayRef<int64_t> shape) {
  TensorPlace place{name.str(), kind.str(), SmallVector<int64_t>(shape),
                    program.stateBytes, program.isF64};
  program.stateBytes += alignTo(place.getNumBytes(), 64);
  program.variables.push_back(std::move(place));
  return *this;
}

TestProgram &TestProgram::function(StringRef name, StepFunction function,
                                   std::vector<std::string> reports) {
  lastFunction = name;
  program.functions[name].reports = std::move(reports);
  ir += "define void @" + name.str() +
        "(ptr %a, ptr %b, ptr %c, ptr %d, i64 %e, double %f, i64 %g, ptr %h, "
        "ptr %i) {\n  call void inttoptr (i64 " +
        std::to_string(reinterpret_cast<uintptr_t>(function)) +
        " to ptr)(ptr %a, ptr %b, ptr %c, ptr %d, i64 %e, double %f, i64 %g, "
        "ptr %h, ptr %i)\n  ret void\n}\n";
  return *this;
}

TestProgram &TestProgram::output(StringRef name, ArrayRef<int64_t> shape) {
  ProgramFunction &function = program.functions[lastFunction];
  TensorPlace place{name.str(), "", SmallVector<int64_t>(shape),
                    function.outputBytes, program.isF64};
  function.outputBytes += alignTo(place.getNumBytes(), 64);
  function.outputs.push_back(std::move(place));
  return *this;
}

std::unique_ptr<Model> TestProgram::load() {
  program.object = compileIR(ir);
  return cantFail(Model::create(program));
}

data::DataSet countingData(int64_t count) {
  data::Array inputs(data::ElementType::F32, {count, 1}), targets = inputs;
  for (int64_t i = 0; i < count; ++i) {
    inputs.as<float>()[i] = i;
    targets.as<float>()[i] = 10 * i;
  }
  return cantFail(data::makeDataSet(std::move(inputs), "x.npy",
                                    std::move(targets), "y.npy", "counting"));
}

double get(ArrayRef<Report> reports, StringRef name) {
  for (const Report &report : reports)
    if (report.name == name)
      return report.value;
  return std::nan("");
}

} // namespace gradc
