from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convexam.generator.engine import (
    ShapeError,
    conv,
    conv_grad_bias,
    conv_grad_input,
    conv_grad_weight,
)


def difference_quotient(function: Any, point: Any, grad: Any) -> Any:
    """Return the gradient of <function(point), grad>; exact, since convolution is linear."""
    base = function(point)
    result = np.zeros(point.shape, dtype=object)
    for index in np.ndindex(*point.shape):
        moved = point.copy()
        moved[index] += Fraction(1, 2)
        result[index] = ((function(moved) - base) * grad).sum() * 2
    return result


def numbers(shape: tuple[int, ...], seed: int) -> Any:
    """Return small fractions; a seed shrinks faster than a hundred numbers."""
    cells = [Fraction((seed + 7 * i * i + 3 * i) % 23 - 11, 4) for i in range(int(np.prod(shape)))]
    return np.array(cells, dtype=object).reshape(shape)


@settings(max_examples=40)
@given(
    st.integers(0, 22),
    st.tuples(st.integers(1, 3), st.integers(1, 3)),
    st.tuples(st.integers(0, 2), st.integers(0, 2)),
    st.integers(1, 2),
    st.sampled_from([1, 2]),
    st.booleans(),
)
def test_gradients_are_difference_quotients(
    seed: int, stride: Any, sides: Any, dilation: int, groups: int, flip: bool
) -> None:
    x = numbers((2, 4, 5), seed)
    w = numbers((2, 2 // groups, 2, 3), seed + 1)
    bias = numbers((2,), seed + 2)
    options: dict[str, Any] = {
        "stride": stride,
        "padding": (sides, (1, 0)),
        "dilation": dilation,
        "groups": groups,
        "flip": flip,
    }
    grad = numbers(conv(x, w, **options).shape, seed + 3)
    assert (
        conv_grad_input(grad, w, x.shape, **options).tolist()
        == difference_quotient(lambda v: conv(v, w, bias, **options), x, grad).tolist()
    )
    assert (
        conv_grad_weight(x, grad, (2, 3), **options).tolist()
        == difference_quotient(lambda v: conv(x, v, bias, **options), w, grad).tolist()
    )
    assert (
        conv_grad_bias(grad).tolist()
        == difference_quotient(lambda v: conv(x, w, v, **options), bias, grad).tolist()
    )


@pytest.mark.parametrize("padding", ["same_upper", "same_lower", "valid"])
def test_named_padding(padding: str) -> None:
    x = np.arange(1, 7).astype(object).reshape(1, 6)
    w = np.array([[[2, -1]]], dtype=object)
    y = conv(x, w, padding=padding, stride=2)
    found = conv_grad_input(np.ones(y.shape, dtype=int), w, x.shape, padding=padding, stride=2)
    expected = difference_quotient(
        lambda v: conv(v, w, padding=padding, stride=2), x, np.ones(y.shape, dtype=object)
    )
    assert found.tolist() == expected.tolist()


def test_by_hand() -> None:
    """One row [1 2 3] with [10 20] gives [50 80]; with dL/dy = [1 -1] each part is a short sum."""
    x, w, grad = [[1, 2, 3]], [[[10, 20]]], [[1, -1]]
    assert conv(x, w).tolist() == [[50, 80]]
    assert conv_grad_input(grad, w, (1, 3)).tolist() == [[10, 10, -20]]
    assert conv_grad_weight(x, grad, 2).tolist() == [[[-1, -1]]]
    assert conv_grad_bias(grad).tolist() == [0]


@pytest.mark.parametrize(
    "call",
    [
        pytest.param(lambda: conv_grad_input([[1, 2, 3]], [[[1, 1]]], (1, 3)), id="input"),
        pytest.param(lambda: conv_grad_weight([[1, 2, 3]], [[1, 2, 3]], 2), id="weight"),
    ],
)
def test_the_gradient_has_the_shape_of_the_output(call: Any) -> None:
    with pytest.raises(ShapeError, match=r"shape \(1, 2\) is needed, not one of \(1, 3\)"):
        call()
