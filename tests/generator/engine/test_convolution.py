from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np
import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from convexam.generator.engine import ShapeError, array, conv, pad, windows
from convexam.generator.engine.exact import normal


def naive(
    x: Any,
    w: Any,
    b: list[int],
    stride: list[int],
    pads: list[tuple[int, int]],
    dilation: list[int],
    groups: int,
) -> Any:
    """Convolve cell by cell and tap by tap, reading 0 outside of the image."""
    sizes, kernel = x.shape[1:], w.shape[2:]
    outs = [
        (n + sum(p) - d * (k - 1) - 1) // s + 1
        for n, k, s, p, d in zip(sizes, kernel, stride, pads, dilation, strict=True)
    ]
    y = np.zeros((len(w), *outs), dtype=object)
    for m in range(len(w)):
        for out in product(*map(range, outs)):
            total = b[m]
            for c in range(w.shape[1]):
                for tap in product(*map(range, kernel)):
                    place = [
                        o * s + t * d - p[0]
                        for o, s, t, d, p in zip(out, stride, tap, dilation, pads, strict=True)
                    ]
                    if all(0 <= i < n for i, n in zip(place, sizes, strict=True)):
                        channel = m // (len(w) // groups) * w.shape[1] + c
                        total += x[(channel, *place)] * w[(m, c, *tap)]
            y[(m, *out)] = total
    return y


def numbers(shape: tuple[int, ...], seed: int) -> Any:
    """Return small ints without a pattern that flips, transposes or shifts could hide in."""
    count = int(np.prod(shape))
    return np.array([(seed + 7 * i * i + 3 * i) % 11 - 5 for i in range(count)], dtype=object).reshape(shape)


GEOMETRY = [
    pytest.param(sizes, kernel, stride, pads, dilation, groups, id=f"{len(sizes)}d-{number}")
    for number, (sizes, kernel, stride, pads, dilation, groups) in enumerate(
        [
            *product(
                [(6,)], [(1,), (3,)], [[1], [2], [3]], [[(0, 0)], [(1, 1)], [(2, 0)]], [[1], [2]], [1, 2]
            ),
            *product(
                [(5, 7)],
                [(3, 2), (2, 3)],
                [[1, 1], [2, 1], [2, 3]],
                [[(0, 0), (0, 0)], [(1, 1), (1, 1)], [(0, 1), (2, 0)]],
                [[1, 1], [2, 1], [2, 3]],
                [1, 2],
            ),
            ((3, 4, 3), (2, 2, 2), [1, 2, 1], [(0, 0), (1, 0), (0, 1)], [1, 1, 2], 1),
        ]
    )
]


@pytest.mark.parametrize(("sizes", "kernel", "stride", "pads", "dilation", "groups"), GEOMETRY)
def test_conv_is_the_naive_sum(
    sizes: tuple[int, ...],
    kernel: tuple[int, ...],
    stride: list[int],
    pads: list[tuple[int, int]],
    dilation: list[int],
    groups: int,
) -> None:
    x, w, b = numbers((2, *sizes), 1), numbers((4, 2 // groups, *kernel), 5), [1, -2, 0, 3]
    options: dict[str, Any] = {"stride": stride, "padding": pads, "dilation": dilation, "groups": groups}
    expected = naive(x, w, b, stride, pads, dilation, groups)
    assert conv(x, w, b, **options).tolist() == expected.tolist()
    turned = np.flip(w, axis=tuple(range(2, w.ndim)))
    assert conv(x, turned, b, flip=True, **options).tolist() == expected.tolist()


@pytest.mark.parametrize(
    ("padding", "pads"),
    [
        pytest.param("valid", [(0, 0), (0, 0)], id="valid"),
        pytest.param("same_upper", [(0, 1), (0, 1)], id="same_upper"),
        pytest.param("same_lower", [(1, 0), (1, 0)], id="same_lower"),
        pytest.param(1, [(1, 1), (1, 1)], id="one number"),
        pytest.param((1, 2), [(1, 1), (2, 2)], id="one for each axis"),
        pytest.param([[0, 2], (1, 0)], [(0, 2), (1, 0)], id="one pair for each axis"),
    ],
)
def test_ways_to_say_padding(padding: Any, pads: list[tuple[int, int]]) -> None:
    x, w = numbers((1, 4, 4), 2), numbers((1, 1, 2, 2), 3)
    assert conv(x, w, padding=padding).tolist() == naive(x, w, [0], [1, 1], pads, [1, 1], 1).tolist()


S4 = [[[1, 1, 1, 0, 0], [0, 1, 1, 1, 0], [0, 0, 1, 1, 1], [0, 0, 1, 1, 0], [0, 1, 1, 0, 0]]]
DIAGONALS = [[[[1, 0, 1], [0, 1, 0], [1, 0, 1]]]]
PADDED = [[2, 2, 3, 1, 1], [1, 4, 3, 4, 1], [1, 2, 4, 3, 3], [1, 2, 3, 4, 1], [0, 2, 2, 1, 1]]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        pytest.param({}, [[4, 3, 4], [2, 4, 3], [2, 3, 4]], id="plain"),
        pytest.param({"stride": 2}, [[4, 4], [2, 4]], id="stride 2, also E23"),
        pytest.param({"dilation": 2}, [[2]], id="dilation 2"),
        pytest.param({"padding": 1}, PADDED, id="padding 1"),
    ],
)
def test_e42(options: dict[str, int], expected: list[list[int]]) -> None:
    assert conv(S4, DIAGONALS, **options).tolist() == [expected]  # type: ignore[arg-type]


