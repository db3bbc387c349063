"""Words that the text alternatives of several figures need."""

from __future__ import annotations

from collections.abc import Sequence


def spoken(label: str) -> str:
    """Write a symbol as plain text: x_1."""
    return label.replace("{", "").replace("}", "")


def listed(parts: Sequence[str]) -> str:
    """Join parts as a sentence does."""
    if not parts:
        return "nothing"
    *others, last = parts
    return f"{', '.join(others)} and {last}" if others else last


def if_marked(text: str, *, marked: bool) -> str:
    """Say of what is marked that it is."""
    return f"{text} (marked)" if marked else text
