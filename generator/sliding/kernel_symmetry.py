"""Which symmetries kernels have, and kernels drawn with one of them.

A symmetry sends every weight to another place; a kernel has it where nothing changes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from ..draws import Entries, draw_filled
from ..model import Refused
from ..number import Number
from ..streams import Stream
from .geometry import Map, Pair
from .kernels import transposed, turned

Motion: TypeAlias = Callable[[Map], Map]


def upside_down(kernel: Map) -> Map:
    """Swap top and bottom."""
    return kernel[::-1]


def mirrored(kernel: Map) -> Map:
    """Swap left and right."""
    return tuple(row[::-1] for row in kernel)


MOTIONS: Mapping[str, Motion] = {
    "turn": turned,
    "up_down": upside_down,
    "left_right": mirrored,
    "transpose": transposed,
}


def changes_sign(kernel: Map) -> bool:
    """Say whether turning by 180 degrees changes the sign of every weight, and of some that is not 0."""
    return any(any(row) for row in kernel) and turned(kernel) == negative(kernel)


def negative(kernel: Map) -> Map:
    """Change the sign of every weight."""
    return tuple(tuple(-weight for weight in row) for row in kernel)


def draw_symmetric(symmetry: str, entries: Entries, size: Pair, stream: Stream) -> Map:
    """Draw a kernel that has a symmetry: one of `MOTIONS`, ``sign`` (see `changes_sign`) or ``none``.

    Raises
    ------
    Refused
        If it has none and looks the same when turned, or is to have another one and looks so as well.
    """
    kernel: Map = draw_filled(entries, size, stream)
    if symmetry == "sign":
        kernel = _halved(kernel, turned, sign=-1)
    elif symmetry != "none":
        kernel = _halved(kernel, MOTIONS[symmetry], sign=1)
    if (symmetry == "turn") != (turned(kernel) == kernel):
        raise Refused("a kernel has another symmetry than the one that is wanted")
    return kernel


def _halved(kernel: Map, motion: Motion, sign: int) -> Map:
    """Let the first of every two places that change with one another decide for both."""
    columns = len(kernel[0])
    places = tuple(tuple(row * columns + column for column in range(columns)) for row in range(len(kernel)))
    partners = motion(places)
    flat = [weight for row in kernel for weight in row]

    def decided(place: int, partner: int) -> Number:
        if place == partner and sign < 0:
            return 0
        return flat[place] if place <= partner else sign * flat[partner]

    return tuple(
        tuple(decided(int(place), int(partner)) for place, partner in zip(*rows, strict=True))
        for rows in zip(places, partners, strict=True)
    )
