"""The reference nets: what each consists of, its text, its data and weights.

The words of a net stand here once, in the language's own form; the text of the
.net file and both trainings are made from them.
"""

import zlib
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Net:
    """One small training."""

    name: str
    claim: str  # what the test shows
    inputs: int
    layers: tuple
    loss: str
    optimizer: str
    batch: str
    length: str
    samples: int
    clips: tuple = ()
    decays: tuple = ()
    targets: str = "real"  # or "classes", "bits"
    gain: float = 1.0  # factor of the initial weights


NETS = [
    Net("sgd-sigmoid", "plain gradient descent on the whole set", 5,
        ("dense 7", "sigmoid", "dense 1"), "mse",
        "sgd lr=0.2", "24", "epochs 30", 24),
    Net("momentum-tanh", "classical momentum; a squared error as in textbooks",
        8, ("dense 15", "tanh", "dense 17", "tanh", "dense 2", "identity"),
        "mse outputs=sum scale=0.5", "sgd lr=0.005 momentum=0.9", "16",
        "epochs 10", 50),
    Net("momentum-average-relu", "the averaging momentum; `decay l1`", 9,
        ("dense 15", "relu", "dense 8", "relu", "dense 3"), "mae",
        "momentum lr=0.05 gamma=0.9", "13", "epochs 9", 48,
        decays=("l1 1e-3",)),
    Net("nesterov-leaky-relu", "Nesterov's momentum under a global clip", 12,
        ("dense 17", "leaky_relu 0.02", "dense 9", "leaky_relu 0.02",
         "dense 4", "softmax"), "crossentropy",
        "nesterov lr=0.1 momentum=0.9", "16", "epochs 12", 60,
        clips=("norm 0.5",), targets="classes"),
    Net("rmsprop-elu", "RMSprop on a Huber loss", 7,
        ("dense 15", "elu 1", "dense 15", "elu 0.7", "dense 3"), "huber",
        "rmsprop lr=0.005 rho=0.9 eps=1e-4", "17", "epochs 10", 51),
    Net("adagrad-selu", "AdaGrad; every tensor is clipped by itself", 10,
        ("dense 16", "selu", "dense 5", "sigmoid"),
        "binary_crossentropy outputs=sum", "adagrad lr=0.1 eps=1e-8", "15",
        "epochs 9", 64, clips=("tensor 0.3",), targets="bits"),
    Net("adam-gelu", "Adam with bias correction; logits; `decay l2`", 20,
        ("dense 24", "gelu", "dense 15", "gelu", "dense 5"), "crossentropy",
        "adam lr=0.01 beta1=0.9 beta2=0.999 eps=1e-6", "32", "epochs 20", 64,
        decays=("l2 1e-2",), targets="classes"),
    Net("adamw-silu", "decoupled decay; a layer is clipped as a whole", 11,
        ("dense 15", "silu", "dense 7", "silu", "dense 2"), "mse",
        "adamw lr=0.01 beta1=0.8 beta2=0.99 eps=1e-5 weight_decay=0.1", "16",
        "epochs 14", 40, clips=("layer 0.15",)),
    Net("value-clip-softplus", "each element is clipped; softplus and exp", 6,
        ("dense 9", "softplus", "dense 7", "exp", "dense 2"), "mae outputs=sum",
        "sgd lr=0.05", "11", "epochs 10", 33, clips=("value 0.05",),
        gain=0.5),
    Net("clip-chain", "two clips, the elements first, then the norm", 8,
        ("dense 17", "tanh", "dense 3"), "mse", "sgd lr=0.3 momentum=0.5",
        "20", "epochs 15", 56, clips=("value 0.05", "norm 0.2")),
    Net("clip-chain-reversed", "the same clips in the other order", 8,
        ("dense 17", "tanh", "dense 3"), "mse", "sgd lr=0.3 momentum=0.5",
        "20", "epochs 15", 56, clips=("norm 0.2", "value 0.05")),
    Net("clip-between", "a clip that acts on some steps only; `steps`", 6,
        ("dense 13", "relu", "dense 1"), "huber outputs=sum scale=2",
        "adam lr=0.02 beta1=0.9 beta2=0.99 eps=1e-6", "9", "steps 40", 33,
        clips=("norm 1",)),
    Net("hidden-softmax", "a softmax inside the net is a layer like others", 9,
        ("dense 11", "softmax", "dense 15", "silu", "dense 3"), "mse",
        "rmsprop lr=0.01 rho=0.95 eps=1e-4", "16", "epochs 12", 40),
    Net("logistic", "one layer, one unit, one sample a step", 5,
        ("dense 1", "sigmoid"), "binary_crossentropy",
        "sgd lr=0.1", "1", "epochs 2", 24, targets="bits"),
    Net("deep-sigmoid", "vanishing gradients; classes become one-hot", 10,
        ("dense 15", "sigmoid", "dense 15", "sigmoid", "dense 15", "sigmoid",
         "dense 15", "sigmoid", "dense 4", "sigmoid"),
        "mse outputs=sum scale=0.5", "nesterov lr=0.5 momentum=0.8", "10",
        "epochs 9", 45, targets="classes"),
    Net("saturated-logits", "logits of some hundred; both decays together", 7,
        ("dense 9", "relu", "dense 3"), "binary_crossentropy",
        "sgd lr=0.1 momentum=0.9", "12", "epochs 10", 44,
        decays=("l1 1e-4", "l2 1e-3"), targets="bits", gain=8.0),
    Net("one-hot-binary", "classes under binary cross-entropy; decay, then clip",
        8, ("dense 17", "gelu", "dense 3", "sigmoid"),
        "binary_crossentropy outputs=sum scale=0.5",
        "adagrad lr=0.05 eps=1e-6", "16", "epochs 10", 50,
        clips=("norm 0.4",), decays=("l2 0.1",), targets="classes"),
    Net("layer-options", "layers with a decay, a clip and a rate of their own",
        7, ("dense 16 l2=0.2 clip=0.05", "tanh", "dense 15 l1=0.01 lr_scale=0.25",
            "relu", "dense 9 l2=0 lr_scale=0", "tanh", "dense 2"), "mse",
        "adam lr=0.02 beta1=0.9 beta2=0.99 eps=1e-5", "17", "epochs 10", 50,
        clips=("norm 0.5",), decays=("l2 0.03",)),
    Net("layer-rates", "a layer's rate and decay under momentum", 6,
        ("dense 17 lr_scale=3 l2=0.1", "sigmoid", "dense 3 clip=0.02 lr_scale=0.5"),
        "mse", "sgd lr=0.1 momentum=0.9", "16", "epochs 12", 48),
    Net("wide-drop-last", "33 units; `drop_last=on` leaves a batch out", 15,
        ("dense 33", "elu 1", "dense 33", "tanh", "dense 1"), "mse",
        "momentum lr=0.2 gamma=0.8", "15 drop_last=on", "epochs 10", 64,
        clips=("tensor 0.5", "layer 0.5")),
]


