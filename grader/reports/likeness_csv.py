"""What is worth a look because two papers are alike, in one CSV file; it accuses nobody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...generator.csv_text import csv_bytes
from ..likeness.alike import Alike, Kind, Likeness
from ..likeness.files import HandedIn
from ..likeness.written import Written

HEADER = (
    "student",
    "other",
    "question",
    "worth a look",
    "equal cells",
    "answer",
    "by chance",
    "files",
    "notes",
)

_WORDS = {
    Kind.KEY: "wrong here, right on the other paper",
    Kind.WRONG: "wrong on both papers, which ask otherwise",
    Kind.SAME: "the same wrong answer to the same question",
}
_NO_BRACKETS = str.maketrans("", "", '[]"\\')
_MOST_CLASSES = 10**9


def likeness_csv(found: Iterable[Likeness], files: Iterable[HandedIn] = ()) -> bytes:
    """Return one row for each question in which two papers are alike, and one for files of several people."""
    rows = (row for each in found for row in _rows(each))
    return csv_bytes([HEADER, *rows, *map(_file_row, files)])


def _rows(likeness: Likeness) -> Iterator[tuple[str, ...]]:
    other = whose(likeness)
    for alike in likeness.questions:
        yield (
            likeness.student,
            other,
            alike.place.item,
            _WORDS[likeness.kind],
            equal_cells(alike),
            shown(alike.answer, alike.equal),
            by_chance(likeness.expected),
            "",
            "",
        )


def _file_row(handed: HandedIn) -> tuple[str, ...]:
    first, *others = handed.people or ("",)
    told = ("; ".join(handed.sources), "; ".join(handed.notes))
    return (first, ", ".join(others), "", handed.matter, "", "", "", *told)


def whose(likeness: Likeness) -> str:
    """Name the other student; of a paper that several have, the paper."""
    if likeness.others == 1:
        return likeness.other
    return f"one of {likeness.others} who have the paper {likeness.other_paper}"


def sentence(likeness: Likeness, alike: Alike) -> str:
    """Say what is alike in one question."""
    return (
        f"{_WORDS[likeness.kind]}; {equal_cells(alike)}; expected by chance: {by_chance(likeness.expected)}"
    )


def equal_cells(alike: Alike) -> str:
    """Say how many cells are equal, and how many of these are wrong here, and right there alone."""
    if not alike.answer.is_map:
        return "the whole answer"
    wrong, equal, all_ = len(alike.wrong), len(alike.equal), len(alike.answer.cells)
    alone = f", {len(alike.alone)} right on the other paper alone" if alike.alone else ""
    return f"{equal} of {all_} cells equal, {wrong} of them wrong on this paper{alone}"


def shown(answer: Written, equal: Iterable[int]) -> str:
    """Write an answer, of a map only the cells that are equal; rows end with a slash."""
    if not answer.is_map:
        return (answer.cells[0] or "").translate(_NO_BRACKETS)
    kept = set(equal)
    cells = [cell if place in kept and cell else "." for place, cell in enumerate(answer.cells)]
    rows = (cells[start : start + answer.columns] for start in range(0, len(cells), answer.columns))
    return " / ".join(map(" ".join, rows))


def by_chance(expected: float) -> str:
    """Say in how many classes like this one such a pair is expected by chance, to one digit."""
    classes = _MOST_CLASSES if expected * _MOST_CLASSES < 1 else int(1 / expected)
    digits = 10 ** (len(str(classes)) - 1)
    rounded = f"{classes // digits * digits:,}"
    return f"less than once in {rounded} classes"
