//===- Passes.td - From tensors to vector code -------------*- tablegen -*-===//

#ifndef GRADC_CODEGEN_PASSES
#define GRADC_CODEGEN_PASSES

include "mlir/Pass/PassBase.td"

def KeepTransposed : Pass<"keep-transposed", "::mlir::ModuleOp"> {
  let summary = "Keep weights that products read transposed in that form too";
  let description = [{
    The gradient of a layer's input is a product with the transposed weight. A
    variable of which products read the transposed matrix, in columns that fill
    panels, gets a copy in that form: a variable of its own, which is written
    wherever the first one is. No step transposes such a weight to read it, and
    the product is one like all others.
  }];
  let dependentDialects = ["::mlir::func::FuncDialect",
                           "::mlir::linalg::LinalgDialect",
                           "::mlir::tensor::TensorDialect"];
}

def AssignLayouts : Pass<"assign-layouts", "::mlir::ModuleOp"> {
  let summary = "Keep weights in the panels that products read";
  let description = [{
    A matrix that is the right factor of a product, and what an optimizer keeps
    for each of its elements, are variables in panels from now on: the gradient is
    computed into panels, the update runs over them, and no step copies or
    transposes a weight. `@pack_state` and `@unpack_state` convert from and to the
    form that files have. The choice depends on shapes only.
  }];
  let dependentDialects = [
    "::mlir::arith::ArithDialect", "::mlir::func::FuncDialect",
    "::gradc::kernel::KernelDialect", "::mlir::linalg::LinalgDialect",
    "::mlir::tensor::TensorDialect"];
}

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

def BufferizeFunctions : Pass<"bufferize-functions", "::mlir::func::FuncOp"> {
  let summary = "Put the tensors of a function into memory";
  let description = [{
    MLIR's one-shot bufferization, of one function at a time. What is computed for
    a place, as a variable of the state or a slice of a stack, is computed there
    from the start where nothing else needs what stands there.
  }];
  let dependentDialects = [
    "::mlir::arith::ArithDialect", "::mlir::bufferization::BufferizationDialect",
    "::mlir::memref::MemRefDialect", "::mlir::tensor::TensorDialect"];
}

def FuseLoops : Pass<"fuse-loops"> {
  let summary = "Join loops over the same elements that follow one another";
  let description = [{
    Loops that work element by element, one behind the other, become one where
    they share memory and each turn takes from the other loop's turns at most its
    own element. What the first one computes stays in registers, and memory that
    nobody else reads is not written at all. Copies join in. On tensors a value
    with several readers, or a result in the memory of a state, ends a chain;
    here it does not. A loop of many exponentials takes in no more of them.
  }];
  let dependentDialects = ["::mlir::linalg::LinalgDialect",
                           "::mlir::memref::MemRefDialect"];
}

def FuseRows : Pass<"fuse-rows"> {
  let summary = "Run loops over the same rows a few rows at a time, one behind the other";
  let description = [{
    Loops whose outermost one is parallel, and of which each turn takes only its own
    row of what the others give - a softmax's maximum, sum and gradient - work on a
    block of rows while it lies in a cache. Memory that only they use shrinks to a
    block. The cost model says where it pays. Each row is computed as before.
  }];
  let options = [Option<"parallel", "parallel", "bool", "false",
                        "let threads share the blocks of long loops">];
  let dependentDialects = ["::mlir::arith::ArithDialect", "::mlir::linalg::LinalgDialect",
                           "::mlir::memref::MemRefDialect", "::mlir::scf::SCFDialect"];
}

def ViewParts : Pass<"view-parts"> {
  let summary = "See parts of buffers as memory of their own";
  let description = [{
    The slice of a stack that one turn of a loop reads or writes lies without gaps
    at a place that is known when the loop runs. It becomes a view of the buffer's
    bytes, which has a plain type, so that every product and loop can take it. A
    part with gaps, as one gate of a row of gates, keeps its strides.
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect",
                           "::mlir::linalg::LinalgDialect",
                           "::mlir::memref::MemRefDialect"];
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

def LowerProducts : Pass<"lower-products", "::mlir::ModuleOp"> {
  let summary = "Lower matrix products to loops around register-blocked micro-kernels";
  let description = [{
    A kernel keeps its block of the result in registers for the whole sum, so each
    element is one chain of fused multiply-adds in the order of the index,
    whatever the machine; then it applies the product's formulas and stores.
    Factors are read where they are, or copied into panels where their rows lie
    too far apart for the cache. Kernels are functions of their own, shared by
    all products of their block and formulas.
  }];
  let options = [
    Option<"registers", "registers", "unsigned", "32",
           "vector registers of the target">,
    Option<"registerBytes", "register-bytes", "unsigned", "64",
           "bytes of a vector register">,
    Option<"parallel", "parallel", "bool", "false",
           "let threads share long loops">];
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
    result depends on shapes only. Operands that lie across the vector loop are
    transposed in registers, a square at a time. What cannot be a vector becomes
    scalar loops. Loops that do the same to memory of the same shapes
    become one function.
  }];
  let options = [
    Option<"parallel", "parallel", "bool", "false",
           "let threads share long loops">];
  let dependentDialects = [
    "::mlir::arith::ArithDialect", "::mlir::func::FuncDialect",
    "::mlir::linalg::LinalgDialect", "::mlir::math::MathDialect",
    "::mlir::memref::MemRefDialect", "::mlir::scf::SCFDialect",
    "::mlir::vector::VectorDialect"];
}

def ApproximateMath : Pass<"approximate-math"> {
  let summary = "Replace functions of f32 by polynomials";
  let description = [{
    exp, expm1, tanh, log, log1p, erf and erfc of f32 are computed in f64, so well
    that all but one result in a thousand is the nearest f32. So are those of f64
    with the mark `step.for_single`: what is made of them becomes an f32. All
    other functions of f64 stay.
  }];
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
