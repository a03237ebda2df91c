#!/usr/bin/env python3
"""scipy.linalg.polar as `polar`, scipy.linalg.svdvals as `singular-values`: [float64|float32].

scipy's unitary factor is completed on the null space, so on a rank-deficient matrix it is another
function than the polar factor here, which is 0 there: the referee says so.
"""

import sys
from pathlib import Path

import scipy
import scipy.linalg

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # where lemmata_adapter.py is
from lemmata_adapter import on_numpy, serve  # noqa: E402


def polar(A):
    # scipy's LAPACK driver refuses an empty matrix
    return scipy.linalg.polar(A)[0] if A.size > 0 else A


if __name__ == "__main__":
    dtype = sys.argv[1] if len(sys.argv) > 1 else "float64"
    serve(
        name="scipy.linalg",
        version=scipy.__version__,
        precision=dtype,
        functions={
            "polar": on_numpy(polar, dtype),
            "singular-values": on_numpy(scipy.linalg.svdvals, dtype),
        },
    )
