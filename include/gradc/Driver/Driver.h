//===- Driver.h - The program gradc -----------------------------*- C++ -*-===//

#ifndef GRADC_DRIVER_DRIVER_H
#define GRADC_DRIVER_DRIVER_H

namespace gradc {

/// Does what the command line asks for and returns the exit code.
int main(int argc, char **argv);

} // namespace gradc

#endif // GRADC_DRIVER_DRIVER_H
