"""Who is known to a learning platform by which number: the class list, joined with the lists of platforms."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

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
        self._listed: dict[str, list[Listed]] = {}
        self._platforms = {platform for student in class_list.students for platform in student.ids}
        for worksheet in worksheets:
            self._platforms.add(worksheet.platform)
            for number, person in worksheet.people.items():
                self._listed.setdefault(f"{worksheet.platform} {number}", []).append(person)

    def knows(self, platform: Platform) -> bool:
        """Say whether anybody is known by a number of the platform."""
        return platform in self._platforms

    def student_of(self, sender: Sender) -> Student | None:
        """Return the student who is this sender, if that is certain.

        What the roster says counts first. Then an address that the platform gives, its own list, and a key
        that is a student's id must not be of different people.
        """
        ids = (sender.key, f"#{sender.key}")  # the second as Brightspace exports it
        listed = (self.class_list.of_platform(sender.platform, each) for each in ids)
        return next(filter(None, listed), None) or self._by_what_it_says(sender)

    def _by_what_it_says(self, sender: Sender) -> Student | None:
        by_id = self.class_list.student(sender.key) if sender.platform in _SAYS_STUDENT else None
        found = {self.class_list.of_email(sender.email), self._in_worksheet(sender), by_id} - {None}
        return found.pop() if len(found) == 1 else None

    def called(self, sender: Sender) -> str:
        """Return the id of the student who is this sender, or else what the platform calls them."""
        student = self.student_of(sender)
        return student.id if student else sender.id

    def _in_worksheet(self, sender: Sender) -> Student | None:
        people = [person for person in self._listed.get(sender.id, ()) if _is(person, sender)]
        found = {self.named(login) for person in people for login in person.logins}
        found.discard(None)
        return found.pop() if len(found) == 1 else None

    def known_in(self, worksheet: Worksheet) -> int:
        """Count who of a platform's list is in the class."""
        return sum(any(map(self.named, person.logins)) for person in worksheet.people.values())

    def named(self, said: str) -> Student | None:
        """Return the student whose id or address somebody wrote into a file; a name is not enough."""
        return self.class_list.student(said) or self.class_list.of_email(said)


def _is(person: Listed, sender: Sender) -> bool:
    """Say whether somebody in a list may be the sender: a list of another assignment has the same numbers."""
    names = [_letters(name) for name in person.names]
    return not names or not sender.name or any(name and name in _letters(sender.name) for name in names)


def _letters(name: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKD", name).casefold()))
