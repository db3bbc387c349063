"""Thousands of draws of an entry, tallied: is every variant fair, sharp and different?

Others test a hundred draws of a question, and a published fault showed up once in two thousand; so draws are
cheap here, and the audit makes ten thousand. A tally of some draws can be added to a tally of others, so
that the work can be shared out in any way with the same result.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from . import registry
from .bank import Origin
from .compose import draw_problem
from .errors import ConvexamError
from .mistakes import first_values, require_sharp, wrong_answers
from .model import Conventions, Refused
from .number import Number
from .option_places import Place, lopsided, repeated, right_places
from .papers import Problem, Spec
from .reading.schema import canonical_json, dump
from .streams import Stream, derive

FEWEST_VARIANTS = 1000
"""A random entry with fewer different variants is faulty: neighbours would share numbers."""

MOST_REFUSED = Fraction(95, 100)
"""An entry that refuses more of its draws than this is faulty: its ranges miss what it asks for."""

MOST_IN_VAIN = 3
"""After so many failures, and nothing else, the rest would fail as well."""


@dataclass
class Spread:
    """The least and the greatest of some numbers, and their sum."""

    least: Number | None = None
    most: Number | None = None
    total: Number = 0
    count: int = 0

    def add(self, other: Spread) -> None:
        """Take the numbers of another spread in."""
        for number in (other.least, other.most):
            if number is not None:
                self.least = number if self.least is None else min(self.least, number)
                self.most = number if self.most is None else max(self.most, number)
        self.total += other.total
        self.count += other.count

    @classmethod
    def of(cls, numbers: Iterable[Number]) -> Spread:
        """Return the spread of some numbers."""
        listed = list(numbers)
        return cls(min(listed), max(listed), sum(listed), len(listed)) if listed else cls()

    @property
    def mean(self) -> Number:
        """The mean; 0 of nothing."""
        return Fraction(self.total) / self.count if self.count else 0


@dataclass
class Tally:
    """What some draws of one entry showed.

    Attributes
    ----------
    drawn
        How many problems were drawn.
    refused
        How many draws were refused, by reason.
    variants
        Digests of the different variants.
    efforts
        Products, negatives and digits.
    answers
        The numbers of each field.
    shown
        On how many problems each misconception gives another answer than the key.
    coincided
        On how many problems each pair of answers under ``may_coincide`` was the same.
    places
        Where the right option stands among lettered ones, and how often.
    errors
        What went wrong, and how often.
    """

    drawn: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    variants: set[bytes] = field(default_factory=set)
    efforts: dict[str, Spread] = field(default_factory=dict)
    answers: dict[str, Spread] = field(default_factory=dict)
    shown: Counter[str] = field(default_factory=Counter)
    coincided: Counter[str] = field(default_factory=Counter)
    places: Counter[Place] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)

    def add(self, other: Tally) -> None:
        """Take the draws of another tally in."""
        self.drawn += other.drawn
        self.variants |= other.variants
        self.places.update(other.places)
        for mine, theirs in (
            (self.refused, other.refused),
            (self.shown, other.shown),
            (self.coincided, other.coincided),
            (self.errors, other.errors),
        ):
            mine.update(theirs)
        for spreads, others in ((self.efforts, other.efforts), (self.answers, other.answers)):
            for name, spread in others.items():
                spreads.setdefault(name, Spread()).add(spread)

    @property
    def refusal_rate(self) -> Fraction:
        """The share of draws that were refused."""
        refused = self.refused.total()
        return Fraction(refused, refused + self.drawn) if refused else Fraction()


def tally(spec: Spec, origin: Origin, numbers: range, conventions: Conventions | None = None) -> Tally:
    """Draw an entry once for each number, and look at what comes out; give up where nothing does."""
    result = Tally()
    for number in numbers:
        if result.errors.total() == MOST_IN_VAIN and not result.drawn:
            break  # each took hundreds of draws, or it is a fault of the text
        stream = Stream(derive(b"convexam/audit/1", [spec.id, str(number)]))
        try:
            problem = draw_problem(
                spec,
                stream,
                item=spec.id,
                origin=origin,
                conventions=conventions,
                language=spec.language,
            )
            if spec.given is not None and conventions is None:  # drawn cases are sharp already
                require_sharp(spec, problem.case, problem.key)
        except (ConvexamError, Refused) as error:
            result.errors[str(error)] += 1
            continue
        except Exception as error:  # a fault of the kind must not hide what else is wrong
            result.errors[f"a fault of the kind '{spec.type}': {type(error).__name__}: {error}"] += 1
            continue
        result.add(_of_problem(problem))
    return result


def _of_problem(problem: Problem) -> Tally:
    kind = registry.get(problem.spec.type)
    effort = kind.effort(problem.case)
    right = first_values(problem.key)
    wrong = dict(wrong_answers(problem.spec.type, problem.case))
    answers = {"key": right, **wrong}
    pairs = (pair.names for pair in problem.spec.may_coincide)
    fields = kind.ask(problem.case)
    given = canonical_json(dump(problem.case.given, kind.given))
    return Tally(
        drawn=1,
        refused=Counter(problem.refused),
        variants={hashlib.sha256(given).digest()[:8]},
        efforts={name: Spread.of([getattr(effort, name)]) for name in ("products", "negatives", "digits")},
        answers={name: Spread.of(_numbers(value)) for name, value in right.items()},
        shown=Counter(name for name, answer in wrong.items() if answer != right),
        coincided=Counter(
            f"{one} = {other}" for one, other in pairs if answers.get(one, 0) == answers.get(other, 1)
        ),
        places=Counter(right_places(fields, right)),
        errors=Counter(repeated(fields, kind.show(problem.case))),
    )


def _numbers(value: Any) -> Iterator[Number]:
    if isinstance(value, tuple):
        for part in value:
            yield from _numbers(part)
    elif not isinstance(value, str):
        yield value


def _fewest_among(drawn: int) -> float:
    """Return how many different variants so many draws of the fewest that are allowed hold, less a twentieth.

    Of N variants, each equally likely, n draws hold N (1 - (1 - 1/N)^n) different ones on average.
    """
    return 0.95 * FEWEST_VARIANTS * (1 - (1 - 1 / FEWEST_VARIANTS) ** drawn)


def faults(spec: Spec, found: Tally) -> list[str]:
    """Say what is wrong with an entry; nothing, if it is sound."""
    messages = [f"{count} times: {message}" for message, count in found.errors.most_common()]
    if spec.params is None:
        return messages
    if found.refusal_rate > MOST_REFUSED:
        messages.append(
            f"refuses {float(found.refusal_rate):.1%} of its draws; widen its params or its effort"
        )
    if len(found.variants) < _fewest_among(found.drawn):
        messages.append(
            f"only {len(found.variants)} different variants in {found.drawn} draws; widen its params"
        )
    messages += [
        f"the misconception {name} never shows; leave it out, or widen the params"
        for name in spec.misconceptions
        if found.drawn and not found.shown[name]
    ]
    messages += lopsided(found.places)
    return messages
