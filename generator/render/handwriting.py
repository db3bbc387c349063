"""What a pen needs: larger cells, and room for working.

Nothing here follows from what was drawn: more room for a longer answer would tell how long it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import ceil

from markupsafe import Markup

from ..figures.grid import Style, squared_svg
from ..figures.model import Grid
from ..model import Field, FieldKind, Rounded
from .html import drawing
from .look import Look

CELL = Style(cell=42, font=17)  # px: 11 mm
DECIMALS = Style(cell=42, font=17, width=64)
SQUARE = 34.5  # px: 9 mm, for one number each
SQUARES_ACROSS = 16
SQUARES_DOWN = {False: 8, True: 2}  # for a map, for a row

WITHOUT_WORKING: tuple[FieldKind, ...] = ("choice", "choices", "order", "text")
COLUMNS_OF_WORKING = 33  # of 5 mm
ROWS_A_POINT = Fraction(3, 2)
LEAST_ROWS, MOST_ROWS = 4, 20


def empty_map(field: Field, look: Look) -> Markup:
    """Draw the cells of a map to be filled in; where its size is asked, squares of which some are used."""
    if field.shape is None:
        words = look.language.tell("squared paper")
        squares = squared_svg(SQUARES_ACROSS, SQUARES_DOWN[field.row], words, SQUARE)
        return Markup(squares)  # noqa: S704 - a drawing of ours
    rows, columns = field.shape
    style = DECIMALS if isinstance(field.rule, Rounded) else CELL
    return drawing(Grid(((None,) * columns,) * rows), look, style)


def working(fields: Sequence[Field], points: Fraction, look: Look) -> Markup:
    """Draw squared paper for working, more of it for more points; none where nothing is computed."""
    if all(field.kind in WITHOUT_WORKING for field in fields):
        return Markup()
    rows = min(max(LEAST_ROWS, 2 + ceil(ROWS_A_POINT * points)), MOST_ROWS)
    drawn = squared_svg(COLUMNS_OF_WORKING, rows, look.language.tell("squared paper"))
    return Markup(drawn)  # noqa: S704 - a drawing of ours