ARCHITECTURE = [[[2, 0, -1, 3], [1, 4, 2, 0], [-3, 1, 5, 2], [0, 2, -2, 1]]]


@pytest.mark.parametrize(
    ("flip", "expected"),
    [(False, [[9, 17], [-13, 2]]), (True, [[10, -7], [15, 13]])],
    ids=["as is", "flipped"],
)
def test_reference_example(flip: bool, expected: list[list[int]]) -> None:
    kernel = [[[[1, -1, 0], [2, 0, -1], [0, 1, 1]]]]
    assert conv(ARCHITECTURE, kernel, [1], flip=flip).tolist() == [expected]


@pytest.mark.parametrize(
    ("kernel", "expected"),
    [
        ([-1, 1], [19413, 31615, 27272]),
        ([-1, 0, 1], [51028, 58887]),
        ([Fraction(1, 3)] * 3, [Fraction(351691, 3), Fraction(429991, 3)]),
    ],
    ids=["difference", "wide difference", "mean"],
)
def test_e45_time_series(kernel: list[Any], expected: list[Any]) -> None:
    series = [[93750, 113163, 144778, 172050]]
    found = conv(series, [[kernel]])
    assert found.tolist() == [expected]


def test_e43_and_e35_symbols_give_the_printed_expressions() -> None:
    letters = sympy.symbols("a:i")
    grid = [[letters[0:3], letters[3:6], letters[6:9]]]
    kernel = [[[[1, 2, 3], [4, 5, 6], [7, 8, 9]]]]
    a, b, c, d, e, f, g, h, i = letters
    (((true,),),) = conv(grid, kernel, flip=True)
    assert true == i * 1 + h * 2 + g * 3 + f * 4 + e * 5 + d * 6 + c * 7 + b * 8 + a * 9
    inputs, weights, bias = sympy.symbols("I1:26"), sympy.symbols("w1:10"), sympy.Symbol("b")
    image = [[inputs[5 * row : 5 * row + 5] for row in range(5)]]
    filters = [[[weights[3 * row : 3 * row + 3] for row in range(3)]]]
    found = conv(image, filters, [bias])
    assert found.shape == (1, 3, 3)
    for row, column in product(range(3), repeat=2):
        terms = (
            inputs[5 * (row + u) + column + v] * weights[3 * u + v] for u, v in product(range(3), repeat=2)
        )
        assert found[0, row, column] == sum(terms, bias)


def test_floats_stay_floats_and_agree() -> None:
    x, w = numbers((2, 5, 6), 4), numbers((3, 2, 3, 2), 8)
    found = conv(x / 4.0, w, [1, 2, 3], padding=1)
    assert found.dtype == np.float64
    assert found.tolist() == (conv(x, w, [4, 8, 12], padding=1) / 4).tolist()


# -- properties ---------------------------------------------------------------------------------

small = st.integers(-9, 9)
fractions = st.sampled_from([Fraction(n, d) for n in range(-7, 8) for d in (1, 2, 3, 4, 5)])


def tensors(cells: st.SearchStrategy[Any], *shape: int) -> st.SearchStrategy[Any]:
    count = int(np.prod(shape))
    return st.lists(cells, min_size=count, max_size=count).map(
        lambda values: np.array(values, dtype=object).reshape(shape)
    )


@settings(max_examples=25)
@given(tensors(fractions, 2, 4, 4), tensors(fractions, 2, 4, 4), tensors(fractions, 2, 2, 2, 2), fractions)
def test_linear_in_the_image(x: Any, y: Any, w: Any, factor: Fraction) -> None:
    assert (conv(x + factor * y, w) == conv(x, w) + factor * conv(y, w)).all()


