//===- EngineTest.cpp -----------------------------------------------------===//

#include "TestProgram.h"
#include <cmath>

using namespace llvm;

namespace gradc {

static constexpr StringLiteral kSignature =
    "(ptr %state, ptr %arena, ptr %inputs, ptr %targets, i64 %number, "
    "double %rate, i64 %seed, ptr %reports, ptr %outputs)";

static Program makeProgram(const Twine &ir, StringRef function) {
  Program program;
  program.networkName = "test";
  program.functions[function].reports = {"loss"};
  program.object = compileIR(ir.str());
  return program;
}

// Compiled code may call libm and reads all its arguments.
TEST(Engine, CallsCompiledCode) {
  Program program = makeProgram("declare double @exp(double)\n"
                                "define void @loss" +
                                    kSignature +
                                    " {\n"
                                    "  %y = call double @exp(double %rate)\n"
                                    "  store double %y, ptr %reports\n"
                                    "  ret void\n}\n",
                                "loss");
  auto engine = cantFail(Engine::create(program));
  double report = 0;
  engine->lookup("loss")(nullptr, nullptr, nullptr, nullptr, 1, 0.5, 0, &report,
                         nullptr);
  EXPECT_EQ(report, std::exp(0.5));
  EXPECT_EQ(engine->lookup("evaluate"), nullptr);
}

TEST(Engine, SaysWhatIsMissing) {
  Program program = makeProgram("declare double @no_such_function(double)\n"
                                "define void @loss" +
                                    kSignature +
                                    " {\n"
                                    "  %y = call double @no_such_function("
                                    "double %rate)\n"
                                    "  store double %y, ptr %reports\n"
                                    "  ret void\n}\n",
                                "loss");
  std::string message = messageOf(Engine::create(program));
  EXPECT_NE(message.find("cannot load the compiled code of 'test': "),
            std::string::npos);
  EXPECT_NE(message.find("no_such_function"), std::string::npos);
}

TEST(Engine, RefusesDamagedCode) {
  Program program;
  program.networkName = "test";
  program.object = "not an object file";
  program.functions["loss"];
  EXPECT_NE(messageOf(Engine::create(program)), "");
}

} // namespace gradc
