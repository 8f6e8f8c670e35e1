//===- SourceOps.cpp - The ops that stand in a `.net` ---------------------===//

#include "gradc/Import/SourceOps.h"

using namespace mlir;

namespace gradc {

SourceOps::SourceOps(MLIRContext *context) {
  for (RegisteredOperationName name : context->getRegisteredOperations())
    if (auto *source = name.getInterface<SourceOpInterface>())
      places[source->getSourcePlace().str()][source->getSourceWord().str()] =
          source;
}

bool SourceOps::contains(StringRef place, StringRef word) const {
  auto words = places.find(place.str());
  return words != places.end() && words->second.count(word.str());
}

std::vector<std::string> SourceOps::getWords(StringRef place) const {
  std::vector<std::string> result;
  auto words = places.find(place.str());
  if (words != places.end())
    for (const auto &entry : words->second)
      result.push_back(entry.first);
  return result;
}

FailureOr<SourceOpInterface::Concept *>
SourceOps::find(StringRef place, StringRef word, Location loc) const {
  if (contains(place, word))
    return places.find(place.str())->second.find(word.str())->second;
  std::vector<std::string> words = getWords(place);
  SmallVector<StringRef> candidates(words.begin(), words.end());
  auto diagnostic = emitError(loc)
                    << "unknown " << place << " '" << word << "'";
  StringRef nearest = findNearest(word, candidates);
  if (!nearest.empty()) {
    diagnostic << "; did you mean '" << nearest << "'?";
    addFixIt(*diagnostic.getUnderlyingDiagnostic(), loc, nearest);
  }
  return diagnostic;
}

std::optional<SourceCall> SourceOps::findProjection(RankedTensorType from,
                                                    RankedTensorType to,
                                                    Location loc) const {
  auto layers = places.find("layer");
  if (layers != places.end())
    for (const auto &[word, source] : layers->second)
      if (std::optional<SourceCall> line = source->getProjection(from, to, loc))
        return line;
  return {};
}

} // namespace gradc
