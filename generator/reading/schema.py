"""Trees become typed records and back; every fault is reported at once, with its place.

A record is a value, as `frozen` makes them, that takes no other keys than its attributes. A check that
concerns several attributes is a plain ``ValueError`` in ``__post_init__``; the author of the file reads its
text.

A union of forms, such as ``3 | {from: 0, to: 5}``, names its branches, so that only the faults of the
branch that was meant are shown::

    Ints = Annotated[
        Annotated[Whole, branch(int)] | Annotated[Span, branch(Span)],
        by_key({"from": Span, "to": Span}, otherwise=int, expected="a whole number or {from: 0, to: 5}"),
    ]
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import field
from functools import cache
from typing import Any, TypeVar, dataclass_transform

from pydantic import ConfigDict, Discriminator, Tag, TypeAdapter, ValidationError

from ..errors import DataError
from ..frozen import frozen
from .complaints import NO_BRANCH, TAG, faults, nearest
from .json_schema import SchemaGenerator
from .scalars import Exact, Flag, Id, Line, Rational, Whole
from .tree import Path, Tree, at_path

__all__ = [
    "Exact",
    "Flag",
    "Id",
    "Line",
    "Rational",
    "Whole",
    "at_path",
    "branch",
    "by_key",
    "canonical_json",
    "dump",
    "json_schema",
    "nearest",
    "open_record",
    "parse",
    "parse_value",
    "record",
]

DIALECT = "https://json-schema.org/draft/2020-12/schema"

T = TypeVar("T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(cls: type[T]) -> type[T]:
    """Make a value that is read strictly: an unknown key is a fault."""
    cls.__pydantic_config__ = ConfigDict(extra="forbid")  # type: ignore[attr-defined]
    return frozen(cls)


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def open_record(cls: type[T]) -> type[T]:
    """Make a value that passes over unknown keys, for a file that a later release may write."""
    cls.__pydantic_config__ = ConfigDict(extra="ignore")  # type: ignore[attr-defined]
    return frozen(cls)


def parse(type_: type[T], tree: Tree, at: Path = ()) -> T:
    """Read the subtree `at` as a value of a type.

    Raises
    ------
    DataError
        With every fault that was found.
    """
    adapter: TypeAdapter[T] = _adapter(type_)  # type: ignore[arg-type]
    try:
        return adapter.validate_python(tree.at(at))
    except ValidationError as error:
        raise DataError(faults(error, tree, at, cache(lambda: json_schema(type_)))) from None


def parse_value(type_: type[T], data: Any, name: str = "the record") -> T:
    """Read stored JSON data, which know no positions, as a value of a type; raises as `parse` does."""
    return parse(type_, Tree.of(data, name))


def dump(value: Any, type_: Any = None) -> Any:
    """Write a value as plain JSON data, which `parse_value` reads back.

    `type_` is the type where it is more than the class of the value, such as a union.
    """
    adapter = _adapter(type_ or type(value))  # type: ignore[arg-type]
    return adapter.dump_python(value, mode="json", by_alias=True, warnings="error")


def json_schema(type_: Any) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of what `parse` accepts."""
    return {"$schema": DIALECT, **_adapter(type_).json_schema(schema_generator=SchemaGenerator)}


def canonical_json(data: Any, *, ascii_only: bool = False) -> bytes:
    """Write plain data as JSON in one way only, so that equal data are equal bytes.

    Keys are sorted, nothing is indented, text is UTF-8, or escaped so that it is ASCII, and a line feed ends
    the file.

    Raises
    ------
    TypeError
        If a number is a float, which no two machines need to write alike, or a key is no text.
    """
    _check_plain(data)
    return (json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=ascii_only) + "\n").encode()


def _check_plain(data: Any) -> None:
    if isinstance(data, float):
        raise TypeError(f"{data!r} is a float; store exact numbers as text")
    if isinstance(data, dict):
        for key in data:
            if not isinstance(key, str):
                raise TypeError(f"the key {key!r} is no text")
        data = list(data.values())
    if isinstance(data, (list, tuple)):
        for part in data:
            _check_plain(part)


def branch(of: type) -> Tag:
    """Mark a branch of a union; see the top of this file."""
    return Tag(TAG + of.__name__)


def by_key(keys: Mapping[str, type], *, otherwise: type | None = None, expected: str) -> Discriminator:
    """Choose the branch of a union by the keys of a mapping.

    Parameters
    ----------
    keys
        The first of them that a mapping holds decides for its branch.
    otherwise
        The branch of what is no mapping, if there is one.
    expected
        All forms, as a message names them.
    """
    records = set(keys.values())

    def choose(data: Any) -> str | None:
        if isinstance(data, dict):
            chosen = next((of for key, of in keys.items() if key in data), None)
        else:
            chosen = type(data) if type(data) in records else otherwise
        return TAG + chosen.__name__ if chosen else None

    return Discriminator(choose, custom_error_type=NO_BRANCH, custom_error_message=expected)


@cache
def _adapter(type_: Any) -> TypeAdapter[Any]:
    return TypeAdapter(type_)
