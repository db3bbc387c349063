"""Choices as students write them: a letter, a word, a part of it, several of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from unicodedata import normalize

from ...generator.model import Option
from ...generator.reading.tree import quoted
from .spelling import plain_spelling
from .unreadable import Unreadable

NONE = "none"
"""How a student says that nothing is to be chosen; a blank does not say it."""

MAX_PIECES = 100

_BETWEEN = re.compile(r"\s*(?:[,;&\n]|\band\b)\s*")
_BRACKETS = ("()", "[]", "{}")
_NO_WORD = re.compile(r"[\W_]+")
_SPACES = re.compile(r"\s+")


def read_choice(raw: str, options: Sequence[Option]) -> str:
    """Read the name of one option: as it stands, in another spelling, or a beginning that only it has.

    Raises
    ------
    Unreadable
        If it names none of them, or could be several.
    """
    wanted = _letters(raw)
    exact = [option.name for option in options if wanted in map(_letters, _spellings(option))]
    if len(exact) == 1:
        return exact[0]
    fitting = [
        option.name
        for option in options
        if wanted and any(_letters(name).startswith(wanted) for name in _spellings(option))
    ]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        raise Unreadable(f"{quoted(raw.strip())} can be {' or '.join(fitting)}; write the whole name")
    names = ", ".join(option.name for option in options)
    raise Unreadable(f"expected one of {names}, found {quoted(raw.strip())}")


def read_choices(raw: str | list[object], options: Sequence[Option]) -> tuple[str, ...]:
    """Read the names of several options, in any order; ``none`` chooses nothing.

    Returns
    -------
    tuple of str
        The names, each once, in the order of the options.

    Raises
    ------
    Unreadable
        If a piece of the answer names no option.
    """
    pieces = _pieces(raw, options)
    if len(pieces) > MAX_PIECES:
        raise Unreadable(f"the answer names {len(pieces)} options; at most {MAX_PIECES} are read")
    if [_letters(piece) for piece in pieces] in ([NONE], ["nothing"]):
        return ()
    chosen = {read_choice(piece, options) for piece in pieces}
    return tuple(option.name for option in options if option.name in chosen)


def write_choices(names: Iterable[object]) -> str:
    """Write several choices so that `read_choices` reads them back."""
    return ", ".join(map(str, names)) or NONE


def _pieces(raw: str | list[object], options: Sequence[Option]) -> list[str]:
    if isinstance(raw, list):
        if not all(isinstance(item, str) for item in raw):
            raise Unreadable("expected names, such as [A, C], found lists in a list")
        return [str(item) for item in raw]
    text = plain_spelling(raw).strip()
    if text[:1] + text[-1:] in _BRACKETS:
        text = text[1:-1]
    pieces = [piece for piece in _BETWEEN.split(text) if piece]
    one_word = all(not _SPACES.search(name) for option in options for name in _spellings(option))
    return [word for piece in pieces for word in _SPACES.split(piece)] if one_word else pieces


def _spellings(option: Option) -> tuple[str, ...]:
    return (option.name, *option.also)


def _letters(text: str) -> str:
    """Return the letters and digits of a text, in lower case: what is left of a name in any spelling."""
    return _NO_WORD.sub("", normalize("NFKC", text)).lower()
