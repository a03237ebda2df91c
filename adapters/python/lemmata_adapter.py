"""Lets `lemmata judge` question a Python implementation. Copy this file beside your adapter:

    import numpy
    from lemmata_adapter import on_numpy, serve

    def singular_values(A):
        return numpy.linalg.svd(A, compute_uv=False)

    serve(name="mine", version="1.0", precision="float64",
          functions={"singular-values": on_numpy(singular_values, "float64")})

then `npx lemmata judge --exec "python3 my_adapter.py"`. Python 3.8 or newer; numpy and torch are
imported only by what has their name. A matrix is a list of rows, rows = outputs and columns =
inputs, as in torch's `Linear.weight`; `[]` is the 0x0 matrix and `[[], []]` is 2x0.
"""

import json
import math
import os
import sys
import traceback
from typing import Any, BinaryIO, Callable, Dict, List, Mapping, Optional, Tuple

Matrix = List[List[float]]
#: Called with the fields of the input by keyword; returns the output, such as {"matrix": rows}.
Function = Callable[..., Mapping[str, Any]]
#: One step: a gradient for each parameter in, the new parameters out.
Step = Callable[[List[Matrix]], List[Any]]
#: Called with parameters and hyperparameters, once for each optimiser that is created.
Factory = Callable[[List[Matrix], Dict[str, Any]], Step]

PRECISIONS = ("float64", "float32", "bfloat16")


def serve(
    *,
    name: str,
    version: str,
    precision: str,
    functions: Optional[Mapping[str, Function]] = None,
    optimisers: Optional[Mapping[str, Factory]] = None,
) -> None:
    """Answers one request a line from stdin until it ends.

    `precision` is that of the least precise arithmetic in use. While this runs, stdout belongs to
    the protocol: whatever else prints, in Python or below it, prints to stderr.
    """
    if precision not in PRECISIONS:
        raise ValueError(f"serve: precision one of {', '.join(PRECISIONS)}, got {precision!r}")
    session = _Session(name, version, precision, dict(functions or {}), dict(optimisers or {}))
    requests, answers = _reserved_streams()
    for line in requests:
        if line.strip():
            answers.write(_answer(session, line))
            answers.flush()


class _Session:
    """What has been created so far, and one method for each kind of request."""

    def __init__(
        self,
        name: str,
        version: str,
        precision: str,
        functions: Dict[str, Function],
        optimisers: Dict[str, Factory],
    ) -> None:
        self.description = {
            "name": name,
            "version": version,
            "precision": precision,
            "operations": [*functions, *optimisers],
        }
        self.functions = functions
        self.optimisers = optimisers
        self.steps: Dict[str, Step] = {}
        self.created = 0

    def answer(self, request: Mapping[str, Any]) -> Mapping[str, Any]:
        op = request.get("op")
        if op == "describe":
            return self.description
        if op == "call":
            function = _chosen(self.functions, "operation", request)
            return {"output": function(**request["input"])}
        if op == "create":
            factory = _chosen(self.optimisers, "operation", request)
            step = factory(request["input"]["parameters"], request["input"]["hyperparameters"])
            self.created += 1
            handle = f"h{self.created}"
            self.steps[handle] = step
            return {"handle": handle}
        if op == "step":
            step = _chosen(self.steps, "handle", request)
            return {"parameters": step(request["gradients"])}
        if op == "free":
            _chosen(self.steps, "handle", request)
            del self.steps[request["handle"]]
            return {}
        raise ValueError(f"request: op describe, call, create, step or free, got {op!r}")


def _chosen(known: Mapping[str, Any], field: str, request: Mapping[str, Any]) -> Any:
    key: Any = request.get(field)
    if key not in known:
        raise ValueError(f"{request['op']}: {field} one of {list(known)}, got {key!r}")
    return known[key]


def _answer(session: _Session, line: bytes) -> bytes:
    number = None
    try:
        request = json.loads(line, parse_int=_number)
        if not isinstance(request, dict):
            raise TypeError(f"request: a JSON object, got {type(request).__name__}")
        number = request.get("id")
        # a look through every number is taken only where one of them may be text
        request = _decoded(request) if b'NaN"' in line or b'Infinity"' in line else request
        return _encoded({"id": number, **session.answer(request)})
    except Exception as error:  # whatever goes wrong in a request refuses that request alone
        traceback.print_exc()
        reason = " ".join(f"{type(error).__name__}: {error}".split())
        return _encoded({"id": number, "error": reason})


