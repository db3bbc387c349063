"""Known mistakes, place by place: what somebody writes there, and what that place is paid for it.

A platform pays each blank by itself. What a mistake earns as a whole is therefore shared out over the blanks
in which it shows, so that whoever makes it everywhere gets from the platform what our own marking gives.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import cast

from ..document import Message
from ..mistakes import sentence_of, wrong_answers
from ..model import Field, Value
from ..number import Number
from ..papers import Problem
from .as_marked import is_decimal
from .places import Place, answers_at, tolerance_of


@dataclass(frozen=True)
class Wrong:
    """A known wrong answer of a blank.

    Attributes
    ----------
    answer
        A number, or the name of an option.
    share
        Of what the blank is worth, 0 to 1.
    sentence
        What it points at; None where several mistakes give it.
    """

    answer: Number | str
    share: Fraction
    sentence: Message | None


@dataclass(frozen=True)
class Mistake:
    """What somebody with a misconception answers.

    Attributes
    ----------
    answers
        By field.
    share
        What it earns, of each answer in which it shows.
    sentence
        What its student reads.
    """

    answers: Mapping[str, Value]
    share: Fraction
    sentence: Message


def mistakes_of(problem: Problem) -> tuple[Mistake, ...]:
    """Return the mistakes that apply to a problem, those that earn most first."""
    paid = problem.spec.misconceptions
    found = (
        Mistake(answers, paid.get(name, Fraction()), sentence_of(problem.spec.type, problem.case, name))
        for name, answers in wrong_answers(problem.spec.type, problem.case)
    )
    return tuple(sorted(found, key=lambda mistake: -mistake.share))


def wrong_at(
    field: Field, places: Sequence[Place], accepted: tuple[Value, ...], mistakes: Sequence[Mistake]
) -> tuple[tuple[Wrong, ...], ...]:
    """Return the known wrong answers of each place of a field.

    Nothing is known of several options that are chosen at once: a platform pays each of them by itself.
    """
    found: list[list[Wrong]] = [[] for _ in places]
    right = [answer for value in accepted if (answer := answers_at(field, value, accepted[0])) is not None]
    for mistake in mistakes if field.kind != "choices" else ():
        answer = answers_at(field, mistake.answers[field.name], accepted[0])
        if answer is None:
            continue
        wrong = [
            number
            for number, place in enumerate(places)
            if not any(place.is_right(answer[number], key[number]) for key in right)
        ]
        told = [
            number
            for number in wrong
            if all(_tells_apart(places[number], answer[number], key[number]) for key in right)
        ]
        _share_out(mistake, places, answer, _Shown(wrong, told), found)
    return tuple(map(tuple, found))


@dataclass(frozen=True)
class _Shown:
    """The numbers of the places where a mistake shows, and of those where a platform can know it."""

    wrong: Sequence[int]
    told: Sequence[int]


def _tells_apart(place: Place, answer: Value, right: Value) -> bool:
    """Say whether a platform that reads decimals can tell a wrong answer from the right one."""
    if isinstance(answer, (str, tuple)) or isinstance(right, (str, tuple)):
        return True
    tolerance = tolerance_of(place.rule)
    return abs(Fraction(answer) - right) > 2 * tolerance and (bool(tolerance) or is_decimal(answer))


def _share_out(
    mistake: Mistake,
    places: Sequence[Place],
    answer: Sequence[Value],
    shown: _Shown,
    found: list[list[Wrong]],
) -> None:
    """Add what a mistake gives to what those before it gave; what it earns beyond that is shared out."""
    known = {number: _known(places[number], answer[number], found[number]) for number in shown.told}
    new = [number for number, before in known.items() if before is None]
    earned = mistake.share * len(places) - (len(places) - len(shown.wrong))
    earned -= sum(before.share for before in known.values() if before is not None)
    share = min(Fraction(1), max(Fraction(), earned) / len(new)) if new else Fraction()
    for number, before in known.items():
        if before is None:
            value = cast("Number | str", answer[number])
            found[number].append(Wrong(value, share, mistake.sentence))
        elif before.sentence != mistake.sentence:
            found[number][found[number].index(before)] = replace(before, sentence=None)


def _known(place: Place, answer: Value, found: Sequence[Wrong]) -> Wrong | None:
    return next((each for each in found if place.is_right(answer, each.answer)), None)
