"""The phrases of a paper that hold a value, as messages to be translated and rendered."""

from __future__ import annotations

from fractions import Fraction

from ..document import Decimals, Message, listed, say
from ..expressions.names import Family, name_of
from ..figures.numerals import decimals
from ..language import ENGLISH, Language, phrase
from ..model import Conventions, Field, Rounded
from ..networks.layer_phrases import shape_order
from ..policy import ALL, Credit
from ..sliding.geometry import rounding_phrase, size_rule
from .look import Medium

MOST_LETTERS = 40
"""Of options beside a box."""

NUMBERS = phrase("Numbers: 12, -3, 0.25 or 1/4. Shapes: 16 x 15 x 15.")
"""How answers are typed."""


def points_text(points: Fraction, language: Language = ENGLISH) -> str:
    """Write points as a decimal where that is exact: 4, 2.5, 7/3."""
    return language.number(decimals(points))


def points_phrase(points: Fraction) -> Message:
    """Say what something is worth."""
    return say("1 point") if points == 1 else say("{{ points }} points", points=Decimals(points))


def questions_phrase(count: int) -> Message:
    """Say how many questions there are."""
    return say("1 question") if count == 1 else say("{{ count }} questions", count=count)


def practice_note(seed: int) -> Message:
    """Warn that this paper can be solved by running the program."""
    return say(
        "**Practice paper**, drawn from seed {{ seed }}. "
        "Whoever knows the seed can compute the answers: do not use it for an exam.",
        seed=seed,
    )


def version_phrase(letter: str) -> Message:
    """Name one of the versions that are dealt out."""
    return say("Version {{ letter }}", letter=letter)


def resit_phrase(attempt: int) -> Message:
    """Name a resit, the first of an exam being 1."""
    return say("Resit {{ number }}", number=attempt)


def plain_instructions(credit: Credit) -> Message:
    """Say what an answer is, where an exam says nothing."""
    if ALL in (credit.maps, credit.question):
        return say("Write whole numbers or exact fractions, unless a question says how to round.")
    return say(
        "Write whole numbers or exact fractions, unless a question says how to round. "
        "Every cell of a map counts by itself."
    )


def rules_by_hand(*, named: bool) -> tuple[Message, ...]:
    """Say how a printed paper is filled in."""
    return (
        say("Check that this is your paper, and that the same code stands at the top of every page.")
        if named
        else say(
            "Fill in your name and student number before you begin. "
            "Check that the same code stands at the top of every page."
        ),
        say(
            "Answers are what stands in the boxes and grids and on the lines, one number in each cell. "
            "Where the size of a map is for you to find, draw its outline on the squares."
        ),
        say("The fine squared paper is for your working, which is not marked."),
        say("Cross out what is wrong and write what is right beside it. Use a pen, not a pencil."),
    )


def rules_of_form(medium: Medium) -> tuple[Message, ...]:
    """Say how a form is filled in and handed in."""
    numbers = say(NUMBERS)
    if medium == "screen":
        return (
            say(
                "Type your answers into the boxes. This page keeps them in this browser, "
                "also when it is closed."
            ),
            numbers,
            say(
                "In a grid the arrow keys move from cell to cell, "
                "and a block copied from a spreadsheet can be pasted."
            ),
            say("At the end, save the answer file and hand that file in: not this page."),
        )
    return (
        say(
            "Type your answers into the boxes, save this file, and hand it in as it is: "
            "not printed to a new PDF."
        ),
        numbers,
    )


def hint(field: Field, conventions: Conventions) -> Message | None:
    """Say how an answer is to be written, where its box alone does not."""
    if isinstance(field.rule, Rounded):
        return rounding_phrase(field.rule.digits)
    if field.kind == "choice" and _are_few_words(field):
        return listed([option.label or option.name for option in field.options], " / ")
    if field.kind == "choices":
        return say("any number of them, separated by commas; write none if there are none")
    if field.kind == "order":
        return say("all of them, the first one first")
    if field.kind == "expression":
        return say("written like {{ example }}", example=_example(field.names))
    return (field.axes or shape_order(conventions)) if field.kind == "shape" else None


def _are_few_words(field: Field) -> bool:
    """Say whether the options are no letters, which a prompt explains, and fit beside a box."""
    names = [option.name for option in field.options]
    return all(len(name) > 1 for name in names) and sum(map(len, names)) <= MOST_LETTERS


def asked(field: Field, conventions: Conventions) -> Message:
    """Say what is to be written, for those who see no answer box."""
    advice = None if field.kind == "choice" else hint(field, conventions)
    wanted = _wanted(field)
    return say("{{ wanted }}, {{ advice }}", wanted=wanted, advice=advice) if advice else wanted


def _wanted(field: Field) -> Message:
    match field.kind:
        case "integer":
            return say("a whole number")
        case "number":
            return say("a number")
        case "shape":
            return say("a shape")
        case "tensor":
            return _map_phrase(field)
        case "choice":
            return say("one of {{ options }}", options=options_phrase(field))
        case "choices" | "order":
            return say("of {{ options }}", options=options_phrase(field))
        case "text":
            return say("a few sentences")
        case "expression":
            return say("an expression")
        case "record":
            return listed([_part_phrase(part) for part in field.parts], "; ")


def _map_phrase(field: Field) -> Message:
    if field.shape is None:
        return (
            say("a row, its length is for you to find")
            if field.row
            else say("a map, its size is for you to find")
        )
    rows, columns = field.shape
    if rows == 1:
        return say("a row of {{ columns }} cells", columns=columns)
    return say("a map of {{ rows }} × {{ columns }} cells", rows=rows, columns=columns)


def _part_phrase(part: Field) -> Message:
    return say("{{ label }}: {{ wanted }}", label=part.label, wanted=_wanted(part))


def _example(names: tuple[Family, ...]) -> str:
    """Write twice a product of two of the names, or twice a name: no answer is a hint at the key."""
    indexed = [family for family in names if family.indices] or names[:1]
    return "*".join(["2", *(name_of(each.letter, *[1] * each.indices) for each in indexed[:2])])


def options_phrase(field: Field) -> Message:
    """List what can be chosen."""
    return listed([option.label or option.name for option in field.options])


def convention_sentences(conventions: Conventions) -> tuple[Message, ...]:
    """Say what a paper takes for granted, one sentence for each convention."""
    return (
        say("**Filtering** slides the kernel over the input as it stands (cross-correlation).")
        if conventions.operation == "cross-correlation"
        else say("**Filtering** turns the kernel by 180° before it slides over the input (convolution)."),
        say(
            "**Positions**: rows, columns and channels are counted from {{ origin }}.",
            origin=conventions.origin,
        ),
        say("**Output sizes.** {{ rule }}", rule=size_rule(up=conventions.rounding == "ceil")),
        say("**Average pooling** divides by the size of the whole window, padding included.")
        if conventions.pool_counts_padding
        else say("**Average pooling** divides by the number of cells that are not padding."),
        say("**Shapes** are written as {{ order }}.", order=shape_order(conventions)),
        say("**Numbers of parameters** include biases unless a question says otherwise.")
        if conventions.bias_counted
        else say("**Numbers of parameters** leave out biases unless a question says otherwise."),
    )
