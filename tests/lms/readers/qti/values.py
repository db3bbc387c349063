"""Values of QTI 2.1: typed, and ``None`` for NULL.

A single value is a float, int, str or bool; a container is a tuple of them. An empty container and an empty
string are NULL. What somebody typed becomes a value, or NULL where it is none of that type.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..refusal import Refused

Single = float | int | str | bool
Value = Single | tuple[Single, ...] | None

FLOAT = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", re.ASCII)
INTEGER = re.compile(r"[+-]?\d+", re.ASCII)
IDENTIFIER = re.compile(r"[A-Za-z_][\w.-]*")
NUMERIC = ("float", "integer")
CONTAINERS = ("multiple", "ordered")


@dataclass(frozen=True)
class Type:
    """The type of a value; no base type is that of ``null``, which is all of them.

    Attributes
    ----------
    cardinality
        ``single``, ``multiple`` or ``ordered``.
    base
        ``float``, ``integer``, ``string``, ``identifier`` or ``boolean``.
    """

    cardinality: str
    base: str | None

    def __str__(self) -> str:
        return f"{self.cardinality} {self.base}"


def single(text: str, base: str) -> Single | None:
    """A text as one value: NULL where it is none."""
    if base == "string":
        return text or None
    text = text.strip()
    if base == "float":
        number = float(text) if FLOAT.fullmatch(text) else math.inf
        return number if math.isfinite(number) else None
    if base == "integer":
        return int(text) if INTEGER.fullmatch(text) else None
    if base == "boolean":
        return {"true": True, "false": False, "1": True, "0": False}.get(text)
    return text if IDENTIFIER.fullmatch(text) else None


def written(texts: Sequence[str], kind: Type, where: str) -> Value:
    """What a file says: refused where it is no value of that type."""
    found = [single(text, kind.base or "") for text in texts]
    if any(value is None for value in found):
        raise Refused(f"{where}: {list(texts)} is no {kind}")
    values = tuple(value for value in found if value is not None)
    if kind.cardinality in CONTAINERS:
        return values or None
    if len(values) != 1:
        raise Refused(f"{where}: {len(values)} values for a {kind}")
    return values[0]


def answered(response: str | Sequence[str] | None, kind: Type, where: str) -> Value:
    """What a candidate said: NULL where it is blank or no value of that type."""
    texts = [] if response is None else [response] if isinstance(response, str) else list(response)
    values = tuple(value for text in texts if (value := single(text, kind.base or "")) is not None)
    if kind.cardinality in CONTAINERS:
        return values or None
    if len(texts) > 1:
        raise Refused(f"{where}: {len(texts)} answers where one is asked for")
    return values[0] if values else None


def members(value: Value) -> tuple[Single, ...]:
    """The values in a value: none of NULL."""
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (value,)
