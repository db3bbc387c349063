"""How a question of one paper stands after some rules: what is right, how it is paid, whether it counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from ...generator.language import Language
from ...generator.model import Key, Value
from ...generator.papers import Problem
from ...generator.policy import NOTHING_STATED, Credit, Share
from .answers import otherwise, read_values, with_values
from .rule import Rule, Ruling


@dataclass(frozen=True, eq=False)  # known by identity: it is what a question is marked by once
class Standing:
    """A question as rules left it.

    Attributes
    ----------
    drawn
        The problem as it stands on the paper.
    key
        The problem whose key holds.
    taken
        Literals that took the place of keys.
    others
        Problems whose keys are accepted as well.
    literals
        Values that are accepted as well, by field.
    credit, shares
        How it is paid now, as far as rules said that.
    counts
        Whether its marks count, or it is dropped, or gives full marks to all or to those who answered.
    rulings
        The rules that made it so, in their order.
    kept
        Those that would have made it worse for the student, so that they do not hold here.
    """

    drawn: Problem
    key: Problem
    taken: Mapping[str, Value] = field(default_factory=dict)
    others: tuple[Problem, ...] = ()
    literals: Mapping[str, tuple[Value, ...]] = field(default_factory=dict)
    credit: Credit = NOTHING_STATED
    shares: Mapping[str, Share] = field(default_factory=dict)
    counts: Literal["marks", "dropped", "everyone", "answered"] = "marks"
    rulings: tuple[Ruling, ...] = ()
    kept: tuple[Ruling, ...] = ()

    @property
    def marked_by(self) -> Iterator[Problem]:
        """Yield the problems that answers are marked by: that of the key first, then those accepted as well.

        Each accepts the answers of all others too; one whose case is another pays for what follows from that.
        """
        problems = (self.key, *self.others)
        for problem in problems:
            accepted = {
                name: tuple(
                    dict.fromkeys(
                        (
                            *problem.key[name],
                            *(value for other in problems for value in other.key[name]),
                            *self.literals.get(name, ()),
                        )
                    )
                )
                for name in problem.key
            }
            yield self._paid(problem, accepted)

    def _paid(self, problem: Problem, key: Key) -> Problem:
        spec = replace(problem.spec, misconceptions={**problem.spec.misconceptions, **self.shares})
        return replace(
            problem,
            key=key,
            points=self.key.points,
            spec=spec if self.shares else problem.spec,
            credit=self.credit.within(problem.credit),
        )


def as_drawn(problem: Problem) -> Standing:
    """Return how a problem stands before any rule."""
    return Standing(problem, problem)


def applied(ruling: Ruling, standing: Standing, language: Language) -> Standing:
    """Return how a question stands under one more rule; the same where the rule changes nothing there.

    A literal that fits the question no longer, as the exam was changed since, changes nothing.
    """
    try:
        after = _changed(ruling.rule, standing, language)
    except ValueError:
        return standing
    return standing if after is standing else replace(after, rulings=(*standing.rulings, ruling))


def _changed(rule: Rule, standing: Standing, language: Language) -> Standing:
    if rule.drop:
        return replace(standing, counts="dropped")
    if rule.full_marks:
        return replace(standing, counts=rule.full_marks)
    if rule.points is not None:
        if rule.points == standing.key.points:
            return standing
        return replace(standing, key=replace(standing.key, points=rule.points))
    if rule.accept:
        return _accepting(rule, standing, language)
    if rule.key:
        return _keyed(rule, standing, language)
    return replace(
        standing, credit=rule.credit.within(standing.credit), shares={**standing.shares, **rule.shares}
    )


def _accepting(rule: Rule, standing: Standing, language: Language) -> Standing:
    answer = rule.accept
    if answer is None:
        return standing
    if not answer.values:
        other = otherwise(standing.drawn, answer)
        if other is None or any(other.key == each.key for each in (standing.key, *standing.others)):
            return standing
        return replace(standing, others=(*standing.others, other))
    values = read_values(standing.drawn, answer.values, language)
    literals = {name: (*standing.literals.get(name, ()), value) for name, value in values.items()}
    return replace(standing, literals={**standing.literals, **literals})


def _keyed(rule: Rule, standing: Standing, language: Language) -> Standing:
    answer = rule.key
    if answer is None:
        return standing
    if answer.values:
        taken = {**standing.taken, **read_values(standing.drawn, answer.values, language)}
        return replace(standing, key=with_values(standing.key, taken), taken=taken)
    other = otherwise(standing.drawn, answer)
    if other is None or other.key == standing.key.key:
        return standing
    return replace(standing, key=replace(other, points=standing.key.points), taken={})
