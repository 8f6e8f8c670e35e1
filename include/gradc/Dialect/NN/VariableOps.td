//===- VariableOps.td - Networks, parameters, state --------*- tablegen -*-===//

#ifndef GRADC_DIALECT_NN_VARIABLEOPS
#define GRADC_DIALECT_NN_VARIABLEOPS

include "gradc/Dialect/NN/Initializers.td"
include "gradc/Dialect/NN/WeightOptions.td"
include "mlir/IR/SymbolInterfaces.td"
include "mlir/Interfaces/FunctionInterfaces.td"

def NN_NetworkOp : NN_Op<"network", [FunctionOpInterface, IsolatedFromAbove,
                                     Symbol, HasParent<"::mlir::ModuleOp">]> {
  let summary = "a network and how it is trained";
  let description = [{
    Arguments are the inputs of a batch and, where a loss or metric asks for it,
    the target. The results of its type are what it predicts.

    ```mlir
    nn.network @mnist(%image: tensor<64x784xf32>, %label: tensor<64xi32>)
        -> tensor<64x10xf32> {
      %0 = nn.dense "dense" %image units(10) : ...
      nn.output %0 : tensor<64x10xf32>
    }
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name,
                       TypeAttrOf<FunctionType>:$function_type,
                       OptionalAttr<DictArrayAttr>:$arg_attrs,
                       OptionalAttr<DictArrayAttr>:$res_attrs);
  let regions = (region SizedRegion<1>:$body);
  let hasCustomAssemblyFormat = 1;
  let hasRegionVerifier = 1;
  let extraClassDeclaration = [{
    ::llvm::ArrayRef<::mlir::Type> getArgumentTypes() {
      return getFunctionType().getInputs();
    }
    ::llvm::ArrayRef<::mlir::Type> getResultTypes() {
      return getFunctionType().getResults();
    }
    ::mlir::Region *getCallableRegion() { return &getBody(); }
  }];
}

def NN_OutputOp : NN_Op<"output", [Terminator, Pure, HasParent<"NetworkOp">]> {
  let summary = "what a network predicts";
  let arguments = (ins Variadic<AnyType>:$values);
  let assemblyFormat = "($values^ `:` type($values))? attr-dict";
  let hasVerifier = 1;
}

def NN_ParameterOp : NN_Op<"parameter"> {
  let summary = "a tensor that is trained";
  let description = [{
    Read by being defined, written by `nn.assign`. `fans` are its fan-in and
    fan-out, which scale the initial values. `decays` marks a weight: what weight
    decay acts on; biases are not marked. `options` hold for all parameters of a
    layer, which are those with its name before the last part of theirs.
  }];
  let arguments = (ins StrAttr:$name, NN_Initializer:$initializer,
                       DenseI64ArrayAttr:$fans, UnitAttr:$decays,
                       OptionalAttr<NN_WeightOptions>:$options);
  let results = (outs NN_Tensor:$result);
  let assemblyFormat = [{
    $name `initializer` `(` $initializer `)` `fans` `(` $fans `)`
    (`decays` $decays^)? (`options` `(` $options^ `)`)? attr-dict `:` type($result)
  }];
  let builders = [OpBuilder<(ins "::mlir::Type":$result, "::llvm::StringRef":$name,
      "::gradc::nn::InitializerAttr":$initializer,
      "::mlir::DenseI64ArrayAttr":$fans, "bool":$decays), [{
    build($_builder, $_state, result, name, initializer, fans, decays, {});
  }]>];
  let hasVerifier = 1;
}

def NN_BufferOp : NN_Op<"buffer"> {
  let summary = "a tensor kept between steps that is not trained";
  let arguments = (ins StrAttr:$name, F64Attr:$initial, UnitAttr:$optimizer);
  let results = (outs NN_Tensor:$result);
  let assemblyFormat = [{
    $name `initial` `(` $initial `)` (`optimizer` $optimizer^)? attr-dict `:` type($result)
  }];
}

def NN_AssignOp : NN_Op<"assign", [AllTypesMatch<["variable", "next"]>]> {
  let summary = "give a parameter or buffer its value for the next step";
  let arguments = (ins NN_Tensor:$variable, NN_Tensor:$next);
  let assemblyFormat = "$variable `,` $next attr-dict `:` type($variable)";
  let hasVerifier = 1;
}

def NN_TapOp : NN_Op<"tap", [AllTypesMatch<["input", "result"]>,
                             DeclareOpInterfaceMethods<DifferentiableOpInterface>,
                             DeclareOpInterfaceMethods<ScalableOpInterface>]> {
  let summary = "a place where a watched step looks: the output of a weighted layer";
  let description = [{
    The identity. Its gradient leaves an `nn.tap_gradient`, so both the value and
    the gradient of the loss with respect to it can be found by the layer's name.
  }];
  let arguments = (ins StrAttr:$name, NN_Tensor:$input);
  let results = (outs NN_Tensor:$result);
  let assemblyFormat = "$name $input attr-dict `:` type($input)";
}

def NN_TapGradientOp : NN_Op<"tap_gradient", [AllTypesMatch<["input", "result"]>]> {
  let summary = "the gradient of the loss with respect to a tapped value";
  let arguments = (ins StrAttr:$name, NN_Tensor:$input);
  let results = (outs NN_Tensor:$result);
  let assemblyFormat = "$name $input attr-dict `:` type($input)";
}

#endif // GRADC_DIALECT_NN_VARIABLEOPS
