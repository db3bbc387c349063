"""Exam files: which entries, in which order, for how many points, under which conventions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import AfterValidator, PlainValidator, WithJsonSchema
from pydantic import Field as Bounds

from .bank import Bank
from .class_list import LETTERS
from .errors import DataError, Fault
from .figures.numerals import decimals
from .files import file_bytes
from .language import ENGLISH, codes
from .model import Conventions
from .papers import Difficulty, Points, Spec
from .policy import DEFAULT, NOTHING_STATED, Credit, Marking, Release
from .reading.reader import BANK, read_yaml
from .reading.scalars import found
from .reading.schema import Id, Line, Whole, at_path, nearest, parse, record
from .reading.tree import Path as TreePath
from .reading.tree import Tree, quoted
from .render.html import fragment
from .render.look import SCREEN
from .text import TextError, blocks

_EXAMS = Path(__file__).resolve().parent.parent / "question_bank" / "exams"
SHIPPED = _EXAMS / "demo-exam.yaml"

RESERVED = ("format", "paper", "student", "answers")
"""Words of answer files, which no item may be called."""


def _no_word_of_ours(name: str) -> str:
    if name.lower() in RESERVED:
        raise ValueError(f"'{name}' is a word of answer files; call the item something else")
    return name


ItemId = Annotated[str, Bounds(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$"), AfterValidator(_no_word_of_ours)]


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
    credit
        How it is paid, where that is to differ from what the entry says.
    """

    id: ItemId
    use: Id | None = None
    pick: Annotated[Whole, Bounds(ge=1, le=100)] | None = None
    tags: tuple[Id, ...] = ()
    difficulty: Difficulty | None = None
    type: Id | None = None
    points: Points | None = None
    credit: Credit = NOTHING_STATED

    def __post_init__(self) -> None:
        if (self.use is None) == (self.pick is None):
            raise ValueError("an item needs either 'use' (the id of an entry) or 'pick' (how many)")
        if self.use is not None and (self.tags or self.difficulty or self.type):
            raise ValueError("'tags', 'difficulty' and 'type' go with 'pick', not with 'use'")

    @property
    def picked(self) -> tuple[str, ...]:
        """The names of the problems of a pick."""
        return tuple(f"{self.id}.{number}" for number in range(1, (self.pick or 0) + 1))

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


def _known(code: str) -> str:
    if code not in codes():
        raise ValueError(
            f"there is no catalogue of the language {quoted(code)}; there are: {', '.join(codes())}"
        )
    return code


KnownLanguage: TypeAlias = Annotated[
    str, WithJsonSchema({"type": "string", "enum": list(codes())}), AfterValidator(_known)
]


_OWN = "per-student"
_FEWEST = 2


def _variants(data: Any) -> int | str:
    number = int(data) if re.fullmatch("[0-9]{1,2}", str(data)) else 0
    if data == _OWN or _FEWEST <= number <= len(LETTERS):
        return number or _OWN
    expected = f"'{_OWN}' or a number from {_FEWEST} to {len(LETTERS)}"
    raise ValueError(f"expected {expected}, found {found(data)}")


_VARIANTS_SCHEMA = {
    "anyOf": [{"const": _OWN}, {"type": "integer", "minimum": _FEWEST, "maximum": len(LETTERS)}]
}
Variants: TypeAlias = Annotated[int | str, PlainValidator(_variants), WithJsonSchema(_VARIANTS_SCHEMA)]
"""A paper of their own for everybody, or a number of versions that are dealt out."""


