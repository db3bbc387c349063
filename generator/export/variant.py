"""A paper as a platform asks it: its questions, under the headings of the paper."""

from __future__ import annotations

from collections.abc import Sequence

from ..frozen import frozen
from ..papers import Paper
from .item import Item


@frozen
class Part:
    """Questions of a paper under one heading."""

    title: str
    items: tuple[Item, ...]


@frozen
class Variant:
    """A paper as a platform asks it.

    Attributes
    ----------
    code
        Its code.
    parts
        Its questions.
    """

    code: str
    parts: tuple[Part, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        """All its questions, in their order."""
        return tuple(item for part in self.parts for item in part.items)


def variant_of(paper: Paper, items: Sequence[Item]) -> Variant:
    """Put the questions of a paper under its headings."""
    coming = iter(items)
    return Variant(
        paper.code,
        tuple(Part(part.title, tuple(next(coming) for _ in part.problems)) for part in paper.sections),
    )
