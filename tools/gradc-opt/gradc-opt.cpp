//===- gradc-opt.cpp - Run gradc's passes one by one ----------------------===//

#include "gradc/Driver/Compile.h"
#include "gradc/InitAll.h"
#include "mlir/InitAllPasses.h"
#include "mlir/Tools/mlir-opt/MlirOptMain.h"

int main(int argc, char **argv) {
  mlir::DialectRegistry registry;
  gradc::registerAllDialects(registry);
  gradc::registerAllPasses();
  // Upstream's too: the later stages are made of them.
  mlir::registerAllPasses();
  return mlir::asMainReturnCode(
      mlir::MlirOptMain(argc, argv, "gradc's optimizer driver\n", registry));
}
