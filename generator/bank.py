"""Bank files: YAML in, entries out, with every fault of every file reported at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace
from pathlib import Path as File
from typing import Annotated, Any, Literal, TypeVar

from pydantic import Field as Bounds

from . import registry
from .errors import DataError, Fault, Place
from .files import file_bytes
from .frozen import frozen
from .mistakes import KEY, misconceptions_of
from .model import QuestionType
from .papers import Spec
from .reading.reader import BANK, read_yaml
from .reading.schema import at_path, dump, nearest, parse, record
from .reading.tree import Path, Tree

T = TypeVar("T")


@record
class BankFile:
    """A file of the question bank."""

    format: Literal["convexam-bank/1"]
    questions: Annotated[tuple[Spec, ...], Bounds(min_length=1)]


@frozen
class Origin:
    """Where an entry stands: a file and the path to the entry in it."""

    tree: Tree
    path: Path

    def place(self, *keys: str | int) -> Place:
        """Return the position of the entry, or of a value in it."""
        return self.tree.place((*self.path, *keys))

    def fault(self, message: str, *keys: str | int) -> Fault:
        """Return a fault of the entry, or of a value in it."""
        return Fault(self.place(*keys), at_path((*self.path, *keys)), message)


@frozen
class Bank:
    """Entries by id, and where each of them stands."""

    specs: Mapping[str, Spec] = field(default_factory=dict)
    origins: Mapping[str, Origin] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Spec]:
        return iter(self.specs.values())

    def __getitem__(self, name: str) -> Spec:
        return self.specs[name]


def shipped_files() -> list[File]:
    """Return the files of the bank that comes with the program."""
    return bank_files(File(__file__).resolve().parent.parent / "question_bank")


def bank_files(folder: File) -> list[File]:
    """Return the YAML files of a folder, in the order of their names."""
    return sorted(path for path in folder.iterdir() if path.suffix in (".yaml", ".yml") and path.is_file())


def load(files: Iterable[File]) -> Bank:
    """Read bank files.

    Raises
    ------
    DataError
        With every fault of every file; an id that stands twice is one.
    """
    bank, faults = survey(files)
    if faults:
        raise DataError(faults)
    return bank


def survey(files: Iterable[File]) -> tuple[Bank, list[Fault]]:
    """Read what is sound in bank files, and every fault of the rest."""
    specs: dict[str, Spec] = {}
    origins: dict[str, Origin] = {}
    faults: list[Fault] = []
    for file in files:
        try:
            tree = read_yaml(file_bytes(file), str(file), BANK)
        except DataError as error:
            faults += error.faults
            continue
        entries, more = entries_of(tree)
        faults += more
        for number, spec in entries.items():
            origin = Origin(tree, ("questions", number))
            if spec.id in origins:
                first = origins[spec.id].place("id")
                faults.append(origin.fault(f"the id '{spec.id}' is taken; it stands at {first}", "id"))
            else:
                specs[spec.id], origins[spec.id] = spec, origin
    return Bank(specs, origins), faults


def entries_of(tree: Tree) -> tuple[dict[int, Spec], list[Fault]]:
    """Turn the tree of one file into its sound entries, by their place in the file, and faults."""
    questions = tree.root.get("questions") if isinstance(tree.root, dict) else None
    _, of_file = _faults_of(BankFile, tree, ())
    if not isinstance(questions, list):
        return {}, list(of_file)
    faults = [fault for fault in of_file if not fault.path.startswith("$.questions[")]
    entries: dict[int, Spec] = {}
    for number, data in enumerate(questions):
        spec, found = _entry(tree, ("questions", number), data)
        faults += found
        if spec is not None:
            entries[number] = spec
    return entries, faults


def _entry(tree: Tree, path: Path, data: Any) -> tuple[Spec | None, list[Fault]]:
    """Read an entry, or find every fault of it."""
    spec, found = _faults_of(Spec, tree, path)
    parts, more = _by_kind(tree, path, data)
    faults = [*found, *more]
    return (None if spec is None or faults else replace(spec, **parts)), faults


def _faults_of(type_: type[T], tree: Tree, path: Path) -> tuple[T | None, tuple[Fault, ...]]:
    try:
        return parse(type_, tree, path), ()
    except DataError as error:
        return None, error.faults


def _by_kind(tree: Tree, path: Path, data: Any) -> tuple[dict[str, Any], list[Fault]]:
    """Read what depends on the kind of question: params or given, and the misconceptions."""
    origin = Origin(tree, path)
    if not isinstance(data, dict) or not isinstance(data.get("type"), str):
        return {}, []  # reported already
    if data["type"] not in registry.NAMES:
        return {}, [origin.fault(_unknown("kind of question", data["type"], registry.NAMES), "type")]
    kind = registry.get(data["type"])
    present = [name for name in ("params", "given") if data.get(name) is not None]
    parts: dict[str, Any] = {}
    faults: list[Fault] = []
    if len(present) != 1:
        message = "an entry needs either 'params' (ranges to draw from) or 'given' (fixed numbers)"
        faults.append(origin.fault(message))
    for name in present[: len(present) == 1]:
        try:
            parts[name] = parse(kind.params if name == "params" else kind.given, tree, (*path, name))
        except DataError as error:
            faults += error.faults
    return parts, [*_unknown_misconceptions(data, kind, parts, origin), *faults]


def _unknown_misconceptions(
    data: dict[str, Any], kind: QuestionType[Any, Any], parts: dict[str, Any], origin: Origin
) -> Iterator[Fault]:
    """Find what is named and not known; what an entry defines itself is known once it could be read."""
    if kind.own is not None and not parts:
        return
    own = [misconceptions_of(kind.name, part) for part in parts.values()] or [kind.misconceptions]
    known = [misconception.name for misconception in own[0]]
    for name, keys in _named_misconceptions(data):
        if name not in (KEY, *known):
            yield origin.fault(_unknown("misconception", name, known), *keys)


def _named_misconceptions(data: dict[str, Any]) -> Iterator[tuple[Any, Path]]:
    """Yield the misconceptions that an entry names, and where; odd data are reported elsewhere."""
    listed, pairs = data.get("misconceptions"), data.get("may_coincide")
    for name in listed if isinstance(listed, dict) else ():
        yield name, ("misconceptions", name)
    for number, pair in enumerate(pairs if isinstance(pairs, list) else ()):
        names = pair.get("names") if isinstance(pair, dict) else None
        for place, name in enumerate(names if isinstance(names, list) else ()):
            yield name, ("may_coincide", number, "names", place)


def _unknown(what: str, word: str, known: Iterable[str]) -> str:
    near = nearest(word, known)
    hint = f"did you mean '{near}'?" if near else f"known here: {', '.join(sorted(known))}"
    return f"unknown {what} '{word}'; {hint}"


def entry_data(spec: Spec) -> dict[str, Any]:
    """Return an entry as plain data, as it is stored and digested; `entry_from` reads it back."""
    kind = registry.get(spec.type)
    data: dict[str, Any] = dump(replace(spec, params=None, given=None), Spec)
    if spec.params is not None:
        data["params"] = dump(spec.params, kind.params)
    if spec.given is not None:
        data["given"] = dump(spec.given, kind.given)
    return data


def entry_from(data: Any, name: str) -> Spec:
    """Read an entry from stored data."""
    spec, faults = _entry(Tree.of({"questions": [data]}, name), ("questions", 0), data)
    if spec is None:
        raise DataError(faults)
    return spec