def read_words(line):
    """Splits `word value… name=value…` into word, values and options."""
    word, *rest = line.split()
    values = [number(text) for text in rest if "=" not in text]
    options = dict(text.split("=") for text in rest if "=" in text)
    return word, values, {name: number(text) for name, text in options.items()}


def number(text):
    """A number if `text` is one, otherwise the word itself."""
    try:
        return float(text)
    except ValueError:
        return text


def dense_sizes(net):
    """Inputs and outputs of each dense layer."""
    sizes, width = [], net.inputs
    for layer in net.layers:
        word, values, _ = read_words(layer)
        if word == "dense":
            sizes.append((width, int(values[0])))
            width = int(values[0])
    return sizes


def dense_options(net):
    """The `name=value` options of each dense layer, by its name."""
    lines = [layer for layer in net.layers if layer.split()[0] == "dense"]
    return {n: read_words(line)[2] for n, line in zip(dense_names(net), lines)}


def decay_factors(net):
    """The factors of l1 and l2 of each weight: a layer's own go first."""
    everywhere = {"l1": 0.0, "l2": 0.0}
    for line in net.decays:
        kind, (factor,), _ = read_words(line)
        everywhere[kind] += factor
    return {
        f"{name}.weight": [options.get(kind, everywhere[kind]) for kind in ("l1", "l2")]
        for name, options in dense_options(net).items()
    }


