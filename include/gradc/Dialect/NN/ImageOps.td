//===- ImageOps.td - Windows that move over images ---------*- tablegen -*-===//

#ifndef GRADC_DIALECT_NN_IMAGEOPS
#define GRADC_DIALECT_NN_IMAGEOPS

include "gradc/Dialect/NN/MathOps.td"

def NN_Window : AttrDef<NN_Dialect, "Window"> {
  let mnemonic = "window";
  let summary = "a rectangle that moves over images in steps";
  let description = [{
    All lists begin with the vertical direction: `kernel` is its height and
    width, `stride` how far it moves, `dilation` how far apart the elements lie
    that it sees, `padding` the rows above and below an image, then the columns
    left and right of it.

    ```mlir
    #nn.window<kernel [3, 3] stride [2, 2] padding [0, 1, 0, 1] dilation [1, 1]>
    ```
  }];
  let parameters = (ins ArrayRefParameter<"int64_t">:$kernel,
                        ArrayRefParameter<"int64_t">:$strides,
                        ArrayRefParameter<"int64_t">:$padding,
                        ArrayRefParameter<"int64_t">:$dilation);
  let assemblyFormat = [{
    `<` `kernel` `[` $kernel `]` `stride` `[` $strides `]`
    `padding` `[` $padding `]` `dilation` `[` $dilation `]` `>`
  }];
  let genVerifyDecl = 1;
  let extraClassDeclaration = [{
    /// The rows (axis 0) or columns (axis 1) from its first to its last element.
    int64_t getReach(unsigned axis) const {
      return (getKernel()[axis] - 1) * getDilation()[axis] + 1;
    }
    /// The rows above or the columns left of an image.
    int64_t getPaddingBefore(unsigned axis) const { return getPadding()[2 * axis]; }
    int64_t getPaddedSize(unsigned axis, int64_t size) const {
      return size + getPadding()[2 * axis] + getPadding()[2 * axis + 1];
    }
    /// How many places there are for it along an axis; 0 where it does not fit.
    int64_t getOutputSize(unsigned axis, int64_t size) const;
    bool isPadded() const;
    /// How many elements of a channel it sees at a time.
    int64_t getNumElements() const { return getKernel()[0] * getKernel()[1]; }
  }];
}

/// Input and output channels fall into so many groups that do not see each other.
def NN_Groups : DefaultValuedAttr<ConfinedAttr<I64Attr, [IntPositive]>, "1">;

def NN_ConvolutionOp : NN_DifferentiableOp<"convolution", [
    DeclareOpInterfaceMethods<ScalableOpInterface>]> {
  let summary = "the sum of the products of a filter and what it covers, at each place";
  let description = [{
    Input `[samples, channels, height, width]`, filter `[outputs, channels /
    groups, kernel height, kernel width]`. Without a flip, as all frameworks:
    y[n, o, i, j] = sum over c, k, l of
    x[n, c, i * stride + k * dilation - padding, ...] w[o, c, k, l].
    Elements outside an image are 0.
  }];
  let arguments = (ins NN_Tensor:$input, NN_Tensor:$filter, NN_Window:$window,
                       NN_Groups:$groups);
  let results = (outs NN_Tensor:$result);
  let assemblyFormat = [{
    $input `,` $filter `window` `(` $window `)` (`groups` `(` $groups^ `)`)?
    attr-dict `:` functional-type(operands, results)
  }];
  let hasVerifier = 1;
}

def NN_ConvolutionInputGradientOp : NN_Op<"convolution_input_gradient", [Pure]> {
  let summary = "from the gradient of a convolution's result that of its input";
  let arguments = (ins NN_Tensor:$gradient, NN_Tensor:$filter, NN_Window:$window,
                       NN_Groups:$groups);
  let results = (outs NN_Tensor:$result);
  let assemblyFormat = [{
    $gradient `,` $filter `window` `(` $window `)` (`groups` `(` $groups^ `)`)?
    attr-dict `:` functional-type(operands, results)
  }];
  let hasVerifier = 1;
}

def NN_ConvolutionFilterGradientOp : NN_Op<"convolution_filter_gradient", [Pure]> {
  let summary = "from the gradient of a convolution's result that of its filter";
  let arguments = (ins NN_Tensor:$input, NN_Tensor:$gradient, NN_Window:$window,
                       NN_Groups:$groups);
  let results = (outs NN_Tensor:$result);
  let assemblyFormat = [{
    $input `,` $gradient `window` `(` $window `)` (`groups` `(` $groups^ `)`)?
    attr-dict `:` functional-type(operands, results)
  }];
  let hasVerifier = 1;
}

#endif // GRADC_DIALECT_NN_IMAGEOPS
