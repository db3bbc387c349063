"""Choices as students write them: a letter, a word, a part of it, several of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from unicodedata import normalize

from ...generator.document import either, say
from ...generator.model import Option
from ...generator.reading.tree import quoted
from ...generator.values import NONE
from .spelling import plain_spelling
from .unreadable import Unreadable

MAX_PIECES = 100

_ARROWS = re.compile(r"\s*(?:[-=]*>|<|→|⟶|⇒)\s*")
_BETWEEN = re.compile(r"\s*(?:[,;&\n]|\band\b)\s*")
_BRACKETS = ("()", "[]", "{}")
_AROUND = re.compile(r"""^[\s"'`(\[{]+|[\s"'`)\]}.:]+$""")
_BETWEEN_LETTERS = re.compile(r"(?<=\w)[\s_-]+(?=\w)|_")
_SPACES = re.compile(r"\s+")
_ARTICLE = re.compile(r"^\s*(?:an?|the)\s+(?=\w\w)", re.IGNORECASE)  # not the letter of an option
_OR = re.compile(r"\s+or\s+|\s*[/|]\s*")

LEAST = 4
"""Letters at the end of names that are enough to mean all of them: "pooling"."""


def read_choice(raw: str, options: Sequence[Option]) -> str:
    """Read the name of one option: as it stands, in another spelling, or a beginning that only it has.

    Raises
    ------
    Unreadable
        If it names none of them, or could mean several; then with what it could mean.
    """
    meanings = list(dict.fromkeys(name for piece in _OR.split(raw) for name in _meant(piece, options)))
    if len(meanings) == 1:
        return meanings[0]
    reason = say(
        "{{ found }} can be {{ names }}; write the whole name of one",
        found=quoted(raw.strip()),
        names=either(meanings),
    )
    raise Unreadable(reason, meanings=tuple(meanings))


def _meant(raw: str, options: Sequence[Option]) -> list[str]:
    """Return the options that a text could mean."""
    if exact := exactly(raw, options):
        return [exact]
    wanted = _letters(_ARTICLE.sub("", raw))
    fitting = [
        option.name
        for option in options
        if wanted and any(_letters(name).startswith(wanted) for name in _spellings(option))
    ]
    fitting = fitting or [
        option.name for option in options if len(wanted) >= LEAST and _letters(option.name).endswith(wanted)
    ]
    if not fitting:
        names = ", ".join(option.name for option in options)
        raise Unreadable(
            say("expected one of {{ names }}, found {{ found }}", names=names, found=quoted(raw.strip()))
        )
    return fitting


def exactly(raw: str, options: Sequence[Option]) -> str | None:
    """Return the option that a text spells in full, if there is one."""
    wanted = _letters(raw)
    return next((option.name for option in options if wanted in map(_letters, _spellings(option))), None)


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
        raise Unreadable(
            say(
                "the answer names {{ count }} options; at most {{ most }} are read",
                count=len(pieces),
                most=MAX_PIECES,
            )
        )
    if [_letters(piece) for piece in pieces] in ([NONE], ["nothing"]):
        return ()
    if not pieces:
        raise Unreadable(
            say(
                "expected some of the options, or {{ none }}, found {{ found }}",
                none=NONE,
                found=quoted(str(raw)),
            )
        )
    chosen = {_piece(piece, options) for piece in pieces}
    return tuple(option.name for option in options if option.name in chosen)


def read_order(raw: str | list[object], options: Sequence[Option]) -> tuple[str, ...]:
    """Read the names of all options in an order: with commas, arrows or spaces, or letters run together.

    Raises
    ------
    Unreadable
        If a piece of the answer names no option, or an option is named twice or not at all.
    """
    if isinstance(raw, str):
        raw = _ARROWS.sub(", ", raw)
        lettered = all(len(option.name) == 1 for option in options)
        if lettered and len(_letters(raw)) == len(options):
            raw = ", ".join(_letters(raw))
    pieces = _pieces(raw, options)
    names = [option.name for option in options]
    if len(pieces) > len(names):
        raise Unreadable(
            say(
                "the answer names {{ count }} options; there are {{ most }}",
                count=len(pieces),
                most=len(names),
            )
        )
    order = tuple(_piece(piece, options) for piece in pieces)
    if missing := [name for name in names if name not in order]:
        raise Unreadable(say("expected every option once; {{ name }} is missing", name=missing[0]))
    return order


def write_choices(names: Iterable[object]) -> str:
    """Write several choices so that `read_choices` reads them back."""
    return ", ".join(map(str, names)) or NONE


def _pieces(raw: str | list[object], options: Sequence[Option]) -> list[str]:
    if isinstance(raw, list):
        if not all(isinstance(item, str) for item in raw):
            raise Unreadable(say("expected names, such as [A, C], found lists in a list"))
        return [str(item) for item in raw]
    text = plain_spelling(raw).strip()
    if text[:1] + text[-1:] in _BRACKETS:
        text = text[1:-1]
    pieces = [piece for piece in _BETWEEN.split(text) if piece]
    if any(_SPACES.search(option.name) for option in options):
        return pieces
    return [
        word for piece in pieces for word in ([piece] if exactly(piece, options) else _SPACES.split(piece))
    ]


def _piece(raw: str, options: Sequence[Option]) -> str:
    """Read a part of an answer; what else it could mean is no meaning of the whole answer."""
    try:
        return read_choice(raw, options)
    except Unreadable as error:
        raise Unreadable(error.reason) from None


def _spellings(option: Option) -> tuple[str, ...]:
    return (option.name, *option.also)


@lru_cache(maxsize=1024)  # of every option, for every student
def _letters(text: str) -> str:
    """Return what is left of a name in any spelling: lower case, without quotes, brackets and spaces.

    Other signs stay, so that a name that is struck out, negated or doubted is not that name.
    """
    plain = _AROUND.sub("", normalize("NFKC", plain_spelling(text)))
    return _BETWEEN_LETTERS.sub("", plain).lower()