@record
class ExamFile:
    """An exam, as an instructor writes it."""

    format: Literal["convexam-exam/1"]
    id: Annotated[str, Bounds(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$")]
    title: Line
    sections: Annotated[tuple[Part, ...], Bounds(min_length=1)]
    course: str = ""
    language: KnownLanguage = ENGLISH.code
    date: str = ""
    minutes: Annotated[Whole, Bounds(ge=1, le=10_000)] | None = None
    instructions: str = ""
    conventions: Conventions = Conventions()
    marking: Marking = DEFAULT
    release: Release = Release.EVERYTHING
    variants: Variants = _OWN

    @property
    def letters(self) -> str:
        """The versions that are dealt out: ``ABCD``; nothing where everybody has a paper of their own."""
        return LETTERS[: self.variants] if isinstance(self.variants, int) else ""

    @property
    def items(self) -> tuple[Item, ...]:
        """The items of all sections, in their order."""
        return tuple(item for part in self.sections for item in part.items)

    def credit(self, name: str, spec: Spec) -> Credit:
        """Return how a problem is paid; `name` is that of its item, or of one of the entries it picked.

        Raises
        ------
        KeyError
            If the exam has no such item.
        """
        item = next((item for item in self.items if name in (item.id, *item.picked)), None)
        if item is None:
            raise KeyError(name)
        return item.credit.within(spec.credit.within(self.marking.credit))

    def entries(self, bank: Bank) -> list[str]:
        """Return the entries that a paper may hold, each once, in the order of the exam."""
        return list(dict.fromkeys(spec.id for item in self.items for spec in candidates(item, bank)))


def shipped() -> dict[str, Path]:
    """Return the exam files that come with the program, by name."""
    return {file.stem: file for file in sorted(_EXAMS.glob("*.yaml"))}


def load(file: Path, bank: Bank) -> ExamFile:
    """Read an exam file and hold it against the bank.

    Raises
    ------
    DataError
        With every fault: unknown keys and entries, repeated ids, picks that cannot be filled or
        that could put an entry into the same paper twice, texts that cannot be shown.
    """
    tree = read_yaml(file_bytes(file), str(file), BANK)
    faults: list[Fault] = []
    exam = None
    try:
        exam = parse(ExamFile, tree)
    except DataError as error:
        faults += error.faults
    items = _sound_items(tree)
    found = [*_contradictions(items, bank), *_unshown(tree)]
    if exam is not None and not found:
        found += _out_of_reach(exam, bank)
    faults += (Fault(tree.place(path), at_path(path), message) for path, message in found)
    if faults or exam is None:
        raise DataError(faults)
    return exam


def _sound_items(tree: Tree) -> list[tuple[TreePath, Item]]:
    """Return the items that can be read, whatever else is wrong with the file."""
    sections = tree.root.get("sections") if isinstance(tree.root, dict) else None
    items: list[tuple[TreePath, Item]] = []
    for section, part in enumerate(sections if isinstance(sections, list) else ()):
        listed = part.get("items") if isinstance(part, dict) else None
        for number in range(len(listed) if isinstance(listed, list) else 0):
            path = ("sections", section, "items", number)
            with suppress(DataError):
                items.append((path, parse(Item, tree, path)))
    return items


def _contradictions(items: Sequence[tuple[TreePath, Item]], bank: Bank) -> Iterator[tuple[TreePath, str]]:
    ids: set[str] = set()
    taken: dict[str, Item] = {}  # entry: the item that may use it
    for path, item in items:
        if item.id in ids:
            yield (*path, "id"), f"the item id '{item.id}' stands twice; give each item its own"
        ids.add(item.id)
        names = [spec.id for spec in candidates(item, bank)]
        if item.use is not None and not names:
            near = nearest(item.use, bank.specs)
            hint = f"did you mean '{near}'?" if near else "`convexam preview` shows the entries of a bank"
            yield (*path, "use"), f"there is no entry '{item.use}' in the bank; {hint}"
        if item.pick is not None and len(names) < item.pick:
            yield (*path, "pick"), f"{item.pick} entries are wanted, and {len(names)} fit"
        if item.pick is not None and item.points is None:
            worth = sorted({bank[name].points for name in names})
            if len(worth) > 1:
                listed = ", ".join(map(str, worth))
                yield (*path, "pick"), f"the entries that fit are worth {listed} points; say 'points'"
        twice = next((name for name in names if _by_chance(taken.get(name), item)), None)
        if twice is not None:
            message = f"'{twice}' could stand in one paper twice: item '{taken[twice].id}' may take it too"
            yield (*path, "use" if item.use else "pick"), message
        taken |= dict.fromkeys(names, item)


def _by_chance(one: Item | None, other: Item) -> bool:
    """Say whether two items could take the same entry by chance; used twice by name, it is meant."""
    return one is not None and not (one.use and other.use)


def _out_of_reach(exam: ExamFile, bank: Bank) -> Iterator[tuple[TreePath, str]]:
    """Find full marks that no paper is worth."""
    wanted = exam.marking.out_of
    worth = sum((item.points or candidates(item, bank)[0].points) * (item.pick or 1) for item in exam.items)
    if wanted is not None and wanted > worth:
        message = f"a paper is worth {decimals(worth)} points, so nobody could have {decimals(wanted)}"
        yield ("marking", "out_of"), message


def _unshown(tree: Tree) -> Iterator[tuple[TreePath, str]]:
    """Try the instructions: they are Markdown without values."""
    text = tree.root.get("instructions") if isinstance(tree.root, dict) else None
    try:
        fragment(blocks(text if isinstance(text, str) else "", {}), SCREEN)
    except TextError as error:
        yield ("instructions",), str(error)


def candidates(item: Item, bank: Bank) -> list[Spec]:
    """Return the entries that an item may take, in the order of their ids."""
    if item.use is not None:
        return [bank[item.use]] if item.use in bank.specs else []
    return sorted((spec for spec in bank if item.fits(spec)), key=lambda spec: spec.id)
