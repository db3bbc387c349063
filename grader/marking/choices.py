"""Choices as students write them: a letter, a word, a part of it, the text behind a letter, several."""

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
_BETWEEN = [re.compile(sign) for sign in (r"\n", ";", r"[,&+]|\band\b|\ben\b", r"\s+")]
"""What stands between options: what cannot be part of an option comes first."""
_BRACKETS = ("()", "[]", "{}")
_AROUND = re.compile(r"""^[\s"'`(\[{]+|[\s"'`)\]}.:]+$""")
_TIMES = re.compile(r"(?<=[0-9])\s*[*xX]\s*(?=[0-9])")
_BETWEEN_LETTERS = re.compile(r"(?<=\w)(?:(?<![0-9])|(?![\s_-]+[0-9]))[\s_-]+(?=\w)|(?<![0-9])_|_(?![0-9])")
_LETTERS = re.compile(r"""[\s"'`(]*[A-Za-z]{2,}[\s"'`).]*""")
_ARTICLE = re.compile(r"^\s*(?:an?|the)\s+(?=\w\w)", re.IGNORECASE)  # not the letter of an option
_OR = re.compile(r"\s+or\s+|\s*[/|]\s*")
_ANSWER = re.compile(r"^\s*(?:answer|antwoord|option|optie|choice|keuze|letter)\s+(?=\S)", re.IGNORECASE)
_LETTER_AND_TEXT = re.compile(r"\s*\(?(?P<letter>\w)\s?[.):]\s+(?P<text>\S.*)", re.DOTALL)
_NUMBERED = re.compile(r"(?:^|(?<=[\s,;]))([1-9][0-9]?)[.):]\s*(?=\w)")

LEAST = 4
"""Letters at the end of names that are enough to mean all of them: "pooling"."""

LEAST_OF_TEXT = 8
"""Letters at the beginning of the text behind a letter that are enough to mean it; fewer may be a letter."""

ENOUGH = 100
"""Letters of the text behind a letter; papers keep no more than about so many."""


def read_choice(raw: str, options: Sequence[Option]) -> str:
    """Read the name of one option: as it stands, in another spelling, or a beginning that only it has.

    Raises
    ------
    Unreadable
        If it names none of them, or could mean several; then with what it could mean.
    """
    if is_name(raw, options):
        return raw
    raw = _without_answer(raw, options)
    pieces = [raw] if _is_one(raw, options) else _OR.split(raw)
    meanings = list(dict.fromkeys(name for piece in pieces for name in _meant(piece, options)))
    if len(meanings) == 1:
        return meanings[0]
    reason = say(
        "{{ found }} can be {{ names }}; write the whole name of one",
        found=quoted(raw.strip()),
        names=either(meanings),
    )
    raise Unreadable(reason, meanings=tuple(meanings))


def is_name(raw: str, options: Sequence[Option]) -> bool:
    """Say whether a text is the name of an option as it stands."""
    return any(raw == option.name for option in options)


def _meant(raw: str, options: Sequence[Option]) -> list[str]:
    """Return the options that a text could mean."""
    if exact := exactly(raw, options):
        return [exact]
    fitting = _beginning(raw, options) or _ending(raw, options) or _letter_and_text(raw, options)
    if not fitting:
        names = ", ".join(option.name for option in options)
        raise Unreadable(
            say("expected one of {{ names }}, found {{ found }}", names=names, found=quoted(raw.strip()))
        )
    return fitting


def _beginning(raw: str, options: Sequence[Option]) -> list[str]:
    """Return the options a spelling of which begins like this."""
    article = _ARTICLE.match(raw)
    without = raw if article is None or exactly(article[0], options) else raw[article.end() :]
    wanted = {_letters(raw), _letters(without)} - {""}
    return [
        option.name
        for option in options
        if any(_begins(each, start, option) for each in _spelled(_spellings(option)) for start in wanted)
    ]


def _begins(spelling: str, wanted: str, option: Option) -> bool:
    if len(option.name) == 1 and len(wanted) < LEAST_OF_TEXT:
        return spelling == wanted
    return spelling.startswith(wanted) or (len(spelling) > ENOUGH and wanted.startswith(spelling))


