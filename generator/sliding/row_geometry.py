"""How an entry says the padding of a row, and how a paper words it.

In YAML it is one number for both ends, two (left, right), or a name. Ranges (``{from: 0, to: 2}``) are drawn.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias, get_args

from ..document import Message, say
from ..draws import draw_int
from ..engine import effective_kernel, resolve_padding
from ..reading.schema import branch
from ..streams import Stream
from .geometry import Paddings, SidePair, by_form

Ends: TypeAlias = SidePair
"""Fixed padding: (left, right)."""

NamedEnds: TypeAlias = Literal["valid", "same_upper", "same_lower", "full"]

EndsRange: TypeAlias = Annotated[
    Annotated[Paddings, branch(int)]
    | Annotated[tuple[Paddings, Paddings], branch(tuple)]
    | Annotated[NamedEnds, branch(str)],
    by_form(*get_args(NamedEnds)),
]
"""Padding to draw, or its name."""


def draw_ends(
    padding: EndsRange, stream: Stream, *, size: int, kernel: int, stride: int, dilation: int
) -> tuple[int, int]:
    """Draw padding, or work out what its name means for these sizes: (left, right)."""
    if isinstance(padding, str):
        return named_ends(padding, size=size, kernel=kernel, stride=stride, dilation=dilation)
    if isinstance(padding, tuple):
        left, right = padding
        return draw_int(left, stream.child("0")), draw_int(right, stream.child("1"))
    number = draw_int(padding, stream)
    return number, number


def named_ends(name: NamedEnds, *, size: int, kernel: int, stride: int, dilation: int) -> tuple[int, int]:
    """Return the padding that a name stands for; ``full`` lets every cell meet every weight."""
    if name == "full":
        return (effective_kernel(kernel, dilation) - 1,) * 2
    return resolve_padding(name, size, kernel, stride=stride, dilation=dilation)


def ends_phrase(ends: tuple[int, int]) -> Message:
    """Word the zeros around a row."""
    left, right = ends
    if left == right == 0:
        return say("no padding")
    if left == right:
        return say("zero padding of {{ number }} at both ends", number=left)
    if right == 0:
        return say("zero padding of {{ number }} on the left only", number=left)
    if left == 0:
        return say("zero padding of {{ number }} on the right only", number=right)
    return say("zero padding of {{ left }} on the left and {{ right }} on the right", left=left, right=right)
