"""Answers of several parts: the accepted ones put together as far as they differ in one part only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from ..model import Value

Alternatives: TypeAlias = tuple[tuple[Value, ...], ...]
"""For each part, the values that it may have."""


def merged(accepted: Sequence[Value]) -> list[Alternatives]:
    """Write a set of records as few lines, each of which allows every combination of its alternatives.

    Lines that differ in a single part become one, part by part from the first; (max, 3), (mean, 3) is the
    line (max or mean, 3). The order of what is accepted is kept.
    """
    lines: list[Alternatives] = [tuple((part,) for part in _parts(record)) for record in accepted]
    for place in range(len(lines[0]) if lines else 0):
        joined: dict[Alternatives, tuple[Value, ...]] = {}
        for line in lines:
            others = (*line[:place], (), *line[place + 1 :])
            joined[others] = (*joined.get(others, ()), *line[place])
        lines = [(*others[:place], values, *others[place + 1 :]) for others, values in joined.items()]
    return lines


def _parts(record: Value) -> tuple[Value, ...]:
    return record if isinstance(record, tuple) else (record,)
