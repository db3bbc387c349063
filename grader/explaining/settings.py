"""Other strides, paddings and dilations, for maps of the wrong size: in every kind whose given has them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from ...generator.changes import Change, with_given
from ...generator.document import Message, Shown, listed, say
from ...generator.language import phrase
from ...generator.model import Case
from ...generator.sliding.geometry import pair_phrase
from .turns import Turn

TRIED: dict[str, range] = {"stride": range(1, 5), "padding": range(4), "dilation": range(1, 4)}
"""The values that are tried, the same along both axes."""

SENTENCES: dict[str, str] = {
    "stride": phrase("You took a stride of {{ found }}; here it is {{ stated }}."),
    "padding": phrase("You took a padding of {{ found }}; here it is {{ stated }}."),
    "dilation": phrase("You took a dilation of {{ found }}; here it is {{ stated }}."),
}


def other_settings(case: Case[Any]) -> Iterator[Turn]:
    """Yield the other values of the settings that a case has."""
    for setting in (each.name for each in fields(case.given) if each.name in TRIED):
        stated = _stated(case.given, setting)
        for number in TRIED[setting]:
            if (other := _alike(stated, number)) != stated:
                sentence = Message(SENTENCES[setting], {"found": number, "stated": _phrase(setting, stated)})
                yield Turn(f"other_{setting}", _set(setting, other), sentence)


def only_settings(case: Case[Any], changed: Case[Any]) -> bool:
    """Say whether a case was changed in stride, padding or dilation, and in nothing else."""
    if (case.conventions, case.slips) != (changed.conventions, changed.slips):
        return False
    others = (each.name for each in fields(case.given) if each.name not in TRIED)
    return all(getattr(case.given, name) == getattr(changed.given, name) for name in others)


def _stated(given: Any, setting: str) -> Any:
    """Return a setting; a stride that is not stated is the size of the window, of a kernel 1."""
    value = getattr(given, setting)
    return (given.window or (1, 1)) if value is None else value


def _set(setting: str, value: Any) -> Change:
    return lambda case: with_given(case, **{setting: value})


def _alike(form: Any, number: int) -> Any:
    """Write a number as a setting is written: once, for each axis, or for each side of each axis."""
    return tuple(_alike(part, number) for part in form) if isinstance(form, tuple) else number


def _phrase(setting: str, value: Any) -> Shown:
    """Word a setting as short as it can be."""
    numbers = list(_numbers(value))
    if len(set(numbers)) == 1:
        return numbers[0]
    if setting != "padding":
        return pair_phrase(value)
    if len(numbers) == 2:  # the ends of a row, or both axes
        return listed(numbers)
    top, bottom, left, right = numbers
    return say(
        "{{ top }} above, {{ bottom }} below, {{ left }} left and {{ right }} right",
        top=top,
        bottom=bottom,
        left=left,
        right=right,
    )


def _numbers(value: Any) -> Iterator[int]:
    if isinstance(value, tuple):
        for part in value:
            yield from _numbers(part)
    else:
        yield value
