"""Which rules hold: those that were made and not undone since, in the order in which they were made."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from ...generator.reading.schema import canonical_json
from ..records.people import SaidRule
from .rule import Ruling, read_rule


def holding(said: Iterable[SaidRule]) -> tuple[Ruling, ...]:
    """Return the rules that hold.

    Raises
    ------
    DataError
        If one is damaged, or of a later release.
    """
    rows = list(said)
    undone = {row.undoes for row in rows}
    return tuple(
        Ruling(row.number, read_rule(row.text), row.reason)
        for row in rows
        if row.undoes is None and row.number not in undone
    )


def digest_of(rulings: Sequence[Ruling]) -> str:
    """Return what tells sets of rules apart, by what results are kept; of none it is empty."""
    if not rulings:
        return ""
    numbers = [ruling.number for ruling in rulings]
    return hashlib.sha256(canonical_json(numbers)).hexdigest()
