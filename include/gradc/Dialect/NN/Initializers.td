//===- Initializers.td - How a parameter begins ------------*- tablegen -*-===//

#ifndef GRADC_DIALECT_NN_INITIALIZERS
#define GRADC_DIALECT_NN_INITIALIZERS

include "gradc/Dialect/NN/NNDialect.td"

def NN_InitializerKind : I32EnumAttr<"InitializerKind",
    "a distribution of initial values", [
      I32EnumAttrCase<"zeros", 0>, I32EnumAttrCase<"constant", 1>,
      I32EnumAttrCase<"normal", 2>, I32EnumAttrCase<"uniform", 3>,
      I32EnumAttrCase<"lecun", 4>, I32EnumAttrCase<"lecun_uniform", 5>,
      I32EnumAttrCase<"xavier", 6>, I32EnumAttrCase<"xavier_uniform", 7>,
      I32EnumAttrCase<"he", 8>, I32EnumAttrCase<"he_uniform", 9>,
      I32EnumAttrCase<"orthogonal", 10>,
      I32EnumAttrCase<"constants", 32>]> {
  let cppNamespace = "::gradc::nn";
  let genSpecializedAttr = 0;
}

def NN_Initializer : AttrDef<NN_Dialect, "Initializer"> {
  let mnemonic = "initializer";
  let summary = "how a parameter is filled before the first step";
  let description = [{
    `zeros`; `constant` v; `constants` v w ..., one for each of as many equal
    parts side by side (the gates of a recurrent layer); `normal` mean deviation;
    `uniform` low high; `orthogonal` and a gain, 1 where it is left out: a matrix
    with orthonormal rows or columns, whichever are fewer (Saxe et al. 2014); and
    the scaled forms, normal with variance s or uniform with the same variance:
    `lecun` 1/fan_in (LeCun et al. 1998), `xavier` 2/(fan_in + fan_out) (Glorot
    and Bengio 2010), `he` 2/fan_in (He et al. 2015).
  }];
  let parameters = (ins EnumParameter<NN_InitializerKind>:$kind,
                        "::mlir::DenseF64ArrayAttr":$arguments);
  let assemblyFormat = "`<` $kind `` custom<Numbers>($arguments) `>`";
  let genVerifyDecl = 1;
  let extraClassDeclaration = [{
    /// The distribution that remains once the fans are known.
    struct Distribution {
      /// `Parts` are constants side by side: the arguments of the attribute.
      enum class Form { Constant, Normal, Uniform, Orthogonal, Parts } form;
      double first;  ///< the constant, mean, lower bound, or gain
      double second; ///< the standard deviation, or the upper bound
    };
    Distribution resolve(int64_t fanIn, int64_t fanOut) const;

    /// Reads `init=` (or the argument of that name), such as `he` or
    /// `normal(0, 1)`; `otherwise` where it is not given.
    static ::mlir::FailureOr<InitializerAttr>
    fromSource(::mlir::MLIRContext *context, ::gradc::SourceArguments &arguments,
               ::llvm::StringRef name, InitializerKind otherwise);
  }];
}

#endif // GRADC_DIALECT_NN_INITIALIZERS
