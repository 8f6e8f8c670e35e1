"""Training written out by hand in NumPy: forward, backward, clips, updates.

Nothing here is taken from a framework, so it is an opinion of its own; the
element type is that of the weights it is given.
"""

import math

import numpy as np

from reference_nets import (
    batches,
    decay_factors,
    dense_names,
    dense_options,
    layer_of,
    rate_scale,
    read_words,
    trained_layers,
)

ERF = np.vectorize(math.erf, otypes=[float])
SELU_SCALE = 1.0507009873554804934  # Klambauer et al. 2017
SELU_ALPHA = 1.6732632423543772848


def sigmoid(z):
    """1 / (1 + exp(-z)), without overflow."""
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, e) / (1 + e)


def softmax(z):
    """exp(z) / sum exp(z) over the last axis."""
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def normal_cdf(z):
    """Share of a standard normal variable below z."""
    return ((1 + ERF(z / math.sqrt(2))) / 2).astype(z.dtype)


def normal_density(z):
    """Density of a standard normal variable at z."""
    return np.exp(-z * z / 2) / math.sqrt(2 * math.pi)


def elu(z, a=1.0):
    """z above 0, a (exp(z) - 1) below (Clevert et al. 2016)."""
    return np.where(z > 0, z, a * np.expm1(np.minimum(z, 0)))


def elu_slope(z, a=1.0):
    """Derivative of `elu`."""
    return np.where(z > 0, 1, a * np.exp(np.minimum(z, 0)))


# Value and slope of every activation that acts on single elements.
ACTIVATIONS = {
    "identity": (lambda z: z, np.ones_like),
    "sigmoid": (sigmoid, lambda z: sigmoid(z) * sigmoid(-z)),
    "tanh": (np.tanh, lambda z: 4 * sigmoid(2 * z) * sigmoid(-2 * z)),
    "relu": (lambda z: np.maximum(z, 0), lambda z: np.where(z > 0, 1, 0)),
    "leaky_relu": (
        lambda z, k: np.where(z > 0, z, k * z),
        lambda z, k: np.where(z > 0, 1, k),
    ),
    "elu": (elu, elu_slope),
    "selu": (
        lambda z: SELU_SCALE * elu(z, SELU_ALPHA),
        lambda z: SELU_SCALE * elu_slope(z, SELU_ALPHA),
    ),
    "gelu": (
        lambda z: z * normal_cdf(z),
        lambda z: normal_cdf(z) + z * normal_density(z),
    ),
    "silu": (
        lambda z: z * sigmoid(z),
        lambda z: sigmoid(z) + z * sigmoid(z) * sigmoid(-z),
    ),
    "softplus": (
        lambda z: np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z))),
        sigmoid,
    ),
    "exp": (np.exp, np.exp),
}


def forward(net, weights, inputs):
    """Returns the output of the net and the input of every layer."""
    names, value, kept = iter(dense_names(net)), inputs, []
    for layer in trained_layers(net):
        kept.append(value)
        word, values, _ = read_words(layer)
        if word == "dense":
            name = next(names)
            value = value @ weights[f"{name}.weight"] + weights[f"{name}.bias"]
        elif word == "softmax":
            value = softmax(value)
        else:
            value = ACTIVATIONS[word][0](value, *values)
    return value, kept


def backward(net, weights, kept, delta):
    """Gradients of all weights; `delta` is the gradient at the output."""
    names, gradients = reversed(dense_names(net)), {}
    for layer, value in zip(reversed(trained_layers(net)), reversed(kept)):
        word, values, _ = read_words(layer)
        if word == "dense":
            name = next(names)
            gradients[f"{name}.bias"] = delta.sum(axis=0)
            gradients[f"{name}.weight"] = value.T @ delta
            delta = delta @ weights[f"{name}.weight"].T
        elif word == "softmax":
            p = softmax(value)
            delta = p * (delta - (delta * p).sum(axis=-1, keepdims=True))
        else:
            slope = ACTIVATIONS[word][1](value, *values)
            delta = delta * slope.astype(value.dtype)
    return {name: gradients[name] for name in weights}


def element_losses(kind, outputs, targets):
    """Loss of every output of every sample, and its derivative."""
    error = outputs - targets
    if kind == "mse":
        return error**2, 2 * error
    if kind == "mae":
        return np.abs(error), np.sign(error)
    if kind == "huber":  # Huber 1964, delta = 1
        small = np.abs(error) <= 1
        return np.where(small, error**2 / 2, np.abs(error) - 0.5), np.clip(error, -1, 1)
    assert kind == "binary_crossentropy"
    tail = np.log1p(np.exp(-np.abs(outputs)))
    return np.maximum(outputs, 0) - outputs * targets + tail, sigmoid(outputs) - targets


def loss_and_delta(net, outputs, targets):
    """The loss of a batch and its gradient at the output of the net.

    Always the mean over the samples; over the outputs the mean, or the sum.
    """
    kind, _, options = read_words(net.loss)
    samples, width = outputs.shape
    if targets.ndim == 1:  # classes become one-hot
        targets = np.eye(width, dtype=outputs.dtype)[targets]
    if kind == "crossentropy":
        shifted = outputs - outputs.max(axis=1, keepdims=True)
        sums = np.log(np.exp(shifted).sum(axis=1))
        losses = sums - (shifted * targets).sum(axis=1)
        return losses.mean(), (softmax(outputs) - targets) / samples
    losses, slopes = element_losses(kind, outputs, targets)
    factor = options.get("scale", 1.0) / samples
    if options.get("outputs", "mean") == "mean":
        factor /= width
    return losses.sum() * factor, slopes * factor


