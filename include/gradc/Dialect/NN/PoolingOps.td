//===- PoolingOps.td - Windows that join elements ----------*- tablegen -*-===//

#ifndef GRADC_DIALECT_NN_POOLINGOPS
#define GRADC_DIALECT_NN_POOLINGOPS

include "gradc/Dialect/NN/ImageOps.td"

class NN_PoolingOp<string mnemonic> : NN_DifferentiableOp<mnemonic, [
    DeclareOpInterfaceMethods<SourceOpInterface>]> {
  let results = (outs NN_Tensor:$result);
  let hasVerifier = 1;
}

def NN_MaxPoolOp : NN_PoolingOp<"maxpool"> {
  let summary = "the largest element that the window covers, in each channel";
  let description = [{
    Elements outside an image are smaller than any. The gradient goes to the
    element that is largest: of equal ones to the first, row by row.
  }];
  let arguments = (ins NN_Tensor:$input, NN_Window:$window);
  let assemblyFormat = [{
    $input `window` `(` $window `)` attr-dict `:` functional-type(operands, results)
  }];
}

def NN_MaxPoolGradOp : NN_Op<"maxpool_grad", [Pure,
    AllTypesMatch<["input", "result"]>]> {
  let summary = "`gradient` at the largest element of each window, summed up";
  let arguments = (ins NN_Tensor:$gradient, NN_Tensor:$input, NN_Window:$window);
  let results = (outs NN_Tensor:$result);
  let assemblyFormat = [{
    $gradient `,` $input `window` `(` $window `)` attr-dict `:` type($gradient) `,` type($input)
  }];
  let hasVerifier = 1;
}

def NN_AvgPoolOp : NN_PoolingOp<"avgpool"> {
  let summary = "the mean of the elements that the window covers, in each channel";
  let description = [{
    Elements outside an image are 0 where `count_padding` says that they count;
    otherwise the mean is over those inside.
  }];
  let arguments = (ins NN_Tensor:$input, NN_Window:$window, UnitAttr:$count_padding);
  let assemblyFormat = [{
    $input `window` `(` $window `)` (`count_padding` $count_padding^)?
    attr-dict `:` functional-type(operands, results)
  }];
}

def NN_AvgPoolGradOp : NN_Op<"avgpool_grad", [Pure]> {
  let summary = "an equal share of `gradient` at each element of the window, summed up";
  let arguments = (ins NN_Tensor:$gradient, NN_Window:$window, UnitAttr:$count_padding);
  let results = (outs NN_Tensor:$result);
  let assemblyFormat = [{
    $gradient `window` `(` $window `)` (`count_padding` $count_padding^)?
    attr-dict `:` functional-type(operands, results)
  }];
  let hasVerifier = 1;
}

def NN_GlobalAverageOp : NN_Op<"global_average", [Pure,
    DeclareOpInterfaceMethods<LayerOpInterface>]> {
  let summary = "the mean of each channel of an image: `avgpool global`";
  let arguments = (ins NN_Tensor:$input);
  let results = (outs NN_Tensor:$result);
  let assemblyFormat = "$input attr-dict `:` functional-type(operands, results)";
  let hasVerifier = 1;
}

#endif // GRADC_DIALECT_NN_POOLINGOPS
