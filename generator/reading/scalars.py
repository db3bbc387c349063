"""Types of single values in files: text as it was read becomes numbers, flags and names.

Every type takes the text of a file or the value of a stored JSON record, and refuses all else.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Annotated, Any, TypeAlias

from pydantic import AfterValidator, PlainSerializer, PlainValidator, WithJsonSchema

from .tree import quoted

_MOST_DIGITS = 18  # a whole number fits in 64 bits
_MOST_DIGITS_OF_RATIO = 40  # above and below the line together
_WHOLE = re.compile(r"-?[0-9]+")
_RATIONAL = re.compile(r"-?[0-9]+(?:\.[0-9]+|/[0-9]+)?")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_./-]{0,63}")


def found(data: Any) -> str:
    """Say what stands in a place, for a message."""
    match data:
        case None:
            return "nothing"
        case bool():
            return str(data).lower()
        case str():
            return quoted(data)
        case list() | tuple():
            return "a list"
        case dict():
            return "a mapping"
        case _:
            return quoted(str(data))


def _whole(data: Any) -> int:
    if type(data) is int or (isinstance(data, str) and _WHOLE.fullmatch(data)):
        if len(str(data).lstrip("-")) > _MOST_DIGITS:
            raise ValueError(f"expected at most {_MOST_DIGITS} digits, found {found(data)}")
        return int(data)
    raise ValueError(f"expected a whole number, such as 3 or -12, found {found(data)}")


def _rational(data: Any) -> Fraction:
    text = str(data) if type(data) is int or isinstance(data, (str, Fraction)) else ""
    if not _RATIONAL.fullmatch(text):
        raise ValueError(f"expected a number, such as 3, 0.5 or -1/2, found {found(data)}")
    if sum(map(str.isdigit, text)) > _MOST_DIGITS_OF_RATIO:
        raise ValueError(f"expected at most {_MOST_DIGITS_OF_RATIO} digits, found {found(data)}")
    return _ratio(text)


def _ratio(text: str) -> Fraction:
    try:
        return Fraction(text)
    except ZeroDivisionError:
        raise ValueError(f"the denominator of {found(text)} is zero; write another number") from None


def _exact(data: Any) -> int | Fraction:
    number = _rational(data)
    return number.numerator if number.denominator == 1 else number


def _flag(data: Any) -> bool:
    if data in ("true", "false") or isinstance(data, bool):
        return data in ("true", True)
    raise ValueError(f"expected true or false, found {found(data)}")


def _line(text: str) -> str:
    if not text.strip():
        raise ValueError("expected a line of text, found only spaces or nothing")
    if _CONTROL.search(text):
        raise ValueError(f"expected one line of text without control characters, found {found(text)}")
    return text


def _id(text: str) -> str:
    if _ID.fullmatch(text):
        return text
    raise ValueError(
        "expected a name of at most 64 letters, digits and _ . / -, beginning with a letter or a digit, "
        f"found {found(text)}"
    )


_NumberText: TypeAlias = Annotated[
    str, WithJsonSchema({"type": ["number", "string"], "pattern": f"^{_RATIONAL.pattern}$"})
]
_LINE_SCHEMA = WithJsonSchema({"type": "string", "pattern": r"^[^\x00-\x1f]*\S[^\x00-\x1f]*$"})
_ID_SCHEMA = WithJsonSchema({"type": "string", "pattern": f"^{_ID.pattern}$"})

Whole: TypeAlias = Annotated[int, PlainValidator(_whole, json_schema_input_type=int)]
"""A whole number, always decimal: ``012`` is 12."""

Rational: TypeAlias = Annotated[
    Fraction, PlainValidator(_rational, json_schema_input_type=_NumberText), PlainSerializer(str)
]
"""An exact number, written as ``3``, ``0.5`` or ``-1/2`` and stored as ``"3"`` or ``"-1/2"``."""

Exact: TypeAlias = Annotated[
    int | Fraction,
    PlainValidator(_exact, json_schema_input_type=_NumberText),
    PlainSerializer(lambda number: number if isinstance(number, int) else str(number)),
]
"""An exact number that is an int where it is whole; stored as ``3`` or ``"-1/2"``."""

Flag: TypeAlias = Annotated[bool, PlainValidator(_flag, json_schema_input_type=bool)]
"""``true`` or ``false``, and no other word."""

Line: TypeAlias = Annotated[str, _LINE_SCHEMA, AfterValidator(_line)]
"""One line of text that is not empty."""

Id: TypeAlias = Annotated[str, _ID_SCHEMA, AfterValidator(_id)]
"""A name in our files."""
