"""What was read of a submission, field by field: never right or wrong, and no key is needed.

The reading is that of marking: the same functions place an answer and read it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any, TypeAlias

from ..generator.document import Message, Symbol
from ..generator.frozen import frozen
from ..generator.language import ENGLISH, Language
from ..generator.model import Field
from ..generator.public_paper import Item, PublicPaper
from ..generator.render.plain import one_line, plain
from ..generator.text import sentence
from .intake.answers import Submission
from .intake.encoding import refuse
from .marking.belonging import place
from .marking.compare import echo, other_size, why_unread
from .marking.fields import BLANK, Answer, BadCell, Raw, Unreadable, read, write

Understood: TypeAlias = "str | list[str] | list[list[str]] | dict[str, str] | None"
"""An answer in writing: names, the rows of a map, parts by name; ``""`` is a blank, ``?`` cannot be read."""


class State(StrEnum):
    """What became of an answer before anybody marks it."""

    READ = "read"
    BLANK = "blank"
    UNREADABLE = "unreadable"


@frozen
class FieldReceipt:
    """What was read of one field.

    Attributes
    ----------
    field
        What was asked.
    state
        Whether all of it was read.
    raw
        The answer as it was handed in, cut to a bearable length.
    understood
        What it was taken for; None where it was taken for nothing.
    reason
        Why it cannot be read.
    answer
        What it was taken for, as values, among them what cannot be read.
    """

    field: Field
    state: State
    raw: str = ""
    understood: Understood = None
    reason: Message | None = None
    answer: Answer | None = None

    @property
    def label(self) -> str:
        """What the paper prints before the box, as plain text."""
        label = self.field.label
        return one_line(label.latex if isinstance(label, Symbol) else plain(sentence(label)))


@frozen
class ItemReceipt:
    """What was read of one question."""

    item: Item
    fields: tuple[FieldReceipt, ...]


@frozen
class Receipt:
    """What was read of a submission.

    Attributes
    ----------
    submission
        What was handed in.
    paper
        What was asked.
    items
        The questions in the order of the paper.
    problems
        What was odd about the file, unknown questions and fields included.
    """

    submission: Submission
    paper: PublicPaper
    items: tuple[ItemReceipt, ...]
    problems: tuple[Message, ...]

    def count(self, state: State) -> int:
        """Return how many fields are in a state."""
        return sum(field.state is state for item in self.items for field in item.fields)

    @property
    def complete(self) -> bool:
        """Say whether all that was handed in was read without trouble; blanks are no trouble."""
        return not self.problems and not self.count(State.UNREADABLE)


@frozen
class Refusal:
    """A file, or a row of one, that cannot be read at all.

    Attributes
    ----------
    source
        Its name.
    reasons
        Why: sentences for the student.
    sha256
        The digest of its bytes; empty where there are none.
    """

    source: str
    reasons: tuple[str, ...]
    sha256: str = ""


def receipt(paper: PublicPaper, submission: Submission) -> Receipt:
    """Read a submission for a paper.

    Raises
    ------
    DataError
        If it is for another paper, or does not say for which.
    """
    if not submission.paper:
        refuse(submission.source, "; ".join(map(str, submission.problems)))
    if submission.paper != paper.code:
        at_hand = f"the paper at hand is {paper.code}"
        refuse(submission.source, f"this is for another paper: {submission.paper}, and {at_hand}")
    placed, problems = place({item.id: item.fields for item in paper.items}, submission)
    items = tuple(
        ItemReceipt(
            item,
            tuple(field_receipt(field, placed[item.id][field.name], paper.language) for field in item.fields),
        )
        for item in paper.items
    )
    return Receipt(submission, paper, items, (*submission.problems, *problems))


def field_receipt(field: Field, raw: Raw, language: Language = ENGLISH) -> FieldReceipt:
    """Read one answer as marking does."""
    text = echo(raw)
    try:
        answer = read(field, raw, language)
    except Unreadable as error:
        return FieldReceipt(field, State.UNREADABLE, text, reason=error.reason)
    if answer is BLANK:
        return FieldReceipt(field, State.BLANK, text)
    reason = why_unread(list(_bad_cells(answer)))
    if field.kind == "tensor" and field.shape is not None:
        reason = other_size(answer, *field.shape) or reason
    state = State.UNREADABLE if reason else State.READ
    return FieldReceipt(field, state, text, _understood(field, answer), reason, answer)


def _bad_cells(answer: object) -> list[BadCell]:
    if isinstance(answer, tuple):
        return [cell for part in answer for cell in _bad_cells(part)]
    return [answer] if isinstance(answer, BadCell) else []


def _understood(field: Field, answer: Any) -> Understood:
    match field.kind:
        case "tensor":
            return [list(map(_cell, row)) for row in answer]
        case "record":
            return {part.name: _cell(value) for part, value in zip(field.parts, answer, strict=True)}
        case "choices" | "order":
            return list(answer)
        case _:
            return write(field, answer)


def _cell(value: object) -> str:
    if isinstance(value, BadCell):
        return "?"
    return "" if value is None else str(value)
