//===- gradc-bench.cpp - Time a compiled step -----------------------------===//
//
// Usage: gradc-bench NET [-O=N] [-march=CPU] [-watch]
//
// Compiles the network, fills its batch with random numbers and then obeys
// lines on standard input: `STEPS SAMPLES` runs SAMPLES groups of STEPS
// training steps and prints a JSON array of the microseconds a step took in
// each group. So a script can time two programs by turns.
//
//===----------------------------------------------------------------------===//

#include "gradc/Data/Philox.h"
#include "gradc/Diagnostics/Renderer.h"
#include "gradc/Driver/Compile.h"
#include "gradc/Execution/Trainer.h"
#include "gradc/Frontend/Parser.h"
#include "gradc/Import/ImportNet.h"
#include "gradc/Import/TrainSettings.h"
#include "mlir/IR/MLIRContext.h"

#include <chrono>
#include <cstring>
#include <iostream>
#include <sstream>

using namespace llvm;

namespace {
struct Request {
  std::string net;
  gradc::CompileOptions compile;
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
    } else if (argument == "-watch") {
      request.isWatched = true;
    } else if (!argument.starts_with("-") && request.net.empty()) {
      request.net = argument.str();
    } else {
      return false;
    }
  }
  return !request.net.empty();
}

/// The program of the file; problems are shown.
static std::unique_ptr<gradc::Model> makeModel(Request &request) {
  mlir::DialectRegistry registry;
  gradc::registerAllDialects(registry);
  mlir::MLIRContext context(registry);
  SourceMgr sources;
  gradc::DiagnosticRenderer renderer(sources, &context);
  auto buffer = MemoryBuffer::getFile(request.net);
  if (!buffer) {
    errs() << request.net << ": " << buffer.getError().message() << "\n";
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

static void obey(gradc::Model &model, StringRef function) {
  using Clock = std::chrono::steady_clock;
  std::string line;
  int64_t number = 0;
  while (std::getline(std::cin, line)) {
    std::istringstream words(line);
    int64_t steps = 0, samples = 0;
    if (!(words >> steps >> samples) || steps < 1)
      return;
    std::string text;
    for (int64_t sample = 0; sample < samples; ++sample) {
      Clock::time_point start = Clock::now();
      for (int64_t step = 0; step < steps; ++step)
        model.call(function, model.getInputs(), model.getTargets(), ++number,
                   1e-4, 0);
      std::chrono::duration<double, std::micro> time = Clock::now() - start;
      text += (sample ? ", " : "[") + std::to_string(time.count() / steps);
    }
    std::cout << text << "]" << std::endl;
  }
}

int main(int argc, char **argv) {
  Request request;
  if (!readArguments(argc, argv, request)) {
    errs() << "usage: gradc-bench NET [-O=N] [-march=CPU] [-watch]\n";
    return 2;
  }
  std::unique_ptr<gradc::Model> model = makeModel(request);
  if (!model)
    return 1;
  model->call("initialize", nullptr, nullptr, 0, 0, 1);
  fillBatch(*model);
  std::cout << "ready" << std::endl;
  obey(*model, request.isWatched ? "train_step_watched" : "train_step");
}
