#!/usr/bin/env python3
"""Muon in torch, written from its definition: torch_muon.py [float64|float32|bfloat16]."""

import sys
from pathlib import Path

import torch

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # where lemmata_adapter.py is
from lemmata_adapter import on_torch, serve, torch_optimizer  # noqa: E402


def newton_schulz(G, coefficients, steps, normalisation="frobenius", epsilon=0.0):
    X = G
    if normalisation == "frobenius":
        # the sum of squares of a bfloat16 or float32 matrix may overflow there, but not in float64
        size = torch.linalg.norm(G, dtype=torch.float64) + epsilon
        X = G / size if size > 0 else G
    if X.shape[0] > X.shape[1]:
        return newton_schulz(X.T, coefficients, steps, normalisation="none").T
    for k in range(steps):
        a, b, c = coefficients[min(k, len(coefficients) - 1)]
        A = X @ X.T
        X = a * X + (b * A + c * A @ A) @ X
    return X


def polar(G):
    wide = G if G.dtype == torch.float64 else G.float()  # there is no decomposition in bfloat16
    U, values, Vt = torch.linalg.svd(wide, full_matrices=False)
    kept = values > 8 * max(G.shape) * torch.finfo(G.dtype).eps * values.max()
    return (U[:, kept] @ Vt[kept]).to(G.dtype)


SCALES = {
    "none": lambda rows, columns: 1.0,
    "max(1,rows/columns)^1/2": lambda rows, columns: max(1.0, rows / columns) ** 0.5,
    "(rows/columns)^1/2": lambda rows, columns: (rows / columns) ** 0.5,
    "0.2 max(rows,columns)^1/2": lambda rows, columns: 0.2 * max(rows, columns) ** 0.5,
}


class Muon(torch.optim.Optimizer):
    def __init__(self, params, **hyperparameters):
        super().__init__(params, hyperparameters)

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for W in group["params"]:
                eta = group["learningRate"]
                O = self.direction(W.grad, self.state[W], group)  # noqa: E741
                s = SCALES[group["scale"]](*W.shape)
                W.mul_(1 - eta * group["weightDecay"]).sub_(O, alpha=eta * s)

    def direction(self, G, state, group):
        mu = group["momentum"]
        B = state["momentum"] = mu * state.get("momentum", torch.zeros_like(G)) + G
        return self.orthogonalised(G + mu * B if group["nesterov"] else B, group)

    def orthogonalised(self, N, group):
        if group["orthogonalisation"] == "exact":
            return polar(N)
        return newton_schulz(N, group["coefficients"], group["steps"], epsilon=group["epsilon"])


def serve_muon(cls, name):
    dtype = sys.argv[1] if len(sys.argv) > 1 else "float64"
    serve(
        name=name,
        version="1.0",
        precision=dtype,
        functions={"newton-schulz": on_torch(newton_schulz, dtype)},
        # dict: its keyword arguments are named as ours
        optimisers={"muon": torch_optimizer(cls, dtype, keywords=dict)},
    )


if __name__ == "__main__":
    serve_muon(Muon, "torch-muon")
