"""What a YAML or JSON file becomes: texts in lists and mappings, each of which knows its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import field
from functools import cached_property, partial
from typing import Any, NamedTuple, Protocol, TypeAlias

from ..errors import Place
from ..frozen import frozen

Data: TypeAlias = "str | list[Data] | dict[str, Data] | None"
"""Every scalar stays text; None is a value that was left blank."""

Path: TypeAlias = tuple[str | int, ...]
"""The keys and the list positions, counted from 0, that lead from the root to a value."""

_ECHO = 60  # characters of foreign text that a message repeats


class Mark(Protocol):
    """A position in a file; line and column count from 0."""

    @property
    def line(self) -> int: ...  # noqa: D102

    @property
    def column(self) -> int: ...  # noqa: D102


class Position(NamedTuple):
    """A `Mark` of our own."""

    line: int
    column: int


@frozen
class Tree:
    """A file that was read.

    Attributes
    ----------
    name
        The file, as messages name it.
    root
        What it holds; None where it is empty.
    marks
        Gives the position of every key and value, in the order of the file.
        It is only called when a place is asked for.
    """

    name: str
    root: Data
    marks: Callable[[], Iterable[Mark]] = field(default=tuple, compare=False, repr=False)

    @classmethod
    def of(cls, data: Any, name: str) -> Tree:
        """Return a tree of data that was not read from a file of ours, such as a stored record."""
        return cls(name, data)

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle every place: what gives them may hold on to a parser."""
        places = tuple(Position(mark.line, mark.column) for mark in self.marks())
        return type(self), (self.name, self.root, partial(iter, places))

    def at(self, path: Path) -> Data:
        """Return the value at a path, which must exist."""
        data = self.root
        for step in path:
            data = data[step]  # type: ignore[index]
        return data

    def place(self, path: Path = ()) -> Place:
        """Return the place of a value, or of the nearest value around it."""
        return self._place(path, is_key=False)

    def place_of_key(self, path: Path) -> Place:
        """Return the place of a key; `path` ends with it."""
        return self._place(path, is_key=True)

    def _place(self, path: Path, *, is_key: bool) -> Place:
        mark = self._marks.get((path, is_key))
        if mark is not None:
            return Place(self.name, mark.line + 1, mark.column + 1)
        if is_key:
            return self._place(path, is_key=False)
        return self._place(path[:-1], is_key=False) if path else Place(self.name)

    @cached_property
    def _marks(self) -> dict[tuple[Path, bool], Mark]:
        return dict(zip(nodes(self.root), self.marks(), strict=False))


def nodes(data: Data, path: Path = ()) -> Iterator[tuple[Path, bool]]:
    """List keys and values in the order of the file, each as its path and whether it is a key."""
    yield path, False
    if isinstance(data, dict):
        for key, value in data.items():
            yield (*path, key), True
            yield from nodes(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from nodes(value, (*path, index))


def at_path(path: Path) -> str:
    """Write a path as ``$.questions[0].points``; a key that is not a plain word as ``['b.1']``."""
    return "$" + "".join(
        f".{step}" if isinstance(step, str) and step.isidentifier() else f"[{quoted(step)}]" for step in path
    )


def quoted(step: str | int) -> str:
    """Quote foreign text for a message: cut to a bearable length, unprintable characters escaped."""
    if isinstance(step, str) and len(step) > _ECHO:
        step = step[:_ECHO] + "…"
    return repr(step)
