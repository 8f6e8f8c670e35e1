"""The functions of f32 as modules: each as a net would call it.

`f(x, dy, y)` writes to y the function of x, or dy times the slope at x.
"""

MATH = "exp expm1 log log1p tanh erf erfc".split()
ACTIVATIONS = "sigmoid silu gelu softplus elu selu".split()
SLOPES = [name + "_grad" for name in ["tanh"] + ACTIVATIONS]
NAMES = MATH + ACTIVATIONS + SLOPES

# What gradc does from networks down, and what `-emit=llvm-dialect` prints.
PASSES = """--convert-to-linalg --bufferize-functions --cse
--canonicalize --lower-generic --approximate-math --call-math-library
--convert-scf-to-cf --convert-vector-to-llvm --lower-to-llvm
--reconcile-unrealized-casts""".split()

FUNCTION = """
func.func @f_{name}(%x: memref<SIZExf32>, %dy: memref<SIZExf32>,
                    %y: memref<SIZExf32>) {{
  %0 = bufferization.to_tensor %x restrict : memref<SIZExf32> to tensor<SIZExf32>
  %1 = bufferization.to_tensor %dy restrict : memref<SIZExf32> to tensor<SIZExf32>
  {body}
  bufferization.materialize_in_destination %2 in restrict writable %y
      : (tensor<SIZExf32>, memref<SIZExf32>) -> ()
  return
}}
"""
LOOP = """%e = tensor.empty() : tensor<SIZExf32>
  %2 = linalg.generic {{indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>],
                       iterator_types = ["parallel"]}}
      ins(%0 : tensor<SIZExf32>) outs(%e : tensor<SIZExf32>) {{
  ^bb0(%in: f32, %out: f32):
    %r = math.{name} %in : f32
    linalg.yield %r : f32
  }} -> tensor<SIZExf32>"""
ACTIVATION = "%2 = nn.{name} {operands}{setting} : tensor<SIZExf32>"
SETTINGS = {"elu": " a(0.75)", "elu_grad": " a(0.75)"}

# Reads SIZE floats, writes the results of all functions, one after the other.
MAIN = """
func.func private @read(i32, memref<SIZExf32>, i64) -> i64
func.func private @write(i32, memref<SIZExf32>, i64) -> i64
func.func @main() {{
  %in = arith.constant 0 : i32
  %out = arith.constant 1 : i32
  %bytes = arith.constant BYTES : i64
  %one = arith.constant 1.0 : f32
  %x = memref.alloc() : memref<SIZExf32>
  %dy = memref.alloc() : memref<SIZExf32>
  %y = memref.alloc() : memref<SIZExf32>
  linalg.fill ins(%one : f32) outs(%dy : memref<SIZExf32>)
  func.call @read(%in, %x, %bytes) : (i32, memref<SIZExf32>, i64) -> i64
  {calls}
  return
}}
"""
CALL = """func.call @f_{name}(%x, %dy, %y)
      : (memref<SIZExf32>, memref<SIZExf32>, memref<SIZExf32>) -> ()
  func.call @write(%out, %y, %bytes) : (i32, memref<SIZExf32>, i64) -> i64"""


def function(name):
    """`f_<name>`, as MLIR."""
    operands = "%1, %0" if name in SLOPES else "%0"
    body = LOOP if name in MATH else ACTIVATION
    body = body.format(name=name, operands=operands, setting=SETTINGS.get(name, ""))
    return FUNCTION.format(name=name, body=body)


def module(size, main=False):
    """All functions, of `size` elements."""
    parts = [function(name) for name in NAMES]
    if main:
        calls = "\n  ".join(CALL.format(name=name) for name in NAMES)
        parts.append(MAIN.format(calls=calls))
    return "".join(parts).replace("SIZE", str(size)).replace("BYTES", str(4 * size))
