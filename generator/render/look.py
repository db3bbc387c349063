"""How a page looks: what every writer of HTML has to know besides what it writes."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal, TypeAlias

from ..frozen import frozen
from ..language import ENGLISH, Language, Translate

Medium: TypeAlias = Literal["screen", "print"]
"""A browser, which lays MathML out, or the PDF writer, which does not."""


@frozen
class Look:
    """How a page looks.

    Attributes
    ----------
    medium
        What it is written for.
    language
        The language of its phrases and numbers.
    quoted
        The language of the texts that an entry brings along, which are marked where it is another one.
    """

    medium: Medium
    language: Language = ENGLISH
    quoted: str = ENGLISH.code

    @property
    def translate(self) -> Translate:
        """The translation of fixed phrases."""
        return self.language.translate

    def quoting(self, code: str) -> Look:
        """Return the look of what an entry in a language asks."""
        return replace(self, quoted=code)


SCREEN = Look("screen")
PRINT = Look("print")
