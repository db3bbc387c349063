"""How answers are saved: what the page of a paper hands over, an answer file, a form, a row; in many spellings."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any

from convexam.generator.csv_text import csv_bytes
from convexam.generator.model import Value
from convexam.generator.render.box_names import box_names, field_name
from convexam.grader.marking.fields import write

from ..cli.pdf_filling import filled
from .answering import Put, Sheet

Spelling = Callable[[Value], str]


def _decimal(sign: str) -> Spelling:
    def spelled(number: Value) -> str:
        if not isinstance(number, Fraction) or 1000 % number.denominator:
            return str(number)
        whole, rest = divmod(abs(number), 1)
        return f"{'-' * (number < 0)}{whole}{sign}{str(rest * 1000).zfill(3).rstrip('0')}"

    return spelled


SPELLINGS: dict[str, Spelling] = {
    "as printed": str,
    "decimal point": _decimal("."),
    "decimal comma": _decimal(","),
    "Unicode minus": lambda number: str(number).replace("-", "−"),
    "full width": lambda number: str(number).translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789"}),
    "spaces": lambda number: f" {number} ",
}
"""Ways to write one number."""


def as_json(
    sheet: Sheet, spelled: Spelling = str, *, student: str = "", text: bool = False, **head: str
) -> bytes:
    """Return what the page of a paper saves; with `text`, maps are typed as texts."""
    answers = {put.problem.item: {put.field.name: _boxes(put, spelled, text=text)} for put in sheet.puts}
    first = {"format": "convexam-answers/1", "paper": sheet.paper.code, "student": student, **head}
    return json.dumps({**first, "answers": answers}, indent=1, ensure_ascii=False).encode()


def _boxes(put: Put, spelled: Spelling, *, text: bool) -> Any:
    value = put.value
    if put.field.kind != "tensor" or text or isinstance(value, str):
        return _typed(put, spelled)
    if value is None:
        rows, columns = put.field.shape or (1, 1)
        return [[""] * columns for _ in range(rows)]
    return [[spelled(cell) for cell in row] for row in value]  # type: ignore[union-attr]


def as_yaml(sheet: Sheet, spelled: Spelling = str, *, student: str = "", **head: str) -> bytes:
    """Return an answer file that was filled in."""
    first = {"format": "convexam-answers/1", "paper": sheet.paper.code, "student": student, **head}
    lines = [f"{name}: {value}" for name, value in first.items()]
    lines.append("answers:")
    for put in sheet.puts:
        lines += [f"  {put.problem.item}:", f"    {put.field.name}: |"]
        lines += [f"      {line}" for line in _typed(put, spelled).splitlines()]
    return ("\n".join(lines) + "\n").encode()


def as_pdf(form: bytes, sheet: Sheet, spelled: Spelling = str) -> bytes:
    """Fill in the PDF of a paper."""
    return filled(form, {name: text for put in sheet.puts for name, text in _in_boxes(put, spelled)})


def _in_boxes(put: Put, spelled: Spelling) -> Iterable[tuple[str, str]]:
    names = box_names(put.problem.item, put.field)
    if put.value is None:
        return []
    if put.field.kind != "tensor" or isinstance(put.value, str):
        return [(names[0][0], _typed(put, spelled))]
    cells = [cell for row in put.value for cell in row]  # type: ignore[union-attr]
    return zip((name for row in names for name in row), map(spelled, cells), strict=True)


def as_rows(sheets: Iterable[Sheet]) -> bytes:
    """Return the CSV of a class as it was typed in from paper; a blank is ``_``."""
    rows = [
        {"paper": sheet.paper.code}
        | {field_name(put.problem.item, put.field.name): _in_a_cell(put) for put in sheet.puts}
        for sheet in sheets
    ]
    columns = dict.fromkeys(name for row in rows for name in row)
    return csv_bytes([list(columns), *([row.get(name, "") for name in columns] for row in rows)])


def _in_a_cell(put: Put) -> str:
    return _typed(put, str).replace("\n", "; ") or "_"


def _typed(put: Put, spelled: Spelling) -> str:
    value = put.value
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if put.field.kind == "tensor" and isinstance(value, tuple):
        return "\n".join(" ".join(map(spelled, row)) for row in value)  # type: ignore[arg-type]
    return spelled(value) if put.field.kind in ("integer", "number") else write(put.field, value)
