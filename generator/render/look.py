"""How a page looks: what every writer of HTML has to know besides what it writes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from ..language import ENGLISH, Language, Translate

Medium: TypeAlias = Literal["screen", "print"]
"""A browser, which lays MathML out, or the PDF writer, which does not."""


@dataclass(frozen=True)
class Look:
    """For which medium a page is written, and in which language."""

    medium: Medium
    language: Language = ENGLISH

    @property
    def translate(self) -> Translate:
        """The translation of fixed phrases."""
        return self.language.translate


SCREEN = Look("screen")
PRINT = Look("print")
