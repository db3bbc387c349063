"""Which numbers are drawn black and white, and whether two pictures can be told apart by eye."""

from __future__ import annotations

from fractions import Fraction
from itertools import chain

from ..document import Message, say
from ..reading.schema import Exact, record
from .geometry import Map

BRIGHTEST = 9
"""Of an image that is drawn at random."""

CLEAR_SHARE = 8
"""Two cells differ clearly by one part in so many of the way from black to white."""

CLEAR_CELLS = 3
"""Two pictures can be told apart by eye if so many of their cells differ clearly."""


@record
class Scale:
    """The numbers that are drawn black and white; what lies beyond is drawn like them."""

    black: Exact = 0
    white: Exact = BRIGHTEST

    def __post_init__(self) -> None:
        if self.black >= self.white:
            raise ValueError("'black' needs a smaller number than 'white'")

    def seen(self, rows: Map) -> Map:
        """Return the numbers that a picture tells."""
        return tuple(tuple(min(max(cell, self.black), self.white) for cell in row) for row in rows)

    def look_alike(self, one: Map, other: Map) -> bool:
        """Say whether the pictures of two maps can hardly be told apart."""
        cells = zip(chain(*self.seen(one)), chain(*self.seen(other)), strict=True)
        span = self.white - self.black
        clear = [abs(Fraction(left - right)) * CLEAR_SHARE >= span for left, right in cells]
        return sum(clear) < CLEAR_CELLS

    def sentence(self) -> Message:
        """Say what the greys mean."""
        if self.black == -self.white:
            return say(
                "In all pictures 0 is mid-grey; {{ black }} and less is black, "
                "{{ white }} and more is white.",
                black=self.black,
                white=self.white,
            )
        return say(
            "In all pictures {{ black }} and less is black, {{ white }} and more is white.",
            black=self.black,
            white=self.white,
        )
