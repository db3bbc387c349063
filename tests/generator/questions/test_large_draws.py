"""Ranges from which too large a case can be drawn: such a draw is refused like any other, whatever the kind."""

from __future__ import annotations

from typing import Any

import pytest

from convexam.generator import registry
from convexam.generator.model import Refused
from convexam.generator.reading.schema import parse_value
from convexam.generator.streams import Stream, derive

MAP: dict[str, Any] = {"shape": [64, 64], "from": 1, "to": 3}
KERNEL: dict[str, Any] = {"shape": [32, 32], "from": 1, "to": 3}
MAPS = {**MAP, "shape": [1, 64, 64]}
KERNELS = {**KERNEL, "shape": [1, 1, 32, 32]}


@pytest.mark.parametrize(
    ("name", "params"),
    [
        ("conv1d", {"input": {**MAP, "shape": [64, 64]}, "kernel": {**KERNEL, "shape": [2, 64, 32]}}),
        ("conv2d", {"input": MAPS, "kernel": KERNELS}),
        ("conv_matrix", {"input": [64, 64], "window": [32, 32], "ask": ["nonzeros"]}),
        ("convolution_or_correlation", {"ask": "compute", "input": MAP, "kernel": KERNEL}),
        (
            "equivariance",
            {"layer": "filter", "input": MAP, "kernel": KERNEL, "shift": [[0, 1]], "ask": ["before"]},
        ),
        (
            "gradient",
            {
                "of": "conv",
                "with_respect_to": ["input"],
                "input": MAP,
                "kernel": KERNEL,
                "grad": {"from": 1, "to": 3},
            },
        ),
        ("reverse", {"input": MAP, "kernel": KERNEL, "hidden_bias": "true"}),
        ("strongest_response", {"ask": "position", "input": MAPS, "kernel": KERNELS}),
        ("transposed_conv", {"input": MAP, "kernel": KERNEL}),
    ],
)
def test_a_case_that_is_too_large_is_a_refused_draw(name: str, params: dict[str, Any]) -> None:
    kind = registry.get(name)
    with pytest.raises(Refused, match=r"too large|at most 100000"):
        kind.draw(parse_value(kind.params, params), Stream(derive(b"large", [name])))
