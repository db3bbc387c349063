"""Agreement with PyTorch and with the conformance cases of ONNX, read from JSON."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from convexam.generator.engine import (
    array,
    conv,
    conv_grad_bias,
    conv_grad_input,
    conv_grad_weight,
    conv_matrix,
    conv_transpose,
    pool,
    pool_grad,
)

DATA = Path(__file__).parents[2] / "data" / "engine"


def stored(name: str) -> list[Any]:
    cases = json.loads((DATA / name).read_text(encoding="utf-8"))["cases"]
    assert cases
    return [
        pytest.param(case, id=case.get("name", f"{case['operation']}{len(case['x'])}-{number}"))
        for number, case in enumerate(cases)
    ]


def exactly(values: Any) -> Any:
    if isinstance(values, list):
        return [exactly(value) for value in values]
    number = Fraction(values)
    return int(number) if number.denominator == 1 else number


def compute(case: dict[str, Any]) -> Any:
    if case["operation"] == "conv":
        return conv(exactly(case["x"]), case["weight"], case.get("bias"), **case["options"])
    if case["operation"] == "conv_transpose":
        return conv_transpose(case["x"], case["weight"], case.get("bias"), **case["options"])
    return pool(exactly(case["x"]), case["kernel"], kind=case["operation"], **case["options"])


def of_operation(name: str, *operations: str) -> list[Any]:
    return [case for case in stored(name) if case.values[0]["operation"] in operations]


@pytest.mark.parametrize("case", stored("torch_cases.json") + stored("onnx_cases.json"))
def test_output(case: dict[str, Any]) -> None:
    found = compute(case)
    assert found.tolist() == exactly(case["output"])
    assert {type(cell) for cell in found.flat} <= {int, Fraction}


@pytest.mark.parametrize("case", of_operation("torch_cases.json", "conv"))
def test_gradients_of_convolution(case: dict[str, Any]) -> None:
    x, weight, grad = array(case["x"]), array(case["weight"]), case["grad"]
    grad_x, grad_weight, grad_bias = case["grads"]
    assert conv_grad_input(grad, weight, x.shape, **case["options"]).tolist() == grad_x
    assert conv_grad_weight(x, grad, weight.shape[2:], **case["options"]).tolist() == grad_weight
    assert conv_grad_bias(grad).tolist() == grad_bias


@pytest.mark.parametrize("case", of_operation("torch_cases.json", "conv"))
def test_matrix_of_convolution(case: dict[str, Any]) -> None:
    x = array(case["x"])
    matrix, shape = conv_matrix(case["weight"], x.shape, **case["options"])
    biased = [
        (row + bias).tolist()
        for row, bias in zip((matrix @ x.ravel()).reshape(shape), case["bias"], strict=True)
    ]
    assert biased == case["output"]


@pytest.mark.parametrize("case", of_operation("torch_cases.json", "max", "avg"))
def test_gradient_of_pooling(case: dict[str, Any]) -> None:
    found = pool_grad(case["x"], case["grad"], case["kernel"], kind=case["operation"], **case["options"])
    assert [found.tolist()] == case["grads"]
