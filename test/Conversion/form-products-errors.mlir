// RUN: gradc-opt %s --form-products --split-input-file --verify-diagnostics

func.func @not_from_zero(%a: tensor<7x5xf32>, %b: tensor<5x9xf32>, %c: tensor<7x9xf32>)
    -> tensor<7x9xf32> {
  // expected-error @below {{'linalg.matmul' op must be added to zero}}
  %y = linalg.matmul ins(%a, %b : tensor<7x5xf32>, tensor<5x9xf32>)
                     outs(%c : tensor<7x9xf32>) -> tensor<7x9xf32>
  return %y : tensor<7x9xf32>
}

// -----

func.func @from_one(%a: tensor<7x5xf32>, %b: tensor<5x9xf32>) -> tensor<7x9xf32> {
  %one = arith.constant 1.0 : f32
  %empty = tensor.empty() : tensor<7x9xf32>
  %ones = linalg.fill ins(%one : f32) outs(%empty : tensor<7x9xf32>) -> tensor<7x9xf32>
  // expected-error @below {{'linalg.matmul' op must be added to zero}}
  %y = linalg.matmul ins(%a, %b : tensor<7x5xf32>, tensor<5x9xf32>)
                     outs(%ones : tensor<7x9xf32>) -> tensor<7x9xf32>
  return %y : tensor<7x9xf32>
}
