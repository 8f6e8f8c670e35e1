"""Products of matrices in share of the measured peak, against two libraries."""

import json
import os
import subprocess

from machine import OPENBLAS, cpu_facts, find_compiler

# Batch, inputs and outputs of a layer.
SHAPES = [
    (1, 784, 512),
    (8, 64, 64),
    (32, 784, 512),
    (128, 784, 512),
    (128, 512, 512),
    (128, 784, 128),
    (128, 512, 10),
    (256, 1024, 1024),
    (1024, 1024, 1024),
    (64, 4096, 1024),
]

FUNCTION = """
func.func @{name}(%state: memref<{bytes}xi8>, %arena: memref<0xi8>, %left: {left},
                  %right: {right}, %result: {result})
    attributes {{step.reports = []}} {{
  %begin = arith.constant 0 : index
  {body}
  return
}}
"""

# A copy of a matrix into another one, element (i, j, k) from where `map` says.
COPY = """
  linalg.generic {{indexing_maps = [{map}, {identity}], iterator_types = [{loops}]}}
    ins({source}) outs({target}) {{
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  }}
"""

PRODUCT = """
  kernel.product {factors} into({result}) : {types} {{
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }}
"""

LOWERING = (
    "call-math-library,convert-scf-to-cf,convert-vector-to-llvm,"
    "lower-to-llvm,reconcile-unrealized-casts"
)


def memory(*sizes):
    """The type of a matrix in memory."""
    return "memref<%sxf32>" % "x".join(map(str, sizes))


def copy(source, target, permutation):
    """Exchanges dimensions; source and target are texts with types."""
    names = [f"d{i}" for i in range(len(permutation))]
    space = ", ".join(names)
    moved = ", ".join(names[i] for i in permutation)
    return COPY.format(
        map=f"affine_map<({space}) -> ({moved})>",
        identity=f"affine_map<({space}) -> ({space})>",
        loops=", ".join(['"parallel"'] * len(permutation)),
        source=source,
        target=target,
    )


def product(left, right, result, transposed=False):
    """Each operand is its name and its type."""
    word = "transposed " if transposed else ""
    return PRODUCT.format(
        factors=f"{word}{left[0]}, {right[0]}",
        result=f"{result[0]} : {result[1]}",
        types=f"{left[1]}, {right[1]}",
    )


