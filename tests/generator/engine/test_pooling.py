from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np
import pytest
import sympy

from convexam.generator.engine import ShapeError, out_size, pool, pool_grad, windows


def naive(
    x: Any,
    kind: str,
    kernel: int,
    stride: int,
    padding: int,
    dilation: int,
    *,
    ceil_mode: bool,
    counted: bool,
) -> Any:
    """Pool two axes cell by cell; None where a window lies wholly in the padding."""
    channels, *sizes = x.shape
    options = {"stride": stride, "padding": padding, "dilation": dilation}
    rows, columns = (out_size(size, kernel, ceil_mode=ceil_mode, **options) for size in sizes)
    result = []
    for c, i, j in product(range(channels), range(rows), range(columns)):
        cells, padded = [], 0
        for u, v in product(range(kernel), repeat=2):
            row, column = i * stride - padding + u * dilation, j * stride - padding + v * dilation
            if 0 <= row < sizes[0] and 0 <= column < sizes[1]:
                cells.append(x[c, row, column])
            elif row < sizes[0] + padding and column < sizes[1] + padding:
                padded += 1
        if not cells:
            return None
        count = len(cells) + padded * counted
        result.append(max(cells) if kind == "max" else Fraction(sum(cells), count))
    return np.array(result, dtype=object).reshape(channels, rows, columns)


def numbers(shape: tuple[int, ...]) -> Any:
    count = int(np.prod(shape))
    return np.array([(5 * i * i + 2 * i) % 13 - 6 for i in range(count)], dtype=object).reshape(shape)


@pytest.mark.parametrize("ceil_mode", [False, True], ids=["floor", "ceil"])
@pytest.mark.parametrize(("kind", "counted"), [("max", False), ("avg", False), ("avg", True)])
@pytest.mark.parametrize("kernel", [1, 2, 3])
@pytest.mark.parametrize("dilation", [1, 2])
def test_pool_is_the_naive_pool(
    kind: Any, counted: bool, kernel: int, dilation: int, ceil_mode: bool
) -> None:
    x = numbers((2, 5, 6))
    for stride, padding in product((1, 2, 3), (0, 1)):
        expected = naive(x, kind, kernel, stride, padding, dilation, ceil_mode=ceil_mode, counted=counted)
        options: dict[str, Any] = {
            "kind": kind,
            "stride": stride,
            "padding": padding,
            "dilation": dilation,
            "ceil_mode": ceil_mode,
            "count_include_pad": counted,
        }
        if expected is not None:
            assert pool(x, kernel, **options).tolist() == expected.tolist()
        elif not counted:
            with pytest.raises(ShapeError, match="wholly in the padding"):
                pool(x, kernel, **options)


S4 = [[[1, 1, 1, 0, 0], [0, 1, 1, 1, 0], [0, 0, 1, 1, 1], [0, 0, 1, 1, 0], [0, 1, 1, 0, 0]]]


@pytest.mark.parametrize(
    ("x", "kernel", "options", "expected"),
    [
        pytest.param(S4, 2, {"kind": "max"}, [[[1, 1], [0, 1]]], id="E50"),
        pytest.param(
            S4, 2, {"kind": "max", "ceil_mode": True}, [[[1, 1, 0], [0, 1, 1], [1, 1, 0]]], id="E50 ceil"
        ),
        pytest.param([[[0, 1, 0, 0], [0] * 4]], 2, {"kind": "max"}, [[[1, 0]]], id="E58"),
        pytest.param([[[0, 0, 1, 0], [0] * 4]], 2, {"kind": "max"}, [[[0, 1]]], id="E58 shifted"),
        pytest.param([[1, 2, 4, 5]], 2, {"kind": "avg"}, [[Fraction(3, 2), Fraction(9, 2)]], id="1-D mean"),
        pytest.param([[1, 2, 4]], 2, {"kind": "avg", "stride": 1}, [[Fraction(3, 2), 3]], id="whole mean"),
        pytest.param(
            [[-5, -3]], 3, {"kind": "max", "padding": 1, "stride": 1}, [[-3, -3]], id="never pads win"
        ),
        pytest.param([[2, 4]], 2, {"kind": "avg", "padding": 1}, [[2, 4]], id="padding not counted"),
        pytest.param(
            [[2, 4]], 2, {"kind": "avg", "padding": 1, "count_include_pad": True}, [[1, 2]], id="counted"
        ),
        pytest.param(
            [[2, 4, 6]],
            2,
            {"kind": "avg", "ceil_mode": True, "count_include_pad": True},
            [[3, 6]],
            id="overhang not counted",
        ),
        pytest.param([[Fraction(1, 2), Fraction(4, 2)]], 2, {"kind": "max"}, [[2]], id="max of fractions"),
        pytest.param(
            [[Fraction(1, 2), Fraction(1, 3)]],
            2,
            {"kind": "avg"},
            [[Fraction(5, 12)]],
            id="mean of fractions",
        ),
        pytest.param([[0.5, 1.5]], 2, {"kind": "avg"}, [[1.0]], id="floats"),
    ],
)
def test_known_cases(x: Any, kernel: int, options: dict[str, Any], expected: Any) -> None:
    found = pool(x, kernel, **options)
    assert found.tolist() == expected
    assert list(map(type, found.ravel())) == list(map(type, np.array(expected, dtype=found.dtype).ravel()))


