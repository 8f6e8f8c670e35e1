//===- RandomOps.td - Random numbers and what uses them ----*- tablegen -*-===//

#ifndef GRADC_DIALECT_NN_RANDOMOPS
#define GRADC_DIALECT_NN_RANDOMOPS

include "gradc/Dialect/NN/LayerOps.td"

def NN_SeedOp : NN_Op<"seed", [Pure]> {
  let summary = "the seed of the training, given by the host";
  let results = (outs I64:$result);
  let assemblyFormat = "attr-dict";
}

def NN_StepOp : NN_Op<"step", [Pure]> {
  let summary = "the number of this step, counted from 1";
  let results = (outs I64:$result);
  let assemblyFormat = "attr-dict";
}

def NN_RandomOp : NN_Op<"random", [Pure]> {
  let summary = "a tensor drawn from a distribution";
  let description = [{
    Element i of the tensor in row-major order is a function of `seed`, of the
    hash of `name`, of `step` (0 where there is none) and of i alone: Philox
    4x32-10 (Salmon et al. 2011) with the first two as its key and the others as
    its counter. Normal values are computed in f64 (Box and Muller 1958) and
    rounded.
  }];
  let arguments = (ins I64:$seed, Optional<I64>:$step, StrAttr:$name,
                       UnitAttr:$normal, F64Attr:$first, F64Attr:$second);
  let results = (outs NN_Tensor:$result);
  let assemblyFormat = [{
    $name `seed` $seed (`step` $step^)? (`normal` $normal^):(`uniform`)?
    `(` $first `,` $second `)` attr-dict `:` type($result)
  }];
}

def NN_OrthonormalizeOp : NN_Op<"orthonormalize", [Pure]> {
  let summary = "`gain` times a matrix with orthonormal rows, or columns";
  let description = [{
    The rows or columns of the matrix [first dimension, all others], whichever are
    fewer, are made orthonormal by Gram-Schmidt in f64, the first one first: of
    normal numbers every such matrix is as likely as any other (Saxe, McClelland
    and Ganguli 2014).
  }];
  let arguments = (ins NN_TensorOf<[F64], "::llvm::cast<::mlir::ShapedType>($_self).getRank() > 1", "matrix of f64">:$input,
                       F64Attr:$gain);
  let results = (outs NN_Tensor:$result);
  let assemblyFormat = [{
    $input `gain` `(` $gain `)` attr-dict `:` type($input) `->` type($result)
  }];
  let hasVerifier = 1;
}

def NN_DropoutMaskOp : NN_Op<"dropout_mask", [Pure]> {
  let summary = "0 with probability `rate`, else 1 / (1 - rate), for each element";
  let description = [{
    Element i is a function of `seed`, `name`, `step` and i, as in `nn.random`:
    it is 0 where the first word of its block is below rate 2^32. The mean of
    an element is 1: what is multiplied by a mask keeps its mean (Srivastava et
    al. 2014, the inverted form).
  }];
  let arguments = (ins I64:$seed, I64:$step, StrAttr:$name, F64Attr:$rate);
  let results = (outs NN_Tensor:$result);
  let assemblyFormat = [{
    $name `seed` $seed `step` $step `rate` `(` $rate `)` attr-dict `:` type($result)
  }];
  let hasVerifier = 1;
}

def NN_DropoutOp : NN_LayerOp<"dropout", [AllTypesMatch<["input", "result"]>]> {
  let summary = "in training a random share of the elements is 0 (Srivastava et al. 2014)";
  let description = [{
    Each element is 0 with probability `rate`, else it is multiplied by
    1 / (1 - rate). The mask is a function of seed, step and name. In inference,
    and where the rate is 0, the layer is the identity.

    ```mlir
    %1 = nn.dropout "dropout" %0 rate(0.2) : tensor<10x30xf32>
    ```
  }];
  let arguments = (ins StrAttr:$name, NN_Tensor:$input, F64Attr:$rate);
  let results = (outs NN_Tensor:$result);
  let assemblyFormat = "$name $input `rate` `(` $rate `)` attr-dict `:` type($input)";
  let hasVerifier = 1;
}

#endif // GRADC_DIALECT_NN_RANDOMOPS
