"""Answers that are nearly right."""

from __future__ import annotations

from typing import Any

from convexam.generator.expressions.names import name_of
from convexam.generator.model import Field
from convexam.grader.marking.expressions import read_expression


def perturbed(field: Field, value: Any, number: int) -> Any:
    """Add one to one number of a value, or choose otherwise."""
    names = [option.name for option in field.options]
    if field.kind == "choice":
        return names[(names.index(value) + 1) % len(names)]
    if field.kind == "choices":
        toggled = set(value) ^ {names[number % len(names)]}
        return tuple(name for name in names if name in toggled)
    if field.kind == "order":
        return (*value[:-2], value[-1], value[-2])
    if isinstance(value, tuple):
        place = number % len(value)
        part_field = field.parts[place] if field.parts else field
        part = perturbed(part_field, value[place], number // len(value))
        return (*value[:place], part, *value[place + 1 :])
    if field.kind == "expression":
        name = name_of(field.names[0].letter, *[number + 1] * field.names[0].indices)
        return read_expression(f"{value} + 3*{name}", field.names)
    return value + 1