def _ending(raw: str, options: Sequence[Option]) -> list[str]:
    wanted = _letters(_ARTICLE.sub("", raw))
    return [
        option.name for option in options if len(wanted) >= LEAST and _letters(option.name).endswith(wanted)
    ]


def _letter_and_text(raw: str, options: Sequence[Option]) -> list[str]:
    """Return the option of ``B. Its text``, if the text is that of B."""
    match = _LETTER_AND_TEXT.fullmatch(raw)
    letter = exactly(match["letter"], options) if match else None
    return [letter] if match and letter and [letter] == _beginning(match["text"], options) else []


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
        raw = _without_places(_ARROWS.sub("; ", raw))
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
        pieces = [str(item) for item in raw]
        return _run_together(pieces[0], options) or pieces if len(pieces) == 1 else pieces
    text = _without_answer(plain_spelling(raw).strip(), options)
    if text[:1] + text[-1:] in _BRACKETS:
        text = text[1:-1]
    pieces = _run_together(text, options) or _cut([text], options)
    if len(pieces) > MAX_PIECES:
        raise Unreadable(
            say(
                "the answer names {{ count }} options; at most {{ most }} are read",
                count=len(pieces),
                most=MAX_PIECES,
            )
        )
    return pieces


def _run_together(text: str, options: Sequence[Option]) -> list[str]:
    """Return the letters of ``ACD``, where options are letters and each stands there once."""
    letters = _letters(text)
    known = {option.name.lower() for option in options}
    if _LETTERS.fullmatch(text) and len(letters) == len(set(letters)) and known.issuperset(letters):
        return list(letters)
    return []


def _cut(pieces: list[str], options: Sequence[Option]) -> list[str]:
    """Cut what is no option by itself, at one sign after the other; spaces are part of names of words."""
    spaced = any(" " in option.name for option in options)
    for between in _BETWEEN[: -1 if spaced else None]:
        pieces = [
            part.strip()
            for piece in pieces
            for part in ([piece] if _is_one(piece, options) else between.split(piece))
            if part.strip()
        ]
        if len(pieces) > MAX_PIECES:
            break
    return pieces


def _without_answer(raw: str, options: Sequence[Option]) -> str:
    """Leave out the word in ``answer B``, where it is no part of an option."""
    return raw if exactly(raw, options) else _ANSWER.sub("", raw)


def _is_one(piece: str, options: Sequence[Option]) -> bool:
    piece = _without_answer(piece, options)
    alone = len(_beginning(piece, options)) == 1 or _letter_and_text(piece, options)
    return bool(exactly(piece, options) or alone)


def _without_places(text: str) -> str:
    """Leave out the places of ``1. B 2. A``, where they are counted from 1 and stand in order."""
    places = list(map(int, _NUMBERED.findall(text)))
    ordered = len(places) > 1 and places == list(range(1, len(places) + 1))
    return _NUMBERED.sub("; ", text) if ordered else text


def _piece(raw: str, options: Sequence[Option]) -> str:
    """Read a part of an answer; what else it could mean is no meaning of the whole answer."""
    try:
        return read_choice(raw, options)
    except Unreadable as error:
        raise Unreadable(error.reason) from None


def _spellings(option: Option) -> tuple[str, ...]:
    return (option.name, *option.also)


@lru_cache(maxsize=1024)
def _spelled(spellings: tuple[str, ...]) -> tuple[str, ...]:
    """Return the letters of all spellings of an option, with the article and without it."""
    texts = (_letters(text) for each in spellings for text in (each, _ARTICLE.sub("", each)))
    return tuple(dict.fromkeys(texts))


@lru_cache(maxsize=4096)
def _letters(text: str) -> str:
    """Return what is left of a name in any spelling: lower case, without quotes, brackets and spaces.

    Other signs stay, so that a name that is struck out, negated or doubted is not that name. So does what
    stands between digits: ``1 2`` and ``1-2`` are not 12.
    """
    plain = _TIMES.sub("x", _AROUND.sub("", normalize("NFKC", plain_spelling(text))))
    return _BETWEEN_LETTERS.sub("", plain).lower()
