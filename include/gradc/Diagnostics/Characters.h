//===- Characters.h - UTF-8 as source files and terminals see it -*- C++
//-*-===//

#ifndef GRADC_DIAGNOSTICS_CHARACTERS_H
#define GRADC_DIAGNOSTICS_CHARACTERS_H

#include "llvm/ADT/StringRef.h"
#include <cstdint>
#include <string>

namespace gradc {

/// The bytes that an editor may put before the first character.
inline constexpr llvm::StringLiteral byteOrderMark = "\xEF\xBB\xBF";

/// One character of a text: a code point, or a byte that is none.
struct Character {
  uint32_t codePoint;
  unsigned size; ///< in bytes
  bool isValid;
};

/// The first character of `text`, which is not empty.
Character decodeCharacter(llvm::StringRef text);

/// Whether the code point changes the direction of the text around it, so that
/// a reader would see another program than the compiler.
bool isBidiControl(uint32_t codePoint);

/// Whether the code point may stand in front of a reader as it is.
bool isShowable(uint32_t codePoint);

/// `\xNN` for each byte of a character that cannot be shown, `U+NNNN` for a
/// control character of more than one byte, the character itself otherwise.
std::string showCharacter(llvm::StringRef bytes);

/// `text` with every character as `showCharacter` shows it; new lines stay.
std::string showText(llvm::StringRef text);

} // namespace gradc

#endif // GRADC_DIAGNOSTICS_CHARACTERS_H
