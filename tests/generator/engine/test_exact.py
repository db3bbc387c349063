import sys
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
import sympy

from convexam.generator.engine import ShapeError, array, conv
from convexam.generator.engine.exact import plain


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        pytest.param(((1, 2), (3, 4)), [[1, 2], [3, 4]], id="nested tuples"),
        pytest.param(np.array([200, 100], dtype=np.uint8), [200, 100], id="small numpy ints"),
        pytest.param([np.int8(5), Fraction(1, 2)], [5, Fraction(1, 2)], id="mixed exact"),
        pytest.param([sympy.Integer(3), sympy.Rational(1, 2)], [3, Fraction(1, 2)], id="sympy numbers"),
        pytest.param([1, 0.5], [1.0, 0.5], id="any float makes floats"),
        pytest.param(np.array([0.5], dtype=np.float32), [0.5], id="float32"),
        pytest.param([2**80], [2**80], id="no limit"),
    ],
)
def test_array(values: Any, expected: list[Any]) -> None:
    found = array(values)
    assert found.tolist() == expected
    flat = np.array(expected, dtype=object).ravel().tolist()
    assert list(map(type, found.ravel().tolist())) == list(map(type, flat))


def test_array_copies() -> None:
    values = np.array([1, 2], dtype=object)
    array(values)[0] = 9
    assert values.tolist() == [1, 2]


@pytest.mark.parametrize(
    ("values", "error"),
    [
        pytest.param([True, False], TypeError, id="bools"),
        pytest.param(np.array([True]), TypeError, id="bool array"),
        pytest.param(["1"], TypeError, id="text"),
        pytest.param([None], TypeError, id="nothing"),
        pytest.param([1j], TypeError, id="complex"),
        pytest.param(np.array([1j]), TypeError, id="complex array"),
        pytest.param([[1, 2], [3]], ShapeError, id="ragged"),
        pytest.param([[1, 2], [[3], [4]]], ShapeError, id="ragged in depth"),
        pytest.param([], ShapeError, id="empty"),
        pytest.param([float("nan")], ValueError, id="nan"),
        pytest.param(np.array([np.inf]), ValueError, id="infinite"),
    ],
)
def test_array_refuses(values: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        array(values)


def test_symbols_stay() -> None:
    x = sympy.Symbol("x")
    assert plain(x + 1) == x + 1
    assert array([x, 1]).tolist() == [x, 1]


@pytest.mark.parametrize("dtype", [np.int8, np.uint8, np.int64])
def test_small_integers_do_not_wrap_around(dtype: Any) -> None:
    largest = np.iinfo(dtype).max
    x = np.full((1, 3, 3), largest, dtype=dtype)
    weight = np.full((1, 1, 3, 3), largest, dtype=dtype)
    assert conv(x, weight).tolist() == [[[9 * int(largest) ** 2]]]
    assert sys.maxsize < 9 * int(np.iinfo(np.int64).max) ** 2


def test_whole_fractions_come_out_as_ints() -> None:
    found = conv([[Fraction(1, 2), Fraction(3, 2)]], [[[1, 1]], [[1, 2]]])
    assert found.tolist() == [[2], [Fraction(7, 2)]]
    assert type(found[0, 0]) is int