def layer_of(parameter):
    """The layer that a parameter is named after."""
    return parameter.rsplit(".", 1)[0]


def rate_scale(net, parameter):
    """The factor of the learning rate that its layer asks for."""
    return dense_options(net).get(layer_of(parameter), {}).get("lr_scale", 1.0)


def dense_names(net):
    """Names of the dense layers: numbered only if there are several."""
    count = len(dense_sizes(net))
    return ["dense"] if count == 1 else [f"dense_{i + 1}" for i in range(count)]


def trained_layers(net):
    """The layers up to the logits: a loss looks through its own last layer."""
    own = {"crossentropy": "softmax", "binary_crossentropy": "sigmoid"}
    loss = read_words(net.loss)[0]
    looked_through = own.get(loss) == net.layers[-1]
    return net.layers[:-1] if looked_through else net.layers


def batches(net):
    """The range of samples of each step, in the order of the file."""
    _, (size,), options = read_words("batch " + net.batch)
    word, (count,), _ = read_words(net.length)
    starts = range(0, net.samples, int(size))
    epoch = [slice(start, min(start + int(size), net.samples)) for start in starts]
    if options.get("drop_last") == "on":
        epoch = [part for part in epoch if part.stop - part.start == size]
    if word == "epochs":
        return epoch * int(count)
    return [epoch[step % len(epoch)] for step in range(int(count))]


def make_data(net):
    """Float32 samples and targets that a random teacher gives them."""
    random = np.random.default_rng(zlib.crc32(net.name.encode()))
    outputs = dense_sizes(net)[-1][1]
    inputs = random.normal(size=(net.samples, net.inputs)).astype(np.float32)
    teacher = random.normal(size=(net.inputs, outputs)) / np.sqrt(net.inputs)
    answers = np.sin(2 * inputs @ teacher)
    answers += 0.1 * random.normal(size=answers.shape)
    if net.targets == "classes":
        return inputs, answers.argmax(axis=1).astype(np.int64)
    if net.targets == "bits":
        return inputs, (answers > 0).astype(np.float32)
    return inputs, answers.astype(np.float32)


def make_weights(net):
    """Float32 weights N(0, gain^2 / inputs), biases N(0, 0.1^2)."""
    random = np.random.default_rng(zlib.crc32(net.name.encode()) + 1)
    tensors = {}
    for name, (inputs, outputs) in zip(dense_names(net), dense_sizes(net)):
        weight = random.normal(size=(inputs, outputs)) * net.gain / np.sqrt(inputs)
        tensors[f"{name}.weight"] = weight.astype(np.float32)
        bias = 0.1 * random.normal(size=outputs)
        tensors[f"{name}.bias"] = bias.astype(np.float32)
    return tensors


def sentence(claim):
    """The claim as a comment writes it."""
    return claim[0].upper() + claim[1:] + "."


def net_text(net):
    """The text of the .net file."""
    data = f'  source  npy "{net.name}-x.npy" "{net.name}-y.npy"\n  shuffle off\n'
    body = "".join(f"  {layer}\n" for layer in net.layers)
    words = [f"loss      {net.loss}", f"optimizer {net.optimizer}"]
    words += [f"decay     {decay}" for decay in net.decays]
    words += [f"clip      {clip}" for clip in net.clips]
    word, count = net.length.split()
    words += [f"batch     {net.batch}", f"{word:9} {count}", "seed      1"]
    train = "".join(f"  {line}\n" for line in words)
    return (
        f"# {sentence(net.claim)}\n\n"
        f"data {{\n{data}}}\n\n"
        f"net {net.name.replace('-', '_')} {{\n"
        f"  input x[{net.inputs}]\n{body}}}\n\n"
        f"train {{\n{train}}}\n"
    )
