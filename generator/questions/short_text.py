"""Answer in a few sentences; a person marks the answer, and the program carries both.

What an entry says under ``given``:

``sample``
    A good answer: it is printed in the solutions and on the feedback page.
``rubric``
    What an answer needs, point by point: for whoever marks, and for the worked solution. An exam that gives
    the question other points does not change what is written here.
``words``
    About how many words are expected; the paper leaves room for them.

A prompt may show: ``length``, how much is to be written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import ceil
from typing import Annotated

from pydantic import Field as Bounds

from ..document import Lines, Shown, quote, say
from ..model import Case, Effort, Field, Key, QuestionType, Step, Value
from ..reading.schema import Whole, record
from ..statements import Sentence
from ..streams import Stream

WORDS_A_LINE = 10
WORDS_A_STEP = 2
"""Words that are thought of and written in the time of an elementary step, about five seconds."""


@record
class Given:
    """What is asked for, and what a good answer holds."""

    sample: Annotated[str, Bounds(min_length=1, max_length=4000)]
    rubric: Annotated[tuple[Sentence, ...], Bounds(min_length=1, max_length=20)]
    words: Annotated[Whole, Bounds(ge=5, le=500)] = 50


def draw(params: Given, stream: Stream) -> Given:  # noqa: ARG001 - nothing is left to chance
    """Take what the entry says."""
    return params


def show(case: Case[Given]) -> Mapping[str, Shown]:
    """Name what a prompt may show."""
    return {"length": say("about {{ words }} words", words=case.given.words)}


def ask(case: Case[Given]) -> tuple[Field, ...]:
    """Ask for a text."""
    lines = ceil(case.given.words / WORDS_A_LINE) + 1
    return (Field("text", "text", say("Your answer"), lines=lines),)


def solve(case: Case[Given], taken: Mapping[str, Value]) -> Key:  # noqa: ARG001 - there is one step only
    """Give the model answer; it is compared with nothing."""
    return {"text": (case.given.sample.strip(),)}


def second(case: Case[Given]) -> Key:
    """Give the model answer again: no method finds another."""
    return solve(case, {})


def effort(case: Case[Given]) -> Effort:
    """Count what it takes to write so many words."""
    return Effort(products=case.given.words // WORDS_A_STEP)


def work(case: Case[Given]) -> Iterator[Step]:
    """List what an answer needs."""
    yield say("An answer needs:")
    yield Lines(tuple(map(quote, case.given.rubric)), ordered=False)


TYPE = QuestionType(
    name="short_text",
    version=1,
    params=Given,
    given=Given,
    draw=draw,
    show=show,
    ask=ask,
    solve=solve,
    second=second,
    effort=effort,
    work=work,
    misconceptions=(),
    manual=__doc__,
)
