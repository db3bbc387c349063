"""Who is known to a learning platform by which number: the class list, joined with the lists of platforms."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator

from ...generator.class_list import ClassList
from ...generator.papers import Student
from .handed_in import Platform, Sender
from .worksheet import Listed, Worksheet

_SAYS_STUDENT = (Platform.GRADESCOPE, Platform.BRIGHTSPACE)
"""Platforms whose key may be the very number that the university gives its students."""


class Directory:
    """Finds the students of a class.

    Parameters
    ----------
    class_list
        The students of the exam.
    worksheets
        Lists that platforms handed out, which say who has which number.
    """

    def __init__(self, class_list: ClassList, worksheets: Iterable[Worksheet] = ()) -> None:
        self.class_list = class_list
        self._students: dict[str, list[Student]] = defaultdict(list)
        self._emails: dict[str, list[Student]] = defaultdict(list)
        self._ids: dict[str, list[Student]] = defaultdict(list)
        for student in class_list.students:
            self._students[_key(student.id)].append(student)
            if student.email:
                self._emails[_key(student.email)].append(student)
            for platform, key in student.ids.items():
                self._ids[f"{platform} {_key(key)}"].append(student)
        self._listed: dict[str, list[Listed]] = defaultdict(list)
        for worksheet in worksheets:
            for number, person in worksheet.people.items():
                self._listed[f"{worksheet.platform} {number}"].append(person)
        known = (*self._ids, *self._listed)
        self._platforms = {
            platform for platform in Platform if any(key.startswith(platform) for key in known)
        }

    def knows(self, platform: Platform) -> bool:
        """Say whether anybody is known by a number of the platform."""
        return platform in self._platforms

    def student_of(self, sender: Sender) -> Student | None:
        """Return the student who is this sender, if exactly one is.

        What the roster says counts first, then an address that the platform gives, then its own list.
        """
        for found in self._by_sender(sender):
            if found:
                return found[0] if len({student.id for student in found}) == 1 else None
        return None

    def _by_sender(self, sender: Sender) -> Iterator[list[Student]]:
        yield self._ids.get(f"{sender.platform} {_key(sender.key)}", [])
        yield self._emails.get(_key(sender.email), []) if sender.email else []
        people = [person for person in self._listed.get(sender.id, ()) if _is(person, sender)]
        yield [student for person in people for login in person.logins for student in self._by_login(login)]
        yield self._students.get(_key(sender.key), []) if sender.platform in _SAYS_STUDENT else []

    def _by_login(self, login: str) -> list[Student]:
        return [*self._emails.get(_key(login), ()), *self._students.get(_key(login), ())]

    def named(self, said: str) -> Student | None:
        """Return the student whose id or address somebody wrote into a file; a name is not enough."""
        found = self._by_login(said) if said else []
        return found[0] if len({student.id for student in found}) == 1 else None


def _key(text: str) -> str:
    """Write an id or address in one way; exports of some platforms put ``#`` before ids."""
    return unicodedata.normalize("NFC", text).strip().removeprefix("#").casefold()


def _is(person: Listed, sender: Sender) -> bool:
    """Say whether somebody in a list may be the sender: a list of another assignment has the same numbers."""
    names = [_letters(name) for name in person.names]
    return not names or not sender.name or any(name and name in _letters(sender.name) for name in names)


def _letters(name: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKD", name).casefold()))
