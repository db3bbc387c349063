"""What exports share: reading the papers of a folder, writing a file, and saying what it holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from ..generator.errors import MisuseError
from ..generator.export.as_marked import as_marked, left_out, left_out_of_exam
from ..generator.export.item import Item, item_of
from ..generator.files import PRIVATE, make_folder, write_whole
from ..generator.papers import Paper
from ..generator.record import ExamRecord
from .class_lists import papers_in
from .folder import LMS

Function = TypeVar("Function", bound=Callable[..., Any])

out_option = click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="The file to write.  [default: one in FOLDER/lms]",
)


def papers_of(folder: Path, record: ExamRecord) -> list[Paper]:
    """Read the papers of an exam, in the order of their codes.

    Raises
    ------
    MisuseError
        If there is none.
    """
    papers = list(papers_in(folder, record))
    if not papers:
        raise MisuseError(f"{folder}: holds no paper; `generate` writes them")
    return papers


def items_of(record: ExamRecord, papers: Sequence[Paper], *, pays_mistakes: bool = True) -> list[list[Item]]:
    """Turn papers into what a platform asks, paper by paper, and say what it does otherwise than the exam."""
    otherwise: dict[str, Counter[str]] = {}
    by_hand: dict[str, Counter[str]] = {}
    packed: list[list[Item]] = []
    for paper in papers:
        packed.append([])
        for problem in paper.problems:
            marked = as_marked(problem, pays_mistakes=pays_mistakes)
            item = item_of(marked, paper.code, record.exam.language)
            packed[-1].append(item)
            if item.by_hand:
                by_hand.setdefault(item.by_hand, Counter())[problem.item] += 1
            else:
                for what in left_out(problem, pays_mistakes=pays_mistakes):
                    otherwise.setdefault(what, Counter())[problem.item] += 1
    if whole := list(left_out_of_exam(record.exam.marking)):
        click.echo(f"The platform marks every answer against the key: {', '.join(whole)}.")
    for what, questions in sorted(otherwise.items()):
        click.echo(f"In {_named(questions, len(papers))} {what}.")
    for why, questions in sorted(by_hand.items()):
        click.echo(f"For a person to mark: {_named(questions, len(papers))}: {why}.")
    return packed


def write_package(folder: Path, out: Path | None, name: str, data: bytes, *, marks: bool = True) -> Path:
    """Write a file for a platform, and say what it holds.

    Parameters
    ----------
    folder
        That of the exam.
    out, name
        The file to write; without it, one of this name in the folder.
    data
        Its bytes.
    marks
        Whether the platform marks by it, so that it holds the answers.
    """
    file = out or folder / LMS / name
    make_folder(file.parent, mode=0o700 if out is None else 0o755)
    write_whole(file, data, mode=PRIVATE)
    click.echo(f"Written: {file}")
    if marks:
        click.echo("It holds the answers, as the platform marks by them: give it to nobody else.")
    return file


def _named(questions: Counter[str], papers: int) -> str:
    """Name questions as the exam file does, and on how many papers, where that is not all of them."""
    return ", ".join(
        name if count == papers else f"{name} (on {count} of {papers} papers)"
        for name, count in questions.items()
    )
