//===- Numbers.h - Numbers as a reader would write them ---------*- C++ -*-===//

#ifndef GRADC_DIAGNOSTICS_NUMBERS_H
#define GRADC_DIAGNOSTICS_NUMBERS_H

#include <string>

namespace gradc {

/// `number` in the fewest digits that give it back, whole numbers in full.
std::string toString(double number);

} // namespace gradc

#endif // GRADC_DIAGNOSTICS_NUMBERS_H
