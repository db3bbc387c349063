"""The places of an answer: the cells of a map, the sizes of a shape, the parts of a composite answer."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from ..frozen import frozen
from ..model import Exact, Field, Option, Rule, Value
from ..rules import equal


@frozen
class Place:
    """What one blank stands for.

    Attributes
    ----------
    name
        That of the field, and of the place in it: ``Y_0_1``.
    rule
        How a number is compared.
    options
        What is chosen from; empty for a number.
    """

    name: str
    rule: Rule
    options: tuple[Option, ...] = ()

    def is_right(self, answer: Value, accepted: Value) -> bool:
        """Say whether an answer at this place counts as one that is accepted."""
        if self.options or isinstance(answer, (str, tuple)) or isinstance(accepted, (str, tuple)):
            return answer == accepted
        return equal(self.rule, answer, accepted)


def places_of(field: Field, accepted: Value) -> tuple[Place, ...]:
    """Return the places of a field; how many sizes a shape has, its key says."""
    parts: Any = accepted
    match field.kind:
        case "tensor":
            cells = (f"{row}_{column}" for row, cells in enumerate(parts) for column in range(len(cells)))
            return tuple(Place(f"{field.name}_{cell}", field.rule) for cell in cells)
        case "shape":
            return tuple(Place(f"{field.name}_{axis}", field.rule) for axis in range(len(parts)))
        case "record":
            return tuple(Place(f"{field.name}_{each.name}", each.rule, _chosen(each)) for each in field.parts)
        case "order":
            count = range(1, len(parts) + 1)
            return tuple(Place(f"{field.name}_{place}", field.rule, field.options) for place in count)
        case _:
            return (Place(field.name, field.rule, _chosen(field)),)


def _chosen(field: Field) -> tuple[Option, ...]:
    """Return what is chosen from; the options of a number are other words for it."""
    return field.options if field.kind in ("choice", "choices") else ()


def answers_at(field: Field, answer: Value, accepted: Value) -> tuple[Value, ...] | None:
    """Return an answer place by place; None where it does not fit into the places of the key."""
    if field.kind not in ("tensor", "shape", "record", "order"):
        return None if isinstance(answer, tuple) and field.kind != "choices" else (answer,)
    if _sizes(field, answer) != _sizes(field, accepted):
        return None
    return tuple(_flat(field, answer))


def fitting(field: Field, accepted: tuple[Value, ...]) -> list[tuple[Value, ...]]:
    """Return what is right, place by place, without what has other places: a row written as a column."""
    return [answer for value in accepted if (answer := answers_at(field, value, accepted[0])) is not None]


def _sizes(field: Field, answer: Any) -> list[int]:
    return [len(row) for row in answer] if field.kind == "tensor" else [len(answer)]


def _flat(field: Field, answer: Any) -> Iterator[Value]:
    for part in answer:
        if field.kind == "tensor":
            yield from part
        else:
            yield part


def tolerance_of(rule: Rule) -> Fraction:
    """Return by how much a number may differ from the exact one."""
    return Fraction() if isinstance(rule, Exact) else Fraction(1, 2 * 10**rule.digits)
