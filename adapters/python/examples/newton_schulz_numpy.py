#!/usr/bin/env python3
"""The Newton–Schulz iteration in numpy: newton_schulz_numpy.py [float64|float32]."""

import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # where lemmata_adapter.py is
from lemmata_adapter import on_numpy, serve  # noqa: E402


def newton_schulz(G, coefficients, steps, normalisation, epsilon):
    size = np.linalg.norm(G) + epsilon if normalisation == "frobenius" else 1
    X = G / size if size > 0 else G
    if X.shape[0] > X.shape[1]:  # the Gram matrix of the shorter side is the smaller one
        return newton_schulz(X.T, coefficients, steps, "none", epsilon).T
    for k in range(steps):
        a, b, c = coefficients[min(k, len(coefficients) - 1)]
        A = X @ X.T
        X = a * X + (b * A + c * A @ A) @ X
    return X


if __name__ == "__main__":
    dtype = sys.argv[1] if len(sys.argv) > 1 else "float64"
    serve(
        name="newton-schulz-numpy",
        version="1.0",
        precision=dtype,
        functions={"newton-schulz": on_numpy(newton_schulz, dtype)},
    )
