"""Who is to be forgotten, and the words that name them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, field
from mmap import mmap

from ...generator.frozen import frozen
from ...generator.papers import Student
from ..intake.arrival import Arrival
from ..intake.handed_in import Sender

_LEAST_DIGITS = 6
_LEAST = 4  # characters of a word that is looked for in texts: a shorter one stands for other things as well


@frozen
class Person:
    """A student who is to be forgotten, as far as the class list and what arrived know.

    Attributes
    ----------
    id, name, email
        As the roster says.
    ids
        What learning management systems know them by: ``{"canvas": "4711"}``.
    called
        Names and addresses that learning management systems sent along, and that name nobody else.
    shared
        What of all this names others as well, so that it stays in texts about them.
    senders
        What these systems counted them as: systems and their numbers.
    """

    id: str
    name: str = ""
    email: str = ""
    ids: Mapping[str, str] = field(default_factory=dict, hash=False)
    called: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    senders: tuple[tuple[str, str], ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """What names them in a text, the longest first."""
        known = {self.id, self.name, self.email, *self.ids.values(), *self.called}
        telling = (word for word in known if len(word) >= (_LEAST_DIGITS if word.isdigit() else _LEAST))
        return tuple(sorted(telling, key=lambda word: (-len(word), word)))

    def hidden_in(self, text: str, alias: str) -> str:
        """Return a text with the alias in the place of whatever names them."""
        words = [word for word in self.words if word not in self.shared]
        return re.sub(_pattern(words), alias, text, flags=re.IGNORECASE) if words else text

    def is_named_in(self, data: bytes | mmap) -> bool:
        """Say whether a file names them."""
        pattern = _pattern(self.words).encode()
        return bool(self.words) and re.search(pattern, data, flags=re.IGNORECASE) is not None

    def to_text(self) -> str:
        """Write down who it is."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)


def person_of(
    student: Student,
    arrivals: Iterable[Arrival] = (),
    others: Iterable[Student] = (),
    senders: Iterable[Sender] = (),
) -> Person:
    """Return who a student is, by the class list and by what arrived.

    A name that a system sent along is chosen by the student, or stands for anybody (``Participant``), so it
    is taken for theirs only where it can be nothing else.

    Parameters
    ----------
    student
        As the class list has them.
    arrivals
        Everything that arrived.
    others
        The rest of the class list.
    senders
        Who is this student as well, though nothing that they sent could be marked.
    """
    sent: dict[bool, set[str]] = {True: set(), False: set()}
    for each in arrivals:
        if each.sender and each.student:
            sent[each.student == student.id] |= {each.sender.name, each.sender.email} - {""}
    keys = set()
    for sender in senders:
        sent[True] |= {sender.name, sender.email} - {""}
        keys.add((str(sender.platform), sender.key))
    elsewhere = "\n".join([*sent[False], *(text for other in others for text in _texts(other))])
    called = [text for text in sent[True] if _is_telling(text) and not _stands_in(text, elsewhere)]
    shared = [text for text in _texts(student) if _stands_in(text, elsewhere)]
    who = (student.id, student.name, student.email, dict(student.ids))
    return Person(*who, tuple(sorted(called)), tuple(sorted(shared)), tuple(sorted(keys)))


def _texts(student: Student) -> list[str]:
    return [text for text in (student.id, student.name, student.email, *student.ids.values()) if text]


def _is_telling(name: str) -> bool:
    """Say whether this is more than one word, or an address: one word may be any word of a text."""
    return " " in name or "@" in name


def _stands_in(text: str, elsewhere: str) -> bool:
    return re.search(_pattern([text]), elsewhere, flags=re.IGNORECASE) is not None


def _pattern(words: Iterable[str]) -> str:
    """One of some words, and not a part of a longer one."""
    return rf"(?<![A-Za-z0-9])(?:{'|'.join(map(re.escape, words))})(?![A-Za-z0-9])"


def person_from(text: str) -> Person:
    """Read back what `Person.to_text` wrote."""
    data = json.loads(text)
    called, shared = tuple(data["called"]), tuple(data["shared"])
    senders = tuple((platform, key) for platform, key in data["senders"])
    return Person(**{**data, "called": called, "shared": shared, "senders": senders})
