"""A language that papers are written in: its phrases and its numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

Translate: TypeAlias = Callable[[str], str]


def as_written(text: str) -> str:
    """Return the text as it is: the translation into English."""
    return text


@dataclass(frozen=True)
class Language:
    """A language.

    Attributes
    ----------
    code
        As in the exam file: ``en``.
    translate
        From the English text of a message to its text in this language.
    decimal
        The sign between the units and the decimals of a number.
    """

    code: str
    translate: Translate
    decimal: str = "."


ENGLISH = Language("en", as_written)
