//===- KernelOps.td - Products as code generation sees them -*- tablegen -*-===//

#ifndef GRADC_DIALECT_KERNEL_KERNELOPS
#define GRADC_DIALECT_KERNEL_KERNELOPS

include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/OpBase.td"
include "mlir/Interfaces/ControlFlowInterfaces.td"
include "mlir/Interfaces/DestinationStyleOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

def Kernel_Dialect : Dialect {
  let name = "kernel";
  let summary = "Matrix products with what follows them, on tensors and on memory";
  let description = [{
    What code generation needs to say of a product and linalg has no form for: a
    matrix in panels, and formulas applied to the sums, and joined, while they
    are in registers.

    A matrix of K rows and N columns, N a multiple of 16, is in panels as a
    tensor of [N/16, K, 16]: sixteen columns side by side, one row after the
    other. A micro-kernel reads a panel from its first byte to its last (Goto and
    van de Geijn, Anatomy of High-Performance Matrix Multiplication, 2008).
  }];
  let cppNamespace = "::gradc::kernel";
  let useDefaultAttributePrinterParser = 1;
}

def Kernel_Windows : AttrDef<Kernel_Dialect, "Windows"> {
  let mnemonic = "windows";
  let summary = "a matrix whose rows are windows of a tensor";
  let description = [{
    The matrix's element at row m and depth k lies at the tensor's element
    `start` plus, for each of the `rows` loops over which m counts, its turn times
    its stride, plus the same for k and the `depth` loops; the last loop of each
    turns fastest. The rows of a 3x3 convolution of 8 images of 30x30 pixels with
    32 channels:

    ```mlir
    #kernel.windows<0 rows [8, 28, 28] by [28800, 960, 32]
                      depth [3, 3, 32] by [960, 32, 1]>
    ```
  }];
  let parameters = (ins "int64_t":$start,
                        ArrayRefParameter<"int64_t">:$rows,
                        ArrayRefParameter<"int64_t">:$rowStrides,
                        ArrayRefParameter<"int64_t">:$depth,
                        ArrayRefParameter<"int64_t">:$depthStrides);
  let assemblyFormat = [{
    `<` $start `rows` `[` $rows `]` `by` `[` $rowStrides `]`
        `depth` `[` $depth `]` `by` `[` $depthStrides `]` `>`
  }];
  let genVerifyDecl = 1;
  let extraClassDeclaration = [{
    int64_t countRows() const;
    int64_t countDepth() const;
    /// The place of the last element read.
    int64_t getLast() const;
  }];
}

def Kernel_ProductOp : Op<Kernel_Dialect, "product", [
    AttrSizedOperandSegments, DestinationStyleOpInterface,
    DeclareOpInterfaceMethods<MemoryEffectsOpInterface>]> {
  let summary = "a matrix product, and formulas on its elements";
  let description = [{
    The sums s[m, n] = sum over k of lhs[m, k] rhs[k, n], each one chain in the
    order of k, and for each output the value the body yields at [m, n], given
    s[m, n] and an element of each input: of a matrix, in panels or not, the one
    at [m, n], of a vector the one at [n], of a tensor without dimensions its only
    one.

    `lhs` is [M, K], or [K, M] where it is `transposed`, or the panels of an
    [M, K], or a tensor of which `windows` are the rows. `rhs` is [K, N] or its
    panels, outputs are [M, N] or its panels. After them, outputs of [N] join the
    elements of a column: the body takes what was joined so far, after the inputs'
    elements, and yields it with one more, the rows in their order. The norm of a
    product is computed so, from a sum of squares for each column.

    A product that `updates` writes over matrices that its body reads: it takes
    their old elements, too, before those of what columns have joined. A weight is
    changed so by its gradient, which is never in memory.

    ```mlir
    %y = kernel.product %x, %w with (%bias : tensor<512xf32>)
        into (%empty : tensor<128x512xf32>)
        : tensor<128x784xf32>, tensor<32x784x16xf32> -> tensor<128x512xf32> {
    ^bb0(%sum: f32, %b: f32):
      %z = arith.addf %sum, %b : f32
      kernel.yield %z : f32
    }
    ```
  }];
  let arguments = (ins AnyShaped:$lhs, AnyShaped:$rhs,
                       Variadic<AnyShaped>:$inputs,
                       Variadic<AnyShaped>:$outputs, UnitAttr:$transposed, UnitAttr:$updates,
                       OptionalAttr<Kernel_Windows>:$windows);
  let results = (outs Variadic<AnyRankedTensor>:$results);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = [{
    (`updates` $updates^)? (`transposed` $transposed^)? (`windows` $windows^)? $lhs `,` $rhs
    (`with` `(` $inputs^ `:` type($inputs) `)`)?
    `into` `(` $outputs `:` type($outputs) `)` attr-dict
    `:` type($lhs) `,` type($rhs) (`->` type($results)^)? $body
  }];
  let skipDefaultBuilders = 1;
  let builders = [
    OpBuilder<(ins "::mlir::Value":$lhs, "::mlir::Value":$rhs,
                   "::mlir::ValueRange":$inputs, "::mlir::ValueRange":$outputs,
                   "bool":$transposed,
                   CArg<"WindowsAttr", "{}">:$windows,
                   CArg<"bool", "false">:$updates)>,
  ];
  let hasVerifier = 1;
  let extraClassDeclaration = [{
    /// The columns of a panel.
    static constexpr int64_t panelWidth = 16;

    ::mlir::MutableOperandRange getDpsInitsMutable() {
      return getOutputsMutable();
    }
    /// The sizes of the product.
    int64_t getRows();
    int64_t getColumns();
    int64_t getDepth();
    /// Whether `lhs` is a matrix in panels.
    bool isLeftInPanels();
    ::mlir::Block &getBlock() { return getBody().front(); }
    /// The terminator's operands.
    ::mlir::OperandRange getYielded();
    /// The outputs that are matrices, and those that join columns.
    ::mlir::OperandRange getMatrices();
    ::mlir::OperandRange getJoined();
    /// The outputs whose old elements the body takes, behind those of inputs.
    ::mlir::OperandRange getRead() {
      return getUpdates() ? getOutputs() : getJoined();
    }
  }];
}

def Kernel_YieldOp : Op<Kernel_Dialect, "yield", [
    Pure, Terminator, ReturnLike, HasParent<"ProductOp">]> {
  let summary = "the value of each output of a product";
  let arguments = (ins Variadic<AnyType>:$values);
  let assemblyFormat = "$values attr-dict `:` type($values)";
}

#endif // GRADC_DIALECT_KERNEL_KERNELOPS
