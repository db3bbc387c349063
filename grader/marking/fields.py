"""From what stands in an answer file to a value: an answer, a blank, or unreadable with a reason.

Blank is strict: nothing, spaces, or underscores as on a form. A dash or a question mark may be the
rest of something else, so these are unreadable, and a human looks.
"""

from __future__ import annotations

import re
from enum import Enum
from functools import partial
from typing import Any, Final, TypeAlias, cast

from ...generator.document import Message, say
from ...generator.frozen import frozen
from ...generator.language import ENGLISH, Language
from ...generator.model import Field, Value
from ...generator.number import Number
from ...generator.reading.tree import Data
from ...generator.values import NONE
from .bare import bare, bare_number
from .choices import exactly, is_name, read_choice, read_choices, read_order, write_choices
from .expressions import read_expression
from .numbers import is_plain, read_integer, read_number
from .parts import Part, read_record, write_record
from .shapes import plain_shape, read_shape, write_shape
from .tensors import BadCell, Tensor, read_tensor, write_tensor
from .unreadable import Unreadable

__all__ = ["BLANK", "Answer", "BadCell", "Blank", "Lost", "Raw", "Unreadable", "read", "write"]

MAX_CHARACTERS = 4096  # of any answer, also in words: far more than is asked for
MOST_SIDES = 8  # of an equation

_LONG_GAP = re.compile(
    "[^\\S\t]{50,}|[\\s~$\u200b\u2060\ufeff]{200,}"
)  # no pattern has to try all places in it
_TWO_NUMBERS = re.compile(r"\s*[-+]?[0-9.,/]+\s+[-+][0-9.,/]+\s*")
_SINGLE = ("integer", "number", "choice", "expression", "text")
_SURROUNDED = ("integer", "number", "tensor", "shape", "choice", "choices", "order")


class Blank(Enum):
    """The answer that was not given."""

    BLANK = "blank"


BLANK: Final = Blank.BLANK


@frozen
class Lost:
    """An answer that could not be taken from a damaged file; it is unreadable, not blank.

    Attributes
    ----------
    reason
        What happened to it.
    """

    reason: Message


Raw: TypeAlias = "Data | Lost"
"""What an answer file holds for a field."""

Answer: TypeAlias = "Number | str | tuple[int, ...] | tuple[str, ...] | Tensor | tuple[Part, ...]"
"""A number; a choice, a text or an expression; a shape; choices or an order; a map or a record, of which a
cell or a part may be None (blank) or a `BadCell`."""

_BLANK = re.compile("[\\s_\u200b\u2060\ufeff]*")
_EXPECTED = {
    "integer": say("a whole number"),
    "number": say("a number"),
    "tensor": say("rows of numbers"),
    "shape": say("a shape, such as 3 x 4 x 4"),
    "choice": say("one of the options"),
    "choices": say("some of the options"),
    "order": say("all options in their order"),
    "record": say("names and values"),
    "text": say("a text; begin it with | and indent its lines"),
    "expression": say("an expression"),
}


def read(field: Field, raw: object, language: Language = ENGLISH) -> Answer | Blank:
    """Read the answer to a field.

    Parameters
    ----------
    field
        What was asked.
    raw
        What the answer file holds: see `Raw`.
    language
        Of the paper: its decimal sign, and in which words it asks.

    Raises
    ------
    Unreadable
        If it is not clear what was meant. A readable answer that is wrong, such as ``12.5`` for a
        whole number or a map of another size, is returned.
    """
    if isinstance(raw, Lost):
        raise Unreadable(raw.reason)
    if (answer := plainly(field, raw)) is not None:
        return answer
    if is_blank(raw):
        return BLANK
    if isinstance(raw, str) and len(raw) > MAX_CHARACTERS:
        raise Unreadable(too_long(), MAX_CHARACTERS)
    if isinstance(raw, dict) and field.kind != "record" and not any(raw.values()):
        raw = list(raw)  # {B} is YAML for B: null
    if isinstance(raw, list) and field.kind in _SINGLE and len(raw) == 1 and isinstance(raw[0], str):
        raw = raw[0]
    if field.kind != "text":
        raw = _without_gaps(raw)
    if isinstance(raw, str) and field.kind in _SURROUNDED:
        within = bare(raw, field, language)
        raw = raw if is_blank(within) else within
    if isinstance(raw, (str, list)) or (isinstance(raw, dict) and field.kind == "record"):
        return _read_kind(field, raw, language)
    raise _unexpected(field, raw)


