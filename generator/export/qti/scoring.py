"""How an item is marked, in the expressions that engines agree on.

A number is right within bounds that are compared one by one, as not every engine knows tolerances; where 0 is
within them, it is also asked whether there is a number, as some engines take nothing for 0. What the blanks
earn is added to the score. What is known of an answer stands in an outcome of its blank, which has a
single value: outcomes of several values are more than some engines can take.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import cast
from xml.etree.ElementTree import Element

from ...document import Message
from ...number import Number
from ..decimals import decimal, portions
from ..fragment import element
from ..item import Blank
from . import names

SLACK = Fraction(1, 10**9)
"""By how much a number may miss a bound, as engines compute in binary."""


def sentences(blanks: Sequence[Blank]) -> list[Message]:
    """Return what students may be told, each sentence once; messages cannot be hashed."""
    found: list[Message] = []
    for blank in blanks:
        for wrong in blank.wrong:
            if wrong.sentence is not None and wrong.sentence not in found:
                found.append(wrong.sentence)
    return found


def scoring(blanks: Sequence[Blank], points: Fraction, known: Sequence[Message]) -> Iterator[Element]:
    """Yield the conditions that mark an item.

    Parameters
    ----------
    blanks, points
        Those of the item, and what it is worth.
    known
        The `sentences` of the blanks.
    """
    for blank, worth in zip(blanks, portions(points * blank.share for blank in blanks), strict=True):
        if blank.kind == "choices":
            yield from _several(blank, worth)
        else:
            yield _one(blank, worth, known)


def hints(blanks: Sequence[Blank], known: Sequence[Message]) -> Iterator[Element]:
    """Yield the conditions that show the sentence of a mistake once, in however many blanks it was made."""
    for number, sentence in enumerate(known, start=1):
        showing = [
            _match(_variable(names.feedback(blank.name)), names.mistake(number))
            for blank in blanks
            if any(wrong.sentence == sentence for wrong in blank.wrong)
        ]
        yield element(
            "responseCondition",
            element("responseIf", element("or", *showing), show(names.hint(number))),
        )


def show(outcome: str) -> Element:
    """Let the feedback of an outcome be shown."""
    return _set(outcome, _value("identifier", names.SHOWN))


# -- blanks -------------------------------------------------------------------------------------


def _one(blank: Blank, worth: Fraction, known: Sequence[Message]) -> Element:
    """Mark a number, or the choice of one option: what is right first, then each known wrong answer."""
    right = [_is(blank, answer, blank.tolerance) for answer in blank.right]
    branches = [
        element(
            "responseIf",
            right[0] if len(right) == 1 else element("or", *right),
            _add(names.SCORE, _value("float", decimal(worth))),
            _found(blank, names.RIGHT),
        )
    ]
    for wrong in blank.wrong:
        effects = [_add(names.SCORE, _value("float", decimal(worth * wrong.share)))] if wrong.share else []
        if wrong.sentence is not None:
            effects.append(_found(blank, names.mistake(known.index(wrong.sentence) + 1)))
        if effects:
            branches.append(element("responseElseIf", _is(blank, wrong.answer, wrong.tolerance), *effects))
    return element("responseCondition", *branches)


def _several(blank: Blank, worth: Fraction) -> Iterator[Element]:
    """Mark the choice of any options: a wrong one takes back what a right one earns, down to 0."""
    total, each = names.collected(blank.name), worth / len(blank.right)
    parts = dict(zip(blank.right, portions([each] * len(blank.right)), strict=True))
    for name, _ in blank.options:
        chosen = element(
            "member", _value("identifier", names.choice(name)), _variable(names.response(blank.name))
        )
        earned = _value("float", decimal(parts.get(name, -each)))
        yield element("responseCondition", element("responseIf", chosen, _add(total, earned)))
    above = element("gt", _variable(total), _value("float", "0"))
    yield element("responseCondition", element("responseIf", above, _add(names.SCORE, _variable(total))))


def _is(blank: Blank, answer: Number | str, tolerance: Fraction) -> Element:
    """Say that a blank holds an answer."""
    variable = names.response(blank.name)
    if blank.kind != "number":
        return _match(_variable(variable), names.choice(cast("str", answer)))
    least, most = Fraction(answer) - tolerance - SLACK, Fraction(answer) + tolerance + SLACK
    filled = [element("not", element("isNull", _variable(variable)))] if least < 0 < most else []
    return element(
        "and",
        *filled,
        element("gte", _variable(variable), _value("float", decimal(least))),
        element("lte", _variable(variable), _value("float", decimal(most))),
    )


# -- expressions --------------------------------------------------------------------------------


def _found(blank: Blank, what: str) -> Element:
    return _set(names.feedback(blank.name), _value("identifier", what))


def _match(one: Element, other: str) -> Element:
    return element("match", one, _value("identifier", other))


def _add(outcome: str, earned: Element) -> Element:
    return _set(outcome, element("sum", _variable(outcome), earned))


def _set(outcome: str, value: Element) -> Element:
    return element("setOutcomeValue", value, identifier=outcome)


def _variable(name: str) -> Element:
    return element("variable", identifier=name)


def _value(base: str, text: str) -> Element:
    return element("baseValue", text, baseType=base)
