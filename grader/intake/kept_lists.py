"""``lists.json``: whom a platform knows by which number, as the lists said that were named once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from ...generator.errors import DataError, Fault, Place
from ...generator.reading.reader import RECORD, read_json
from ...generator.reading.schema import canonical_json, dump, parse, record
from .handed_in import Platform
from .worksheet import Listed, Worksheet


@record
class StoredPerson:
    """Somebody in a list."""

    logins: tuple[str, ...]
    names: tuple[str, ...]


@record
class StoredList:
    """A list of a class: people by number."""

    platform: Literal["moodle", "canvas", "brightspace", "gradescope"]
    people: Mapping[str, StoredPerson]


@record
class StoredLists:
    """``lists.json``, as it stands in the file."""

    format: Literal["convexam-lists/1"]
    exam: str
    lists: tuple[StoredList, ...]


def lists_bytes(exam: str, lists: Iterable[Worksheet]) -> bytes:
    """Return ``lists.json``; `exam` is the id of the exam."""
    return canonical_json(dump(StoredLists("convexam-lists/1", exam, tuple(map(_stored, lists)))))


def read_lists(data: bytes, name: str, exam: str) -> tuple[Worksheet, ...]:
    """Read ``lists.json``.

    Raises
    ------
    DataError
        If it is damaged, or of another exam.
    """
    stored = parse(StoredLists, read_json(data, name, RECORD))
    if stored.exam != exam:
        message = f"these are lists of the exam '{stored.exam}', not of '{exam}'"
        raise DataError([Fault(Place(name), "$.exam", message)])
    return tuple(_worksheet(each, name) for each in stored.lists)


def with_lists(kept: Iterable[Worksheet], named: Iterable[Worksheet]) -> tuple[Worksheet, ...]:
    """Return the lists that are kept and those that were named now, each once."""
    different: list[Worksheet] = []
    for each in (*kept, *named):
        if not any((each.platform, each.people) == (other.platform, other.people) for other in different):
            different.append(each)
    return tuple(different)


def without_person(lists: Iterable[Worksheet], logins: Iterable[str]) -> tuple[Worksheet, ...]:
    """Return the lists without whoever has one of these logins."""
    theirs = {login.casefold() for login in logins if login}
    return tuple(
        Worksheet(
            each.source,
            each.platform,
            {
                number: person
                for number, person in each.people.items()
                if theirs.isdisjoint(map(str.casefold, person.logins))
            },
        )
        for each in lists
    )


def _stored(worksheet: Worksheet) -> StoredList:
    people = {number: StoredPerson(each.logins, each.names) for number, each in worksheet.people.items()}
    return StoredList(worksheet.platform.value, people)


def _worksheet(stored: StoredList, source: str) -> Worksheet:
    people = {number: Listed(each.logins, each.names) for number, each in stored.people.items()}
    return Worksheet(source, Platform(stored.platform), people)
