//===- HealthTable.h - The table of layers after a training -----*- C++ -*-===//

#ifndef GRADC_DRIVER_HEALTHTABLE_H
#define GRADC_DRIVER_HEALTHTABLE_H

#include "gradc/Driver/Health.h"
#include <string>

namespace gradc {

struct TableStyle {
  bool isUTF8 = false, hasColor = false;
};

/// A line for each layer, from the input to the output, and one for all.
/// Judges `record` first.
std::string formatHealthTable(HealthRecord &record, const TableStyle &style);

} // namespace gradc

#endif // GRADC_DRIVER_HEALTHTABLE_H
