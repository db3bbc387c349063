"""Receipts as plain data, for systems that take in answer files.

::

    {"format": "convexam-receipt/1",
     "receipts": [
       {"source": "a.yaml", "sha256": "...", "refused": [],
        "paper": "HT7ASFGHX8CNFK", "exam": "demo", "title": "Demo exam", "student": "ada" or null,
        "damaged": false, "problems": ["..."], "counts": {"read": 7, "blank": 2, "unreadable": 1},
        "items": [
          {"id": "q1", "number": 1, "title": "...",
           "fields": [
             {"name": "Y", "label": "Y", "kind": "tensor", "state": "read" or "blank" or "unreadable",
              "given": "1 2; 3 4", "understood": [["1", "2"], ["3", "4"]], "reason": ""}]}]},
       {"source": "b.yaml", "sha256": "...", "refused": ["the file is empty"]}]}

What was understood is a text, a list of names, rows of cells, an object part -> text, or null. In a cell or a
part ``""`` is a blank, and ``?`` cannot be read.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..receipt import FieldReceipt, ItemReceipt, Receipt, Refusal, State

FORMAT = "convexam-receipt/1"


def receipts_data(outcomes: Iterable[Receipt | Refusal]) -> dict[str, Any]:
    """Return receipts as plain data."""
    return {"format": FORMAT, "receipts": list(map(_outcome, outcomes))}


def _outcome(outcome: Receipt | Refusal) -> dict[str, Any]:
    if isinstance(outcome, Refusal):
        return {"source": outcome.source, "sha256": outcome.sha256, "refused": list(outcome.reasons)}
    submission, paper = outcome.submission, outcome.paper
    return {
        "source": submission.source,
        "sha256": submission.sha256,
        "refused": [],
        "paper": paper.code,
        "exam": paper.exam,
        "title": paper.title,
        "student": submission.student,
        "damaged": submission.damaged,
        "problems": list(map(str, outcome.problems)),
        "counts": {str(state): outcome.count(state) for state in State},
        "items": list(map(_item, outcome.items)),
    }


def _item(found: ItemReceipt) -> dict[str, Any]:
    item = found.item
    return {
        "id": item.id,
        "number": item.number,
        "title": item.title,
        "fields": list(map(_field, found.fields)),
    }


def _field(found: FieldReceipt) -> dict[str, Any]:
    return {
        "name": found.field.name,
        "label": found.label,
        "kind": found.field.kind,
        "state": str(found.state),
        "given": found.raw,
        "understood": found.understood,
        "reason": str(found.reason or ""),
    }
