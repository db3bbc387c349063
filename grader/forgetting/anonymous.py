"""A record without a name: points, verdicts and findings stay, and nothing that a person wrote."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..model import Verdict

_WRITTEN = ("raw", "answer_sha256", "remark", "reason", "uncarried")
_IN_TEXTS = ("raw", "remark", "reason", "sentence", "override", "uncarried", "problems")
"""Where in a record a text of people stands; all else is ours, whatever a student is called."""
_IN_WORDS = (Verdict.UNMARKED, Verdict.UNREADABLE)


def anonymous(record: Mapping[str, Any], alias: str) -> dict[str, Any]:
    """Return the record of a student under an alias.

    Numbers that were read stay, as statistics of wrong answers need them. What is in words goes: answers,
    remarks, reasons, and what was odd about the file; so does the digest of the file. Nothing waits any more.
    """
    items = [dict(item, fields=list(map(_field, item["fields"]))) for item in record["items"]]
    for item in items:
        item["override"] = item["override"] and "set by a person"
    nobody = {"student": alias, "submission_sha256": "", "problems": [], "waiting": 0}
    return {**record, **nobody, "items": items}


def _field(mark: Mapping[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in mark.items() if name not in _WRITTEN}
    if mark["verdict"] in _IN_WORDS or mark["against"] == "human":
        kept["read"] = None
    return kept


def reworded(data: Any, change: Callable[[str], str]) -> Any:
    """Return a record in which the texts of people are changed, and nothing else."""
    if isinstance(data, list):
        return [reworded(each, change) for each in data]
    if isinstance(data, dict):
        return {name: _changed(name, value, change) for name, value in data.items()}
    return data


def _changed(name: str, value: Any, change: Callable[[str], str]) -> Any:
    if name not in _IN_TEXTS:
        return reworded(value, change)
    if isinstance(value, list):
        return [change(each) for each in value]
    return change(value) if isinstance(value, str) else value
