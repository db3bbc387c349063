"""What was handed in, from wherever it came: a file, who sent it, and what became of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from ...generator.frozen import frozen


class Platform(StrEnum):
    """A learning management system that says who handed in a file."""

    MOODLE = "moodle"
    CANVAS = "canvas"
    BRIGHTSPACE = "brightspace"
    GRADESCOPE = "gradescope"


@frozen
class Sender:
    """Who handed in a file, as a learning management system says.

    Attributes
    ----------
    platform
        Which system.
    key
        What it knows the sender by: a participant number, the id of a user or of a submission.
    name
        As the system writes it; it is shown, and decides nothing.
    email
        Where the system gives one, or a worksheet of it joined one.
    order
        A number that grows from one attempt of a sender to the next; 0 where the system gives none.
    late
        Whether the system says that it came late.
    """

    platform: Platform
    key: str
    name: str = ""
    email: str = ""
    order: int = 0
    late: bool = False

    @property
    def id(self) -> str:
        """What tells senders apart: ``moodle 12``."""
        return f"{self.platform} {self.key}"


class Outcome(StrEnum):
    """What became of a document at intake; all but the first two are for a person to look at."""

    READ = "read"
    NOT_TYPED = "not typed into"  # a row of a class CSV whose paper was not handed in, or not yet
    NO_ANSWERS = "no answer file"  # another kind of file, or none that can be read
    EMPTY = "empty"
    REFUSED = "refused"  # too large, or a member of an archive that could do harm
    CRASHED = "crashed"  # its reader ran out of time or memory, or died
    NO_CODE = "no paper code"
    UNKNOWN_CODE = "unknown paper"
    NOT_THEIRS = "another's paper"
    UNKNOWN_SENDER = "unknown sender"
    FORGOTTEN = "paper of somebody forgotten"
    REPLACED = "replaced"  # a row that was marked, where a row of somebody else's paper stands now
    CONTESTED = "contested"  # several senders hand in one paper, and nothing says whose it is


@dataclass(frozen=True, slots=True)
class Document:
    """A file that was handed in, or what stands in its place.

    Attributes
    ----------
    source
        What reports call it: a path, and for a member of an archive ``ARCHIVE: MEMBER``.
    data
        Reads its bytes; what cannot be read is a `DataError` or an `OSError`.
    sender
        Who handed it in, where a learning management system says so.
    outcome, problem
        Where it cannot or must not be read: what became of it, and why.
    """

    source: str
    data: Callable[[], bytes] = bytes
    sender: Sender | None = None
    outcome: Outcome = Outcome.READ
    problem: str = ""