def add_decay(net, weights, gradients):
    """Adds the decay's gradient in place and returns its part of the loss."""
    penalty = 0.0
    for name, (l1, l2) in decay_factors(net).items():
        w = weights[name]
        penalty += l1 * np.abs(w).sum() + l2 / 2 * (w * w).sum()
        if l1 or l2:
            gradients[name] = gradients[name] + l1 * np.sign(w) + l2 * w
    return penalty


def clip_together(gradients, names, limit):
    """Scales some gradients to a common norm of at most `limit`.

    Algorithm 1 of Pascanu et al. 2013; the factor is exactly 1 below the limit.
    """
    norm = math.sqrt(sum(float((gradients[name] ** 2).sum()) for name in names))
    if norm > limit:
        for name in names:
            gradients[name] = gradients[name] * (limit / norm)


def clip(net, gradients):
    """Applies the clips of layers, then the others in the order of the file."""
    layers = sorted({layer_of(name) for name in gradients})
    for layer, options in dense_options(net).items():
        if "clip" in options:
            names = [name for name in gradients if layer_of(name) == layer]
            clip_together(gradients, names, options["clip"])
    for line in net.clips:
        kind, (limit,), _ = read_words(line)
        if kind == "norm":
            clip_together(gradients, list(gradients), limit)
        elif kind == "tensor":
            for name in gradients:
                clip_together(gradients, [name], limit)
        elif kind == "layer":
            for layer in layers:
                clip_together(gradients, [f"{layer}.weight", f"{layer}.bias"], limit)
        else:
            assert kind == "value"
            for name in gradients:
                gradients[name] = np.clip(gradients[name], -limit, limit)


def sgd(w, g, state, step, lr, momentum=0.0):
    """v = mu v + g; w -= lr v (Polyak 1964)."""
    state["v"] = momentum * state.get("v", 0) + g
    return w - lr * state["v"]


def momentum_average(w, g, state, step, lr, gamma):
    """v = gamma v + (1 - gamma) g; w -= lr v; v begins at 0."""
    state["v"] = gamma * state.get("v", 0) + (1 - gamma) * g
    return w - lr * state["v"]


def nesterov(w, g, state, step, lr, momentum):
    """v = mu v + g; w -= lr (g + mu v) (Sutskever et al. 2013, at w + mu v)."""
    state["v"] = momentum * state.get("v", 0) + g
    return w - lr * (g + momentum * state["v"])


def rmsprop(w, g, state, step, lr, rho, eps):
    """s = rho s + (1 - rho) g^2; w -= lr g / (sqrt(s) + eps).

    Tieleman & Hinton 2012.
    """
    state["s"] = rho * state.get("s", 0) + (1 - rho) * g * g
    return w - lr * g / (np.sqrt(state["s"]) + eps)


def adagrad(w, g, state, step, lr, eps):
    """s = s + g^2; w -= lr g / (sqrt(s) + eps) (Duchi et al. 2011)."""
    state["s"] = state.get("s", 0) + g * g
    return w - lr * g / (np.sqrt(state["s"]) + eps)


def adam(w, g, state, step, lr, beta1, beta2, eps):
    """Algorithm 1 of Kingma & Ba 2015; eps is added to the corrected root."""
    state["m"] = beta1 * state.get("m", 0) + (1 - beta1) * g
    state["v"] = beta2 * state.get("v", 0) + (1 - beta2) * g * g
    mean = state["m"] / (1 - beta1**step)
    square = state["v"] / (1 - beta2**step)
    return w - lr * mean / (np.sqrt(square) + eps)


def adamw(w, g, state, step, lr, beta1, beta2, eps, weight_decay):
    """Adam after w -= lr wd w, on every tensor (Loshchilov & Hutter 2019)."""
    return adam(w - lr * weight_decay * w, g, state, step, lr, beta1, beta2, eps)


OPTIMIZERS = {
    "sgd": sgd,
    "momentum": momentum_average,
    "nesterov": nesterov,
    "rmsprop": rmsprop,
    "adagrad": adagrad,
    "adam": adam,
    "adamw": adamw,
}


def train(net, inputs, targets, weights):
    """Trains; returns losses, first gradients before clipping, final weights."""
    word, _, options = read_words(net.optimizer)
    states, weights = {name: {} for name in weights}, dict(weights)
    losses, first_gradients = [], None
    for step, part in enumerate(batches(net), start=1):
        outputs, kept = forward(net, weights, inputs[part])
        loss, delta = loss_and_delta(net, outputs, targets[part])
        gradients = backward(net, weights, kept, delta.astype(outputs.dtype))
        losses.append(float(loss + add_decay(net, weights, gradients)))
        first_gradients = first_gradients or dict(gradients)
        clip(net, gradients)
        for name, w in list(weights.items()):
            scaled = dict(options, lr=options["lr"] * rate_scale(net, name))
            weights[name] = OPTIMIZERS[word](
                w, gradients[name], states[name], step, **scaled
            )
    return losses, first_gradients, weights
