"""Trains 784-512-10 on MNIST with gradc and with PyTorch, on one core, by turns.

Usage: mnist_training.py GRADC MNIST_FOLDER [EPOCHS]

Both read the four IDX files, use relu, Adam 0.001 and batches of 128 in a
shuffled order, and test on the 10,000 test images. Printed are the accuracies
and the seconds of the whole process and of the epochs alone. Run it with
python3-torch, whose matrix products need libopenblas0-pthread.
"""
import gzip
import json
import os
import re
import subprocess
import sys
import tempfile
import time

NET = """
data {
  source idx "train-images-idx3-ubyte.gz" "train-labels-idx1-ubyte.gz"
  test   idx "t10k-images-idx3-ubyte.gz" "t10k-labels-idx1-ubyte.gz"
  scale  (1 / 255)
}
net mnist {
  input image[28, 28]
  flatten
  dense 512 ; relu
  dense 10
}
train {
  loss      crossentropy
  optimizer adam lr=0.001
  batch     128
  epochs    %d
  metrics   accuracy
  seed      1
}
"""


def run_gradc(gradc, folder, epochs):
    """Seconds in all, seconds of the epochs, test accuracy."""
    weights = os.path.join(tempfile.mkdtemp(), "mnist.safetensors")
    start = time.perf_counter()
    done = subprocess.run(
        [gradc, "-", f"--data={folder}", "-o", weights, "--log=-", "-q"],
        input=NET % epochs, capture_output=True, text=True, check=True)
    total = time.perf_counter() - start
    lines = done.stdout.splitlines()
    events = [json.loads(line) for line in lines if line.startswith("{")]
    seconds = sum(e["seconds"] for e in events if e["event"] == "epoch")
    return total, seconds, events[-1]["test_accuracy"]


def read_idx(path):
    """The bytes of an IDX file after its header, and its sizes."""
    import numpy as np
    data = gzip.open(path).read()
    sizes = [int.from_bytes(data[4 + 4 * i:8 + 4 * i], "big") for i in range(data[3])]
    return np.frombuffer(data, np.uint8, offset=4 + 4 * data[3]).reshape(sizes)


def train_torch(folder, epochs):
    """The same training; prints the seconds of the epochs and the accuracy."""
    import numpy as np
    import torch
    torch.set_num_threads(1)
    torch.manual_seed(1)
    load = lambda name: read_idx(os.path.join(folder, name))
    images = torch.from_numpy(load("train-images-idx3-ubyte.gz").reshape(-1, 784).astype(np.float32) / 255)
    labels = torch.from_numpy(load("train-labels-idx1-ubyte.gz").astype(np.int64))
    model = torch.nn.Sequential(torch.nn.Linear(784, 512), torch.nn.ReLU(), torch.nn.Linear(512, 10))
    optimizer = torch.optim.Adam(model.parameters(), 1e-3)
    loss_function = torch.nn.CrossEntropyLoss()
    start = time.perf_counter()
    for _ in range(epochs):
        order = torch.randperm(len(labels))
        for first in range(0, len(labels), 128):
            batch = order[first:first + 128]
            optimizer.zero_grad(set_to_none=True)
            loss_function(model(images[batch]), labels[batch]).backward()
            optimizer.step()
    seconds = time.perf_counter() - start
    test = torch.from_numpy(load("t10k-images-idx3-ubyte.gz").reshape(-1, 784).astype(np.float32) / 255)
    wanted = torch.from_numpy(load("t10k-labels-idx1-ubyte.gz").astype(np.int64))
    with torch.no_grad():
        accuracy = (model(test).argmax(1) == wanted).float().mean().item()
    print(seconds, accuracy)


def run_torch(folder, epochs):
    start = time.perf_counter()
    done = subprocess.run([sys.executable, __file__, "--torch", folder, str(epochs)],
                          capture_output=True, text=True, check=True,
                          env=dict(os.environ, OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1"))
    seconds, accuracy = map(float, done.stdout.split())
    return time.perf_counter() - start, seconds, accuracy


def main():
    if sys.argv[1] == "--torch":
        return train_torch(sys.argv[2], int(sys.argv[3]))
    gradc, folder = sys.argv[1:3]
    epochs = int(sys.argv[3]) if len(sys.argv) > 3 else 5
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    for _ in range(2):
        for name, result in (("gradc", run_gradc(gradc, folder, epochs)),
                             ("torch", run_torch(folder, epochs))):
            print("%s  %6.2f s in all, %6.2f s for %d epochs, test accuracy %.4f"
                  % (name, result[0], result[1], epochs, result[2]), flush=True)


main()
