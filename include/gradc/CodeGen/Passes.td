//===- Passes.td - From tensors to vector code -------------*- tablegen -*-===//

#ifndef GRADC_CODEGEN_PASSES
#define GRADC_CODEGEN_PASSES

include "mlir/Pass/PassBase.td"

def PlaceState : Pass<"place-state", "::mlir::ModuleOp"> {
  let summary = "Give every function of a step the same arguments: blocks of memory and scalars";
  let description = [{
    A function whose arguments and results carry roles becomes

    ```mlir
    func.func @f(%state: memref<Sxi8>, %arena: memref<0xi8>, %inputs: memref<...>,
                 %targets: memref<...>, %number: i64, %rate: f64, %seed: i64,
                 %reports: memref<Rxf64>, %outputs: memref<Oxi8>)
    ```

    Variables are read from their place in the state and written there; `%number`
    is the step or the count of samples. The attributes `step.variables`,
    `step.reports` and `step.outputs` tell the host where things are.
  }];
  let dependentDialects = [
    "::mlir::arith::ArithDialect", "::mlir::bufferization::BufferizationDialect",
    "::mlir::func::FuncDialect", "::mlir::memref::MemRefDialect",
    "::mlir::tensor::TensorDialect"];
}

def PlanMemory : Pass<"plan-memory", "::mlir::ModuleOp"> {
  let summary = "Give every buffer of a step a place in one arena";
  let description = [{
    Buffers whose lives do not overlap share memory: the largest are placed
    first, each at the lowest free address of 64-byte alignment. The attribute
    `step.arena_bytes` tells the host how much is needed.
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect",
                           "::mlir::memref::MemRefDialect"];
}

def LowerMatmul : Pass<"lower-matmul", "::mlir::ModuleOp"> {
  let summary = "Lower matrix products to loops around register-blocked micro-kernels";
  let description = [{
    The right factor is packed into panels as wide as a micro-kernel; the kernel
    keeps its block of the result in registers for the whole sum, so each element
    is one chain of fused multiply-adds in the order of the index, whatever the
    machine. Kernels are functions of their own, shared by all products of their
    shape class.
  }];
  let options = [
    Option<"registers", "registers", "unsigned", "32",
           "vector registers of the target">,
    Option<"registerBytes", "register-bytes", "unsigned", "64",
           "bytes of a vector register">];
  let dependentDialects = [
    "::mlir::arith::ArithDialect", "::mlir::func::FuncDialect",
    "::mlir::memref::MemRefDialect", "::mlir::scf::SCFDialect",
    "::mlir::vector::VectorDialect"];
}

def LowerGeneric : Pass<"lower-generic", "::mlir::ModuleOp"> {
  let summary = "Lower `linalg.generic` and `linalg.fill` to loops over vectors";
  let description = [{
    The innermost loop runs over vectors of 64 bytes on every machine. Sums are
    kept in a fixed number of vectors and joined by a fixed tree, so that a
    result depends on shapes only. What cannot be a vector (a transposed access)
    becomes scalar loops. Loops that do the same to memory of the same shapes
    become one function.
  }];
  let dependentDialects = [
    "::mlir::arith::ArithDialect", "::mlir::func::FuncDialect",
    "::mlir::linalg::LinalgDialect", "::mlir::math::MathDialect",
    "::mlir::memref::MemRefDialect", "::mlir::scf::SCFDialect",
    "::mlir::vector::VectorDialect"];
}

def ApproximateMath : Pass<"approximate-math"> {
  let summary = "Replace functions of f32 vectors by polynomials";
  let dependentDialects = ["::mlir::arith::ArithDialect",
                           "::mlir::math::MathDialect",
                           "::mlir::vector::VectorDialect"];
}

def CallMathLibrary : Pass<"call-math-library", "::mlir::ModuleOp"> {
  let summary = "Call libm for the functions that are left";
  let description = [{
    Functions of f64, and all functions where nothing is approximated. Square
    roots and absolute values stay: they are instructions. Upstream's conversion
    to LLVM would write e^x - 1 for expm1 and log(1 + x) for log1p.
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect",
                           "::mlir::func::FuncDialect",
                           "::mlir::vector::VectorDialect"];
}

def LowerToLLVM : Pass<"lower-to-llvm", "::mlir::ModuleOp"> {
  let summary = "Lower scalars, memory, branches and functions to LLVM's dialect at once";
  let description = [{
    Upstream's patterns of `arith`, `math`, `memref`, `func` and `cf`, with
    buffers passed as bare pointers, in one conversion: one for each dialect would
    walk the whole module five times.
  }];
  let dependentDialects = ["::mlir::LLVM::LLVMDialect"];
}

#endif // GRADC_CODEGEN_PASSES
