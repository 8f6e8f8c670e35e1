//===- ClipGradients.cpp - Bound the gradients before the updates ---------===//

#include "gradc/Transforms/Passes.h"
#include "llvm/ADT/StringMap.h"

using namespace mlir;

namespace gradc {
#define GEN_PASS_DEF_CLIPGRADIENTS
#include "gradc/Transforms/Passes.h.inc"

using Updates = SmallVector<train::UpdateOp>;

/// The layer a parameter belongs to: its name without the last part. Nameless
/// ones stand for themselves.
static std::string getLayer(train::UpdateOp update) {
  auto parameter = update.getParameter().getDefiningOp<nn::ParameterOp>();
  return parameter ? parameter.getName().rsplit('.').first.str() : "";
}

/// The updates that share one norm.
static SmallVector<Updates> formGroups(const Updates &updates,
                                       train::ClipKind kind) {
  if (kind == train::ClipKind::norm)
    return {updates};
  SmallVector<Updates> result;
  llvm::StringMap<unsigned> groupOfLayer;
  for (train::UpdateOp update : updates) {
    std::string layer = kind == train::ClipKind::layer ? getLayer(update) : "";
    if (layer.empty()) {
      result.push_back({update});
      continue;
    }
    auto [place, isNew] = groupOfLayer.try_emplace(layer, result.size());
    if (isNew)
      result.emplace_back();
    result[place->second].push_back(update);
  }
  return result;
}

/// A layer's own bound; 0 where it has none. Its parameters share it.
static double getOwnBound(train::UpdateOp update) {
  auto parameter = update.getParameter().getDefiningOp<nn::ParameterOp>();
  if (!parameter || !parameter.getOptions())
    return 0;
  FloatAttr clip = parameter.getOptions()->getClip();
  return clip ? clip.getValueAsDouble() : 0;
}

namespace {
struct ClipGradientsPass : impl::ClipGradientsBase<ClipGradientsPass> {
  void runOnOperation() override {
    SmallVector<train::ClipOp> requests;
    Updates updates;
    getOperation().walk([&](train::ClipOp clip) { requests.push_back(clip); });
    getOperation().walk(
        [&](train::UpdateOp update) { updates.push_back(update); });
    clipLayers(updates);
    for (auto [index, request] : llvm::enumerate(requests)) {
      if (!updates.empty())
        clip(request, index, updates);
      request.erase();
    }
  }

  /// The bounds that layers have of their own, before those of the network.
  static void clipLayers(const Updates &updates) {
    if (updates.empty())
      return;
    OpBuilder builder(updates.front());
    for (const Updates &group : formGroups(updates, train::ClipKind::layer)) {
      double bound = getOwnBound(group.front());
      if (bound == 0)
        continue;
      train::UpdateOp first = group.front();
      Location loc = first.getLoc();
      Value factor = clipByNorm(builder, loc, APFloat(bound), group);
      train::ReportOp::create(builder, loc, "clip_factor/" + getLayer(first),
                              factor,
                              /*probe=*/false);
    }
  }

  /// All gradients stand before the first update, so that is where a clip of
  /// any of them can stand.
  static void clip(train::ClipOp request, unsigned index,
                   const Updates &updates) {
    OpBuilder builder(updates.front());
    if (request.getKind() == train::ClipKind::value)
      return clipByValue(builder, request, updates);
    Value smallest;
    for (const Updates &group : formGroups(updates, request.getKind())) {
      Value factor =
          clipByNorm(builder, request.getLoc(), request.getThreshold(), group);
      smallest = smallest ? arith::MinimumFOp::create(builder, request.getLoc(),
                                                      smallest, factor)
                          : factor;
    }
    train::ReportOp::create(builder, request.getLoc(),
                            "clip_factor/" + std::to_string(index), smallest,
                            /*probe=*/false);
  }

  static void clipByValue(OpBuilder &builder, train::ClipOp request,
                          const Updates &updates) {
    for (train::UpdateOp update : updates) {
      Value clipped = train::ClipByValueOp::create(builder, request.getLoc(),
                                                   update.getGradient(),
                                                   request.getThreshold());
      update.getGradientMutable().assign(clipped);
    }
  }

  /// Returns the factor.
  static Value clipByNorm(OpBuilder &builder, Location loc, APFloat threshold,
                          const Updates &group) {
    SmallVector<Value> gradients;
    for (train::UpdateOp update : group)
      gradients.push_back(update.getGradient());
    auto clipped =
        train::ClipByNormOp::create(builder, loc, gradients, threshold);
    for (unsigned i = 0; i < group.size(); ++i) {
      train::UpdateOp update = group[i];
      update.getGradientMutable().assign(clipped->getResult(i));
    }
    return clipped.getFactor();
  }
};
} // namespace
} // namespace gradc
