"""The archive for Moodle's "Upload multiple feedback files in a zip": a feedback page for each student."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ...generator.export.package import Member, zip_bytes
from .moodle import MoodleSheet
from .people import Fate, Ledger
from .worth import Score

_NOT_IN_NAMES = re.compile(r'[\0/\\:*?"<>|_]')
_LONGEST = 80


def feedback_zip(
    book: MoodleSheet,
    students: Mapping[str, str],
    scores: Mapping[str, Score],
    pages: Mapping[str, bytes],
    name: str,
) -> tuple[bytes, int]:
    """Return the archive, and how many pages it holds.

    Parameters
    ----------
    book, students, scores
        The worksheet, who of it is which student, and what counts for each.
    pages
        The feedback pages that are published, by the id of the student.
    name
        What the file of a student is called; the same name replaces an older one.
    """
    members = list(_members(book, Ledger(book.people, students, scores), students, pages, name))
    return zip_bytes(members), len(members)


def _members(
    book: MoodleSheet,
    ledger: Ledger,
    students: Mapping[str, str],
    pages: Mapping[str, bytes],
    name: str,
) -> Iterator[Member]:
    for person in book.people.everybody:
        fate = ledger.fate(person, is_locked=book.columns.is_locked(person.row))
        student = students.get(person.sender.key, "")
        if fate in (Fate.WRITTEN, Fate.WAITS) and student in pages:
            folder = f"{_folder(person.sender.name)}_{person.sender.key}_assignfeedback_file"
            yield Member(f"{folder}/{name}", pages[student])


def _folder(name: str) -> str:
    """Return a name that is safe in an archive; Moodle reads the number behind it alone."""
    text = "".join(c for c in _NOT_IN_NAMES.sub(" ", name) if c.isprintable())
    return " ".join(text.split()).strip(". ")[:_LONGEST].strip() or "Participant"
