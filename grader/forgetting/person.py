"""Who is to be forgotten, and the words that name them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from mmap import mmap

from ...generator.papers import Student
from ..intake.handed_in import Sender

_LEAST_DIGITS = 6
_LEAST = 4  # characters of a word that is looked for in texts: a shorter one stands for other things as well


@dataclass(frozen=True)
class Person:
    """A student who is to be forgotten, as far as the class list and what arrived know.

    Attributes
    ----------
    id, name, email
        As the roster says.
    ids
        What learning management systems know them by: ``{"canvas": "4711"}``.
    called
        Names and addresses that learning management systems sent along.
    senders
        What these counted them as: systems and their numbers.
    """

    id: str
    name: str = ""
    email: str = ""
    ids: Mapping[str, str] = field(default_factory=dict, hash=False)
    called: tuple[str, ...] = ()
    senders: tuple[tuple[str, str], ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """What names them in a text, the longest first."""
        known = {self.id, self.name, self.email, *self.ids.values(), *self.called}
        telling = (word for word in known if len(word) >= (_LEAST_DIGITS if word.isdigit() else _LEAST))
        return tuple(sorted(telling, key=lambda word: (-len(word), word)))

    def hidden_in(self, text: str, alias: str) -> str:
        """Return a text with the alias in the place of whatever names them."""
        return re.sub(self._pattern, alias, text, flags=re.IGNORECASE) if self.words else text

    def is_named_in(self, data: bytes | mmap) -> bool:
        """Say whether a file names them."""
        pattern = self._pattern.encode()
        return bool(self.words) and re.search(pattern, data, flags=re.IGNORECASE) is not None

    @property
    def _pattern(self) -> str:
        """A word, and not a part of a longer one."""
        return rf"(?<![A-Za-z0-9])(?:{'|'.join(map(re.escape, self.words))})(?![A-Za-z0-9])"

    def to_text(self) -> str:
        """Write down who it is."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)


def person_of(student: Student, senders: Iterable[Sender] = ()) -> Person:
    """Return who a student is, by the class list and by what learning management systems said."""
    called: set[str] = set()
    keys: set[tuple[str, str]] = set()
    for sender in senders:
        called |= {sender.name, sender.email} - {""}
        keys.add((str(sender.platform), sender.key))
    told = (tuple(sorted(called)), tuple(sorted(keys)))
    return Person(student.id, student.name, student.email, dict(student.ids), *told)


def person_from(text: str) -> Person:
    """Read back what `Person.to_text` wrote."""
    data = json.loads(text)
    senders = tuple((platform, key) for platform, key in data["senders"])
    return Person(**{**data, "called": tuple(data["called"]), "senders": senders})
