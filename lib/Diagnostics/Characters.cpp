//===- Characters.cpp - UTF-8 as source files and terminals see it --------===//

#include "gradc/Diagnostics/Characters.h"

#include "llvm/Support/ConvertUTF.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

using llvm::StringRef;

namespace gradc {

Character decodeCharacter(StringRef text) {
  auto first = static_cast<unsigned char>(text.front());
  if (first < 0x80)
    return {first, 1, true};
  const auto *position = reinterpret_cast<const llvm::UTF8 *>(text.data());
  llvm::UTF32 codePoint = 0;
  unsigned size = llvm::getNumBytesForUTF8(first);
  if (size > text.size() ||
      llvm::convertUTF8Sequence(&position, position + size, &codePoint,
                                llvm::strictConversion) != llvm::conversionOK)
    return {first, 1, false};
  return {codePoint, size, true};
}

bool isBidiControl(uint32_t codePoint) {
  return codePoint == 0x061C || codePoint == 0x200E || codePoint == 0x200F ||
         (codePoint >= 0x202A && codePoint <= 0x202E) ||
         (codePoint >= 0x2066 && codePoint <= 0x2069);
}

bool isShowable(uint32_t codePoint) {
  bool isControl = codePoint < 0x20 || (codePoint >= 0x7F && codePoint < 0xA0);
  // Separators of lines and marks without width would hide what is there.
  bool isInvisible = codePoint == 0xFEFF || codePoint == 0x200B ||
                     codePoint == 0x2028 || codePoint == 0x2029;
  return !isControl && !isInvisible && !isBidiControl(codePoint);
}

std::string showCharacter(StringRef bytes) {
  Character character = decodeCharacter(bytes);
  if (character.isValid && isShowable(character.codePoint))
    return bytes.take_front(character.size).str();
  std::string shown;
  llvm::raw_string_ostream os(shown);
  if (character.isValid && character.size > 1)
    os << llvm::format("U+%04X", character.codePoint);
  else
    os << llvm::format("\\x%02X", unsigned(character.codePoint));
  return shown;
}

std::string showText(StringRef text) {
  std::string shown;
  shown.reserve(text.size());
  while (!text.empty()) {
    Character character = decodeCharacter(text);
    if (text.front() == '\n')
      shown += '\n';
    else
      shown += showCharacter(text);
    text = text.drop_front(character.size);
  }
  return shown;
}

} // namespace gradc
