//===- Version.h - The version of gradc -------------------------*- C++ -*-===//

#ifndef GRADC_DRIVER_VERSION_H
#define GRADC_DRIVER_VERSION_H

namespace gradc {

/// As the build has it: `0.1.0`.
extern const char *const gradcVersion;

} // namespace gradc

#endif // GRADC_DRIVER_VERSION_H