@settings(max_examples=25)
@given(tensors(small, 1, 6, 5), tensors(small, 1, 1, 3, 2), st.integers(0, 2), st.integers(0, 2))
def test_shift_then_convolve_is_convolve_then_shift(x: Any, w: Any, down: int, across: int) -> None:
    shifted = pad(x, [(down, 0), (across, 0)])
    assert (conv(shifted, w)[:, down:, across:] == conv(x, w)).all()


@settings(max_examples=25)
@given(tensors(fractions, 2, 3, 4), tensors(fractions, 2, 2, 2, 3), st.integers(1, 60))
def test_fractions_are_scaled_ints(x: Any, w: Any, scale: int) -> None:
    common = 60
    ints = conv([[[int(v * common) for v in row] for row in m] for m in x], w * common)
    found = conv(x, w)
    assert (found * common**2 == ints).all()
    assert all(type(cell) is (int if cell == int(cell) else Fraction) for cell in found.flat)
    assert (conv(x * scale, w) == found * scale).all()


# -- windows and padding ------------------------------------------------------------------------


def test_windows_read_as_their_docstring_says() -> None:
    x = numbers((2, 5, 6), 3)
    found = windows(x, (2, 3), stride=(2, 1), padding=((1, 0), (0, 2)), dilation=(2, 1), fill=99)
    framed = np.full((2, 6, 8), 99, dtype=object)
    framed[:, 1:, :6] = x
    for c, i, j, u, v in np.ndindex(*found.shape):
        assert found[c, i, j, u, v] == framed[c, 2 * i + 2 * u, j + v]
    assert found.shape == (2, 2, 6, 2, 3)


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        pytest.param([(1, 2)], [0, 1, 2, 3, 0, 0], id="around"),
        pytest.param([(-1, 0)], [2, 3], id="take from the front"),
        pytest.param([(0, -2)], [1], id="take from the end"),
        pytest.param([(-1, 1)], [2, 3, 0], id="shift"),
        pytest.param([(2, -4)], [0], id="beyond the front"),
        pytest.param([(-4, 2)], [0], id="beyond the end"),
    ],
)
def test_pad(pairs: list[tuple[int, int]], expected: list[int]) -> None:
    assert pad(array([1, 2, 3]), pairs).tolist() == expected


def test_pad_leaves_something() -> None:
    with pytest.raises(ShapeError, match="leaves nothing"):
        pad(array([1, 2, 3]), [(-2, -1)])


@pytest.mark.parametrize("bias", [3, Fraction(1, 5), Fraction(-7, 2), 0.5, sympy.Symbol("b")])
@pytest.mark.parametrize("below", [1, 2])
def test_a_bias_is_added_to_the_sum(below: int, bias: Any) -> None:
    x, w = numbers((1, 3, 3), 1), numbers((1, 1, 2, 2), 2)
    x[0, 0, 0] = Fraction(3, below)
    found, expected = conv(x, w, [bias]), normal(array([cell + bias for cell in conv(x, w).flat]))
    assert found.ravel().tolist() == expected.tolist()
    assert list(map(type, found.flat)) == list(map(type, expected.flat))


def test_nothing_is_changed_in_place() -> None:
    x, w, b = numbers((1, 3, 3), 1), numbers((1, 1, 2, 2), 2), np.array([1], dtype=object)
    before = [x.tolist(), w.tolist(), b.tolist()]
    conv(x, w, b, padding=1)[:] = 0
    assert [x.tolist(), w.tolist(), b.tolist()] == before


@pytest.mark.parametrize(
    ("x", "weight", "options", "message"),
    [
        pytest.param((2, 3, 3), (1, 1, 2, 2), {}, "1 channels in 1 group.* 2 channels", id="channels"),
        pytest.param((2, 3, 3), (3, 1, 2, 2), {"groups": 2}, "3 kernels", id="groups"),
        pytest.param((3, 3), (1, 1, 2, 2), {}, r"image \(C, \*spatial\)", id="axes"),
        pytest.param((3,), (1, 3), {}, r"image \(C, \*spatial\)", id="no spatial axis"),
        pytest.param((1, 3, 3), (1, 1, 4, 1), {}, "does not fit", id="kernel"),
        pytest.param((1, 3, 3), (1, 1, 2, 2), {"bias": [1, 2]}, "need 1 numbers", id="bias"),
        pytest.param((1, 3, 3), (1, 1, 2, 2), {"stride": (1,)}, "each of the 2 axes", id="stride"),
        pytest.param((1, 3, 3), (1, 1, 2, 2), {"groups": 0}, "groups must be at least 1", id="no groups"),
    ],
)
def test_shapes_that_do_not_go_together(
    x: tuple[int, ...], weight: tuple[int, ...], options: dict[str, Any], message: str
) -> None:
    with pytest.raises(ShapeError, match=message):
        conv(np.ones(x), np.ones(weight), **options)
