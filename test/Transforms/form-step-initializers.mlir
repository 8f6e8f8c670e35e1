// RUN: gradc-opt %s --form-step | FileCheck %s

// The initializers for a fan-in of 12 and a fan-out of 4. The scaled ones give the
// variance 1/12, 2/16 or 2/12; a uniform one with the variance v reaches to
// sqrt(3 v).
// CHECK-LABEL: func.func @initialize
nn.network @net(%x: tensor<4x3xf32>) -> tensor<4x3xf32> {
  // CHECK: arith.constant dense<0.000000e+00> : tensor<12x4xf32>
  %0 = nn.parameter "0" initializer(<zeros>) fans([12, 4]) : tensor<12x4xf32>
  // CHECK: arith.constant dense<2.500000e-01> : tensor<12x4xf64>
  %1 = nn.parameter "1" initializer(<constant, 0.25>) fans([12, 4]) : tensor<12x4xf64>
  // CHECK: nn.random "2" {{.*}} normal(1.000000e+00, 5.000000e-01)
  %2 = nn.parameter "2" initializer(<normal, 1.0, 0.5>) fans([12, 4]) : tensor<12x4xf32>
  // CHECK: nn.random "3" {{.*}} uniform(-5.000000e-01, 1.000000e+00)
  %3 = nn.parameter "3" initializer(<uniform, -0.5, 1.0>) fans([12, 4]) : tensor<12x4xf32>
  // CHECK: nn.random "4" {{.*}} normal(0.000000e+00, 0.288675
  %4 = nn.parameter "4" initializer(<lecun>) fans([12, 4]) : tensor<12x4xf32>
  // CHECK: nn.random "5" {{.*}} uniform(-5.000000e-01, 5.000000e-01)
  %5 = nn.parameter "5" initializer(<lecun_uniform>) fans([12, 4]) : tensor<12x4xf32>
  // CHECK: nn.random "6" {{.*}} normal(0.000000e+00, 0.353553
  %6 = nn.parameter "6" initializer(<xavier>) fans([12, 4]) : tensor<12x4xf32>
  // CHECK: nn.random "7" {{.*}} uniform(-0.612372{{.*}}, 0.612372
  %7 = nn.parameter "7" initializer(<xavier_uniform>) fans([12, 4]) : tensor<12x4xf32>
  // CHECK: nn.random "8" {{.*}} normal(0.000000e+00, 0.408248
  %8 = nn.parameter "8" initializer(<he>) fans([12, 4]) : tensor<12x4xf32>
  // CHECK: nn.random "9" {{.*}} uniform(-0.707106{{.*}}, 0.707106
  %9 = nn.parameter "9" initializer(<he_uniform>) fans([12, 4]) : tensor<12x4xf32>
  nn.output %x : tensor<4x3xf32>
}
