"""Known mistakes, place by place: what somebody writes there, and what that place is paid for it.

A platform judges each answer by itself and pays each blank by itself. What a mistake earns of a map is
therefore shared out over cells that tell it from others, so that whoever makes it everywhere gets from the
platform what our own marking gives, and who makes another that earns nothing gets nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil
from typing import cast

from ..document import Message
from ..frozen import frozen
from ..latex import terminates
from ..mistakes import sentence_of, wrong_answers
from ..model import Field, Value
from ..number import Number
from ..papers import Problem
from .as_marked import DECIMALS
from .places import Place, answers_at, fitting, tolerance_of


@frozen
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
    tolerance
        By how much a number may differ from it, that much included.
    """

    answer: Number | str
    share: Fraction
    sentence: Message | None
    tolerance: Fraction


@frozen
class Mistake:
    """What somebody with a misconception answers.

    Attributes
    ----------
    answers
        By field.
    share
        What it earns, of each answer in which it shows; None where the entry does not list it.
    sentence
        What its student reads.
    """

    answers: Mapping[str, Value]
    share: Fraction | None
    sentence: Message


def mistakes_of(problem: Problem) -> tuple[Mistake, ...]:
    """Return the mistakes that apply to a problem: those that earn most first, those not listed last."""
    paid = problem.spec.misconceptions
    found = (
        Mistake(answers, paid.get(name), sentence_of(problem.spec.type, problem.case, name))
        for name, answers in wrong_answers(problem.spec.type, problem.case)
    )
    return tuple(sorted(found, key=lambda each: -1 if each.share is None else each.share, reverse=True))


def wrong_at(
    asked: Field, places: Sequence[Place], accepted: tuple[Value, ...], mistakes: Sequence[Mistake]
) -> list[tuple[Wrong, ...]]:
    """Return the known wrong answers of each place of a field.

    Nothing is known of several options that are chosen at once: a platform pays each of them by itself.
    """
    if asked.kind == "choices":
        return [()] * len(places)
    right = fitting(asked, accepted)
    seen = [_Seen(place, [key[number] for key in right]) for number, place in enumerate(places)]
    given = list(_given(asked, accepted, mistakes))
    for one in given:
        one.due = _due(one, seen)
        for place, given_there in zip(seen, one.answer, strict=True):
            place.add(given_there, one)
    for one in given:
        _share_out(one, seen)
    return [tuple(place.wrong()) for place in seen]


@dataclass(eq=False)
class _Given:
    """An answer to a field, place by place, that one mistake gives, or several; the best paid of them.

    Attributes
    ----------
    due
        What its wrong places are to earn together, in places.
    """

    answer: tuple[Value, ...]
    share: Fraction | None
    sentence: Message | None
    due: Fraction = Fraction()


def _given(asked: Field, accepted: tuple[Value, ...], mistakes: Sequence[Mistake]) -> Iterator[_Given]:
    """Yield the different answers that mistakes give, as far as they fit into the places of the key."""
    found: dict[tuple[Value, ...], _Given] = {}
    for mistake in mistakes:
        answer = answers_at(asked, mistake.answers[asked.name], accepted[0])
        if answer is None:
            continue
        before = found.setdefault(answer, _Given(answer, mistake.share, mistake.sentence))
        if before.sentence != mistake.sentence:
            before.sentence = None
    yield from found.values()


@dataclass(eq=False)
class _Answer:
    """A wrong answer at a place, who gives it, and what it is paid, once that is decided."""

    value: Value
    givers: list[_Given]
    share: Fraction | None = None

    @property
    def spoilt(self) -> int:
        """Whether paying for it would pay somebody who is to get nothing: 1 if nobody listed, else 2."""
        return max((1 if each.share is None else 2 for each in self.givers if each.due <= 0), default=0)


@frozen
class _Seen:
    """A place, what is right there, and the wrong answers that a platform can tell from that."""

    place: Place
    right: Sequence[Value]
    answers: list[_Answer] = field(default_factory=list)

    def is_right(self, answer: Value) -> bool:
        """Say whether an answer is right there."""
        return any(self.place.is_right(answer, right) for right in self.right)

    def add(self, answer: Value, given: _Given) -> None:
        """Note who gives an answer, if it is wrong."""
        if self.is_right(answer) or not all(_tells_apart(self.place, answer, right) for right in self.right):
            return
        known = next((each for each in self.answers if self.place.is_right(answer, each.value)), None)
        if known:
            known.givers.append(given)
        else:
            self.answers.append(_Answer(answer, [given]))

    def wrong(self) -> Iterator[Wrong]:
        """Yield the known wrong answers."""
        for each in self.answers:
            sentence = each.givers[0].sentence if len(each.givers) == 1 else None
            share = each.share or Fraction()
            yield Wrong(cast("Number | str", each.value), share, sentence, _tolerance(self.place, each.value))


def _due(given: _Given, seen: Sequence[_Seen]) -> Fraction:
    right = sum(place.is_right(answer) for place, answer in zip(seen, given.answer, strict=True))
    return (given.share or Fraction()) * len(seen) - right


def _share_out(given: _Given, seen: Sequence[_Seen]) -> None:
    """Pay an answer where that pays nobody else, or as few as possible, so that it earns what is due."""
    its_own = [each for place in seen for each in place.answers if given in each.givers]
    due = given.due - sum(each.share for each in its_own if each.share is not None)
    free = sorted((each for each in its_own if each.share is None), key=lambda each: each.spoilt)
    if due <= 0 or not free:
        return
    enough = max(ceil(due), sum(not each.spoilt for each in free))
    chosen = free[:enough]
    for each in chosen:
        each.share = min(Fraction(1), due / len(chosen))


def _tolerance(place: Place, answer: Value) -> Fraction:
    """Return by how much an answer may differ: a number without end is typed with a few decimals."""
    endless = isinstance(answer, Fraction) and not terminates(answer)
    return tolerance_of(place.rule) or Fraction(endless, 2 * 10**DECIMALS)


def _tells_apart(place: Place, answer: Value, right: Value) -> bool:
    """Say whether a platform that reads decimals can tell a wrong answer from the right one."""
    if isinstance(answer, (str, tuple)) or isinstance(right, (str, tuple)):
        return True
    return abs(Fraction(answer) - right) > 2 * _tolerance(place, answer)
