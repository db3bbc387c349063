"""Rows of numbers, of which a single one is asked as a number and not as a map."""

from __future__ import annotations

from typing import Any

from ..model import Value
from ..sliding.geometry import Map, map_size


def as_asked(rows: Map) -> Value:
    """Return rows as an answer: a single number without its row."""
    return rows[0][0] if map_size(rows) == (1, 1) else rows


def rows_of(answer: Any) -> Map:
    """Return an answer as rows."""
    return answer if isinstance(answer, tuple) else ((answer,),)
