//===- ScanOps.td - Loops over time, and parts of tensors --*- tablegen -*-===//

#ifndef GRADC_DIALECT_NN_SCANOPS
#define GRADC_DIALECT_NN_SCANOPS

include "gradc/Dialect/NN/MathOps.td"

def NN_ScanOp : NN_DifferentiableOp<"scan", [IsolatedFromAbove,
    AttrSizedOperandSegments, SingleBlock]> {
  let summary = "a loop over time: states carried from step to step";
  let description = [{
    The body takes the states, a slice of each sequence for this step, and the
    constants, which are the same in all steps. It gives the next states, then the
    slice of each output for this step. Results are the states after the last
    step, then the outputs. Sequences and outputs are [steps, ...]. In `reverse`
    the loop begins at the last step.

    Its gradient is a scan the other way round: backpropagation through time. What
    that needs of each turn is one more output of the forward scan. The gradient
    of a constant is not added up turn by turn where `SampleSumOpInterface` says
    that one product after the loop gives the sum. `tap` is the name under which
    the gradient of the first state at each step can be watched.

    ```mlir
    %last, %all = nn.scan steps(3) from(%h : tensor<4x5xf32>)
        over(%x : tensor<3x4x5xf32>) with(%w : tensor<5x5xf32>)
        -> tensor<4x5xf32>, tensor<3x4x5xf32> {
    ^bb0(%state: tensor<4x5xf32>, %input: tensor<4x5xf32>, %weight: tensor<5x5xf32>):
      %0 = nn.matmul %state, %weight : (tensor<4x5xf32>, tensor<5x5xf32>) -> tensor<4x5xf32>
      %1 = nn.add %0, %input : tensor<4x5xf32>
      %2 = nn.tanh %1 : tensor<4x5xf32>
      nn.scan_yield %2, %2 : tensor<4x5xf32>, tensor<4x5xf32>
    }
    ```
  }];
  let arguments = (ins ConfinedAttr<I64Attr, [IntPositive]>:$steps,
                       UnitAttr:$reverse, OptionalAttr<StrAttr>:$tap,
                       Variadic<NN_Tensor>:$initials,
                       Variadic<NN_Tensor>:$sequences,
                       Variadic<NN_Tensor>:$constants);
  let results = (outs Variadic<NN_Tensor>:$results);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = [{
    `steps` `(` $steps `)` (`reverse` $reverse^)? (`tap` `(` $tap^ `)`)?
    (`from` `(` $initials^ `:` type($initials) `)`)?
    (`over` `(` $sequences^ `:` type($sequences) `)`)?
    (`with` `(` $constants^ `:` type($constants) `)`)? attr-dict
    `->` type($results) $body
  }];
  let skipDefaultBuilders = 1;
  let builders = [
    /// The body is left without a block. `outputs` are the types of the outputs.
    OpBuilder<(ins "int64_t":$steps, "bool":$reverse,
                   "::mlir::ValueRange":$initials,
                   "::mlir::ValueRange":$sequences,
                   "::mlir::ValueRange":$constants,
                   "::mlir::TypeRange":$outputs)>,
  ];
  let extraClassDeclaration = [{
    unsigned getNumStates() { return getInitials().size(); }
    unsigned getNumSequences() { return getSequences().size(); }
    /// The states after the last step.
    ::mlir::ResultRange getFinals() {
      return getResults().take_front(getNumStates());
    }
    ::mlir::ResultRange getOutputs() {
      return getResults().drop_front(getNumStates());
    }
    ::mlir::Block &getBlock() { return getBody().front(); }
    ::mlir::Block::BlockArgListType getStateArguments() {
      return getBlock().getArguments().take_front(getNumStates());
    }
    ::mlir::Block::BlockArgListType getSequenceArguments() {
      return getBlock().getArguments().slice(getNumStates(), getNumSequences());
    }
    ::mlir::Block::BlockArgListType getConstantArguments() {
      return getBlock().getArguments().take_back(getConstants().size());
    }
    /// What the body gives: the next states, then a slice of each output.
    ::mlir::OperandRange getYielded() {
      return getBlock().getTerminator()->getOperands();
    }
  }];
  let hasRegionVerifier = 1;
  let hasCanonicalizer = 1;
}

def NN_ScanYieldOp : NN_Op<"scan_yield", [Terminator, Pure, HasParent<"ScanOp">]> {
  let summary = "the next states of a scan, then the slices of its outputs";
  let arguments = (ins Variadic<NN_Tensor>:$values);
  let assemblyFormat = "($values^ `:` type($values))? attr-dict";
}

def NN_StateGradientsOp : NN_Op<"state_gradients"> {
  let summary = "a place where a watched step looks: dL/dh at each step of a scan";
  let arguments = (ins StrAttr:$name, NN_Tensor:$gradients);
  let assemblyFormat = "$name $gradients attr-dict `:` type($gradients)";
}

def NN_StepNormsOp : NN_Op<"step_norms", [Pure]> {
  let summary = "for each step the Euclidean norm over all other dimensions, in f64";
  let arguments = (ins NN_Tensor:$input);
  let results = (outs NN_Tensor:$result);
  let assemblyFormat = "$input attr-dict `:` type($input) `->` type($result)";
  let builders = [OpBuilder<(ins "::mlir::Value":$input)>];
  let hasVerifier = 1;
}

def NN_SplitOp : NN_DifferentiableOp<"split", [NN_IsView]> {
  let summary = "parts of equal size side by side along the last dimension";
  let arguments = (ins NN_Tensor:$input);
  let results = (outs Variadic<NN_Tensor>:$parts);
  let assemblyFormat = "$input attr-dict `:` type($input) `->` type($parts)";
  let builders = [
    OpBuilder<(ins "::mlir::Value":$input, "unsigned":$number)>,
  ];
  let hasVerifier = 1;
}

def NN_JoinOp : NN_Op<"join", [Pure]> {
  let summary = "tensors of one shape side by side along the last dimension";
  let arguments = (ins Variadic<NN_Tensor>:$parts);
  let results = (outs NN_Tensor:$result);
  let assemblyFormat = "$parts attr-dict `:` type($parts) `->` type($result)";
  let hasVerifier = 1;
}

def NN_ExchangeOp : NN_DifferentiableOp<"exchange"> {
  let summary = "the first two dimensions exchanged: samples and steps";
  let arguments = (ins NN_Tensor:$input);
  let results = (outs NN_Tensor:$result);
  let assemblyFormat = "$input attr-dict `:` type($input) `->` type($result)";
  let builders = [OpBuilder<(ins "::mlir::Value":$input)>];
  let hasVerifier = 1;
}

#endif // GRADC_DIALECT_NN_SCANOPS
