"""The rules of re-marking that hold, as a file: a package has them, and no store."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from ...generator.reading.reader import RECORD, read_json
from ...generator.reading.schema import Whole, canonical_json, dump, parse, record
from ..rules.rule import Rule, Ruling

FILE = "rules.json"


@record
class StoredRuling:
    """A rule that holds."""

    number: Whole
    rule: Rule
    reason: str


@record
class StoredRulings:
    """The file, as it stands."""

    format: Literal["convexam-rules/1"]
    rules: tuple[StoredRuling, ...]


def rulings_bytes(rulings: Iterable[Ruling]) -> bytes:
    """Write rules."""
    stored = tuple(StoredRuling(each.number, each.rule, each.reason) for each in rulings)
    return canonical_json(dump(StoredRulings("convexam-rules/1", stored)))


def read_rulings(data: bytes) -> tuple[Ruling, ...]:
    """Read rules; raises `DataError` if they are damaged."""
    stored = parse(StoredRulings, read_json(data, FILE, RECORD))
    return tuple(Ruling(each.number, each.rule, each.reason) for each in stored.rules)
