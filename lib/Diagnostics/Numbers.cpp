//===- Numbers.cpp - Numbers as a reader would write them -----------------===//

#include "gradc/Diagnostics/Numbers.h"

#include <charconv>
#include <cmath>

namespace gradc {

std::string toString(double number) {
  // 1000000, not 1e+06; beyond, the digits would not all mean something.
  bool isWhole = number == std::floor(number) && std::fabs(number) < 1e16;
  char text[64];
  auto end = std::to_chars(text, text + sizeof(text), number,
                           isWhole ? std::chars_format::fixed
                                   : std::chars_format::general)
                 .ptr;
  return std::string(text, end);
}

} // namespace gradc