def _reserved_streams() -> Tuple[BinaryIO, BinaryIO]:
    """Private copies of stdin and stdout; the public ones become empty, and stderr."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    sys.stdout.flush()  # what an import has printed is still here, and now goes to stderr
    sys.stdout = sys.stderr
    return requests, answers


def _number(digits: str) -> float:
    """1e20 may come written as an integer; more digits than a double holds make it a float."""
    return int(digits) if len(digits) <= 15 else float(digits)


# JSON has no NaN and no infinity: they travel as text. Python writes every other float with as
# many digits, 17 at most, as give the same double back.

_NON_FINITE = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}


def _decoded(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _decoded(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_decoded(item) for item in value]
    return _NON_FINITE.get(value, value) if isinstance(value, str) else value


def _carried(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _carried(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_carried(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    return _carried(_plain(value)) if hasattr(value, "tolist") else value


def _plain(value: Any) -> Any:
    """Lists and numbers for a numpy array, a torch tensor or a scalar of theirs."""
    if hasattr(value, "tolist"):
        return value.tolist()
    raise TypeError(f"answer: numbers, lists, arrays or tensors, got {type(value).__name__}")


_JSON = json.JSONEncoder(allow_nan=False, default=_plain, separators=(",", ":"))


def _encoded(message: Mapping[str, Any]) -> bytes:
    try:
        text = _JSON.encode(message)
    except ValueError:  # a number that is not finite
        text = _JSON.encode(_carried(message))
    return text.encode("ascii") + b"\n"


def _shape(rows: Matrix) -> Tuple[int, int]:
    return len(rows), len(rows[0]) if rows else 0


def _output(result: Any) -> Mapping[str, Any]:
    """The output that a result means: a scalar is the value, a vector the values."""
    if isinstance(result, Mapping):
        return result
    dimensions = getattr(result, "ndim", 0)
    if dimensions > 2 or isinstance(result, (list, tuple)):
        got = f"{dimensions} dimensions" if dimensions else type(result).__name__
        raise TypeError(f"output: a number, an array of 1 or 2 dimensions or a dict, got {got}")
    return {("value", "values", "matrix")[dimensions]: result}


def on_numpy(function: Callable[..., Any], dtype: str) -> Function:
    """A function of a numpy array, the matrix of the input, for `functions`.

    The other fields of the input come by keyword. It returns a number, an array of as many
    dimensions as the output has, or the output as a dict.
    """
    import numpy

    def answer(matrix: Matrix, **fields: Any) -> Mapping[str, Any]:
        array = numpy.array(matrix, dtype=dtype).reshape(_shape(matrix))
        return _output(function(array, **fields))

    return answer


def on_torch(function: Callable[..., Any], dtype: str) -> Function:
    """The same with a torch tensor."""
    import torch

    def answer(matrix: Matrix, **fields: Any) -> Mapping[str, Any]:
        with torch.no_grad():
            return _output(function(_tensor(matrix, dtype), **fields))

    return answer


def _tensor(rows: Matrix, dtype: str) -> Any:
    """The tensor of the numbers of `dtype` that are nearest to the doubles."""
    import torch

    tensor = torch.tensor(rows, dtype=torch.float64).reshape(_shape(rows))
    if dtype == "bfloat16":
        # torch rounds to single first, which may make a tie of a near tie; so Veltkamp's splitting
        # with 2^(53-8) + 1 leaves the nearest 8 bits, and the conversion changes nothing
        split = tensor * (2.0**45 + 1)
        nearest = split - (split - tensor)
        tensor = torch.where(torch.isfinite(nearest), nearest, tensor)
    return tensor.to(getattr(torch, dtype))


_TORCH_NAMES = {
    "learningRate": "lr",
    "weightDecay": "weight_decay",
    "momentum": "momentum",
    "nesterov": "nesterov",
    "epsilon": "eps",
}


def torch_keywords(hyperparameters: Mapping[str, Any]) -> Dict[str, Any]:
    """Hyperparameters by the names of torch.optim; one that has no such name is refused."""
    given = dict(hyperparameters)
    keywords = {"betas": (given.pop("beta1"), given.pop("beta2"))} if "beta1" in given else {}
    unknown = [name for name in given if name not in _TORCH_NAMES]
    if unknown:
        raise ValueError(f"torch_keywords: {', '.join(_TORCH_NAMES)}, beta1, beta2; got {unknown}")
    return {**keywords, **{_TORCH_NAMES[name]: value for name, value in given.items()}}


def torch_optimizer(
    cls: Callable[..., Any],
    dtype: str,
    keywords: Callable[[Dict[str, Any]], Dict[str, Any]] = torch_keywords,
    **fixed: Any,
) -> Factory:
    """Any `torch.optim.Optimizer` class, for `optimisers`.

    `keywords` makes the keyword arguments of the constructor from the hyperparameters; `fixed` are
    further ones, such as foreach=True.
    """
    import torch

    def create(parameters: List[Matrix], hyperparameters: Dict[str, Any]) -> Step:
        weights = [torch.nn.Parameter(_tensor(rows, dtype)) for rows in parameters]
        optimizer = cls(weights, **{**keywords(hyperparameters), **fixed})

        def step(gradients: List[Matrix]) -> List[Any]:
            if len(gradients) != len(weights):
                raise ValueError(f"step: {len(weights)} gradients, got {len(gradients)}")
            for weight, rows in zip(weights, gradients):
                weight.grad = _tensor(rows, dtype)
            optimizer.step()
            return [weight.detach() for weight in weights]

        return step

    return create
