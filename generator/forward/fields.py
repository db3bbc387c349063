"""What a paper asks of a forward pass: the fields of every step, and their key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from ..document import Message, Symbol, say
from ..model import Case, Field, Key, Value
from ..rules import rule_for
from ..sliding.geometry import map_size
from .flow import Passage, asked, digits_for, field_names, sizes
from .phrases import symbols
from .stages import Name, is_flat, name_of

WEIGHT_OF_FILTERING = 2
"""Filtering is worth as much as two other steps: it is most of the work."""

PRODUCTS = Symbol("Q")
"""The products of a single window."""


def stage_fields(case: Case[Any]) -> Iterator[Field]:
    """Yield the fields of the steps that are asked, each building on the step asked before."""
    before: list[str] = []
    for stage in case.given.steps:
        name = name_of(stage)
        if name not in asked(case.given):
            continue
        names = field_names(case, name)
        for number, (field, symbol) in enumerate(zip(names, symbols(case, name), strict=True)):
            same_map = len(before) == len(names) > 1
            yield Field(
                field,
                "integer" if name == "class" else "tensor",
                _label(name, symbol),
                rule_for(digits_for(case.given, name)),
                weight=Fraction(WEIGHT_OF_FILTERING if name == "conv" else 1, len(names)),
                shape=_shape(case, name),
                needs=(before[number],) if same_map else tuple(before),
            )
        before = names


def _label(name: Name, symbol: str) -> Symbol | Message:
    if name == "class":
        return say("Predicted class {{ symbol }}", symbol=Symbol(symbol))
    return Symbol(symbol)


def window_fields(case: Case[Any]) -> tuple[Field, ...]:
    """Return the fields of a single window: its products, and their sum."""
    return (
        Field("products", "tensor", PRODUCTS, shape=map_size(case.given.kernel[0][0])),
        Field("sum", "number", say("Sum of the products"), needs=("products",)),
    )


def _shape(case: Case[Any], name: Name) -> tuple[int, int] | None:
    """Return the size where the paper shows it; behind a dense layer, the weights tell it anyway."""
    names = [name_of(stage) for stage in case.given.steps]
    told = "dense" in names[: names.index(name) + 1]
    return sizes(case)[name] if name != "class" and (told or case.given.show_shape) else None


def stage_key(case: Case[Any], outs: Mapping[Name, Any]) -> Key:
    """Arrange what comes out of the steps by field."""
    key: dict[str, tuple[Value, ...]] = {}
    for name in asked(case.given):
        out = outs[name]
        if name == "class":
            origin = case.conventions.origin
            first = 1 - origin if "class_from_other_origin" in case.slips else origin
            key[name] = tuple(place + first for place in out)
        elif is_flat(case.given.steps, name):
            key[name] = ((out,),)
        else:
            key |= {field: (single,) for field, single in zip(field_names(case, name), out, strict=True)}
    return key


def outs_of(passages: Iterator[Passage]) -> dict[Name, Any]:
    """Return what comes out of every step, by its name."""
    return {name_of(passage.stage): passage.out for passage in passages}
