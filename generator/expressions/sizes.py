"""Functions of formulas that the engine computes: positions of a window, and receptive fields."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from ..engine import Conv, ShapeError, out_size, receptive_field

MOST = 10_000


def positions(numbers: Sequence[Fraction]) -> int:
    """Return how many positions a window has along one axis.

    Parameters
    ----------
    numbers
        Size, kernel, and if stated stride, padding on both sides, dilation.

    Raises
    ------
    ValueError
        If a number is not whole or too large, or the window does not fit.
    """
    size, kernel, *more = map(_whole, numbers)
    stride, padding, dilation = (*more, *(1, 0, 1)[len(more) :])
    return out_size(size, kernel, stride=stride, padding=padding, dilation=dilation)


def field(numbers: Sequence[Fraction]) -> int:
    """Return the side of the receptive field of a stack of layers.

    Parameters
    ----------
    numbers
        Kernel and stride of each layer, the first layer first.

    Raises
    ------
    ValueError
        If a number is not whole or too large, or a stride is missing.
    """
    if len(numbers) % 2:
        raise ShapeError("field takes a kernel and a stride for each layer")
    sides = [_whole(number) for number in numbers]
    layers = [Conv(1, kernel, stride) for kernel, stride in zip(sides[::2], sides[1::2], strict=True)]
    return receptive_field(layers, axes=1)[-1][0].size


def _whole(number: Fraction) -> int:
    if number.denominator != 1 or abs(number) > MOST:
        raise ShapeError(f"sizes, kernels and steps are whole numbers up to {MOST}")
    return number.numerator
