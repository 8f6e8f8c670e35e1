//===- gradc.cpp - The compiler's program ---------------------------------===//

#include "gradc/Driver/Driver.h"

int main(int argc, char **argv) { return gradc::main(argc, argv); }
