//===- Version.cpp - The version of gradc ---------------------------------===//

#include "gradc/Driver/Version.h"

namespace gradc {

const char *const gradcVersion = GRADC_VERSION;

} // namespace gradc
