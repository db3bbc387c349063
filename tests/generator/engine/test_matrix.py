import sys
from typing import Any

import numpy as np
import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from convexam.generator.engine import ShapeError, conv, conv_matrix


def test_e44() -> None:
    """x * (-1, 0, 1) for N = 6: 4 rows here, since outputs are rows; the slide writes the transpose."""
    matrix, shape = conv_matrix([[[-1, 0, 1]]], (1, 6))
    assert shape == (1, 4)
    assert matrix.T.tolist() == [
        [-1, 0, 0, 0],
        [0, -1, 0, 0],
        [1, 0, -1, 0],
        [0, 1, 0, -1],
        [0, 0, 1, 0],
        [0, 0, 0, 1],
    ]
    assert np.count_nonzero(matrix) == 8
    x = np.array([2, 5, 1, 4, 3, 7], dtype=object)
    assert (matrix @ x).tolist() == [-1, -1, 2, 3]
    turned, _ = conv_matrix([[[-1, 0, 1]]], (1, 6), flip=True)
    assert (turned @ x).tolist() == [1, 1, -2, -3]


def test_two_dimensions_in_symbols() -> None:
    a, b, c, d = sympy.symbols("a b c d")
    matrix, shape = conv_matrix([[[[a, b], [c, d]]]], (1, 2, 3))
    assert shape == (1, 1, 2)
    assert matrix.tolist() == [[a, b, 0, c, d, 0], [0, a, b, 0, c, d]]


cells = st.lists(st.integers(-9, 9), min_size=60, max_size=60)
pair = st.tuples(st.integers(0, 2), st.integers(0, 2))


@settings(max_examples=80)
@given(
    cells,
    cells,
    st.tuples(st.integers(1, 3), st.integers(1, 3)),
    st.one_of(st.tuples(pair, pair), st.sampled_from(["same_upper", "same_lower", "valid"])),
    st.tuples(st.integers(1, 2), st.integers(1, 2)),
    st.sampled_from([1, 2]),
    st.booleans(),
)
def test_matrix_times_image_is_the_convolution(
    a: list[int], b: list[int], stride: Any, padding: Any, dilation: Any, groups: int, flip: bool
) -> None:
    x = np.array(a, dtype=object).reshape(2, 5, 6)
    w = np.array(b[: 48 // groups], dtype=object).reshape(4, 2 // groups, 2, 3)
    options: dict[str, Any] = {
        "stride": stride,
        "padding": padding,
        "dilation": dilation,
        "groups": groups,
        "flip": flip,
    }
    matrix, shape = conv_matrix(w, x.shape, **options)
    expected = conv(x, w, **options)
    assert shape == expected.shape
    assert matrix.shape == (expected.size, x.size)
    assert (matrix @ x.ravel()).tolist() == expected.ravel().tolist()


def test_the_matrix_does_not_use_the_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_: Any) -> None:
        raise AssertionError("the second method calls the first")

    module = sys.modules["convexam.generator.engine.windows"]  # the name itself is the function
    monkeypatch.setattr(module, "effective_kernel", forbidden)  # the first thing it asks for
    matrix, _ = conv_matrix([[[1, 2]]], (1, 3))
    assert matrix.tolist() == [[1, 2, 0], [0, 1, 2]]
    with pytest.raises(AssertionError):
        conv([[1, 2, 3]], [[[1, 2]]])


def test_refuses() -> None:
    with pytest.raises(ShapeError, match="does not fit"):
        conv_matrix([[[1, 2, 3]]], (1, 2))
