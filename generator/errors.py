"""Everything that can go wrong through no fault of ours, in one tree.

::

    ConvexamError            exit code 1; shown as a sentence, never as a traceback
    ├── DataError            faults in a file: every one of them, with its place
    ├── MisuseError          exit code 2; options that do not go together
    ├── OutputError          a file that cannot be written, or would be overwritten
    ├── ReleaseError         a paper that must not leave the house: its two keys differ
    └── markdown.TextError   a text that cannot be set; where its place is known, it becomes a DataError

Two exceptions of the lower floors stand outside: ``engine.ShapeError`` (impossible
geometry) and ``model.Refused`` (a draw that is not worth asking; it is drawn again).
Anything else that surfaces is a bug of ours and is reported as one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Place:
    """A position in a file; line and column count from 1, and 0 means unknown."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


@dataclass(frozen=True, order=True)
class Fault:
    """One thing that is wrong in a file.

    Attributes
    ----------
    place
        Where it stands.
    path
        Which value, as ``$.questions[0].points``.
    message
        What was found, what was expected and what to do about it.
    """

    place: Place
    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.path}: {self.message}" if self.path else f"{self.place}: {self.message}"


class ConvexamError(Exception):
    """Something that the person at the keyboard can mend."""

    exit_code = 1


class DataError(ConvexamError):
    """A file holds something else than it should; `faults` are all that was found."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(map(str, self.faults)))

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle what it was made of: workers hand their errors over."""
        return type(self), (self.faults,)


class MisuseError(ConvexamError):
    """Options that contradict each other."""

    exit_code = 2


class OutputError(ConvexamError):
    """A file cannot be written, or something else stands in its place."""


class ReleaseError(ConvexamError):
    """The two independent keys of a problem differ: a bug of ours, and the paper stays here."""
