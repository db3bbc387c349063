"""The second method equals the engine wherever both apply, though they share nothing."""

from __future__ import annotations

from typing import Literal

from hypothesis import given
from hypothesis import strategies as st

from convexam.generator.engine import ShapeError, conv, out_size, pool
from convexam.generator.sliding.filtering import Filtering
from convexam.generator.sliding.scatter import filtered, pooled, starts
from convexam.generator.sliding.worked import Slide
from convexam.generator.values import nested

small = st.integers(-4, 4)
pair = st.tuples(st.integers(1, 3), st.integers(1, 3))
sides = st.tuples(st.tuples(*[st.integers(0, 3)] * 2), st.tuples(*[st.integers(0, 3)] * 2))


@given(st.data(), pair, sides, pair, st.booleans())
def test_scattering_is_gathering(
    data: st.DataObject,
    stride: tuple[int, int],
    padding: tuple[tuple[int, int], tuple[int, int]],
    dilation: tuple[int, int],
    turned: bool,
) -> None:
    channels, count = data.draw(st.integers(1, 2)), data.draw(st.integers(1, 2))
    height, width, h, w = (data.draw(st.integers(1, most)) for most in (6, 6, 3, 3))

    def maps(number: int, rows: int, columns: int) -> tuple[tuple[tuple[int, ...], ...], ...]:
        row = st.tuples(*[small] * columns)
        return data.draw(st.tuples(*[st.tuples(*[row] * rows)] * number))

    image = maps(channels, height, width)
    kernels = tuple(maps(channels, h, w) for _ in range(count))
    bias = data.draw(st.tuples(*[small] * count))
    try:
        expected = nested(
            conv(image, kernels, bias, stride=stride, padding=padding, dilation=dilation, flip=turned)
        )
    except ShapeError:
        assert not all(map(starts, (height, width), (h, w), stride, padding, dilation))
        return
    assert (
        filtered(image, kernels, bias, stride=stride, padding=padding, dilation=dilation, turned=turned)
        == expected
    )


@given(st.data(), pair, pair, st.booleans(), st.booleans(), st.sampled_from(["max", "avg"]))
def test_pooling_both_ways_is_the_same(
    data: st.DataObject,
    window: tuple[int, int],
    stride: tuple[int, int],
    ceil_mode: bool,
    counts_padding: bool,
    kind: Literal["max", "avg"],
) -> None:
    height, width = (data.draw(st.integers(size, 6)) for size in window)
    # less padding than the window has cells: a window wholly in the padding has no value
    padding = data.draw(st.tuples(*[st.tuples(*[st.integers(0, size - 1)] * 2) for size in window]))
    row = st.tuples(*[small] * width)
    image = data.draw(st.tuples(*[st.tuples(*[row] * height)] * 2))
    expected = pool(
        image,
        window,
        kind=kind,
        stride=stride,
        padding=padding,
        ceil_mode=ceil_mode,
        count_include_pad=counts_padding,
    )
    assert nested(expected) == pooled(
        image,
        window,
        largest=kind == "max",
        stride=stride,
        padding=padding,
        overhang=ceil_mode,
        counts_padding=counts_padding and kind == "avg",
    )


@given(
    *[st.integers(1, 7)] * 2,
    st.integers(1, 4),
    st.tuples(st.integers(0, 3), st.integers(0, 3)),
    st.integers(1, 3),
    st.booleans(),
)
def test_windows_are_counted_as_the_engine_computes(
    size: int, kernel: int, stride: int, sides: tuple[int, int], dilation: int, overhang: bool
) -> None:
    try:
        expected = out_size(size, kernel, stride=stride, padding=sides, dilation=dilation, ceil_mode=overhang)
    except ShapeError:
        expected = 0
    assert len(starts(size, kernel, stride, sides, dilation, overhang=overhang)) == expected


@given(st.data(), pair, sides, pair, st.booleans())
def test_filtering_agrees_with_itself_also_rounded_up(
    data: st.DataObject,
    stride: tuple[int, int],
    padding: tuple[tuple[int, int], tuple[int, int]],
    dilation: tuple[int, int],
    turned: bool,
) -> None:
    height, width, h, w = (data.draw(st.integers(1, most)) for most in (6, 6, 3, 3))
    image = data.draw(st.tuples(*[st.tuples(*[small] * width)] * height))
    kernel = data.draw(st.tuples(*[st.tuples(*[small] * w)] * h))
    filtering = Filtering(
        (image,), ((kernel,),), (1,), Slide((h, w), stride, padding, dilation, ceil_mode=True), turned
    )
    try:
        expected = nested(filtering.output())
    except ShapeError:
        return
    assert filtering.second() == expected


def test_a_pixel_is_thrown_only_where_it_lands() -> None:
    """The largest maps with the largest kernel: tried on every pair of cells this would take minutes."""
    ones = ((1,) * 128,) * 128
    step, unpadded = (1, 1), ((0, 0), (0, 0))
    single = filtered([ones], [[ones]], [0], stride=step, padding=unpadded, dilation=step, turned=True)
    means = pooled(
        [ones], (2, 2), largest=False, stride=step, padding=unpadded, overhang=False, counts_padding=False
    )
    assert single == (((128 * 128,),),)
    assert means == (((1,) * 127,) * 127,)
