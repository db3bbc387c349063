"""Statements about networks: what an entry says of one, and how some of them are drawn from a pool.

In YAML::

    facts:
      - {say: Pooling has no weights., because: "It takes a maximum or a mean, and learns nothing."}
    fallacies:
      - say: Pooling makes the maps fewer.
        because: Every map is pooled by itself, so their number stays.
        misconception: pool_over_channels
"""

from __future__ import annotations

from collections.abc import Sequence
from string import ascii_uppercase
from typing import Annotated, TypeAlias

from pydantic import AfterValidator
from pydantic import Field as Bounds

from .document import Lines, Message
from .markdown import parse
from .reading.schema import Flag, Id, Line, record
from .streams import Stream

MOST_OPTIONS = 10


def _sentence(text: str) -> str:
    """Refuse what cannot be set as one paragraph without values."""
    if [node.type for node in parse(text, {}).children] != ["paragraph"]:
        raise ValueError("expected one paragraph of text")
    return text


Sentence: TypeAlias = Annotated[Line, Bounds(max_length=600), AfterValidator(_sentence)]
"""Markdown of one paragraph."""


@record
class Statement:
    """A statement of a pool.

    Attributes
    ----------
    say
        What is stated.
    because
        Why it holds or does not: for the worked solution.
    misconception
        Whose opinion a false statement is.
    """

    say: Sentence
    because: Sentence
    misconception: Id | None = None


@record
class Judged:
    """A statement that was drawn.

    Attributes
    ----------
    say, because, misconception
        See `Statement`.
    truth
        Whether it holds.
    """

    say: Sentence
    because: Sentence
    truth: Flag
    misconception: Id | None = None


Pool: TypeAlias = Annotated[tuple[Statement, ...], Bounds(max_length=100)]


def draw_judged(pool: Pool, count: int, stream: Stream, *, truth: bool) -> list[Judged]:
    """Draw so many statements of a pool."""
    return [Judged(one.say, one.because, truth, one.misconception) for one in stream.sample(pool, count)]


def lettered(sentences: Sequence[str]) -> Lines:
    """List sentences under letters."""
    return Lines(tuple(map(Message, sentences)), lettered=True)


def letters(count: int) -> tuple[str, ...]:
    """Return the letters of so many options."""
    return tuple(ascii_uppercase[:count])
