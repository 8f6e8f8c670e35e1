"""The networks of the benchmarks in PyTorch, timed as gradc-bench times them.

Usage: torch_networks.py NETWORK [THREADS]

Obeys lines `STEPS SAMPLES [wall]`, see by_turns.py. A step is forward, backward and
update; the gradients are dropped rather than set to zero, which is faster. The
watched network also takes the norm of every gradient to the host, and clips.

The weights hardly move, as in gradc-bench: a network that knew its one batch by
heart could come to compute with denormal numbers, which are slow.
"""

import json
import sys
import time

import torch
from torch import nn
from torch.nn import functional


def mlp(sizes, activation):
    """Dense layers, with activations in between."""
    layers = []
    for inputs, outputs in zip(sizes, sizes[1:]):
        layers += [nn.Linear(inputs, outputs), activation()]
    return nn.Sequential(*layers[:-1])


def bn_mlp():
    """Six hidden layers of 256 sigmoids, each behind a batch normalization."""
    layers = []
    for inputs in [784] + [256] * 5:
        layers += [nn.Linear(inputs, 256), nn.BatchNorm1d(256), nn.Sigmoid()]
    return nn.Sequential(*layers, nn.Linear(256, 10))


def lenet():
    """LeNet-5 with relu and largest values for its pooling."""
    return nn.Sequential(
        *(nn.Conv2d(1, 6, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten()),
        *(nn.Linear(400, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU()),
        nn.Linear(84, 10),
    )


def keras_cnn():
    """The convolutional network of Keras' MNIST example."""
    return nn.Sequential(
        *(nn.Conv2d(1, 32, 3), nn.ReLU(), nn.Conv2d(32, 64, 3), nn.ReLU()),
        *(nn.MaxPool2d(2), nn.Dropout(0.25), nn.Flatten()),
        *(nn.Linear(9216, 128), nn.ReLU(), nn.Dropout(0.5)),
        nn.Linear(128, 10),
    )


class Residual(nn.Module):
    """relu(x + f(x)), f two convolutions with batch normalization."""

    def __init__(self, channels):
        super().__init__()
        self.path = nn.Sequential(
            nn.Conv2d(channels, channels, 3, padding=1),
            nn.BatchNorm2d(channels),
            nn.ReLU(),
            nn.Conv2d(channels, channels, 3, padding=1),
            nn.BatchNorm2d(channels),
        )

    def forward(self, x):
        return functional.relu(x + self.path(x))


def resnet():
    """Three residual blocks of 32 channels."""
    first = (nn.Conv2d(1, 32, 3, padding=1), nn.BatchNorm2d(32), nn.ReLU())
    last = (nn.AvgPool2d(28), nn.Flatten(), nn.Linear(32, 10))
    return nn.Sequential(*first, Residual(32), Residual(32), Residual(32), *last)


class RowLstm(nn.Module):
    """An LSTM over the rows of an image."""

    def __init__(self, inputs, units, outputs):
        super().__init__()
        self.lstm = nn.LSTM(inputs, units, batch_first=True)
        self.dense = nn.Linear(units, outputs)

    def forward(self, x):
        return self.dense(self.lstm(x)[0][:, -1])


LEARNING_RATE = 1e-8


def adam(parameters):
    return torch.optim.Adam(parameters, LEARNING_RATE)


def sgd(parameters):
    return torch.optim.SGD(parameters, LEARNING_RATE)


def deep_mlp():
    return mlp([784] + [64] * 20 + [10], nn.ReLU)


IMAGES = (64, 1, 28, 28)

# name: model, shape of the inputs, optimizer
NETWORKS = {
    "mnist_mlp": (lambda: mlp([784, 512, 10], nn.ReLU), (128, 784), adam),
    "nielsen": (lambda: mlp([784] + [30] * 4 + [10], nn.Sigmoid), (10, 784), sgd),
    "deep_mlp": (deep_mlp, (64, 784), adam),
    "deep_mlp_watched": (deep_mlp, (64, 784), adam),
    "wide_mlp": (lambda: mlp([1024] * 4 + [10], nn.ReLU), (256, 1024), adam),
    "tiny": (lambda: mlp([10, 10, 1], nn.ReLU), (1, 10), sgd),
    "bn_mlp": (bn_mlp, (128, 784), adam),
    "lenet": (lenet, IMAGES, adam),
    "keras_cnn": (keras_cnn, IMAGES, adam),
    "resnet": (resnet, (32, 1, 28, 28), adam),
    "lstm_rows": (lambda: RowLstm(28, 128, 10), (64, 28, 28), adam),
}


def make_step(name):
    """A function that does one training step."""
    make, shape, make_optimizer = NETWORKS[name]
    model = make()
    parameters = list(model.parameters())
    optimizer = make_optimizer(parameters)
    x = torch.randn(*shape)
    if name == "tiny":
        y, loss_function = torch.randn(1, 1), nn.MSELoss()
    else:
        y, loss_function = torch.randint(0, 10, shape[:1]), nn.CrossEntropyLoss()
    is_watched = name.endswith("_watched")

    def step():
        optimizer.zero_grad(set_to_none=True)
        loss_function(model(x), y).backward()
        if is_watched:
            step.norms = [parameter.grad.norm().item() for parameter in parameters]
            nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()

    return step


def time_steps(step, steps, clock):
    """Microseconds of a step."""
    start = clock()
    for _ in range(steps):
        step()
    return (clock() - start) / steps * 1e6


def main():
    torch.set_num_threads(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    torch.manual_seed(0)
    step = make_step(sys.argv[1])
    for _ in range(3):
        step()
    print("ready", flush=True)
    for line in sys.stdin:
        steps, samples, *words = line.split()
        clock = time.perf_counter if "wall" in words else time.process_time
        times = [time_steps(step, int(steps), clock) for _ in range(int(samples))]
        print(json.dumps(times), flush=True)


main()
