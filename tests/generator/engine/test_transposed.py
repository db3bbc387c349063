from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convexam.generator.engine import ShapeError, conv, conv_matrix, conv_transpose


def stamped(
    x: Any,
    w: Any,
    stride: list[int],
    pads: list[tuple[int, int]],
    extra: list[int],
    dilation: list[int],
    groups: int,
) -> Any:
    """Stamp the kernel for every input cell and add up; then crop."""
    sizes, kernel = x.shape[1:], w.shape[2:]
    full = [
        (n - 1) * s + d * (k - 1) + 1 + e
        for n, k, s, d, e in zip(sizes, kernel, stride, dilation, extra, strict=True)
    ]
    per_group = w.shape[1]
    y = np.zeros((per_group * groups, *full), dtype=object)
    for c in range(len(x)):
        for place in product(*map(range, sizes)):
            for m, tap in product(range(per_group), product(*map(range, kernel))):
                at = [p * s + t * d for p, s, t, d in zip(place, stride, tap, dilation, strict=True)]
                y[(c // (len(x) // groups) * per_group + m, *at)] += x[(c, *place)] * w[(c, m, *tap)]
    return y[(slice(None), *(slice(a, size - b) for size, (a, b) in zip(full, pads, strict=True)))]


def numbers(shape: tuple[int, ...], seed: int) -> Any:
    count = int(np.prod(shape))
    return np.array([(seed + 5 * i * i + 2 * i) % 13 - 6 for i in range(count)], dtype=object).reshape(shape)


@pytest.mark.parametrize("groups", [1, 2])
@pytest.mark.parametrize("dilation", [[1, 1], [1, 2]], ids=str)
@pytest.mark.parametrize("extra", [[0, 0], [1, 0]], ids=str)
@pytest.mark.parametrize("pads", [[(0, 0), (0, 0)], [(1, 1), (1, 1)], [(0, 1), (3, 0)]], ids=str)
@pytest.mark.parametrize("stride", [[2, 1], [2, 3], [3, 2]], ids=str)
def test_two_axes(
    stride: list[int], pads: list[tuple[int, int]], extra: list[int], dilation: list[int], groups: int
) -> None:
    x, w = numbers((2, 3, 4), 1), numbers((2, 2, 2, 3), 4)
    found = conv_transpose(
        x, w, stride=stride, padding=pads, output_padding=extra, dilation=dilation, groups=groups
    )
    assert found.tolist() == stamped(x, w, stride, pads, extra, dilation, groups).tolist()


@pytest.mark.parametrize("stride", [1, 2, 3])
@pytest.mark.parametrize("padding", [0, 1, 2])
def test_one_axis_with_bias(stride: int, padding: int) -> None:
    x, w = numbers((2, 4), 1), numbers((2, 3, 3), 4)
    expected = stamped(x, w, [stride], [(padding, padding)], [0], [1], 1)
    found = conv_transpose(x, w, [1, 2, 3], stride=stride, padding=padding)
    assert found.tolist() == [(row + b).tolist() for row, b in zip(expected, (1, 2, 3), strict=True)]


cells = st.lists(st.integers(-9, 9), min_size=60, max_size=60)


@settings(max_examples=60)
@given(cells, cells, cells, st.integers(1, 3), st.integers(0, 2), st.integers(1, 2), st.sampled_from([1, 2]))
def test_adjoint(
    a: list[int], b: list[int], c: list[int], stride: int, padding: int, dilation: int, groups: int
) -> None:
    """<conv(x), y> = <x, conv_transpose(y)>, and its matrix is the transpose."""
    x = np.array(a, dtype=object).reshape(2, 5, 6)
    w = np.array(b[: 16 // groups], dtype=object).reshape(2, 2 // groups, 2, 2)
    options: dict[str, Any] = {"stride": stride, "padding": padding, "dilation": dilation, "groups": groups}
    forward = conv(x, w, **options)
    y = np.resize(np.array(c, dtype=object), forward.shape)
    rest = [(size + 2 * padding - dilation - 1) % stride for size in (5, 6)]
    back = conv_transpose(y, w, output_padding=rest, **options)
    assert back.shape == x.shape
    assert (forward * y).sum() == (x * back).sum()
    matrix, _ = conv_matrix(w, x.shape, **options)
    assert (matrix.T @ y.ravel()).tolist() == back.ravel().tolist()


@pytest.mark.parametrize(
    ("weight", "options", "message"),
    [
        pytest.param((1, 1, 2, 2), {}, r"kernels \(C, M / groups", id="channels"),
        pytest.param((2, 1, 2), {}, r"kernels \(C, M / groups", id="axes"),
        pytest.param((2, 1, 2, 2), {"groups": 3}, "multiple of groups = 3", id="groups"),
        pytest.param((2, 1, 2, 2), {"padding": "same_upper"}, "in numbers", id="same"),
        pytest.param((2, 1, 2, 2), {"output_padding": 1}, "must be below stride 1", id="output padding"),
        pytest.param((2, 1, 2, 2), {"stride": (1, 1, 1)}, "each of the 2 axes", id="stride"),
    ],
)
def test_refuses(weight: tuple[int, ...], options: dict[str, Any], message: str) -> None:
    with pytest.raises(ShapeError, match=message):
        conv_transpose(np.ones((2, 3, 3)), np.ones(weight), **options)