class Layer:
    """The functions of a dense layer, its weight in the form of the state."""

    def __init__(self, batch, inputs, outputs):
        self.batch, self.inputs, self.outputs = batch, inputs, outputs
        self.x, self.y = memory(batch, inputs), memory(batch, outputs)
        self.w = memory(inputs, outputs)
        # Weights of a few columns stay as they are: see assign-layouts.
        self.in_panels = outputs % 16 == 0 and outputs > 16
        self.stored = self.w
        if self.in_panels:
            self.stored = memory(outputs // 16, inputs, 16)
        self.split = memory(inputs, outputs // 16, 16) if self.in_panels else ""

    def function(self, name, types, body, stored=None):
        """The text of a function that finds the stored weight in the state."""
        view = (
            f"%stored = memref.view %state[%begin][] : "
            f"memref<{4 * self.inputs * self.outputs}xi8> to {stored or self.stored}\n"
        )
        return FUNCTION.format(
            name=f"{name}_{self.batch}_{self.inputs}_{self.outputs}",
            bytes=4 * self.inputs * self.outputs,
            left=types[0],
            right=types[1],
            result=types[2],
            body=view + body,
        )

    def convert(self, matrix, packs):
        """Between the weight as it stands and as it is stored."""
        if not self.in_panels:
            pair = (f"%{matrix} : {self.w}", f"%stored : {self.w}")
            source, target = pair if packs else reversed(pair)
            return copy(source, target, (0, 1))
        shape = f"[{self.inputs}, {self.outputs // 16}, 16]"
        text = (
            f"%split = memref.expand_shape %{matrix} [[0], [1, 2]] output_shape "
            f"{shape} : {self.w} into {self.split}\n"
        )
        pair = (f"%split : {self.split}", f"%stored : {self.stored}")
        source, target = pair if packs else reversed(pair)
        return text + copy(source, target, (1, 0, 2))

    def forward(self):
        """y = x w."""
        types = (self.x, self.w, self.y)
        yield self.function("prepare_forward", types, self.convert("right", True))
        yield self.function(
            "forward",
            types,
            product(("%left", self.x), ("%stored", self.stored), ("%result", self.y)),
        )

    def input_gradient(self):
        """dx = dy w', with the transposed weight of the state: keep-transposed."""
        types = (self.y, self.w, self.x)
        blocks = memory(self.inputs // 16, 16, self.outputs)
        panels = memory(self.inputs // 16, self.outputs, 16)
        prepare = (
            "%blocks = memref.expand_shape %right [[0, 1], [2]] output_shape "
            f"[{self.inputs // 16}, 16, {self.outputs}] : {self.w} into {blocks}\n"
            + copy(f"%blocks : {blocks}", f"%stored : {panels}", (0, 2, 1))
        )
        yield self.function("prepare_input_gradient", types, prepare, panels)
        body = product(("%left", self.y), ("%stored", panels), ("%result", self.x))
        yield self.function("input_gradient", types, body, panels)

    def weight_gradient(self):
        """dw = x' dy."""
        types = (self.x, self.y, self.w)
        yield self.function(
            "weight_gradient",
            types,
            product(
                ("%left", self.x), ("%right", self.y), ("%stored", self.stored), True
            ),
        )
        yield self.function(
            "finish_weight_gradient", types, self.convert("result", False)
        )


def write_layer(batch, inputs, outputs):
    """The three products of a layer, as they are in a training step."""
    layer = Layer(batch, inputs, outputs)
    yield from layer.forward()
    yield from layer.input_gradient()
    yield from layer.weight_gradient()


# gradc's candidates: the functions of a layer, and the passes down to LLVM's
# dialect. {registers} stands for the vector registers of this machine. products.cpp
# says how the functions are called; a `prepare_` one may fill %state beforehand.
VARIANTS = {
    "gradc": (
        write_layer,
        f"lower-products{{registers}},lower-generic,plan-memory,{LOWERING}",
    ),
}


def build_variant(setup, name):
    """A shared library of a variant's functions for all shapes."""
    write, passes = VARIANTS[name]
    count, size = (32, 64) if "avx512f" in cpu_facts()[1] else (16, 32)
    registers = f"{{registers={count} register-bytes={size}}}"
    pipeline = passes.replace("{registers}", registers)
    path = str(setup.folder / name.replace(" ", "_"))
    with open(path + ".mlir", "w", encoding="utf-8") as file:
        file.write("".join(text for shape in SHAPES for text in write(*shape)))
    for command in (
        [setup.tool("gradc-opt"), path + ".mlir", "-o", path + ".llvm.mlir"]
        + [f"--pass-pipeline=builtin.module({pipeline})"],
        [setup.tool("gradc-bench"), path + ".llvm.mlir", f"-o={path}.o"],
        [find_compiler(), "-shared", path + ".o", "-lm", "-o", path + ".so"],
    ):
        subprocess.run(command, check=True)
    return path + ".so"


def build_runner(setup):
    """The program that times; without oneDNN where it is not installed."""
    sources = ["products.cpp", "onednn.cpp"]
    if os.path.exists("/usr/include/dnnl.hpp"):
        return setup.build("products", sources, ["dl", "dnnl"])
    return setup.build("products", sources, ["dl"])


def products(setup):
    """One entry for each product and candidate, in GFLOP/s."""
    command = [build_runner(setup), str(4 * setup.rounds), OPENBLAS]
    command += [f"{name}={build_variant(setup, name)}" for name in VARIANTS]
    text = "".join("%d %d %d\n" % shape for shape in SHAPES)
    return [json.loads(line) for line in setup.run(command, text).splitlines()]


def show_share(entry):
    """Median and best in percent of the peak; marks a wrong result."""
    if entry is None:
        return "-"
    if entry["error"] > 1e-4:
        return "WRONG"
    best = 100 * entry["best"] / entry["peak"]
    return f"{100 * entry['share']:.0f} ({best:.0f})"


def show_ratio(ours, theirs):
    """How many times as fast the first is."""
    return f"{ours['share'] / theirs['share']:.2f}" if ours and theirs else "-"


def show_products(results):
    """The share of the peak of every candidate."""
    peak = results[0]["peak"]
    names = list(VARIANTS) + ["OpenBLAS", "oneDNN"]
    ratios = ["/ OpenBLAS", "/ oneDNN"]
    rows = [[f"% of {peak} GFLOP/s"] + names + ratios]
    for product in dict.fromkeys(entry["product"] for entry in results):
        found = {}
        for entry in (e for e in results if e["product"] == product):
            family = entry["candidate"]
            if family.startswith("oneDNN"):
                family = "oneDNN"  # the faster of its two ways
            if family not in found or found[family]["share"] < entry["share"]:
                found[family] = entry
        row = [product] + [show_share(found.get(name)) for name in names]
        for library in names[-2:]:
            row.append(show_ratio(found.get(names[0]), found.get(library)))
        rows.append(row)
    return rows
