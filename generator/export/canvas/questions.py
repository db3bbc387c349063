"""Items as the questions of Canvas: one for each blank, behind a text that all of them share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Literal, TypeAlias

from ...frozen import frozen
from ..decimals import decimal
from ..item import Blank, Item
from ..titles import with_code
from .stems import Stems, asks, option

Kind: TypeAlias = Literal[
    "text_only_question",
    "numerical_question",
    "multiple_choice_question",
    "multiple_answers_question",
    "essay_question",
]

_KINDS: dict[str, Kind] = {
    "number": "numerical_question",
    "choice": "multiple_choice_question",
    "choices": "multiple_answers_question",
}


@frozen
class Option:
    """What can be chosen.

    Attributes
    ----------
    ident
        Its name in the question.
    text
        HTML.
    is_right
        Whether it is to be chosen.
    feedback
        What whoever chooses it reads, as HTML.
    """

    ident: str
    text: str
    is_right: bool
    feedback: str = ""


@frozen
class Question:
    """A question of Canvas.

    Attributes
    ----------
    ident, title
        Its name in the package, and the one that instructors read.
    kind, points
        What is asked, and what it is worth.
    text
        HTML.
    numbers, tolerance
        The numbers each of which is right, and by how much one may differ.
    options
        What can be chosen.
    feedback
        What everybody reads afterwards, as HTML.
    parent
        The text that it belongs to.
    """

    ident: str
    title: str
    kind: Kind
    points: Fraction
    text: str
    numbers: tuple[Fraction, ...] = ()
    tolerance: Fraction = Fraction()
    options: tuple[Option, ...] = ()
    feedback: str = ""
    parent: str = ""


def ident_of(item: str, blank: str = "") -> str:
    """Return the name of a question in a package, where names begin with a letter and hold no dot."""
    name = f"q{item.replace('.', '-')}"
    return f"{name}--{blank}" if blank else name


def questions_of(item: Item, stems: Stems) -> list[Question]:
    """Return the questions that an item becomes; the worked solution comes with the last one."""
    before, after = stems.prompt(item), stems.conventions(item)
    title, ident = with_code(item.title, item.name), ident_of(item.name)
    asked = list(_asked(item, stems))
    match asked:
        case []:
            text = before + stems.wanted(item) + after
            made = [Question(ident, title, "essay_question", _written(item.points), text)]
        case [only]:
            made = [replace(only, text=before + only.text + after)]
        case _:
            shared = Question(ident, title, "text_only_question", Fraction(), before + after)
            made = [shared, *(replace(each, parent=ident) for each in asked)]
    return [*made[:-1], replace(made[-1], feedback=stems.text(item.worked, item.language))]


def _asked(item: Item, stems: Stems) -> Iterator[Question]:
    """Yield a question for each blank; their points, as they are written, add up to those of the item."""
    before = share = Fraction()
    for blank, text in asks(item):
        share += blank.share
        points = _written(item.points * share)
        yield Question(
            ident_of(item.name, blank.name),
            with_code(item.title, f"{item.name} {blank.name}"),
            _KINDS[blank.kind],
            points - before,
            text,
            numbers=tuple(Fraction(each) for each in blank.right) if blank.kind == "number" else (),
            tolerance=blank.tolerance,
            options=tuple(_options(item, blank, stems)),
        )
        before = points


def _written(number: Fraction) -> Fraction:
    return Fraction(decimal(number))


def _options(item: Item, blank: Blank, stems: Stems) -> Iterator[Option]:
    """Yield what can be chosen; a known mistake is told where one option shows it."""
    told = {wrong.answer: wrong.sentence for wrong in blank.wrong}
    for number, (name, words) in enumerate(blank.options, start=1):
        sentence = told.get(name)
        feedback = stems.said(sentence, item.language) if sentence else ""
        yield Option(f"option{number}", option(words), name in blank.right, feedback)
