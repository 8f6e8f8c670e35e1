//===- gradc-bench.cpp - Time a compiled step -----------------------------===//
//
// Usage: gradc-bench NET [-O=N] [-march=CPU] [-threads=N] [-watch]
//        gradc-bench FILE.mlir -o=FILE.o [-O=N] [-march=CPU]
//
// Compiles the network, fills its batch with random numbers and then obeys
// lines on standard input: `STEPS SAMPLES` runs SAMPLES groups of STEPS
// training steps and prints a JSON array of the microseconds a step took in
// each group. So a script can time two programs by turns. The time is that of
// the process on its cores, which another process there does not count in;
// after a third word, `wall`, it is that of the clock on the wall.
//
// A module of the LLVM dialect becomes an object file, as the module of a
// network would: so a script can time single functions.
//
//===----------------------------------------------------------------------===//

#include "gradc/CodeGen/NativeCode.h"
#include "gradc/Data/Philox.h"
#include "gradc/Diagnostics/Renderer.h"
#include "gradc/Driver/Compile.h"
#include "gradc/Execution/Threads.h"
#include "gradc/Execution/Trainer.h"
#include "gradc/Frontend/Parser.h"
#include "gradc/Import/ImportNet.h"
#include "gradc/Import/TrainSettings.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/Parser/Parser.h"

#include <ctime>
#include <iostream>
#include <sstream>

using namespace llvm;

namespace {
struct Request {
  std::string file;
  std::string object; ///< where the object file of a .mlir is written
  gradc::CompileOptions compile;
  unsigned threads = 1;
  bool isWatched = false;
};
} // namespace

static bool readArguments(int argc, char **argv, Request &request) {
  for (StringRef argument : ArrayRef(argv + 1, argc - 1)) {
    if (argument.consume_front("-O=")) {
      if (argument.getAsInteger(10, request.compile.level))
        return false;
    } else if (argument.consume_front("-march=")) {
      request.compile.cpu = argument.str();
    } else if (argument.consume_front("-o=")) {
      request.object = argument.str();
    } else if (argument.consume_front("-threads=")) {
      if (argument.getAsInteger(10, request.threads) || request.threads == 0)
        return false;
      request.compile.parallel = request.threads > 1;
    } else if (argument == "-watch") {
      request.isWatched = true;
    } else if (!argument.starts_with("-") && request.file.empty()) {
      request.file = argument.str();
    } else {
      return false;
    }
  }
  return !request.file.empty();
}

static Expected<std::string> compileObject(mlir::ModuleOp module,
                                           const Request &request) {
  auto target =
      gradc::Target::create(request.compile.cpu, request.compile.level);
  if (!target)
    return target.takeError();
  LLVMContext context;
  auto translated = gradc::translateToLLVM(module, context, *target);
  if (failed(translated))
    return createStringError("no module of the LLVM dialect");
  gradc::optimize(**translated, *target, request.compile.level);
  return gradc::emitCode(**translated, *target, /*asText=*/false);
}

/// From the LLVM dialect to an object file; problems are shown.
static int writeObject(const Request &request) {
  mlir::DialectRegistry registry;
  gradc::registerAllDialects(registry);
  mlir::MLIRContext context(registry);
  auto module = mlir::parseSourceFile<mlir::ModuleOp>(request.file, &context);
  if (!module)
    return 1;
  Expected<std::string> code = compileObject(*module, request);
  std::error_code error;
  raw_fd_ostream file(request.object, error);
  if (!code)
    errs() << toString(code.takeError()) << "\n";
  else if (error)
    errs() << request.object << ": " << error.message() << "\n";
  else
    file << *code;
  return !code || error ? 1 : 0;
}

