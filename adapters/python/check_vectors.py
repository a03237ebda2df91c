"""Checks a function or optimiser by vectors: check_vectors.py FILE module:name [precision]"""
import importlib, json, math, sys  # noqa: E401


def distance(want, got):  # of the two entries that are farthest apart, infinite for other shapes
    got = got.tolist() if hasattr(got, "tolist") else got
    if isinstance(want, list) and isinstance(got, (list, tuple)) and len(want) == len(got):
        return max(map(distance, want, got), default=0.0)
    alike = isinstance(want, (int, float)) and isinstance(got, (int, float)) and got == got
    return abs(want - got) if alike else 0.0 if want is got is None else math.inf


(module, name), precision, failed = sys.argv[2].split(":"), [*sys.argv, "float64"][3], 0
suite, subject = json.load(open(sys.argv[1], "rb")), getattr(importlib.import_module(module), name)
for v in suite["vectors"] if suite["compare"] == "entries" else []:  # else it names what counts
    given, want, owed = v["input"], v["output"], v["obligation"][precision]
    bound, comment = float(v["errorBound"][precision]), v["comment"]
    try:
        if suite["kind"] == "function":
            error = max(map(distance, want.values(), map(subject(**given).get, want)))
        else:
            step = subject(given["parameters"], given["hyperparameters"])
            error = max(map(distance, want["trajectory"], map(step, given["gradients"])))
    except Exception as refusal:
        error, comment = math.inf, f"{comment}: {refusal!r}"
    if error > bound or error == math.inf:
        failed += owed == "must"
        print(v["id"], *v["flags"], owed, comment, error / (bound or 5e-324))
note = "skipped: not unique" if suite["compare"] != "entries" else f"checked: {failed} musts failed"
sys.exit(print(f"{suite['operation']}: {len(suite['vectors'])} vectors {note}") or failed > 0)
