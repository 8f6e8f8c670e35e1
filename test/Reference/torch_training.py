"""The same trainings by PyTorch: its activations, losses, autograd, optimizers.

Written by hand are only the clips (PyTorch adds 1e-6 to the norm) and the
averaging momentum (PyTorch lets v begin at the first gradient).
"""

import torch
from torch.nn import functional

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

torch.set_num_threads(1)

ACTIVATIONS = {
    "identity": lambda z: z,
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "relu": torch.relu,
    "leaky_relu": functional.leaky_relu,
    "elu": functional.elu,
    "selu": functional.selu,
    "gelu": functional.gelu,
    "silu": functional.silu,
    "softplus": lambda z: functional.softplus(z, threshold=1000),
    "exp": torch.exp,
    "softmax": lambda z: torch.softmax(z, dim=-1),
}

LOSSES = {
    "mse": functional.mse_loss,
    "mae": functional.l1_loss,
    "huber": functional.huber_loss,
    "binary_crossentropy": functional.binary_cross_entropy_with_logits,
}


class AverageMomentum(torch.optim.Optimizer):
    """v = gamma v + (1 - gamma) g; w -= lr v; v begins at 0."""

    def __init__(self, parameters, lr, gamma):
        super().__init__(parameters, {"lr": lr, "gamma": gamma})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for w in group["params"]:
                state = self.state[w]
                v = state.setdefault("v", torch.zeros_like(w))
                v.lerp_(w.grad, 1 - group["gamma"])
                w -= group["lr"] * v


def make_optimizer(net, weights):
    """PyTorch's optimizer of this net: a group for each parameter."""
    word, _, options = read_words(net.optimizer)
    parameters = [
        {"params": [w], "lr": options["lr"] * rate_scale(net, name)}
        for name, w in weights.items()
    ]
    if word == "momentum":
        return AverageMomentum(parameters, **options)
    if word == "nesterov":
        return torch.optim.SGD(parameters, nesterov=True, **options)
    if "beta1" in options:
        options["betas"] = (options.pop("beta1"), options.pop("beta2"))
    if "rho" in options:
        options["alpha"] = options.pop("rho")
    classes = {
        "sgd": torch.optim.SGD,
        "rmsprop": torch.optim.RMSprop,
        "adagrad": torch.optim.Adagrad,
        "adam": torch.optim.Adam,
        "adamw": torch.optim.AdamW,
    }
    return classes[word](parameters, **options)


def forward(net, weights, value):
    """Output of the net: logits where the loss looks through a last layer."""
    names = iter(dense_names(net))
    for layer in trained_layers(net):
        word, values, _ = read_words(layer)
        if word == "dense":
            name = next(names)
            value = value @ weights[f"{name}.weight"] + weights[f"{name}.bias"]
        else:
            value = ACTIVATIONS[word](value, *values)
    return value


def batch_loss(net, weights, outputs, targets):
    """Loss of a batch with the penalty of its decays."""
    kind, _, options = read_words(net.loss)
    if kind == "crossentropy":
        loss = functional.cross_entropy(outputs, targets)
    else:
        if targets.dim() == 1:
            targets = functional.one_hot(targets, outputs.shape[1])
        loss = LOSSES[kind](outputs, targets.to(outputs.dtype))
        if options.get("outputs") == "sum":
            loss = loss * outputs.shape[1]
        loss = loss * options.get("scale", 1.0)
    for name, (l1, l2) in decay_factors(net).items():
        w = weights[name]
        loss = loss + l1 * w.abs().sum() + l2 * w.square().sum() / 2
    return loss


def clip_together(gradients, limit):
    """Scales gradients in place to a common norm of at most `limit`."""
    norm = torch.stack([g.norm() for g in gradients]).norm()
    for g in gradients:
        g *= torch.clamp(limit / norm, max=1)


def clip(net, weights):
    """Applies the clips of layers, then the others in the order of the file."""
    for layer, options in dense_options(net).items():
        if "clip" in options:
            own = [w.grad for name, w in weights.items() if layer_of(name) == layer]
            clip_together(own, options["clip"])
    for line in net.clips:
        kind, (limit,), _ = read_words(line)
        if kind == "value":
            torch.nn.utils.clip_grad_value_(weights.values(), limit)
            continue
        groups = {}
        for name, w in weights.items():
            key = {"norm": "", "tensor": name, "layer": layer_of(name)}[kind]
            groups.setdefault(key, []).append(w.grad)
        for gradients in groups.values():
            clip_together(gradients, limit)


def train(net, inputs, targets, weights, dtype, forward=forward):
    """Trains; returns losses, first gradients before clipping, final weights."""
    inputs, targets = torch.tensor(inputs), torch.tensor(targets)
    inputs = inputs.to(dtype)
    weights = {
        name: torch.tensor(w, dtype=dtype).requires_grad_()
        for name, w in weights.items()
    }
    optimizer = make_optimizer(net, weights)
    losses, first_gradients = [], None
    for part in batches(net):
        optimizer.zero_grad()
        outputs = forward(net, weights, inputs[part])
        loss = batch_loss(net, weights, outputs, targets[part])
        loss.backward()
        losses.append(loss.item())
        first_gradients = first_gradients or {
            name: w.grad.double().numpy().copy() for name, w in weights.items()
        }
        clip(net, weights)
        optimizer.step()
    final = {name: w.detach().double().numpy() for name, w in weights.items()}
    return losses, first_gradients, final
