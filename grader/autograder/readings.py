"""How answers were read, without a word on what is right: the same that `receipt` tells before handing in."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import cast

from ...generator.document import Message, listed, say
from ...generator.language import Language
from ...generator.model import Field
from ...generator.papers import Exam, Paper, Problem
from ...generator.render.options import in_words_of
from ...generator.render.plain import plain_label, said_plainly
from ..marking.fields import Raw
from ..model import ItemResult, Result
from ..receipt import FieldReceipt, State, field_receipt
from ..reports.receipt_words import answer
from .markdown import block, cut, escaped, page, strong, told

WIDTH = 76


def reading_of(exam: Exam, paper: Paper, result: Result, file: str, language: Language) -> str:
    """Say how a file was read, question by question, as Markdown.

    Parameters
    ----------
    exam, paper, result
        What was asked, and what was handed in.
    file
        Its name.
    language
        That of the exam.
    """
    questions = list(zip(paper.problems, result.items, strict=True))
    receipts = [receipts_of(problem, item, language) for problem, item in questions]
    states = [each.state for receipt in receipts for each in receipt]
    looked_at = [say("A person will look at what could not be read.")] * (State.UNREADABLE in states)
    return page(
        (
            strong(f"{escaped(exam.title)} · {paper.code}"),
            block([cut(file)]),
            told(say("This says how your answers were read, not what is right."), language),
            told(_counts(states), language),
            *(told(sentence, language) for sentence in looked_at),
            *_problems(result, language),
            *(
                part
                for number, ((problem, _), found) in enumerate(zip(questions, receipts, strict=True), start=1)
                for part in (strong(f"{number}\\. {escaped(problem.spec.title)}"), as_read(found, language))
            ),
        )
    )


def receipts_of(problem: Problem, item: ItemResult, language: Language) -> tuple[FieldReceipt, ...]:
    """Read the answers to a question anew, without a key."""
    return tuple(
        field_receipt(in_words_of(field, language), cast(Raw, item.answers.get(field.name)), language)
        for field in problem.fields
    )


def as_read(receipts: Sequence[FieldReceipt], language: Language) -> str:
    """Set answers as they were read, each with what was asked."""
    return block(line for receipt in receipts for line in _lines(receipt, language))


def label(field: Field, language: Language) -> str:
    """Write what is asked on one line."""
    if field.at is None:
        return plain_label(field.label, language)
    return ", ".join(plain_label(part, language) for part in field.at)


def _lines(receipt: FieldReceipt, language: Language) -> Iterator[str]:
    name, text = label(receipt.field, language), cut(answer(receipt, language))
    first, *others = text.split("\n") if text else [""]
    if others or len(first) > WIDTH - len(name):
        yield f"{name}:"
        yield from (f"  {line}" for each in (first, *others) for line in wrapped(each))
    else:
        yield f"{name}: {first}".rstrip()


def wrapped(line: str) -> list[str]:
    """Break a long text; the row of a map stays as it is."""
    return textwrap.wrap(line, WIDTH) if len(line) > 2 * WIDTH else [line]


def _counts(states: Sequence[State]) -> Message:
    counted = (
        (say("{{ count }} read", count=states.count(State.READ)), State.READ),
        (say("{{ count }} left blank", count=states.count(State.BLANK)), State.BLANK),
        (say("{{ count }} could not be read", count=states.count(State.UNREADABLE)), State.UNREADABLE),
    )
    return listed([words for words, state in counted if state in states])


def _problems(result: Result, language: Language) -> Iterator[str]:
    if result.problems:
        yield told(say("About the file that was handed in:"), language)
        yield block(cut(said_plainly(problem, language)) for problem in result.problems)