def test_symbols_have_a_mean_but_no_maximum() -> None:
    a, b = sympy.symbols("a b")
    assert sympy.expand(pool([[a, b]], 2, kind="avg")[0, 0] - (a + b) / 2) == 0
    with pytest.raises(TypeError, match="numbers in place of the symbols"):
        pool([[a, b]], 2, kind="max")


@pytest.mark.parametrize(
    ("kernel", "options", "message"),
    [
        pytest.param(5, {}, "does not fit", id="kernel"),
        pytest.param(2, {"padding": 2, "stride": 1}, "wholly in the padding", id="padding"),
        pytest.param((2, 2), {}, "each of the 1 axes", id="axes"),
    ],
)
def test_refuses(kernel: Any, options: dict[str, Any], message: str) -> None:
    with pytest.raises(ShapeError, match=message):
        pool([[1, 2, 3, 4]], kernel, kind="max", **options)


@pytest.mark.parametrize("call", [lambda: pool([1, 2, 3], 2, kind="max"), lambda: windows([1, 2, 3], 2)])
def test_an_image_has_channels(call: Any) -> None:
    with pytest.raises(ShapeError, match=r"\(C, \*spatial\)"):
        call()


def test_unknown_kind() -> None:
    with pytest.raises(ValueError, match="'max' or 'avg', not 'mean'"):
        pool([[1, 2]], 2, kind="mean")  # type: ignore[arg-type]


# -- gradients ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("x", "grad", "options", "expected"),
    [
        pytest.param([[3, 3, 1, 2]], [[5, 7]], {"kind": "max"}, [[5, 0, 0, 7]], id="first of two maxima"),
        pytest.param([[1, 4, 1]], [[5, 7]], {"kind": "max", "stride": 1}, [[0, 12, 0]], id="wins twice"),
        pytest.param(
            [[1, 2, 3, 4]], [[2, 5]], {"kind": "avg"}, [[1, 1, Fraction(5, 2), Fraction(5, 2)]], id="mean"
        ),
        pytest.param([[-1, -2]], [[3, 4]], {"kind": "max", "padding": 1}, [[3, 4]], id="never to padding"),
        pytest.param([[1, 2]], [[3, 4]], {"kind": "avg", "padding": 1}, [[3, 4]], id="padding not counted"),
        pytest.param([[1.0, 2.0]], [[3]], {"kind": "avg"}, [[1.5, 1.5]], id="floats"),
    ],
)
def test_pool_grad(x: Any, grad: Any, options: dict[str, Any], expected: Any) -> None:
    assert pool_grad(x, grad, 2, **options).tolist() == expected


def test_ties_in_two_dimensions_go_in_row_major_order() -> None:
    found = pool_grad([[[0, 2], [2, 2]]], [[[9]]], 2, kind="max")
    assert found.tolist() == [[[0, 9], [0, 0]]]


@pytest.mark.parametrize("kind", ["max", "avg"])
def test_pool_grad_is_the_difference_quotient(kind: Any) -> None:
    """Pooling is linear between ties, so that a small exact step gives the exact gradient."""
    x = np.array(
        [[[Fraction(7 * i % 20, 3) for i in range(5 * row, 5 * row + 5)] for row in range(4)]], dtype=object
    )
    options: dict[str, Any] = {"kind": kind, "stride": (1, 2), "padding": 1, "ceil_mode": True}
    y = pool(x, 3, **options)
    grad = numbers(y.shape)
    step = Fraction(1, 1000)
    expected = np.zeros(x.shape, dtype=object)
    for index in np.ndindex(*x.shape):
        moved = x.copy()
        moved[index] += step
        expected[index] = ((pool(moved, 3, **options) - y) * grad).sum() / step
    assert pool_grad(x, grad, 3, **options).tolist() == expected.tolist()


def test_pool_grad_refuses_another_shape() -> None:
    with pytest.raises(ShapeError, match=r"shape \(1, 2\) is needed, not one of \(1, 3\)"):
        pool_grad([[1, 2, 3, 4]], [[1, 2, 3]], 2, kind="max")
