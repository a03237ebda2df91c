#!/usr/bin/env python3
"""Muon with one flaw, to see the referee find it: broken_muon.py [float64|float32|bfloat16].

Newton–Schulz is applied to the gradient, and the momentum comes after it. Without momentum nothing
shows, and in the form without Nesterov the first step is right.
"""

import torch
from torch_muon import Muon, serve_muon


class BrokenMuon(Muon):
    def direction(self, G, state, group):
        mu = group["momentum"]
        O = self.orthogonalised(G, group)  # noqa: E741
        B = state["momentum"] = mu * state.get("momentum", torch.zeros_like(G)) + O
        return O + mu * B if group["nesterov"] else B


if __name__ == "__main__":
    serve_muon(BrokenMuon, "broken-muon")
