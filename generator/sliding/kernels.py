"""Kernels of three by three that everybody should know by sight, and what they are taken for.

The names say what a kernel does as it stands (cross-correlation); turned by 180 degrees, as a convolution
turns it, a shift goes the other way and an edge changes its sign.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from math import lcm
from typing import Literal, TypeAlias

from ..document import Message, say
from ..number import Number
from ..values import whole

Kernel: TypeAlias = tuple[tuple[Number, ...], ...]

KernelName: TypeAlias = Literal[
    "identity",
    "shift_left",
    "shift_right",
    "shift_up",
    "shift_down",
    "box_blur",
    "gaussian_blur",
    "unnormalised_blur",
    "sharpen",
    "vertical_edge",
    "vertical_edge_negative",
    "horizontal_edge",
    "horizontal_edge_negative",
    "diagonal_edge",
    "diagonal_edge_negative",
    "outline",
    "mexican_hat",
]

SIZE = 3
_CENTRE = (1, 1)


def _kernel(weights: str, over: int = 1) -> Kernel:
    rows = weights.split("; ")
    return tuple(tuple(whole(Fraction(int(weight), over)) for weight in row.split()) for row in rows)


KERNELS: Mapping[KernelName, Kernel] = {
    "identity": _kernel("0 0 0; 0 1 0; 0 0 0"),
    "shift_left": _kernel("0 0 0; 0 0 1; 0 0 0"),
    "shift_right": _kernel("0 0 0; 1 0 0; 0 0 0"),
    "shift_up": _kernel("0 0 0; 0 0 0; 0 1 0"),
    "shift_down": _kernel("0 1 0; 0 0 0; 0 0 0"),
    "box_blur": _kernel("1 1 1; 1 1 1; 1 1 1", over=9),
    "gaussian_blur": _kernel("1 2 1; 2 4 2; 1 2 1", over=16),
    "unnormalised_blur": _kernel("1 1 1; 1 1 1; 1 1 1"),
    "sharpen": _kernel("0 -1 0; -1 5 -1; 0 -1 0"),
    "vertical_edge": _kernel("-1 0 1; -1 0 1; -1 0 1"),
    "vertical_edge_negative": _kernel("1 0 -1; 1 0 -1; 1 0 -1"),
    "horizontal_edge": _kernel("-1 -1 -1; 0 0 0; 1 1 1"),
    "horizontal_edge_negative": _kernel("1 1 1; 0 0 0; -1 -1 -1"),
    "diagonal_edge": _kernel("0 1 1; -1 0 1; -1 -1 0"),
    "diagonal_edge_negative": _kernel("0 -1 -1; 1 0 -1; 1 1 0"),
    "outline": _kernel("0 -1 0; -1 4 -1; 0 -1 0"),
    "mexican_hat": _kernel("-1 -1 -1; -1 8 -1; -1 -1 -1"),
}


# -- what the weights say -----------------------------------------------------------------------


def weights(kernel: Kernel) -> list[Number]:
    """Return all weights, row by row."""
    return [weight for row in kernel for weight in row]


def total(kernel: Kernel) -> Number:
    """Add the weights up."""
    return whole(sum(weights(kernel), Fraction()))


def is_blur(kernel: Kernel) -> bool:
    """Say whether every cell becomes a mean of several."""
    listed = weights(kernel)
    return total(kernel) == 1 and min(listed) >= 0 and len(listed) - listed.count(0) > 1


def is_sharpening(kernel: Kernel) -> bool:
    """Say whether flat areas stay and differences grow."""
    return total(kernel) == 1 and min(weights(kernel)) < 0


def is_detector(kernel: Kernel) -> bool:
    """Say whether flat areas become 0."""
    return total(kernel) == 0


_NEIGHBOURS = {
    (1, 0): say("every cell takes the number on its left, so the image moves to the right"),
    (1, 2): say("every cell takes the number on its right, so the image moves to the left"),
    (0, 1): say("every cell takes the number above it, so the image moves down"),
    (2, 1): say("every cell takes the number below it, so the image moves up"),
}


def effect(kernel: Kernel) -> Message:
    """Say what follows from the weights alone, as they are laid over the image."""
    if is_detector(kernel):
        return _detected(kernel)
    if is_blur(kernel):
        return say("the weights add up to 1 and none is negative: every cell becomes a mean, a blur")
    if is_sharpening(kernel):
        return say("the weights add up to 1 and some are negative: flat areas stay, and edges get sharper")
    if kernel == KERNELS["identity"]:
        return say("the only weight is a 1 in the middle: nothing changes")
    if total(kernel) == 1:
        place = divmod(weights(kernel).index(1), SIZE)
        return _NEIGHBOURS.get(place, say("the image moves along a diagonal"))
    return say(
        "the weights add up to {{ total }}: flat areas become so many times as bright", total=total(kernel)
    )


def _detected(kernel: Kernel) -> Message:
    """Say which edges are left where flat areas become 0."""
    left, _, right = map(sum, transposed(kernel))
    top, _, bottom = map(sum, kernel)
    sides = {
        (False, True): (say("on the left"), say("on the right")),
        (True, False): (say("above"), say("below")),
    }.get((top != 0, left != 0))
    if sides is None or top != -bottom or left != -right:
        return say("the weights add up to 0: flat areas become 0, and only edges are left")
    return say(
        "the weights add up to 0, and positive numbers come out where it is brighter {{ side }}",
        side=sides[right > 0 or bottom > 0],
    )


# -- what a kernel is mistaken for --------------------------------------------------------------

Mistake: TypeAlias = Callable[[Kernel], Kernel | None]
"""Another kernel, or None where the mistake makes no sense."""


def turned(kernel: Kernel) -> Kernel:
    """Turn by 180 degrees."""
    return tuple(row[::-1] for row in kernel[::-1])


def transposed(kernel: Kernel) -> Kernel:
    """Swap rows and columns."""
    return tuple(zip(*kernel, strict=True))


def negated(kernel: Kernel) -> Kernel | None:
    """Take bright for dark, where that only changes the sign of what is detected."""
    return _scaled(kernel, -1) if is_detector(kernel) else None


def without_denominators(kernel: Kernel) -> Kernel | None:
    """Leave the denominators out, if there are any."""
    common = lcm(*(Fraction(weight).denominator for weight in weights(kernel)))
    return _scaled(kernel, common) if common > 1 else None


def normalised(kernel: Kernel) -> Kernel | None:
    """Divide by the sum of the weights, where that is more than 1."""
    return _scaled(kernel, Fraction(1, total(kernel))) if total(kernel) > 1 else None


def without_image(kernel: Kernel) -> Kernel | None:
    """Take the image itself away from what sharpens it; a detector is left."""
    return _centre_plus(kernel, -1) if is_sharpening(kernel) else None


def with_image(kernel: Kernel) -> Kernel | None:
    """Add the image itself to the outlines, which sharpens it."""
    return _centre_plus(kernel, 1) if is_detector(kernel) and kernel == turned(kernel) else None


def _scaled(kernel: Kernel, factor: Number) -> Kernel:
    return tuple(tuple(whole(weight * factor) for weight in row) for row in kernel)


def _centre_plus(kernel: Kernel, number: Number) -> Kernel:
    return tuple(
        tuple(weight + number if (row, column) == _CENTRE else weight for column, weight in enumerate(cells))
        for row, cells in enumerate(kernel)
    )


MISTAKES: Mapping[str, Mistake] = {
    "extra_flip": turned,
    "no_flip": turned,
    "transpose_kernel": transposed,
    "bright_dark_swapped": negated,
    "not_normalised": without_denominators,
    "normalised_anyway": normalised,
    "outline_for_sharpen": without_image,
    "sharpen_for_outline": with_image,
}
"""The kernel that somebody with a misconception takes for the right one."""


def relatives(kernel: Kernel) -> list[Kernel]:
    """Return every other kernel that this one is mistaken for."""
    mistaken = (mistake(kernel) for mistake in MISTAKES.values())
    return [other for other in dict.fromkeys(mistaken) if other is not None and other != kernel]
