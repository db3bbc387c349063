"""Points in words."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from markupsafe import Markup

from ...generator.document import Decimals, Message, say
from ...generator.render.html import said
from ...generator.render.look import Look
from .marks_csv import decimal


@lru_cache(maxsize=256)  # the same few on every page of a class
def points_of(points: Fraction, of: Fraction, look: Look) -> Markup:
    """Write what was earned of what could be."""
    return said(points_in_words(points, of), look)


def points_in_words(points: Fraction, of: Fraction) -> Message:
    """Say what was earned of what could be."""
    if not of:
        return say("does not count")
    earned = in_decimals(points)
    if of == 1:
        return say("{{ points }} of 1 point", points=earned)
    return say("{{ points }} of {{ of }} points", points=earned, of=in_decimals(of))


def in_decimals(number: Fraction) -> Decimals:
    """Return a number as points are written: with at most two decimals."""
    return Decimals(Fraction(decimal(number)))
