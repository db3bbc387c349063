import math
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
import sympy

from convexam.generator.engine import leaky_relu, relu, sigmoid, softmax, step, tanh


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        pytest.param(step([-2, 0, Fraction(1, 2)]), [0, 1, 1], id="step"),
        pytest.param(step([-2, 0, 3], at_zero=0), [0, 0, 1], id="step at zero"),
        pytest.param(step([-0.5, 0.5]), [0, 1], id="step of floats"),
        pytest.param(relu([[-2, 0], [3, Fraction(-1, 2)]]), [[0, 0], [3, 0]], id="relu"),
        pytest.param(relu([Fraction(1, 2), Fraction(-1, 2)]), [Fraction(1, 2), 0], id="relu of fractions"),
        pytest.param(relu([Fraction(4, 2)]), [2], id="relu in simplest form"),
        pytest.param(relu([-1.5, 2.5]), [0.0, 2.5], id="relu of floats"),
        pytest.param(leaky_relu([-2, 4], Fraction(1, 10)), [Fraction(-1, 5), 4], id="leaky"),
        pytest.param(leaky_relu([-2, 4], 0.5), [-1.0, 4.0], id="float slope"),
        pytest.param(leaky_relu([[-1, 2], [-1, 2]], [2, 3]), [[-2, 2], [-3, 2]], id="one slope per channel"),
        pytest.param(sigmoid([0, 1000, -1000]), [0.5, 1.0, 0.0], id="sigmoid does not overflow"),
        pytest.param(
            softmax([[1000, 1000], [5, 5]]), [[0.5, 0.5], [0.5, 0.5]], id="softmax does not overflow"
        ),
    ],
)
def test_values(found: Any, expected: Any) -> None:
    assert found.tolist() == expected
    if found.dtype == object:
        assert {type(cell) for cell in found.flat} <= {int, Fraction}


@pytest.mark.parametrize("z", [-3.5, -1, 0, Fraction(1, 3), 2])
def test_floats_follow_the_formulas(z: Any) -> None:
    assert sigmoid([z])[0] == pytest.approx(1 / (1 + math.exp(-z)))
    assert tanh([z])[0] == pytest.approx(math.tanh(z))
    powers = [math.exp(z), math.exp(1), math.exp(-2)]
    assert softmax([z, 1, -2]).tolist() == pytest.approx([power / sum(powers) for power in powers])


@pytest.mark.parametrize("function", [step, relu, sigmoid, softmax])
def test_symbols_cannot_be_compared(function: Any) -> None:
    with pytest.raises(TypeError, match="in place of the symbols"):
        function([sympy.Symbol("x")])


def test_nothing_is_changed_in_place() -> None:
    z = np.array([-1, 1], dtype=object)
    relu(z)[:] = 7
    step(z)
    assert z.tolist() == [-1, 1]
