//===- Passes.td - From networks to loops' iterators -------*- tablegen -*-===//

#ifndef GRADC_CONVERSION_PASSES
#define GRADC_CONVERSION_PASSES

include "mlir/Pass/PassBase.td"

def ConvertToLinalg : Pass<"convert-to-linalg"> {
  let summary = "Lower the mathematics of networks to linalg on tensors";
  let description = [{
    Every op with a formula (activations, their gradients, losses, optimizer
    updates) is lowered by one pattern; products become `linalg.matmul`;
    reductions and random numbers have a pattern each; a scan becomes an
    `scf.for` that carries states and stacks.
  }];
  let dependentDialects = [
    "::mlir::arith::ArithDialect", "::mlir::bufferization::BufferizationDialect",
    "::mlir::linalg::LinalgDialect", "::mlir::math::MathDialect",
    "::mlir::scf::SCFDialect", "::mlir::tensor::TensorDialect"];
}

def AssignImageLayouts : Pass<"assign-image-layouts", "::mlir::ModuleOp"> {
  let summary = "Keep images with their channels last";
  let description = [{
    Images are `[samples, channels, height, width]` as written. Those that meet a
    convolution, whose windows and results have the channels last, are kept so in
    memory, and all that lie as they do: moves from one layout to the other cancel,
    and what is left of them stands where images enter or leave (a `flatten`).
    ```mlir
    linalg.generic {indexing_maps = [(n, c, h, w) -> (n, c, h, w), ...]}
    // becomes
    linalg.generic {indexing_maps = [(n, h, w, c) -> (n, h, w, c), ...]}
    ```
  }];
  let dependentDialects = ["::mlir::linalg::LinalgDialect",
                           "::mlir::tensor::TensorDialect"];
}

def FormProducts : Pass<"form-products"> {
  let summary = "Turn products of matrices into those of code generation";
  let description = [{
    Each `linalg.matmul` becomes a `kernel.product`. A weight of the state that is
    the transposed right factor, as in every gradient of a layer's input, is
    transposed where its rows fill panels: `keep-transposed` then keeps it so. Of
    others comes the transposed product of the factors the other way round: the
    weight is read as it stands, and the transposed deltas, which are small, are
    the panels. Where the batch has a few samples only, the weight is transposed;
    and where a loop reads it in each turn, once, before the loop.
  }];
  let dependentDialects = ["::gradc::kernel::KernelDialect",
                           "::mlir::linalg::LinalgDialect",
                           "::mlir::tensor::TensorDialect"];
}

def FuseWindows : Pass<"fuse-windows"> {
  let summary = "Read the windows of a convolution where they lie";
  let description = [{
    A product whose left factor is a copy of windows, as the convolutions of
    `convert-to-linalg` are, takes its elements from where they were copied. The
    copy, several times as large as the image, is never made.
  }];
  let dependentDialects = ["::gradc::kernel::KernelDialect"];
}

def SinkReshapes : Pass<"sink-reshapes"> {
  let summary = "Let loops run over the matrix a product gives, not over the image";
  let description = [{
    A generic that reads a matrix as an image, and goes through it in the order in
    which it lies, reads the matrix: the bias and the activation after a
    convolution then stand directly behind its product. The reshape follows them.
  }];
  let dependentDialects = ["::mlir::linalg::LinalgDialect",
                           "::mlir::tensor::TensorDialect"];
}

def FuseFormulas : Pass<"fuse-formulas"> {
  let summary = "Apply bias, activation and its gradient to sums still in registers";
  let description = [{
    An element-wise generic that reads a product's result, and otherwise only
    what is there before the product, becomes a formula in the product's body.
    Nothing is computed twice: a result that others use too is kept. What is drawn
    from numbers alone, as a mask of dropout, is drawn before the product.
  }];
  let dependentDialects = ["::gradc::kernel::KernelDialect",
                           "::mlir::tensor::TensorDialect"];
}

def JoinColumns : Pass<"join-columns"> {
  let summary = "Add up the elements of a product while they are in registers";
  let description = [{
    A generic that joins all elements of a product's results, or those of each
    column, by an operation with a neutral element becomes an output of the
    product that joins columns. What is left of a sum of all elements is one over
    columns. The norm of a layer's output and the share of its zeros then cost no
    pass over memory. Convolutions and products of up to 32 columns are left alone:
    threads share their rows, and must not join the same columns.
  }];
  let dependentDialects = ["::gradc::kernel::KernelDialect",
                           "::mlir::linalg::LinalgDialect",
                           "::mlir::tensor::TensorDialect"];
}

def SimplifyFormulas : Pass<"simplify-formulas"> {
  let summary = "Compare conditions, not the constants they choose, and join nothing twice";
  let description = [{
    `(c ? 0 : 1) < 0.5` is `c`: whether a unit of relu lets nothing pass is seen
    from its sign, without its slope. Where a product then joins the same terms
    for two of its outputs, one is left.
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect",
                           "::gradc::kernel::KernelDialect"];
}

def GroupPixels : Pass<"group-pixels"> {
  let summary = "Let neighbouring pixels fill a vector that few channels leave empty";
  let description = [{
    A convolution to 6 channels fills 6 of 16 lanes. Computed two pixels at a time
    it fills 12: the windows of a group are those of all its pixels, the filters
    have a copy for each of them, with zeros where its own window is not. A group is
    chosen where less is computed so, the zeros included. The gradient of the
    filters comes for each pixel of a group apart, and is added up.
  }];
  let dependentDialects = ["::gradc::kernel::KernelDialect",
                           "::mlir::linalg::LinalgDialect",
                           "::mlir::tensor::TensorDialect"];
}

def FuseReductions : Pass<"fuse-reductions"> {
  let summary = "Add up what a loop over the same elements reads or computes anyway";
  let description = [{
    A sum over all elements of a tensor joins an earlier generic that reads or
    computes the tensor: the update of a weight then also gives the norms of what
    it read and of what it changed. The fused generic's loops all reduce, though
    its first outputs are whole tensors: each of their elements is written once.

    Where none fits, a sum joins a generic that adds up the same elements by
    columns: it adds by columns too, and then over these. The norm of a layer's
    gradient goes with the gradient of its bias.
  }];
  let dependentDialects = ["::mlir::linalg::LinalgDialect",
                           "::mlir::tensor::TensorDialect"];
}

def HoistUpdates : Pass<"hoist-updates"> {
  let summary = "Update each weight as soon as its gradient is there";
  let description = [{
    An op that writes over a variable moves up to the last op whose result it
    needs or that still reads the old value. Then gradient and weight are still
    in the caches, and the memory of a gradient serves the next one. Numbers
    computed from the step's alone move to the beginning.
  }];
}

def FuseElementwise : Pass<"fuse-elementwise"> {
  let summary = "Join chains of element-wise operations into one pass over memory";
  let description = [{
    Upstream's fusion, for producers with one user. Nothing is computed twice, and
    no sum changes its order.
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect",
                           "::mlir::linalg::LinalgDialect",
                           "::mlir::tensor::TensorDialect"];
}

def MaterializeFills : Pass<"materialize-fills"> {
  let summary = "Fill each tensor of equal elements where it is used";
  let description = [{
    A constant tensor of equal elements would be stored whole in the object file,
    and a filled tensor with two users would be copied by bufferization. Filling
    is cheaper: each user gets its own.
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect",
                           "::mlir::linalg::LinalgDialect",
                           "::mlir::tensor::TensorDialect"];
}

#endif // GRADC_CONVERSION_PASSES
