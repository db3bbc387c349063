"""Animations that the tests of all their drawings share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from convexam.generator.figures.model import Animation, Cell, Frame, Grid


def empty(rows: int, columns: int) -> tuple[tuple[None, ...], ...]:
    return ((None,) * columns,) * rows


def window(row: int, column: int, side: int = 3, dilation: int = 1) -> frozenset[Cell]:
    offsets = range(0, side * dilation, dilation)
    return frozenset((row + down, column + right) for down in offsets for right in offsets)


def sliding(
    rows: int,
    columns: int,
    stride: int = 1,
    value: Callable[[int, int], str] | None = None,
    dilation: int = 1,
) -> tuple[Frame, ...]:
    return tuple(
        Frame(
            window(row * stride, column * stride, dilation=dilation),
            frozenset({(row, column)}),
            {(0, (row, column)): value(row, column)} if value else {},
        )
        for row in range(rows)
        for column in range(columns)
    )


INNER = window(1, 1, 5)
PADDED = Grid(empty(7, 7), "X", faint=window(0, 0, 7) - INNER)


def numbers(rows: int, columns: int) -> tuple[tuple[int, ...], ...]:
    return tuple(
        tuple((5 * row + 3 * column + row * column) % 11 - 4 for column in range(columns))
        for row in range(rows)
    )


NUMBERS = numbers(5, 6)
KERNEL = Grid(((1, 0, -1), (2, 0, -2), (1, 0, -1)), "K^{(1)}")


def numeral(row: int, column: int) -> str:
    return f"−{9 * row + column}"


STRIDED = Animation((PADDED,), (Grid(empty(3, 3), "Y"),), sliding(3, 3, 2))
FILTERED = Animation(
    (Grid(NUMBERS, "X"),), (Grid(empty(3, 4), "Y"),), sliding(3, 4, value=numeral), (KERNEL,)
)
TWELVE = Animation((Grid(empty(5, 6), "X"),), (Grid(empty(3, 4), "Y"),), sliding(3, 4, value=numeral))
DILATED = Animation((Grid(empty(6, 6), "X"),), (Grid(empty(2, 2), "Y"),), sliding(2, 2, dilation=2), origin=1)
SCATTERED = Animation(
    (Grid(((1, 2),), "X"),),
    (Grid(empty(2, 3), "Y"),),
    (
        Frame(
            frozenset({(0, 0)}),
            window(0, 0, 2),
            {(0, (0, 0)): "1", (0, (0, 1)): "2", (0, (1, 0)): "3", (0, (1, 1)): "4"},
        ),
        Frame(
            frozenset({(0, 1)}),
            window(0, 1, 2),
            {(0, (0, 1)): "22", (0, (0, 2)): "5", (0, (1, 1)): "44", (0, (1, 2)): "6"},
        ),
    ),
)
CHANNELS = Animation(
    tuple(Grid(NUMBERS, f"X_{{{number}}}") for number in range(3)),
    (Grid(empty(3, 4), "Y"),),
    sliding(3, 4, value=numeral),
    tuple(Grid(KERNEL.rows, f"K_{{{number}}}") for number in range(3)),
)
MAPS = Animation(
    CHANNELS.sources[:2],
    (Grid(empty(3, 4), "Y_{0}"), Grid(empty(3, 4), "Y_{1}")),
    tuple(
        replace(frame, values={(target, cell): str(target) for target in range(2) for cell in frame.written})
        for frame in sliding(3, 4)
    ),
    tuple(Grid(KERNEL.rows, f"K^{{({maps})}}_{{{number}}}") for maps in range(2) for number in range(2)),
)
LARGE = replace(FILTERED, sources=(Grid(numbers(7, 7), "X"),))
BARE = Animation((Grid(empty(4, 4)),), (Grid(empty(2, 2)),), sliding(2, 2))

ALL = {
    "strided": STRIDED,
    "filtered": FILTERED,
    "dilated": DILATED,
    "scattered": SCATTERED,
    "channels": CHANNELS,
    "maps": MAPS,
    "bare": BARE,
}
