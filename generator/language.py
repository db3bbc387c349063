"""A language that papers are written in: its phrases and its numbers.

Each language besides English is one catalogue, ``languages/CODE.po``; docs/languages.md says how to add one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import TypeAlias

from .frozen import frozen

Translate: TypeAlias = Callable[[str], str]

_CATALOGUES = files(__package__) / "languages"
_ENDING = ".po"
_NUMBER = re.compile(r"[-−+]?[0-9]+\.[0-9]+")
_PLACEHOLDER = re.compile(r"\{\{ (\w+) \}\}")


def as_written(text: str) -> str:
    """Return the text as it is: the translation into English."""
    return text


def phrase(text: str) -> str:
    """Return the text as it is: it stands in a table, is said later, and belongs into the catalogues."""
    return text


@frozen
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

    @property
    def between(self) -> str:
        """What stands between numbers that may have decimals."""
        return "; " if self.decimal == "," else ", "

    def number(self, text: str) -> str:
        """Write a number with decimals, given with a point, as this language does; leave all else alone."""
        return text.replace(".", self.decimal) if _NUMBER.fullmatch(text) else text

    def tell(self, text: str, /, **values: object) -> str:
        """Write a phrase without any mark-up, as the words of a figure are."""
        return _PLACEHOLDER.sub(lambda match: str(values[match[1]]), self.translate(text))


ENGLISH = Language("en", as_written)


@cache
def codes() -> tuple[str, ...]:
    """Return the languages that papers can be written in."""
    names = (file.name for file in _CATALOGUES.iterdir())
    return tuple(sorted([ENGLISH.code, *(n.removesuffix(_ENDING) for n in names if n.endswith(_ENDING))]))


@cache
def language(code: str) -> Language:
    """Return a language by its code; its catalogue is read once.

    Raises
    ------
    LookupError
        If it is none of `codes`.
    """
    if code == ENGLISH.code:
        return ENGLISH
    if code not in codes():
        raise LookupError(f"there is no catalogue of the language {code!r}")
    from babel.messages.pofile import read_po  # only where another language is asked for
    from babel.numbers import get_decimal_symbol

    with (_CATALOGUES / f"{code}{_ENDING}").open("rb") as file:
        catalogue = read_po(file, locale=code)
    texts = {str(message.id): str(message.string) for message in catalogue if message.id and message.string}
    return Language(
        code, lambda text: texts.get(text, text), get_decimal_symbol(code, numbering_system="latn")
    )
