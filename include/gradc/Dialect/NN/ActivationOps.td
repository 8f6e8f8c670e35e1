//===- ActivationOps.td - Activations, one line each -------*- tablegen -*-===//

#ifndef GRADC_DIALECT_NN_ACTIVATIONOPS
#define GRADC_DIALECT_NN_ACTIVATIONOPS

include "gradc/Dialect/NN/NNDialect.td"

/// An activation and the op of its gradient. C++ supplies two formulas and the
/// largest slope; the rest is common to all.
///
/// A parameter, where the activation has one, is an f64 attribute with the
/// argument name `parameter`, the value `byDefault` and the C++ range `range`.
///
/// The gradient is computed from `source`: what the activation read or, where
/// that says as much, what it gave. Then what it read need not be kept.
multiclass NN_Activation<string word, string cppName, string formula,
                         string maxSlope, string parameter = "",
                         string byDefault = "0", string range = "",
                         string source = "getInput()"> {
  defvar hasParameter = !not(!empty(parameter));
  defvar settings = !if(hasParameter, (ins F64Attr:$parameter), (ins));
  defvar printed = !if(hasParameter, " `" # parameter # "` `(` $parameter `)`", "");
  // A parameter may raise the slope above that of the activation without one.
  defvar slope = !if(hasParameter, "computeMaxSlope()", maxSlope);

  def Op : NN_Op<word, [Pure, AllTypesMatch<["input", "result"]>,
      DeclareOpInterfaceMethods<PointwiseOpInterface>, SourceOpInterface,
      DifferentiableOpInterface, SlopeOpInterface]> {
    let summary = formula;
    let arguments = !con((ins NN_Tensor:$input), settings);
    let results = (outs NN_Tensor:$result);
    let assemblyFormat = "$input" # printed # " attr-dict `:` type($input)";
    let extraClassDeclaration = [{
      static ::llvm::StringRef getSourcePlace() { return "layer"; }
      static ::llvm::StringRef getSourceWord() { return "}] # word # [{"; }
      static ::mlir::FailureOr<::mlir::Operation *>
      fromSource(::mlir::OpBuilder &builder, ::mlir::Location loc,
                 ::mlir::ValueRange inputs, ::gradc::SourceArguments &arguments) {
        }] # !if(hasParameter, [{
        ::mlir::FailureOr<double> parameter = arguments.takeNumberOr(
            "}] # parameter # "\", " # byDefault # ", " # range # [{);
        if (::mlir::failed(parameter))
          return ::mlir::failure();
        return create(builder, loc, inputs[0], ::llvm::APFloat(*parameter)).getOperation();
        }], [{
        return create(builder, loc, inputs[0]).getOperation();
        }]) # [{
      }
      ::mlir::FailureOr<::llvm::SmallVector<::mlir::Value>>
      buildGradients(::mlir::OpBuilder &builder,
                     ::mlir::ValueRange resultGradients) {
        return ::llvm::SmallVector<::mlir::Value>{
            buildGradient(builder, resultGradients[0])};
      }
      ::mlir::Value buildSlope(::mlir::OpBuilder &builder) {
        return buildGradient(builder, buildOnes(builder, getInput()));
      }
      ::mlir::Value buildGradient(::mlir::OpBuilder &builder,
                                  ::mlir::Value gradient);
      double getMaxSlope() { return }] # slope # [{; }
      }] # !if(hasParameter, "double computeMaxSlope();", "");
    let extraClassDefinition = [{
      ::mlir::Value $cppClass::buildGradient(::mlir::OpBuilder &builder,
                                             ::mlir::Value gradient) {
        return }] # cppName # [{GradOp::create(builder, getLoc(), gradient,
            }] # source # !if(hasParameter, ", getParameter()", "") # [{).getResult();
      }
    }];
  }

  def GradOp : NN_Op<word # "_grad", [Pure,
      AllTypesMatch<["gradient", "input", "result"]>,
      DeclareOpInterfaceMethods<PointwiseOpInterface>,
      DeclareOpInterfaceMethods<LinearOpInterface>]> {
    let summary = "the gradient of `nn." # word # "` times `gradient`";
    let arguments = !con((ins NN_Tensor:$gradient, NN_Tensor:$input), settings);
    let results = (outs NN_Tensor:$result);
    let assemblyFormat =
        "$gradient `,` $input" # printed # " attr-dict `:` type($input)";
    let extraClassDefinition = [{
      ::mlir::Value $cppClass::buildFactor(::mlir::OpBuilder &builder,
                                           unsigned index) {
        if (index != 0)
          return {};
        return $cppClass::create(builder, getLoc(),
            buildOnes(builder, getInput()), getInput()
            }] # !if(hasParameter, ", getParameter()", "") # [{).getResult();
      }
    }];
  }
}

defm NN_Sigmoid : NN_Activation<"sigmoid", "Sigmoid", "1 / (1 + e^-x)", "0.25">;
defm NN_Tanh : NN_Activation<"tanh", "Tanh", "tanh(x)", "1">;
// max(x, 0) is positive where x is.
defm NN_Relu : NN_Activation<"relu", "Relu", "max(x, 0)", "1", "", "0", "",
    "getResult()">;
defm NN_LeakyRelu : NN_Activation<"leaky_relu", "LeakyRelu",
    "x where x > 0, else k x", "1", "k", "0.01", "NumberRange::any()">;
defm NN_Elu : NN_Activation<"elu", "Elu",
    "x where x > 0, else a (e^x - 1)", "1", "a", "1.0", "NumberRange::positive()">;
defm NN_Selu : NN_Activation<"selu", "Selu",
    "1.0507 (x where x > 0, else 1.6733 (e^x - 1))", "1.7581">;
defm NN_Gelu : NN_Activation<"gelu", "Gelu",
    "x (1 + erf(x / sqrt 2)) / 2", "1.1290">;
defm NN_Silu : NN_Activation<"silu", "Silu", "x / (1 + e^-x)", "1.0999">;
defm NN_Softplus : NN_Activation<"softplus", "Softplus", "log(1 + e^x)", "1">;
defm NN_Exp : NN_Activation<"exp", "Exp", "e^x", "std::numeric_limits<double>::infinity()">;

#endif // GRADC_DIALECT_NN_ACTIVATIONOPS
