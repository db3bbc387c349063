"""Points in words."""

from __future__ import annotations

from fractions import Fraction

from markupsafe import Markup

from ...generator.document import Decimals, say
from ...generator.render.html import said
from ...generator.render.look import Look
from .marks_csv import decimal


def points_of(points: Fraction, of: Fraction, look: Look) -> Markup:
    """Write what was earned of what could be."""
    earned = in_decimals(points)
    if of == 1:
        return said(say("{{ points }} of 1 point", points=earned), look)
    return said(say("{{ points }} of {{ of }} points", points=earned, of=in_decimals(of)), look)


def in_decimals(number: Fraction) -> Decimals:
    """Return a number as points are written: with at most two decimals."""
    return Decimals(Fraction(decimal(number)))
