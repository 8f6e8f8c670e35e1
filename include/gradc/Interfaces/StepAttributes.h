//===- StepAttributes.h - How a step's arguments are marked -----*- C++ -*-===//
//
// The functions that `form-step` makes carry the role of each argument and
// result as an attribute. Code generation places them by role; it knows neither
// networks nor optimizers.
//
//===----------------------------------------------------------------------===//

#ifndef GRADC_INTERFACES_STEPATTRIBUTES_H
#define GRADC_INTERFACES_STEPATTRIBUTES_H

#include "llvm/ADT/StringRef.h"

namespace gradc::step {

/// On each argument and result: one of the roles below.
inline constexpr llvm::StringLiteral roleAttr = "step.role";
/// On a variable, report or output: its name.
inline constexpr llvm::StringLiteral nameAttr = "step.name";
/// On a variable: `parameter`, `buffer`, `state`, or `copy` for another form of
/// a variable, of which the host knows nothing.
inline constexpr llvm::StringLiteral kindAttr = "step.kind";
inline constexpr llvm::StringLiteral copyKind = "copy";
/// On a copy: the name of the variable.
inline constexpr llvm::StringLiteral originalAttr = "step.original";

inline constexpr llvm::StringLiteral inputsRole = "inputs";
inline constexpr llvm::StringLiteral targetsRole = "targets";
inline constexpr llvm::StringLiteral variableRole = "variable";
/// i64: the number of the step, from 1.
inline constexpr llvm::StringLiteral stepRole = "step";
/// i64: how many rows of the batch are samples.
inline constexpr llvm::StringLiteral countRole = "count";
inline constexpr llvm::StringLiteral rateRole = "rate";
inline constexpr llvm::StringLiteral seedRole = "seed";
/// f64: a number for the host.
inline constexpr llvm::StringLiteral reportRole = "report";
/// A tensor for the host.
inline constexpr llvm::StringLiteral outputRole = "output";
/// A variable as files have it, at its place in a block like the state, which
/// is passed where other functions have their outputs.
inline constexpr llvm::StringLiteral naturalRole = "natural";

/// Where variables are kept in another form than files have them: the function
/// that takes these as files have them, and the one that gives them so.
inline constexpr llvm::StringLiteral packFunction = "pack_state";
inline constexpr llvm::StringLiteral unpackFunction = "unpack_state";

//===----------------------------------------------------------------------===//
// What `place-state` and `plan-memory` tell the host
//===----------------------------------------------------------------------===//

/// On the module: an array of places in the state, each a dictionary of the
/// entries below.
inline constexpr llvm::StringLiteral variablesAttr = "step.variables";
inline constexpr llvm::StringLiteral stateBytesAttr = "step.state_bytes";
/// On a function: the names of its reports, in their order.
inline constexpr llvm::StringLiteral reportsAttr = "step.reports";
/// On a function: an array of places in the outputs block.
inline constexpr llvm::StringLiteral outputsAttr = "step.outputs";
inline constexpr llvm::StringLiteral outputBytesAttr = "step.output_bytes";
inline constexpr llvm::StringLiteral arenaBytesAttr = "step.arena_bytes";
/// Of a place.
inline constexpr llvm::StringLiteral placeName = "name";
inline constexpr llvm::StringLiteral placeKind = "kind";
inline constexpr llvm::StringLiteral placeType = "type";
inline constexpr llvm::StringLiteral placeOffset = "offset";

/// Every tensor of the state, the arena and the outputs begins at a multiple of
/// this many bytes: a cache line, and the widest vector.
inline constexpr int64_t alignment = 64;

} // namespace gradc::step

#endif // GRADC_INTERFACES_STEPATTRIBUTES_H
