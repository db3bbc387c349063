"""The contact sheet: who has which paper, to be ticked off at the door."""

from __future__ import annotations

import re
from collections.abc import Iterable

from markupsafe import Markup

from ..frozen import frozen
from ..language import language
from ..papers import Exam, Student
from ..resources import resource
from .environment import environment
from .look import Medium
from .phrases import resit_phrase
from .plain import said_plainly
from .stylesheet import screen_css

_DIGITS = re.compile(r"(\d+)")


@frozen
class RowView:
    """One student: a line of the sheet."""

    student: str
    name: str
    version: str
    code: str


def contact_sheet(exam: Exam, rows: Iterable[tuple[str, str, Student]], medium: Medium) -> str:
    """Write who has which paper as one page, by student.

    Parameters
    ----------
    exam
        Whose papers.
    rows
        The code of each paper, its version if it is one of several, and the student.
    medium
        "screen" for a file to open in a browser, "print" for `pdf`.
    """
    spoken = language(exam.language)
    listed = [
        RowView(student.id, student.name, version, code)
        for code, version, student in sorted(rows, key=lambda row: _in_order(row[2].id))
    ]
    style = (screen_css() if medium == "screen" else "") + resource("contact.css").read_text(encoding="utf-8")
    resit = [said_plainly(resit_phrase(exam.attempt), spoken)] if exam.attempt else []
    return (
        environment()
        .get_template("contact.html.j2")
        .render(
            exam=exam,
            facts=[*filter(None, (exam.course, exam.date)), *resit],
            rows=listed,
            versions=any(row.version for row in listed),
            style=Markup(style),  # noqa: S704 - files of ours
            _=spoken.translate,
        )
    )


def _in_order(name: str) -> tuple[list[tuple[int, str]], str]:
    """Sort s2 before s10, as people do; what is left alike, by its characters."""
    parts = _DIGITS.split(name.casefold())
    return [(int(part) if part.isdecimal() else 0, part) for part in parts], name
