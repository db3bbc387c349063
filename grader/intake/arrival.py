"""One row of the list of everything that arrived: a file, or a row of one, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass

from .handed_in import Outcome, Sender


@dataclass(frozen=True, slots=True)
class Arrival:
    """A document, or a row of the CSV of a class, and what became of it at intake.

    Attributes
    ----------
    source
        What reports call it.
    sha256
        The digest of its bytes; empty where there were none to be read.
    outcome
        What became of it.
    student, paper
        Whose answers it holds, and to which paper; empty where that is not known.
    sender
        Who handed it in, where a learning management system says so.
    known
        Whether that follows from what a learning management system says of the sender.
    is_row
        Whether it is a row of a larger file.
    notes
        What is odd about it: sentences for the instructor.
    number
        Grows from one arrival to the next; a document that arrives again keeps its first number.
    """

    source: str
    sha256: str
    outcome: Outcome
    student: str = ""
    paper: str = ""
    sender: Sender | None = None
    known: bool = False
    is_row: bool = False
    notes: tuple[str, ...] = ()
    number: int = 0
