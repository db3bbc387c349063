"""Hidden numbers found by Cramer's rule: the second key of what is solved by elimination.

The factors of the unknowns are not read off windows here. Every unknown is set to 0 and then, one at a time,
to 1; how the output changes are its factors, because the output is linear in them. The normal equations of
that system have one answer exactly if their determinant is not 0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import permutations
from math import prod
from typing import Any, TypeAlias

from ..number import Number
from ..sliding.scatter import filtered
from ..sliding.worked import Pair, Slide

Hidden: TypeAlias = tuple[str, Pair]
"""A letter, K for a weight, X for a pixel or b for the bias, and a place."""


def recovered(
    parts: Mapping[str, Any],
    hidden: Sequence[Hidden],
    shown: Sequence[Pair],
    slide: Slide,
    *,
    turned: bool,
) -> list[Number]:
    """Return the hidden numbers.

    Parameters
    ----------
    parts
        All numbers of the convolution: image ``X``, kernel ``K`` and, as a map of one cell, bias ``b``.
    hidden
        Which of them are hidden.
    shown
        The cells of the output that are shown.
    slide, turned
        How the window moves, and whether the kernel is turned first.

    Raises
    ------
    ValueError
        If there is more than one answer.
    """

    def output(set_to: Mapping[Hidden, int]) -> list[Fraction]:
        image, kernel, ((bias,),) = (
            [
                [set_to.get((letter, (row, column)), number) for column, number in enumerate(numbers)]
                for row, numbers in enumerate(parts[letter])
            ]
            for letter in ("X", "K", "b")
        )
        (single,) = filtered(
            [image],
            [[kernel]],
            [bias],
            stride=slide.stride,
            padding=slide.padding,
            dilation=slide.dilation,
            turned=turned,
        )
        return [Fraction(single[row][column]) for row, column in shown]

    nothing = dict.fromkeys(hidden, 0)
    start = output(nothing)
    columns = [_minus(output({**nothing, place: 1}), start) for place in hidden]
    target = _minus(output({}), start)
    normal = [[_dot(one, other) for other in columns] for one in columns]
    right = [_dot(one, target) for one in columns]
    whole = determinant(normal)
    if not whole:
        raise ValueError("there is more than one answer")
    return [determinant(_replaced(normal, at, right)) / whole for at in range(len(hidden))]


def _replaced(
    rows: Sequence[Sequence[Fraction]], at: int, column: Sequence[Fraction]
) -> list[list[Fraction]]:
    """Put a column in the place of another one."""
    return [[*row[:at], end, *row[at + 1 :]] for row, end in zip(rows, column, strict=True)]


def determinant(rows: Sequence[Sequence[Fraction]]) -> Fraction:
    """Return a determinant as Leibniz defined it: the signed sum over all permutations."""
    terms = (
        _sign(order) * prod((rows[row][column] for row, column in enumerate(order)), start=Fraction(1))
        for order in permutations(range(len(rows)))
    )
    return sum(terms, Fraction())


def _sign(order: Sequence[int]) -> int:
    inversions = sum(order[i] > order[j] for j in range(len(order)) for i in range(j))
    return -1 if inversions % 2 else 1


def _dot(one: Sequence[Fraction], other: Sequence[Fraction]) -> Fraction:
    return sum((a * b for a, b in zip(one, other, strict=True)), Fraction())


def _minus(one: Sequence[Fraction], other: Sequence[Fraction]) -> list[Fraction]:
    return [a - b for a, b in zip(one, other, strict=True)]
