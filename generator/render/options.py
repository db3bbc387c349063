"""The options of a choice in the words of a paper, which its students may answer with."""

from __future__ import annotations

from dataclasses import replace

from ..language import ENGLISH, Language
from ..model import Field, Option
from .plain import said_plainly

MOST_CHARACTERS = 160
"""Of a text behind a letter: enough to know it by."""


def option_word(field: Field, name: str, language: Language) -> str:
    """Write an option as a paper prints it: its label, or its name where that says enough."""
    option = next((option for option in field.options if option.name == name), Option(name))
    return word_of(option, language)


def in_words_of(field: Field, language: Language) -> Field:
    """Let options be answered with what a paper prints for them, in its language, besides their names."""
    if not field.options and not field.parts:
        return field
    options = tuple(_in_words_of(option, language) for option in field.options)
    return replace(field, options=options, parts=tuple(in_words_of(part, language) for part in field.parts))


def _in_words_of(option: Option, language: Language) -> Option:
    texts = (said_plainly(text, spoken) for text in option.texts for spoken in (ENGLISH, language))
    words = (*option.also, *(text[:MOST_CHARACTERS] for text in texts), word_of(option, language))
    also = tuple(word for word in dict.fromkeys(words) if word != option.name)
    return replace(option, also=also, texts=())


def word_of(option: Option, language: Language) -> str:
    """Write an option as a paper prints it."""
    return said_plainly(option.label, language) if option.label else option.name
