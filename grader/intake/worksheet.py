"""Lists of a class that a platform hands out: they join its own numbers with people, and hold no answers.

Moodle's grading worksheet has its headers in the language of the site, so it is known by its cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import NoReturn

from ...generator.csv_text import csv_rows
from ...generator.errors import DataError, Fault, Place
from ...generator.frozen import frozen
from .handed_in import Platform

MOST_BYTES = 4 << 20
MOST_ROWS = 20_000

_PARTICIPANT = re.compile(r"(?P<word>[^\W\d_][^\d@,;\t]{0,40}?)(?: |(?<=[^ -~]))(?P<number>[0-9]{1,18})")
"""A word, a space, a number; languages that write no spaces have none. ``s12`` is the id of a student."""
_ADDRESS = re.compile(r"[^@\s]{1,200}@[^@\s]{1,200}")
_NUMBER = re.compile(r"[0-9]{1,18}")
CANVAS_LOGINS = ("sis user id", "sis login id", "integration id", "email")


@frozen
class Listed:
    """Somebody in such a list.

    Attributes
    ----------
    logins
        An address, or ids of the university: whatever a class list may know somebody by.
    names
        What the platform may call them in the name of a folder; where it is none of these, the list is
        not of this assignment. Empty where that cannot be told.
    """

    logins: tuple[str, ...]
    names: tuple[str, ...] = ()


@frozen
class Worksheet:
    """A list of a class.

    Attributes
    ----------
    source
        The file.
    platform
        Whose numbers they are.
    people
        By number.
    """

    source: str
    platform: Platform
    people: Mapping[str, Listed]


def read_worksheet(data: bytes, source: str) -> Worksheet | None:
    """Read a list of a class, or return None if this is something else.

    Raises
    ------
    DataError
        If it is such a list but of no use: too large, without addresses, one number for two people.
    """
    try:
        rows = list(islice(_rows(data[: MOST_BYTES + 1], source), MOST_ROWS + 2))
    except DataError:
        return None
    for platform, people in ((Platform.MOODLE, _moodle(rows)), (Platform.CANVAS, _canvas(rows))):
        if people is not None:
            if len(data) > MOST_BYTES or len(rows) > MOST_ROWS + 1:
                _refuse(source, f"the list has more than {MOST_ROWS} rows or {MOST_BYTES >> 20} MB")
            return Worksheet(source, platform, _by_number(people, source))
    return None


def _rows(data: bytes, source: str) -> Iterator[list[str]]:
    """Return the rows that are not empty, in whatever encoding a spreadsheet saved them."""
    encodings = ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        return
    for _, cells in csv_rows(text.encode(), source):
        if any(map(str.strip, cells)):
            yield [cell.strip() for cell in cells]


def _moodle(rows: Sequence[Sequence[str]]) -> list[tuple[str, Listed]] | None:
    """Read ``Participant 12,Ada Lovelace,ada@example.org,...`` below names of columns in any language."""
    body = rows[1:]
    participants = participants_of([row[0] for row in body])
    if participants is None:
        return None
    address = address_column(body)
    people = []
    for row, (word, number) in zip(body, participants, strict=True):
        logins = (row[address],) if address and row[address] else ()
        names = (word, *([row[1]] if len(row) > 1 and address != 1 else []))
        people.append((number, Listed(logins, tuple(filter(None, names)))))
    return people


def participants_of(cells: Sequence[str]) -> list[tuple[str, str]] | None:
    """Read the first column of Moodle's worksheet: the word for a participant, and the number."""
    matches = [_PARTICIPANT.fullmatch(cell) for cell in cells]
    found = [(match["word"], match["number"]) for match in matches if match]
    return found if found and len(found) == len(cells) and len({word for word, _ in found}) == 1 else None


def address_column(rows: Sequence[Sequence[str]]) -> int:
    """Return the first column that holds e-mail addresses and nothing else; 0 if there is none."""
    columns = range(1, min(map(len, rows)))
    return next((place for place in columns if _is_of_addresses([row[place] for row in rows])), 0)


def _is_of_addresses(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell]
    return bool(filled) and all(_ADDRESS.fullmatch(cell) for cell in filled)


def _canvas(rows: Sequence[Sequence[str]]) -> list[tuple[str, Listed]] | None:
    """Read a gradebook: ``Student,ID,SIS User ID,SIS Login ID,Section,...``."""
    header = [cell.casefold() for cell in rows[0]] if rows else []
    if header[:2] != ["student", "id"] or "section" not in header:
        return None
    logins = [place for place, cell in enumerate(header) if cell in CANVAS_LOGINS]
    return [
        (row[1], Listed(tuple(row[place] for place in logins if place < len(row) and row[place])))
        for row in rows[1:]
        if len(row) > 1 and _NUMBER.fullmatch(row[1])  # others hold points and settings
    ]


def _by_number(people: Sequence[tuple[str, Listed]], source: str) -> dict[str, Listed]:
    listed: dict[str, Listed] = {}
    for number, person in people:
        if listed.setdefault(number, person) != person:
            _refuse(source, f"the number {number} stands beside two people; download the list again")
    if not any(person.logins for person in listed.values()):
        _refuse(
            source,
            "the list names no e-mail addresses or logins, so it joins nobody; "
            "download it as somebody who sees them",
        )
    return listed


def _refuse(source: str, message: str) -> NoReturn:
    raise DataError([Fault(Place(source), "", message)])
