"""The wrong answers of a problem that are to be explained."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from functools import cached_property

from ...generator.frozen import frozen
from ...generator.model import Field, Key, Value
from ...generator.papers import Problem
from ..marking.compare import same
from ..model import Read


@frozen
class Wrong:
    """A problem, and what a student answered.

    Attributes
    ----------
    problem, fields
        What was asked.
    answers
        What was answered, and read without a gap, by field.
    own
        The answers among them that are wrong and follow from the student's own earlier results.
    gaps
        What was read of maps with cells that are blank or unreadable; those cells are None.
    """

    problem: Problem
    fields: tuple[Field, ...]
    answers: Mapping[str, Value]
    own: Mapping[str, Value]
    gaps: Mapping[str, Read] = field(default_factory=dict)

    @cached_property
    def answered(self) -> tuple[Field, ...]:
        """The fields with an answer."""
        return tuple(field for field in self.fields if field.name in self.answers)

    @cached_property
    def unexplained(self) -> tuple[Field, ...]:
        """The fields that are to be explained."""
        return tuple(
            field
            for field in self.answered
            if field.name not in self.own and not self.agrees(field, self.problem.key)
        )

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of the fields that are to be explained."""
        return tuple(field.name for field in self.unexplained)

    def agrees(self, field: Field, key: Key) -> bool:
        """Say whether an answer is among the values that a key accepts."""
        answer = self.answers[field.name]
        return any(same(field.rule, answer, value) for value in key.get(field.name, ()))

    def agreeing(self, key: Key) -> int:
        """Count the answers that are among the values that a key accepts."""
        return sum(self.agrees(field, key) for field in self.answered)

    def agree(self, fields: Iterable[Field], key: Key) -> bool:
        """Say whether all answers to some fields are."""
        return all(self.agrees(field, key) for field in fields)
