"""Where papers become what a platform takes: one after the other, from the bytes of their records.

A converter is made anew in each process that exports, and what goes in and comes out are plain values, so
that it does not matter where it stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Generic

from ..frozen import frozen
from ..papers import Paper
from ..record import read_exam, read_paper
from .as_marked import as_marked, left_out
from .format import Format, Written
from .item import Item
from .item_of import item_of
from .variant import variant_of


@frozen
class ToExport:
    """The record of a paper: its code, and the name and the bytes of the file."""

    code: str
    name: str
    data: bytes


@frozen
class Exported(Generic[Written]):
    """What became of a paper.

    Attributes
    ----------
    written
        All that it adds to the file of the platform.
    otherwise
        What the platform does otherwise than the exam, and in which question.
    by_hand
        Why a person has to mark a question, and which.
    """

    written: Written
    otherwise: tuple[tuple[str, str], ...]
    by_hand: tuple[tuple[str, str], ...]


class Converter(Generic[Written]):
    """Writes the papers of one exam in one format.

    Parameters
    ----------
    exam
        The bytes of ``exam.json``.
    name
        Of that file.
    format_
        In which papers are written.
    """

    def __init__(self, exam: bytes, name: str, format_: Format[Written]) -> None:
        self._record = read_exam(exam, name)
        self._format = format_

    def export(self, task: ToExport) -> Exported[Written]:
        """Write a paper.

        Raises
        ------
        DataError
            If its record is damaged.
        """
        exam, pays = self._record.exam, self._format.pays_mistakes
        paper = read_paper(task.data, task.name, task.code, self._record)
        items = [
            item_of(as_marked(problem, pays_mistakes=pays), paper.code, exam.language)
            for problem in paper.problems
        ]
        return Exported(
            self._format.written(exam, variant_of(paper, items)),
            tuple(_otherwise(paper, items, pays_mistakes=pays)),
            tuple(
                (item.by_hand, problem.item)
                for problem, item in zip(paper.problems, items, strict=True)
                if item.by_hand
            ),
        )


def _otherwise(paper: Paper, items: list[Item], *, pays_mistakes: bool) -> Iterator[tuple[str, str]]:
    for problem, item in zip(paper.problems, items, strict=True):
        if not item.by_hand:
            yield from ((what, problem.item) for what in left_out(problem, pays_mistakes=pays_mistakes))


_converters: list[Converter[Any]] = []


def open_converter(exam: bytes, name: str, format_: Format[Any]) -> None:
    """Make the converter of this process: the first thing that a worker does."""
    _converters[:] = [Converter(exam, name, format_)]


def export(task: ToExport) -> Exported[Any]:
    """Write a paper by the converter of this process."""
    return _converters[0].export(task)