def plainly(field: Field, raw: object) -> int | str | tuple[int, ...] | None:
    """Read what stands there as a page or a template writes it, as most answers do; None for any other."""
    if not isinstance(raw, str):
        return None
    if field.kind in ("integer", "number"):
        return int(raw) if is_plain(raw) else None
    if field.kind == "choice":
        return raw if is_name(raw, field.options) else None
    return plain_shape(raw) if field.kind == "shape" else None


def _read_kind(
    field: Field, raw: str | list[object] | dict[str, object], language: Language
) -> Answer | Blank:
    match field.kind, raw:
        case "tensor", str() | list():
            tensor = read_tensor(raw, field.shape, language.decimal)
            return BLANK if all(cell is None for row in tensor for cell in row) else tensor
        case "shape", str() | list():
            return read_shape(raw) or BLANK
        case "choices", str() | list():
            return read_choices(raw, field.options)
        case "order", str() | list():
            return read_order(raw, field.options)
        case "record", _:
            record = read_record(raw, field.parts, partial(_part, language=language), language)
            return BLANK if all(part is None for part in record) else record
        case "text", str():
            return raw.strip()
        case "choice", str():
            return read_choice(raw, field.options)
        case "expression", str():
            return read_expression(raw, field.names)
        case "integer" | "number", str():
            return _number(field, raw, language)
        case _:
            raise _unexpected(field, raw)


def _unexpected(field: Field, raw: object) -> Unreadable:
    found = say("a list") if isinstance(raw, list) else say("keys and values")
    return Unreadable(
        say("expected {{ expected }}, found {{ found }}", expected=_EXPECTED[field.kind], found=found)
    )


def _without_gaps(raw: object) -> object:
    if isinstance(raw, list):
        return list(map(_without_gaps, raw))
    return _LONG_GAP.sub(_shortened, raw) if isinstance(raw, str) else raw


def _shortened(gap: re.Match[str]) -> str:
    return gap[0][:9] + ("\n" if "\n" in gap[0] else "")


def too_long() -> Message:
    """Say that an answer has more characters than are read."""
    return say("the answer is longer than {{ most }} characters", most=MAX_CHARACTERS)


def _part(field: Field, raw: object, language: Language) -> Part:
    """Read a part of a record; a fraction is no whole number, but it was read: it is wrong."""
    answer = read(field, raw, language)
    return None if isinstance(answer, Blank) else cast(Part, answer)


def _number(field: Field, raw: str, language: Language) -> Number:
    """Read a number, or what shows how it comes about, ``3*3 + 1 = 10``: all sides have to be equal.

    A word may stand for a whole number: no padding is a padding of 0.
    """
    word = exactly(raw, field.options) if any(map(str.isalpha, raw)) else None
    if word is not None:
        return int(word)
    text = bare_number(raw, field, language)
    if text.endswith("%"):
        raise Unreadable(
            say("a percentage can be meant as it stands or as a share of 1; write the number without %")
        )
    if _TWO_NUMBERS.fullmatch(text):
        raise Unreadable(say("two numbers, or a difference; write it as 5 - 3"))
    reader = read_integer if field.kind == "integer" else read_number
    first, *others = [reader(side, language.decimal) for side in text.split("=", MOST_SIDES)]
    if any(other != first for other in others):
        raise Unreadable(say("the numbers on the two sides of = differ"))
    return first


def write(field: Field, answer: Value | Answer | Blank) -> str:
    """Write an answer as an answer file shows it; `read` gives it back.

    A blank map of a known size is a grid of ``_``, to be filled in.
    """
    if isinstance(answer, Blank):
        rows, columns = field.shape or (0, 0)
        return write_tensor(((None,) * columns,) * rows) if field.kind == "tensor" else ""
    if field.kind == "tensor":
        return write_tensor(cast(Tensor, answer))
    if not isinstance(answer, tuple):
        return str(answer)
    if field.kind == "record":
        return write_record(field.parts, answer)
    return write_shape(answer) if field.kind == "shape" else write_choices(answer)


def as_saved(field: Field, value: Any) -> object:
    """Return what the page of a paper saves where a value stands in its boxes; `read` gives it back."""
    match field.kind:
        case "integer" | "number" | "choice" | "expression" | "text":
            return str(value)
        case "tensor":
            return [[str(cell) for cell in row] for row in value]
        case "record":
            return {part.name: str(each) for part, each in zip(field.parts, value, strict=True)}
        case "shape":
            return write_shape(value)
        case _:
            return list(value) or [NONE]


def is_blank(raw: object) -> bool:
    """Say whether nothing was answered."""
    if isinstance(raw, str):
        return _BLANK.fullmatch(raw) is not None
    return raw is None or (isinstance(raw, list) and all(map(is_blank, raw)))
