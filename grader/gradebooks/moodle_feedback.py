"""The archive for Moodle's "Upload multiple feedback files in a zip": a feedback page for each student."""

from __future__ import annotations

import re
from collections.abc import Mapping

from .moodle import MoodleSheet
from .people import Fate, Ledger
from .worth import Score

_NOT_IN_NAMES = re.compile(r'[\0/\\:*?"<>|_]')
_LONGEST = 80


def feedback_files(
    book: MoodleSheet, students: Mapping[str, str], scores: Mapping[str, Score], name: str
) -> list[tuple[str, str]]:
    """Return where in the archive the pages go that are up to date, each with the student it is about.

    Parameters
    ----------
    book, students, scores
        The worksheet, who of it is which student, and what counts for each.
    name
        What the file of a student is called; the same name replaces an older one.
    """
    ledger, files = Ledger(book.people, students, scores), []
    for person in book.people.everybody:
        fate = ledger.fate(person, is_locked=book.columns.is_locked(person.row))
        student = students.get(person.sender.key, "")
        if fate in (Fate.WRITTEN, Fate.WAITS) and student in scores and not scores[student].is_stale:
            folder = f"{_folder(person.sender.name)}_{person.sender.key}_assignfeedback_file"
            files.append((f"{folder}/{name}", student))
    return files


def _folder(name: str) -> str:
    """Return a name that is safe in an archive; Moodle reads the number behind it alone."""
    text = "".join(c for c in _NOT_IN_NAMES.sub(" ", name) if c.isprintable())
    return " ".join(text.split()).strip(". ")[:_LONGEST].strip() or "Participant"
