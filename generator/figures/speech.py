"""Words that the text alternatives of several figures need."""

from __future__ import annotations

from collections.abc import Sequence

from ..language import Language


def spoken(label: str) -> str:
    """Write a symbol as plain text: x_1."""
    return label.replace("{", "").replace("}", "")


def listed(parts: Sequence[str], language: Language) -> str:
    """Join parts as a sentence does."""
    if not parts:
        return language.tell("nothing")
    *others, last = parts
    if not others:
        return last
    return language.tell("{{ one }} and {{ other }}", one=", ".join(others), other=last)


def if_marked(text: str, language: Language, *, marked: bool) -> str:
    """Say of what is marked that it is."""
    return language.tell("{{ entry }} (marked)", entry=text) if marked else text
