"""The list of submissions that Gradescope puts beside those that it exports."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...generator.errors import DataError, Fault, Place
from ...generator.reading.reader import BANK, read_yaml
from ...generator.reading.tree import Data
from .handed_in import Platform, Sender

METADATA = "submission_metadata.yml"
_SUBMISSION = re.compile(r"(?:submission_)?(?P<number>[0-9]{1,18})(?:\.pdf)?")
_LONGEST = 200


def read_metadata(data: bytes, name: str) -> dict[str, Sender]:
    """Return who handed in each folder or file of an export; Ruby wrote the file, so its keys are ``:email``.

    Raises
    ------
    DataError
        If the file is not one that Gradescope writes.
    """
    root = read_yaml(data, name, BANK).root
    if not isinstance(root, dict):
        raise DataError([Fault(Place(name, 1, 1), "", "expected the list of submissions that was exported")])
    return {entry: _sender(entry, list(_submitters(about))) for entry, about in root.items()}


def sender_of(entry: str) -> Sender | None:
    """Return the sender of a submission of which nothing is known but its number."""
    return _sender(entry, []) if re.fullmatch(r"submission_[0-9]{1,18}", entry) else None


def _submitters(about: Data) -> Iterator[dict[str, str]]:
    listed = about.get(":submitters") if isinstance(about, dict) else None
    for person in listed if isinstance(listed, list) else ():
        if isinstance(person, dict):
            yield {key: _line(value) for key, value in person.items() if isinstance(value, str)}


def _sender(entry: str, submitters: list[dict[str, str]]) -> Sender:
    """Return the sender of a submission; a group is known by the number of what it handed in."""
    match = _SUBMISSION.fullmatch(entry)
    number = match["number"] if match else _line(entry)
    name = ", ".join(person.get(":name", "") for person in submitters)[:_LONGEST]
    only = submitters[0] if len(submitters) == 1 else {}
    email = only.get(":email", "")
    key = only.get(":sid") or email or number
    return Sender(Platform.GRADESCOPE, key, name, email, order=int(number) if match else 0)


def _line(text: str) -> str:
    return "".join(c for c in text[:_LONGEST] if c.isprintable()).strip()
