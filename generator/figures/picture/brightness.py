"""How bright a number of an image is."""

from __future__ import annotations

from fractions import Fraction

from ...number import Number
from ..model import Picture


def brightness(picture: Picture, value: Number) -> Fraction:
    """Return how bright a number is drawn, from 0 to 1; an image without contrast is mid-grey."""
    span = Fraction(picture.white - picture.black)
    if not span:
        return Fraction(1, 2)
    return min(max((value - picture.black) / span, Fraction(0)), Fraction(1))
