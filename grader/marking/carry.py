"""Errors carried forward: a wrong answer is also compared with what follows from the student's own results.

An error is punished once. A field that is wrong against the key is marked again, against what the solver
makes of the earlier answers of the same student that it needs; the better of the two marks counts, less what
the exam takes off.

Which answers are taken says `taking`; where one was left blank or is not taken, what it needs in its turn is.
What follows must stay worth asking. Nothing is carried to a copy of the answer before it, nor to a sum of
which more than half of the parts are wrong, nor past a map that becomes constant (behind a ReLU, made-up
negative numbers would leave nothing to compute), nor where fewer than half of the products of the key are
left, or the effort is less than the entry allows. From answers that are right, though not those that come
first in the key, everything follows in full.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

from ...generator import registry
from ...generator.document import Message, say
from ...generator.frozen import frozen
from ...generator.language import Language
from ...generator.mistakes import is_constant
from ...generator.model import Field, Key, Value
from ...generator.papers import Problem
from ..model import Mark, Verdict
from .compare import mark_field
from .taking import sort_out
from .terms import Terms

LEAST_SHARE = Fraction(1, 2)
"""Of the products that an answer takes from the results of the key."""

MANY_WRONG = say(
    "What follows from your own earlier answers does not count, because more than half of them are wrong."
)
TRIVIAL = say(
    "What follows from your own earlier answers does not count, because too little is left to compute."
)

_WRONG = (Verdict.WRONG, Verdict.PARTIAL)


def carried(
    problem: Problem,
    fields: tuple[Field, ...],
    marks: list[Mark],
    answers: Mapping[str, object],
    terms: Terms,
) -> list[Mark]:
    """Mark every wrong field again from the student's own earlier results; the better mark counts."""
    policy, pairs = terms.marking.carry_forward, list(zip(fields, marks, strict=True))
    if policy is None or not any(field.needs and mark.verdict in _WRONG for field, mark in pairs):
        return marks
    needed = {name for field in fields for name in field.needs}
    by_name = {mark.field: mark for mark in marks}
    taken, refused = sort_out(problem, [field for field in fields if field.name in needed], by_name)
    needs = {field.name: field.needs for field in fields}
    own = Own(problem, needs, by_name, taken, terms.language)
    done: dict[str, Mark] = {}
    for field, mark in pairs:
        done[field.name] = mark
        if not field.needs or mark.verdict not in _WRONG:
            continue
        done[field.name] = own.better(field, mark, done, answers.get(field.name), policy.penalty)
        if done[field.name].verdict in _WRONG:
            for name in set(field.needs) & refused.keys():
                if done[name].verdict is not Verdict.RIGHT:  # what it follows from is built on instead
                    done[name] = replace(done[name], uncarried=refused[name])
    return list(done.values())


@frozen
class Own:
    """What a student built on.

    Attributes
    ----------
    problem
        What was asked.
    needs
        What each field needs.
    marks
        The marks against the key.
    taken
        The answers that others may follow from.
    language
        That of the paper.
    """

    problem: Problem
    needs: Mapping[str, tuple[str, ...]]
    marks: Mapping[str, Mark]
    taken: Mapping[str, Value]
    language: Language

    def better(
        self, field: Field, mark: Mark, done: Mapping[str, Mark], raw: object, penalty: Fraction
    ) -> Mark:
        """Return the mark from own results, less a penalty, if it is better than that against the key."""
        taken = dict(self._behind(field.name))
        following = self._following(taken)
        if field.name not in following:
            return mark
        own = mark_field(field, following[field.name], raw, self.problem.credit, language=self.language)
        right = all(self.marks[name].verdict is Verdict.RIGHT for name in taken)
        gain = own.credit - mark.credit
        credit = own.credit if right else own.credit - penalty * gain
        if credit <= mark.credit:
            return mark
        if not right and (reason := self._why_not(field, mark, done, taken, following)):
            return replace(mark, uncarried=reason)
        return replace(own, credit=credit, key=mark.key, against="own")

    def _behind(self, name: str) -> Iterator[tuple[str, Value]]:
        """Yield the answers that a field builds on, each the nearest that can be taken."""
        for earlier in self.needs[name]:
            if earlier in self.taken:
                yield earlier, self.taken[earlier]
            else:
                yield from self._behind(earlier)

    def _following(self, taken: Mapping[str, Value]) -> Key:
        """Solve from own results; nothing follows from those of the key, or from what the solver refuses."""
        if all(value == self.problem.key[name][0] for name, value in taken.items()):
            return {}
        try:
            return registry.get(self.problem.spec.type).solve(self.problem.case, taken)
        except ValueError:  # a size into which no window fits
            return {}

    def _why_not(
        self, field: Field, mark: Mark, done: Mapping[str, Mark], taken: Mapping[str, Value], following: Key
    ) -> Message | None:
        """Say why an answer that follows from own results does not count; None where it does."""
        errors = sum(done[name].verdict is not Verdict.RIGHT for name in field.needs)
        if errors > max(1, len(field.needs) // 2):
            return MANY_WRONG
        if self._is_copy(mark, taken) or self._is_constant(field, taken, following):
            return TRIVIAL
        return TRIVIAL if self._is_light(field, taken) else None

    def _is_copy(self, mark: Mark, taken: Mapping[str, Value]) -> bool:
        """Say whether a shape or a map repeats the one that it builds on, and the key does not."""
        if len(taken) > 1 or not isinstance(mark.read, tuple):
            return False
        ((name, value),) = taken.items()
        return value == mark.read and self.problem.key[name][0] != mark.key

    def _is_constant(self, field: Field, taken: Mapping[str, Value], following: Key) -> bool:
        """Say whether a map on the way to an answer, or the answer, is constant where that of the key is not.

        Two numbers may be the same by chance.
        """
        names = list(following)
        found = {name: following[name][0] for name in names[: names.index(field.name) + 1]} | dict(taken)
        return any(
            is_constant(value, least=3) and not is_constant(self.problem.key[name][0])
            for name, value in found.items()
        )

    def _is_light(self, field: Field, taken: Mapping[str, Value]) -> bool:
        """Say whether an answer takes far fewer products from own results than from those of the key.

        Or so few that the effort of the question leaves the band of its entry.
        """
        kind, case = registry.get(self.problem.spec.type), self.problem.case
        if kind.remaining is None:
            return False
        own = kind.remaining(case, taken, field.name)
        right = kind.remaining(case, {name: self.problem.key[name][0] for name in taken}, field.name)
        if own >= right:
            return False
        whole = kind.effort(case).products - right + own
        return own < LEAST_SHARE * right or whole < (self.problem.spec.effort.products.least or 0)
