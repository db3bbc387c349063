"""How numbers are stored, and the units that memory is told in."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal, TypeAlias

from ..document import Message, say
from ..number import Number
from ..values import whole

Stored: TypeAlias = Literal["int8", "float16", "float32", "float64"]
Unit: TypeAlias = Literal["bytes", "kB", "KiB", "MB", "MiB", "GB", "GiB"]

BITS: Mapping[Stored, int] = {"int8": 8, "float16": 16, "float32": 32, "float64": 64}
UNITS: Mapping[Unit, int] = {
    "bytes": 1,
    "kB": 10**3,
    "KiB": 2**10,
    "MB": 10**6,
    "MiB": 2**20,
    "GB": 10**9,
    "GiB": 2**30,
}
OTHER_UNIT: Mapping[Unit, Unit] = {
    "kB": "KiB",
    "KiB": "kB",
    "MB": "MiB",
    "MiB": "MB",
    "GB": "GiB",
    "GiB": "GB",
}
"""The unit that is taken for another one: powers of 1000 and of 1024."""


def bytes_each(stored: Stored) -> int:
    """Return how many bytes a number takes."""
    return BITS[stored] // 8


def in_unit(bytes_: int, unit: Unit) -> Number:
    """Return so many bytes in a unit."""
    return whole(Fraction(bytes_, UNITS[unit]))


def stored_phrase(stored: Stored) -> Message:
    """Word how numbers are stored."""
    if stored == "int8":
        return say("{{ bits }}-bit whole numbers", bits=BITS[stored])
    return say("{{ bits }}-bit floating-point numbers", bits=BITS[stored])


def unit_rule(unit: Unit) -> Message:
    """Say what a unit means."""
    if unit == "bytes":
        return say("A byte has 8 bits.")
    return say("1 {{ unit }} is {{ count }} bytes of 8 bits.", unit=unit, count=UNITS[unit])
