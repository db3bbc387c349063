"""Write torch_cases.json: what PyTorch 2.13 computes for random geometry and small whole numbers.

Run it by hand (``python tests/data/engine/make_torch_cases.py``); the tests read only the JSON.
Values are computed on int64 where PyTorch can, else on float64, where sums of small ints are exact; means
are turned back into fractions, whose denominators are at most the number of cells of a window.
"""

import json
import random
from collections.abc import Iterator, Sequence
from contextlib import suppress
from fractions import Fraction
from importlib import import_module
from itertools import islice
from math import prod
from pathlib import Path
from typing import Any

torch: Any = import_module("torch")  # not a dependency: neither tests nor type checks may need it
functional: Any = import_module("torch.nn.functional")

CASES = 60
FORWARD = {
    ("conv", 1): functional.conv1d,
    ("conv", 2): functional.conv2d,
    ("conv_transpose", 1): functional.conv_transpose1d,
    ("conv_transpose", 2): functional.conv_transpose2d,
    ("max", 1): functional.max_pool1d,
    ("max", 2): functional.max_pool2d,
    ("avg", 1): functional.avg_pool1d,
    ("avg", 2): functional.avg_pool2d,
}


def tensor(draw: random.Random, shape: Sequence[int], low: int = -4, high: int = 5) -> Any:
    return torch.tensor([draw.randint(low, high) for _ in range(prod(shape))]).reshape(*shape)


def cells(values: Any) -> Any:
    """Return nested lists of ints, or of texts for fractions."""
    if isinstance(values, list):
        return [cells(value) for value in values]
    number = Fraction(values).limit_denominator(16)
    if abs(number - Fraction(values)) > Fraction(1, 10**12):
        raise ValueError(f"{values} is no mean of at most 16 whole numbers")
    return int(number) if number.denominator == 1 else str(number)


def backward(output: Any, gradient: Any, *inputs: Any) -> list[Any]:
    found = torch.autograd.grad(output, inputs, gradient)
    return [cells(values.tolist()) for values in found]


def convolution(draw: random.Random, operation: str, axes: int) -> dict[str, Any]:
    groups = draw.choice([1, 1, 2])
    channels, filters = draw.randint(1, 2) * groups, draw.randint(1, 2) * groups
    kernel = [draw.randint(1, 3) for _ in range(axes)]
    options: dict[str, Any] = {
        "stride": [draw.randint(1, 3) for _ in range(axes)],
        "padding": [draw.randint(0, 2) for _ in range(axes)],
        "dilation": [draw.randint(1, 2) for _ in range(axes)],
        "groups": groups,
    }
    if operation == "conv":
        x = tensor(draw, (channels, *(draw.randint(2, 6) for _ in range(axes))))
        weight = tensor(draw, (filters, channels // groups, *kernel))
    else:
        options["output_padding"] = [draw.randint(0, 1) for _ in range(axes)]
        x = tensor(draw, (channels, *(draw.randint(1, 4) for _ in range(axes))))
        weight = tensor(draw, (channels, filters // groups, *kernel))
    bias = tensor(draw, (filters,))
    forward = FORWARD[operation, axes]
    doubles = [values.double().requires_grad_() for values in (x, weight, bias)]
    output = forward(*doubles, **options)
    if operation == "conv" and not torch.equal(forward(x, weight, bias, **options), output.long()):
        raise ValueError("int64 and float64 differ")
    case: dict[str, Any] = {
        "operation": operation,
        "x": x.tolist(),
        "weight": weight.tolist(),
        "bias": bias.tolist(),
    }
    case |= {"options": options, "output": cells(output.tolist())}
    if operation == "conv":
        gradient = tensor(draw, output.shape)
        case["grad"] = gradient.tolist()
        case["grads"] = backward(output, gradient.double(), *doubles)
    return case


def pooling(draw: random.Random, operation: str, axes: int) -> dict[str, Any] | None:
    kernel = [draw.randint(1, 4) for _ in range(axes)]
    options: dict[str, Any] = {
        "stride": [draw.randint(1, 3) for _ in range(axes)],
        "padding": [draw.randint(0, side // 2) for side in kernel],
        "ceil_mode": draw.random() < 0.5,
    }
    if operation == "max":
        options["dilation"] = [draw.randint(1, 2) for _ in range(axes)]
    else:
        options["count_include_pad"] = draw.random() < 0.5
    # few different values, so that maxima tie
    x = tensor(draw, (draw.randint(1, 2), *(draw.randint(2, 6) for _ in range(axes))), -2, 2)
    double = x.double().requires_grad_()
    output = FORWARD[operation, axes](double, kernel, **options)
    if not torch.isfinite(output).all():
        return None  # a window lies wholly in the padding
    gradient = tensor(draw, output.shape)
    if operation == "avg":
        gradient = gradient * 144  # divisible by most window sizes
    return {
        "operation": operation,
        "x": x.tolist(),
        "kernel": kernel,
        "options": options,
        "output": cells(output.tolist()),
        "grad": gradient.tolist(),
        "grads": backward(output, gradient.double(), double),
    }


def cases(operation: str, axes: int) -> Iterator[dict[str, Any]]:
    """Draw for ever; geometry that PyTorch refuses is left out."""
    draw = random.Random(f"{operation}{axes}")
    make: Any = pooling if operation in ("max", "avg") else convolution
    while True:
        with suppress(RuntimeError):
            if case := make(draw, operation, axes):
                yield case


def main() -> None:
    found = [case for key in FORWARD for case in islice(cases(*key), CASES)]
    text = ",\n".join(json.dumps(case, separators=(",", ":")) for case in found)
    here = Path(__file__).parent
    (here / "torch_cases.json").write_text(
        f'{{"source":"PyTorch {torch.__version__.split("+")[0]}","cases":[\n{text}\n]}}\n', encoding="utf-8"
    )


if __name__ == "__main__":
    main()
