#!/usr/bin/env python3
"""Heavy-ball SGD and the step size of Gluon in plain Python: an adapter that imports nothing."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # where lemmata_adapter.py is
from lemmata_adapter import serve  # noqa: E402


def sgd_momentum(parameters, hyperparameters):
    """Called once for each optimiser; what it returns takes the steps."""
    eta, mu = hyperparameters["learningRate"], hyperparameters["momentum"]
    nesterov = hyperparameters["nesterov"]
    weights = [[list(row) for row in W] for W in parameters]
    buffers = [[[0.0] * len(row) for row in W] for W in parameters]

    def step(gradients):
        for W, B, G in zip(weights, buffers, gradients):
            for i, row in enumerate(G):
                for j, g in enumerate(row):
                    B[i][j] = mu * B[i][j] + g
                    W[i][j] -= eta * (g + mu * B[i][j] if nesterov else B[i][j])
        return weights

    return step


def gluon_step_size(gradientNorm, l0, l1):
    return {"value": gradientNorm / (l0 + l1 * gradientNorm) if gradientNorm > 0 else 0.0}


if __name__ == "__main__":
    serve(
        name="plain-python",
        version="1.0",
        precision="float64",
        functions={"gluon-step-size": gluon_step_size},
        optimisers={"sgd-momentum": sgd_momentum},
    )
