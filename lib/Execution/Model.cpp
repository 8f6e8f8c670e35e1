//===- Model.cpp - A loaded program with its memory -----------------------===//

#include "gradc/Execution/Model.h"

#include "gradc/Data/FileError.h"
#include "llvm/Support/FormatVariadic.h"
#include <algorithm>
#include <cstring>

using namespace llvm;

namespace gradc {

static int64_t countElements(ArrayRef<int64_t> shape) {
  int64_t count = 1;
  for (int64_t size : shape)
    count *= size;
  return count;
}

// Functions of a program that keeps its variables in another form than files.
static constexpr StringLiteral packFunction = "pack_state";
static constexpr StringLiteral unpackFunction = "unpack_state";

Error Model::allocate(bool withState) {
  int64_t reportBytes = 0, outputBytes = 0;
  for (const auto &entry : program.functions) {
    const ProgramFunction &function = entry.getValue();
    reportBytes = std::max<int64_t>(reportBytes, 8 * function.reports.size());
    // What holds a whole state is asked for when it is needed.
    bool isConversion =
        entry.getKey() == packFunction || entry.getKey() == unpackFunction;
    if (!isConversion)
      outputBytes = std::max(outputBytes, function.outputBytes);
  }
  int64_t elementBytes = program.isF64 ? 8 : 4;
  int64_t targetBytes = 0;
  if (!program.targetShape.empty())
    targetBytes = countElements(program.targetShape) *
                  (program.targetIsClass ? 4 : elementBytes);
  std::pair<Block *, int64_t> blocks[] = {
      {&state, withState ? program.stateBytes : 0},
      {&arena, program.arenaBytes},
      {&reportBlock, reportBytes},
      {&inputs, countElements(program.inputShape) * elementBytes},
      {&targets, targetBytes},
      {&outputs, outputBytes}};
  for (auto [block, bytes] : blocks) {
    if (bytes == 0)
      continue;
    Expected<Block> allocated = Block::allocate(bytes);
    if (!allocated)
      return allocated.takeError();
    *block = std::move(*allocated);
  }
  return Error::success();
}

Expected<std::unique_ptr<Model>> Model::create(Program program,
                                               bool withState) {
  std::unique_ptr<Model> model(new Model(std::move(program)));
  Expected<std::unique_ptr<Engine>> engine = Engine::create(model->program);
  if (!engine)
    return engine.takeError();
  model->engine = std::move(*engine);
  if (Error error = model->allocate(withState))
    return error;
  return model;
}

std::vector<Report> Model::call(StringRef function, const void *inputs,
                                const void *targets, int64_t number,
                                double rate, int64_t seed, void *outputs) {
  return callOn(state, function, inputs, targets, number, rate, seed, outputs);
}

std::vector<Report> Model::callOn(const Block &otherState, StringRef function,
                                  const void *inputs, const void *targets,
                                  int64_t number, double rate, int64_t seed,
                                  void *outputs) {
  LoadedFunction found = find(function);
  ArrayRef<double> values =
      run(found, otherState, inputs, targets, number, rate, seed, outputs);
  std::vector<Report> reports;
  reports.reserve(values.size());
  for (auto [name, value] : zip_equal(found.reports, values))
    reports.push_back({name, value});
  return reports;
}

LoadedFunction Model::find(StringRef name) const {
  auto found = program.functions.find(name);
  if (found == program.functions.end())
    return {};
  return {engine->lookup(name), found->second.reports};
}

ArrayRef<double> Model::run(const LoadedFunction &function,
                            const Block &otherState, const void *inputs,
                            const void *targets, int64_t number, double rate,
                            int64_t seed, void *outputs) {
  assert(function.code && "the program has no such function");
  auto *values = static_cast<double *>(reportBlock.data());
  function.code(otherState.data(), arena.data(), inputs, targets, number, rate,
                seed, values, outputs);
  return {values, function.reports.size()};
}

Expected<Block> Model::copyState() const {
  Expected<Block> copy = Block::allocate(program.stateBytes);
  if (!copy)
    return copy;
  std::memcpy(copy->data(), state.data(), program.stateBytes);
  if (StepFunction unpack = engine->lookup(unpackFunction))
    unpack(state.data(), arena.data(), nullptr, nullptr, 0, 0, 0,
           static_cast<double *>(reportBlock.data()), copy->data());
  return copy;
}

void Model::restoreState(const Block &variables) {
  std::memcpy(state.data(), variables.data(), program.stateBytes);
  if (StepFunction pack = engine->lookup(packFunction))
    pack(state.data(), arena.data(), nullptr, nullptr, 0, 0, 0,
         static_cast<double *>(reportBlock.data()), variables.data());
}

/// Whether both programs can work on one state.
static bool haveSameState(const Program &a, const Program &b) {
  auto isSame = [](const TensorPlace &x, const TensorPlace &y) {
    return x.name == y.name && x.kind == y.kind && x.shape == y.shape &&
           x.offset == y.offset && x.isF64 == y.isF64;
  };
  return a.stateBytes == b.stateBytes &&
         std::equal(a.variables.begin(), a.variables.end(), b.variables.begin(),
                    b.variables.end(), isSame);
}

Expected<Model *> Model::forBatch(int64_t batch,
                                  const CompileForBatch &compile) {
  if (batch == program.batch)
    return this;
  std::unique_ptr<Model> &other = otherBatches[batch];
  if (other)
    return other.get();
  Expected<std::unique_ptr<Model>> compiled = compile(batch);
  if (!compiled)
    return compiled.takeError();
  const Program &otherProgram = (*compiled)->program;
  if (otherProgram.batch != batch || !haveSameState(program, otherProgram))
    return createStringError("the code for a batch of " + Twine(batch) +
                             " does not fit the state of the network");
  other = std::move(*compiled);
  other->state = Block(); // it only ever works on ours
  return other.get();
}

TargetLayout getTargetLayout(const Program &program,
                             const data::DataSet &data) {
  if (program.targetIsClass)
    return {data::TargetForm::ClassIndex, program.classes};
  int64_t width = countElements(ArrayRef(program.targetShape).drop_front());
  // A label against one output is a value like any other.
  if (data.targetsAreClasses && width != 1)
    return {data::TargetForm::OneHot, width};
  return {data::TargetForm::Real, width};
}

/// Some losses have no meaning for every number.
static Error checkTargetRange(const Program &program,
                              const data::DataSet &data) {
  for (int64_t i = 0, e = data.targets.getNumElements(); i < e; ++i) {
    double value = data.targets.getElement(i);
    if (value < program.targetLow || value > program.targetHigh)
      return data::makeError(
          data::FileError::Kind::Data, data.targetsFile,
          formatv("the target {0} lies outside of [{1}, {2}], where the loss "
                  "has a meaning",
                  value, program.targetLow, program.targetHigh)
              .str(),
          "item " + Twine(i / data.getTargetWidth()));
  }
  return Error::success();
}

/// Whether two shapes have the same dimensions in different orders. Those of 1
/// do not count: they move no element.
static bool areExchanged(ArrayRef<int64_t> a, ArrayRef<int64_t> b) {
  SmallVector<int64_t> left(a), right(b);
  erase(left, 1);
  erase(right, 1);
  return left != right && std::is_permutation(left.begin(), left.end(),
                                              right.begin(), right.end());
}

/// As many values are enough: an image of [28, 28] also serves as 784 features
/// or as one channel. Not where they would only be read in another order.
static Error checkInputs(const Program &program, const data::DataSet &data) {
  ArrayRef wanted = ArrayRef(program.inputShape).drop_front();
  ArrayRef found = ArrayRef(data.inputs.shape).drop_front();
  std::string text;
  if (int64_t width = countElements(wanted); data.getInputWidth() != width) {
    text = formatv("a sample has {0} values; the net takes {1}",
                   data.getInputWidth(), width);
    if (wanted.size() > 1 || found.size() > 1)
      text += formatv(": {0} is not {1}", data::formatShape(found),
                      data::formatShape(wanted));
  } else if (areExchanged(wanted, found)) {
    text = formatv("a sample is {0}; the net takes the dimensions in another "
                   "order, {1}: transpose the data, or let the net begin with "
                   "'input x{0}'",
                   data::formatShape(found), data::formatShape(wanted));
  }
  if (text.empty())
    return Error::success();
  return data::makeError(data::FileError::Kind::Data, data.inputsFile, text);
}

Error checkData(const Program &program, const data::BatchReader &reader,
                bool withTargets) {
  const data::DataSet &data = reader.getData();
  if (Error error = checkInputs(program, data))
    return error;
  if (program.inputClasses > 0)
    if (Error error = data::checkInputClasses(reader, program.inputClasses,
                                              program.isF64))
      return error;
  if (!withTargets || program.targetShape.empty())
    return Error::success();
  TargetLayout layout = getTargetLayout(program, data);
  if (layout.form == data::TargetForm::OneHot && program.targetShape.size() > 2)
    return data::makeError(
        data::FileError::Kind::Data, data.targetsFile,
        "a label is one class for a sample; the net gives " +
            data::formatShape(ArrayRef(program.targetShape).drop_front()));
  if (Error error = data::checkTargets(data, layout.form, layout.width))
    return error;
  return layout.form == data::TargetForm::Real ? checkTargetRange(program, data)
                                               : Error::success();
}

void gatherBatch(Model &model, const data::BatchReader &reader,
                 ArrayRef<int64_t> positions, bool withTargets) {
  gatherInto(model.getProgram(), reader, positions, model.getInputs(),
             withTargets ? model.getTargets() : nullptr);
}

void gatherInto(const Program &program, const data::BatchReader &reader,
                ArrayRef<int64_t> positions, void *inputs, void *targets) {
  TargetLayout layout{data::TargetForm::Real, 0};
  if (targets)
    layout = getTargetLayout(program, reader.getData());
  SmallVector<int64_t> padded;
  if (int64_t(positions.size()) < program.batch) {
    padded.assign(positions.begin(), positions.end());
    padded.resize(program.batch, positions.back());
    positions = padded;
  }
  reader.gather(positions, inputs, program.isF64, targets, layout.form,
                layout.width);
}

} // namespace gradc
