"""What a pen needs: larger cells, and room for working.

Nothing here follows from what was drawn: a paper that leaves more room where the answer is longer would tell it.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import ceil

from markupsafe import Markup

from ..figures.grid import ANSWER, Style, squared_svg
from ..model import Field, FieldKind, Rounded

CELL = Style(cell=42, font=ANSWER.font, weight=ANSWER.weight, ink=ANSWER.ink)  # 11 mm
DECIMALS = Style(cell=42, font=ANSWER.font, weight=ANSWER.weight, ink=ANSWER.ink, width=64)
SQUARE = 34.5  # px: 9 mm, for one number each
SQUARES_ACROSS = 16
SQUARES_DOWN = {False: 8, True: 2}  # for a map, for a row

WITHOUT_WORKING: tuple[FieldKind, ...] = ("choice", "choices", "order", "text")
COLUMNS_OF_WORKING = 33  # of 5 mm
ROWS_A_POINT = 2
LEAST_ROWS, MOST_ROWS = 4, 22


def cell_style(field: Field) -> Style:
    """Return how the cells of a map are drawn that are to be filled in."""
    return DECIMALS if isinstance(field.rule, Rounded) else CELL


def squares(field: Field) -> str:
    """Draw squared paper for a map whose size is asked, one square for each cell."""
    return squared_svg(SQUARES_ACROSS, SQUARES_DOWN[field.row], words="squared paper", side=SQUARE)


def working(fields: Sequence[Field], points: Fraction) -> Markup:
    """Draw squared paper for the working of a question, more of it for more points; none where nothing is computed."""
    if all(field.kind in WITHOUT_WORKING for field in fields):
        return Markup()
    rows = min(max(LEAST_ROWS, 2 + ceil(ROWS_A_POINT * points)), MOST_ROWS)
    row = squared_svg(COLUMNS_OF_WORKING, 1, words="")
    return Markup('<div class="row">{}</div>').format(Markup(row)) * rows  # noqa: S704 - a drawing of ours
