//===- Labels.h - What a label means in a line ------------------*- C++ -*-===//

#ifndef GRADC_LIB_IMPORT_LABELS_H
#define GRADC_LIB_IMPORT_LABELS_H

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include <string>

namespace gradc {

struct SourceValue;

/// The full names that `label` may stand for in the line named `from`: in its
/// own body, which is that of the same turn of a repeat, then in each body
/// around it.
llvm::SmallVector<std::string> getMeanings(llvm::StringRef from,
                                           llvm::StringRef label);

/// Whatever a label may refer to by the layer `name`: itself, then the bodies,
/// blocks and repeats that it is in. Those give what their last layer gives.
llvm::SmallVector<llvm::StringRef> getReferents(llvm::StringRef name);

/// Whether the line named `from` stands in the body, block or repeat `outer`.
bool isInside(llvm::StringRef from, llvm::StringRef outer);

/// The label that `value` may be, or empty.
std::string getLabel(const SourceValue &value);

} // namespace gradc

#endif // GRADC_LIB_IMPORT_LABELS_H
