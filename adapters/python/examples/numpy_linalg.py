#!/usr/bin/env python3
"""Singular values, polar factor, norms and inverse roots: numpy_linalg.py [float64|float32]."""

import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # where lemmata_adapter.py is
from lemmata_adapter import on_numpy, serve  # noqa: E402


def singular_values(A):
    return np.linalg.svd(A, compute_uv=False)


def polar(A):
    U, values, Vt = np.linalg.svd(A, full_matrices=False)
    # a singular value counts as 0 from 8 max(rows, columns) 2u times the largest down; eps is 2u
    threshold = 8 * max(A.shape) * np.finfo(A.dtype).eps * values.max(initial=0)
    kept = values > threshold
    return U[:, kept] @ Vt[kept]


def inverse_root(V, root, damping):
    values, Q = np.linalg.eigh(V + damping * np.eye(len(V), dtype=V.dtype))
    return (Q * values ** (-1 / root)) @ Q.T


def spectral(A):
    return np.linalg.norm(A, 2)


def columns(A):
    return np.linalg.norm(A, axis=0).max()


def rows(A):
    return np.linalg.norm(A, axis=1).max()


NORMS = {
    "spectral": spectral,
    "frobenius": np.linalg.norm,
    "nuclear": lambda A: np.linalg.norm(A, "nuc"),
    "infinity-infinity": lambda A: np.linalg.norm(A, np.inf),
    "entrywise-one": lambda A: abs(A).sum(),
    "max-entry": lambda A: abs(A).max(),
    "scaled-max-entry": lambda A: A.shape[1] * abs(A).max(),
    "column": columns,
    "row": rows,
    "rms-rms": lambda A: np.sqrt(A.shape[1] / A.shape[0]) * spectral(A),
    "one-rms": lambda A: columns(A) / np.sqrt(A.shape[0]),
    "rms-infinity": lambda A: np.sqrt(A.shape[1]) * rows(A),
}


def norm(A, norm):
    return NORMS[norm](A) if A.size > 0 else 0.0


if __name__ == "__main__":
    dtype = sys.argv[1] if len(sys.argv) > 1 else "float64"
    functions = {
        "singular-values": singular_values,
        "polar": polar,
        "inverse-root": inverse_root,
        "norm": norm,
    }
    serve(
        name="numpy.linalg",
        version=np.__version__,
        precision=dtype,
        functions={operation: on_numpy(f, dtype) for operation, f in functions.items()},
    )