/// The program of the file; problems are shown.
static std::unique_ptr<gradc::Model> makeModel(Request &request) {
  mlir::DialectRegistry registry;
  gradc::registerAllDialects(registry);
  mlir::MLIRContext context(registry);
  SourceMgr sources;
  gradc::DiagnosticRenderer renderer(sources, &context);
  auto buffer = MemoryBuffer::getFile(request.file);
  if (!buffer) {
    errs() << request.file << ": " << buffer.getError().message() << "\n";
    return nullptr;
  }
  unsigned id = sources.AddNewSourceBuffer(std::move(*buffer), SMLoc());
  auto tree = gradc::parseNet(sources, id, &context);
  if (failed(tree))
    return nullptr;
  auto file = gradc::elaborate(*tree, {}, &context);
  if (failed(file))
    return nullptr;
  auto settings =
      gradc::readTrainSettings(*file, gradc::getTrainOpWords(&context));
  if (failed(settings))
    return nullptr;
  request.compile.batch = settings->batch;
  request.compile.watch = request.isWatched;
  if (request.threads > 1)
    if (Error error = gradc::useThreads(request.threads)) {
      errs() << toString(std::move(error)) << "\n";
      return nullptr;
    }
  auto program = gradc::compileNet(*file, request.compile, &context);
  if (failed(program))
    return nullptr;
  auto model = gradc::Model::create(std::move(*program));
  if (model)
    return std::move(*model);
  errs() << toString(model.takeError()) << "\n";
  return nullptr;
}

/// Inputs of variance 1, and random classes or values as targets.
static void fillBatch(gradc::Model &model) {
  const gradc::Program &program = model.getProgram();
  gradc::data::Random random(1, "benchmark");
  auto count = [](ArrayRef<int64_t> shape) {
    return std::accumulate(shape.begin(), shape.end(), int64_t(1),
                           std::multiplies<>());
  };
  auto fill = [&](void *memory, ArrayRef<int64_t> shape) {
    for (int64_t i = 0, e = count(shape); i < e; ++i)
      static_cast<float *>(memory)[i] = float(random.uniform(-1.7, 1.7));
  };
  fill(model.getInputs(), program.inputShape);
  if (program.targetIsClass)
    for (int64_t i = 0, e = count(program.targetShape); i < e; ++i)
      static_cast<int32_t *>(model.getTargets())[i] =
          random.below(program.classes);
  else if (!program.targetShape.empty())
    fill(model.getTargets(), program.targetShape);
}

/// The weights hardly move: a network that knew its one batch by heart could
/// come to compute with denormal numbers, which are slow.
static constexpr double learningRate = 1e-8;

/// Of the wall, or of this process alone.
static double getMicroseconds(bool isWall) {
  timespec now;
  clock_gettime(isWall ? CLOCK_MONOTONIC : CLOCK_PROCESS_CPUTIME_ID, &now);
  return now.tv_sec * 1e6 + now.tv_nsec * 1e-3;
}

static void obey(gradc::Model &model, StringRef function) {
  std::string line;
  int64_t number = 0;
  while (std::getline(std::cin, line)) {
    std::istringstream words(line);
    int64_t steps = 0, samples = 0;
    if (!(words >> steps >> samples) || steps < 1)
      return;
    std::string word, text;
    bool isWall = words >> word && word == "wall";
    for (int64_t sample = 0; sample < samples; ++sample) {
      double start = getMicroseconds(isWall);
      for (int64_t step = 0; step < steps; ++step)
        model.call(function, model.getInputs(), model.getTargets(), ++number,
                   learningRate, 0);
      double time = getMicroseconds(isWall) - start;
      text += (sample ? ", " : "[") + std::to_string(time / steps);
    }
    std::cout << text << "]" << std::endl;
  }
}

int main(int argc, char **argv) {
  Request request;
  if (!readArguments(argc, argv, request)) {
    errs() << "usage: gradc-bench NET [-O=N] [-march=CPU] [-threads=N] "
              "[-watch]\n"
              "       gradc-bench FILE.mlir -o=FILE.o [-O=N] [-march=CPU]\n";
    return 2;
  }
  if (!request.object.empty())
    return writeObject(request);
  std::unique_ptr<gradc::Model> model = makeModel(request);
  if (!model)
    return 1;
  model->call("initialize", nullptr, nullptr, 0, 0, 1);
  fillBatch(*model);
  std::cout << "ready" << std::endl;
  obey(*model, request.isWatched ? "train_step_watched" : "train_step");
}
