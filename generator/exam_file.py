"""Exam files: which entries, in which order, for how many points, under which conventions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field as Bounds

from .bank import Bank
from .errors import DataError, Fault
from .model import Conventions, Difficulty, Points, Spec
from .reading.reader import BANK, read_yaml
from .reading.schema import Id, Line, Whole, at_path, nearest, parse, record

SHIPPED = Path(__file__).resolve().parent.parent / "question_bank" / "exams" / "demo-exam.yaml"

ItemId = Annotated[str, Bounds(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$")]


@record
class Item:
    """One place in an exam: an entry by id, or a number of entries picked by their properties.

    Attributes
    ----------
    id
        Enters the draws, so that moving an item changes no number in it. The items of a pick are
        called ``id.1``, ``id.2``, ...
    use
        The id of an entry.
    pick
        How many entries to pick among those with all the `tags`, the `difficulty` and the `type`.
    points
        What each problem is worth; by default what the entry says.
    """

    id: ItemId
    use: Id | None = None
    pick: Annotated[Whole, Bounds(ge=1, le=100)] | None = None
    tags: tuple[Id, ...] = ()
    difficulty: Difficulty | None = None
    type: Id | None = None
    points: Points | None = None

    def __post_init__(self) -> None:
        if (self.use is None) == (self.pick is None):
            raise ValueError("an item needs either 'use' (the id of an entry) or 'pick' (how many)")
        if self.use is not None and (self.tags or self.difficulty or self.type):
            raise ValueError("'tags', 'difficulty' and 'type' go with 'pick', not with 'use'")

    def fits(self, spec: Spec) -> bool:
        """Say whether a pick may take this entry."""
        return (
            set(self.tags) <= set(spec.tags)
            and self.difficulty in (None, spec.difficulty)
            and self.type in (None, spec.type)
        )


@record
class Part:
    """Items under one heading."""

    items: Annotated[tuple[Item, ...], Bounds(min_length=1)]
    title: str = ""


@record
class ExamFile:
    """An exam, as an instructor writes it."""

    format: Literal["convexam-exam/1"]
    id: Annotated[str, Bounds(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$")]
    title: Line
    sections: Annotated[tuple[Part, ...], Bounds(min_length=1)]
    course: str = ""
    language: str = "en"
    date: str = ""
    minutes: Annotated[Whole, Bounds(ge=1, le=10_000)] | None = None
    instructions: str = ""
    conventions: Conventions = Conventions()

    def entries(self, bank: Bank) -> list[str]:
        """Return the entries that a paper may hold, each once, in the order of the exam."""
        items = (item for part in self.sections for item in part.items)
        return list(dict.fromkeys(name for item in items for name in _candidates(item, bank)))


def load(file: Path, bank: Bank) -> ExamFile:
    """Read an exam file and hold it against the bank.

    Raises
    ------
    DataError
        With every fault: unknown keys and entries, repeated ids, picks that cannot be filled or
        that could put an entry into the same paper twice.
    """
    tree = read_yaml(file.read_bytes(), str(file), BANK)
    exam = parse(ExamFile, tree)
    faults = [
        Fault(tree.place(path), at_path(path), message) for path, message in _contradictions(exam, bank)
    ]
    if faults:
        raise DataError(faults)
    return exam


def _contradictions(exam: ExamFile, bank: Bank) -> Iterator[tuple[tuple[str | int, ...], str]]:
    ids: set[str] = set()
    taken: dict[str, str] = {}  # entry -> the item that may use it
    for section, part in enumerate(exam.sections):
        for number, item in enumerate(part.items):
            path = ("sections", section, "items", number)
            if item.id in ids:
                yield (*path, "id"), f"the item id '{item.id}' stands twice; give each item its own"
            ids.add(item.id)
            candidates = _candidates(item, bank)
            if item.use is not None and not candidates:
                near = nearest(item.use, bank.specs)
                hint = f"did you mean '{near}'?" if near else "see `convexam check` for the entries of a bank"
                yield (*path, "use"), f"there is no entry '{item.use}' in the bank; {hint}"
            if item.pick is not None and len(candidates) < item.pick:
                yield (*path, "pick"), f"{item.pick} entries are wanted, and {len(candidates)} fit"
            for name in candidates:
                if name in taken and not (item.use and exam_uses(exam, taken[name])):
                    message = f"'{name}' could stand in one paper twice: item '{taken[name]}' may take it too"
                    yield (*path, "use" if item.use else "pick"), message
                    break
                taken[name] = item.id
            yield from _untranslated(path, candidates, exam, bank)


def exam_uses(exam: ExamFile, item_id: str) -> bool:
    """Say whether that item names its entry; an entry used twice by name is meant."""
    return any(item.id == item_id and item.use for part in exam.sections for item in part.items)


def _candidates(item: Item, bank: Bank) -> list[str]:
    if item.use is not None:
        return [item.use] if item.use in bank.specs else []
    return sorted(spec.id for spec in bank if item.fits(spec))


def _untranslated(
    path: tuple[str | int, ...], candidates: list[str], exam: ExamFile, bank: Bank
) -> Iterator[tuple[tuple[str | int, ...], str]]:
    for name in candidates:
        if exam.language not in bank[name].prompt:
            yield path, f"the entry '{name}' has no prompt in the exam's language, '{exam.language}'"
