//===- ImportGraph.cpp - Layers that refer to others ----------------------===//
//
// What the importer lends to the ops of lines: the layers that labels mean, the
// lines of a body, the projection of a shortcut.
//
//===----------------------------------------------------------------------===//

#include "Importer.h"
#include "Labels.h"

using namespace mlir;

namespace gradc {

SourceContext Importer::getContext(const SourceCall &call) {
  SourceContext context;
  context.target = [this](Location loc, Type type) {
    return getTarget(loc, type);
  };
  context.layer = [this, &call](const SourceValue &label) {
    return findLayer(call, label);
  };
  context.body = [this](const std::vector<SourceCall> &lines, Value input) {
    return importLines(lines, input);
  };
  context.projection = [this, &call](Value input, RankedTensorType type,
                                     ArrayRef<SourceNamedValue> arguments) {
    return project(call, input, type, arguments);
  };
  return context;
}

bool Importer::givesNames(Operation *op) {
  auto layer = dyn_cast<LayerOpInterface>(op);
  if (!layer)
    return false;
  // What it stands for is looked at and thrown away.
  Block block;
  OpBuilder scratch(op->getContext());
  scratch.setInsertionPointToEnd(&block);
  if (failed(layer.expand(scratch, LayerMode::Training)))
    return true; // whatever is wrong is said later
  return llvm::any_of(block,
                      [](Operation &made) { return made.hasAttr("name"); });
}

void Importer::remember(StringRef name, Value value) {
  for (StringRef referent : getReferents(name))
    values[referent] = value;
}

/// The places of all lines, those of bodies included, by what may refer to
/// them.
static void collectPlaces(ArrayRef<SourceCall> lines,
                          llvm::StringMap<Location> &places) {
  for (const SourceCall &line : lines) {
    for (StringRef referent : getReferents(line.name))
      places.try_emplace(referent, line.loc);
    collectPlaces(line.body, places);
  }
}

/// What is wrong with a label that means no layer above.
static LogicalResult refuseLabel(ArrayRef<SourceCall> net,
                                 const SourceCall &call,
                                 const SourceValue &value, StringRef label) {
  llvm::StringMap<Location> places;
  collectPlaces(net, places);
  for (const std::string &name : getMeanings(call.name, label)) {
    auto later = places.find(name);
    if (later == places.end())
      continue;
    auto diagnostic = emitError(value.loc)
                      << "'" << label << "' is not there yet: a layer can only "
                      << "refer to those above it";
    diagnostic.attachNote(later->second) << "it begins here";
    return diagnostic;
  }
  SmallVector<StringRef> candidates;
  for (const auto &place : places) {
    candidates.push_back(place.getKey());
    StringRef last = place.getKey().rsplit('.').second;
    if (!last.empty())
      candidates.push_back(last);
  }
  llvm::erase(candidates, label); // of another body
  llvm::sort(candidates);         // a StringMap has no order of its own
  auto diagnostic = emitError(value.loc)
                    << "no layer has the label '" << label << "'";
  suggest(*diagnostic.getUnderlyingDiagnostic(), value.loc,
          findNearest(label, candidates));
  return diagnostic;
}

FailureOr<Value> Importer::findLayer(const SourceCall &call,
                                     const SourceValue &value) {
  std::string label = getLabel(value);
  if (label.empty())
    return mlir::emitError(value.loc) << "expected the label of a layer, found "
                                      << "'" << toString(value) << "'";
  for (const std::string &name : getMeanings(call.name, label)) {
    auto found = values.find(name);
    if (found == values.end())
      continue;
    if (isInside(call.name, name))
      return mlir::emitError(value.loc)
             << "'" << label << "' is not complete here: this line is a part "
             << "of it";
    if (!found->second)
      return failure(); // reported where the layer stands
    return found->second;
  }
  return refuseLabel(file.net, call, value, label);
}

FailureOr<Value> Importer::project(const SourceCall &call, Value input,
                                   RankedTensorType type,
                                   ArrayRef<SourceNamedValue> arguments) {
  std::optional<SourceCall> line = sourceOps.findProjection(
      cast<RankedTensorType>(input.getType()), type, call.loc);
  if (!line)
    return Value();
  line->name = call.name + ".projection";
  if (values.contains(line->name))
    return mlir::emitError(call.loc)
           << "no layer in this '" << call.word << "' may have the label "
           << "'projection': that is the name of the one on its shortcut";
  line->named.insert(line->named.end(), arguments.begin(), arguments.end());
  return importLayer(*line, input);
}

} // namespace gradc
