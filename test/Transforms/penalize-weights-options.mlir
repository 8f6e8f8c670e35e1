// RUN: gradc-opt %s --pass-pipeline='builtin.module(any(penalize-weights))' | FileCheck %s

// A layer's own penalty stands in place of the same one of the train section;
// the other one holds as for all. With 0 the layer has none.
// CHECK-LABEL: func.func @own
func.func @own(%losses: tensor<4xf32>) {
  // CHECK-DAG: %[[A:.*]] = nn.parameter "a.weight"
  %a = nn.parameter "a.weight" initializer(<he>) fans([3, 2]) decays options(<l2 = 0.5>) : tensor<3x2xf32>
  // CHECK-DAG: %[[B:.*]] = nn.parameter "b.weight"
  %b = nn.parameter "b.weight" initializer(<he>) fans([3, 2]) decays options(<l1 = 0.0, l2 = 0.0>) : tensor<3x2xf32>
  // CHECK-DAG: %[[C:.*]] = nn.parameter "c.weight"
  %c = nn.parameter "c.weight" initializer(<he>) fans([3, 2]) decays : tensor<3x2xf32>
  train.decay l1(0.25) l2(0.0)
  train.decay l1(0.0) l2(0.125)
  %rule = train.sgd rate(0.1)
  // CHECK: %[[PA:.*]] = nn.weight_penalty %[[A]] l1(2.500000e-01) l2(5.000000e-01)
  // CHECK-NEXT: %[[PC:.*]] = nn.weight_penalty %[[C]] l1(2.500000e-01) l2(1.250000e-01)
  // CHECK-NEXT: train.minimize %{{.*}} plus %[[PA]], %[[PC]] by
  train.minimize %losses by %rule : tensor<4xf32>
  return
}

// It needs no request of the train section; a bias has none all the same.
// CHECK-LABEL: func.func @alone
func.func @alone(%losses: tensor<4xf32>) {
  %w = nn.parameter "a.weight" initializer(<he>) fans([3, 2]) decays options(<l1 = 0.5>) : tensor<3x2xf32>
  %bias = nn.parameter "a.bias" initializer(<zeros>) fans([3, 2]) options(<l1 = 0.5>) : tensor<2xf32>
  %rule = train.sgd rate(0.1)
  // CHECK: %[[P:.*]] = nn.weight_penalty %{{.*}} l1(5.000000e-01) l2(0.000000e+00)
  // CHECK-NEXT: train.minimize %{{.*}} plus %[[P]] by
  train.minimize %losses by %rule : tensor<4xf32>
  return
}
