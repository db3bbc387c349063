"""What exports share: reading the papers of a folder, writing a file, and saying what it holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import click

from ..generator.errors import DataError, Fault, MisuseError, Place
from ..generator.export.as_marked import as_marked, left_out, left_out_of_exam
from ..generator.export.item import Item
from ..generator.export.item_of import item_of
from ..generator.files import PRIVATE, file_bytes, make_folder, write_whole
from ..generator.papers import Paper
from ..generator.record import ExamRecord, read_paper
from ..grader.records.store import opened
from ..grader.rules.held import holding
from ..grader.rules.rule import Ruling
from .class_lists import owners_in
from .folder import LMS, PAPERS, STORE
from .placing import require_place


def papers_of(folder: Path, record: ExamRecord, only: str | None = None) -> list[Paper]:
    """Read the papers of an exam, in the order of their codes, or the one of a code.

    Raises
    ------
    MisuseError, DataError
        As `codes_of` does, or if there is none of this code.
    """
    codes = [code for code in codes_of(folder, record) if only in (None, code)]
    if not codes:
        raise MisuseError(f"{folder}: holds no paper {only!r}; record/papers.csv lists them")
    files = [(code, folder / PAPERS / f"{code}.json") for code in codes]
    return [read_paper(file_bytes(file), str(file), code, record) for code, file in files]


def codes_of(folder: Path, record: ExamRecord) -> list[str]:
    """Return the codes of the papers of an exam, in their order.

    Raises
    ------
    MisuseError
        If there is none.
    DataError
        If one is damaged: a package must not lack it without a word.
    """
    codes = [code for code, _ in owners_in(folder, record)]
    if not codes:
        raise MisuseError(f"{folder}: holds no paper; `generate` writes them")
    if twice := [code for code, count in Counter(codes).items() if count > 1]:
        message = f"several files are the record of the paper {twice[0]}; keep the one of this name"
        raise DataError([Fault(Place(str(folder / PAPERS)), "", message)])
    return codes


def rulings_in(folder: Path) -> tuple[Ruling, ...]:
    """Return the rules of re-marking that hold."""
    if not (folder / STORE).exists():
        return ()
    with opened(folder / STORE) as store:
        return holding(store.rules())


def items_of(
    folder: Path, record: ExamRecord, papers: Sequence[Paper], *, pays_mistakes: bool = True
) -> list[list[Item]]:
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
    if rulings := rulings_in(folder):
        rules = "A rule" if len(rulings) == 1 else f"{len(rulings)} rules"
        click.echo(f"{rules} of `remark` cannot go along: the platform marks by the key as it was drawn.")
    for what, questions in sorted(otherwise.items()):
        click.echo(f"In {_named(questions, len(papers))} {what}.")
    for why, questions in sorted(by_hand.items()):
        click.echo(f"For a person to mark: {_named(questions, len(papers))}: {why}.")
    return packed


def write_package(folder: Path, out: Path | None, name: str, data: bytes) -> None:
    """Write a file by which a platform marks, and say what it holds.

    Parameters
    ----------
    folder
        That of the exam.
    out, name
        The file to write; without it, one of this name in the folder.
    data
        Its bytes.
    """
    if out is not None:
        require_place(out, data, folder)
    file = out or folder / LMS / name
    make_folder(file.parent, mode=0o700 if out is None else 0o755)
    write_whole(file, data, mode=PRIVATE)
    click.echo(f"Written: {file}")
    click.echo("It holds the answers, as the platform marks by them: give it to nobody else.")


def _named(questions: Counter[str], papers: int) -> str:
    """Name questions as the exam file does, and on how many papers, where that is not all of them."""
    return ", ".join(
        name if count == papers else f"{name} (on {count} of {papers} papers)"
        for name, count in questions.items()
    )
