#!/usr/bin/env python3
"""SGD with momentum, Adam and AdamW of torch.optim.

`--foreach` takes the variants that update all parameters at once, `--amsgrad` those that divide by
the largest second moment so far, which is not Adam: the referee says so.
"""

import argparse
import sys
from pathlib import Path

import torch

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # where lemmata_adapter.py is
from lemmata_adapter import PRECISIONS, serve, torch_keywords, torch_optimizer  # noqa: E402


def sgd_keywords(hyperparameters):
    keywords = torch_keywords(hyperparameters)
    # torch refuses Nesterov's form without momentum, where it is the plain step
    keywords["nesterov"] = keywords["nesterov"] and keywords["momentum"] > 0
    return keywords


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("precision", nargs="?", choices=PRECISIONS, default="float64")
    parser.add_argument("--foreach", action="store_true")
    parser.add_argument("--amsgrad", action="store_true")
    given = parser.parse_args()

    dtype = given.precision
    common = {"foreach": given.foreach}
    adam = {**common, "amsgrad": given.amsgrad}
    variants = [name for name in ("foreach", "amsgrad") if getattr(given, name)]
    serve(
        name=" ".join(["torch.optim", *variants]),
        version=torch.__version__,
        precision=dtype,
        optimisers={
            "sgd-momentum": torch_optimizer(torch.optim.SGD, dtype, sgd_keywords, **common),
            "adam": torch_optimizer(torch.optim.Adam, dtype, **adam),
            "adamw": torch_optimizer(torch.optim.AdamW, dtype, **adam),
        },
    )
