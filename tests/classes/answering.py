"""What students put on a paper, made by the engine, and what that earns, worked out apart from the grader."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from convexam.generator.mistakes import wrong_answers
from convexam.generator.model import Field, Value
from convexam.generator.papers import Paper, Problem
from convexam.generator.streams import Stream

RIGHT, BLANK, SLIP, UNREADABLE, WORDS = "right", "blank", "slip", "unreadable", "words"

_HARDNESS = {"q1": 30, "q2": 10, "q3": 20, "q4": 40, "q5": 15}
_TEXTS = (
    "The largest number of every window is kept; where exactly it stood is lost.",
    "Windows of 2 x 2 halve the sides of each map, so that later layers have less work.",
    "It makes the picture smaller: I think that the network then sees it better.",
)


@dataclass(frozen=True)
class Put:
    """What stands in the only field of a question.

    Attributes
    ----------
    problem, field
        What was asked.
    way
        How it came about: right, blank, a slip, unreadable, words, or the name of a misconception.
    value
        The answer; None is blank, and a text stands as it was typed where it is unreadable or in words.
    """

    problem: Problem
    field: Field
    way: str
    value: Value | None

    @property
    def waits(self) -> bool:
        """Whether a person has to look at it."""
        return self.way in (UNREADABLE, WORDS)

    @property
    def points(self) -> Fraction:
        """What it earns: for its right cells, or as much as the entry pays for its misconception."""
        return self.points_with(())

    def points_with(self, accepted: Collection[str]) -> Fraction:
        """Return what it earns where the answers of some misconceptions count as right."""
        if self.value is None or self.waits:
            return Fraction()
        wrong = dict(_wrong(self.problem, self.field))
        right = [*self.problem.key[self.field.name], *(wrong[name] for name in accepted if name in wrong)]
        listed = self.problem.spec.misconceptions
        paid = [listed[name] for name, answer in wrong.items() if answer == self.value]
        return self.problem.points * max(*(_alike(self.value, each) for each in right), *paid, Fraction())


@dataclass(frozen=True)
class Sheet:
    """A paper with what a student put on it."""

    paper: Paper
    puts: tuple[Put, ...]

    @property
    def points(self) -> Fraction:
        """What it earns before anybody has looked at what waits."""
        return sum((put.points for put in self.puts), Fraction())

    @property
    def waiting(self) -> int:
        """How many answers wait for a person."""
        return sum(put.waits for put in self.puts)


def sheet(paper: Paper, stream: Stream, *ways: str) -> Sheet:
    """Put answers on a paper.

    Parameters
    ----------
    paper
        Whose questions have one field each.
    stream
        From which is drawn how able the student is, and what goes wrong.
    ways
        In which way each question is answered, where that is not to be drawn.
    """
    ability = stream.child("ability").integer(35, 110)
    puts = []
    for place, problem in enumerate(paper.problems):
        drawn = stream.child(problem.item)
        way = ways[place] if place < len(ways) else _way(problem, ability, drawn)
        puts.append(put(problem, way, drawn))
    return Sheet(paper, tuple(puts))


def put(problem: Problem, way: str, stream: Stream) -> Put:
    """Answer a question in a way."""
    (field,) = problem.fields
    return Put(problem, field, way, _value(problem, field, way, stream.child("value")))


def _way(problem: Problem, ability: int, stream: Stream) -> str:
    if problem.fields[0].kind == "text":
        return WORDS if stream.child("words").below(10) < 3 else BLANK
    if stream.child("right").below(100) < ability - _HARDNESS[problem.item.partition(".")[0]]:
        return RIGHT
    ways = [SLIP, SLIP, BLANK, *[name for name, _ in _wrong(problem, problem.fields[0])][:3] * 2]
    return stream.child("way").choice(ways)


def _value(problem: Problem, field: Field, way: str, stream: Stream) -> Value | None:
    right = problem.key[field.name][0]
    match way:
        case "right":
            return right
        case "blank":
            return None
        case "slip":
            return _slipped(field, right, stream)
        case "unreadable":
            return "about seven?"
        case "words":
            return stream.choice(_TEXTS)
    return dict(_wrong(problem, field))[way]


def _slipped(field: Field, right: Any, stream: Stream) -> Value:
    """Write another number in one place of a map or shape, or choose another option."""
    if field.kind == "choice":
        return stream.choice([option.name for option in field.options if option.name != right])
    if not isinstance(right, tuple):
        return right + stream.integer(1, 3)  # type: ignore[no-any-return]
    place = stream.child("place").below(len(right))
    changed = _slipped(field, right[place], stream.child("part"))
    return (*right[:place], changed, *right[place + 1 :])


def _wrong(problem: Problem, field: Field) -> Iterator[tuple[str, Value]]:
    """Yield the misconceptions that the entry lists and that show here, with what is answered with them."""
    for name, answers in wrong_answers(problem.spec.type, problem.case, problem.spec.misconceptions):
        value = answers[field.name]
        if value not in problem.key[field.name] and field.kind != "choice" and _fits(field, value):
            yield name, value


def _fits(field: Field, value: Any) -> bool:
    """Say whether an answer can be typed into the boxes of the paper."""
    return field.kind != "tensor" or field.shape is None or field.shape == (len(value), len(value[0]))


def _alike(value: Value, accepted: Value) -> Fraction:
    """Return the share of cells of a map of the right size that are right; else all or nothing."""
    if not (isinstance(value, tuple) and isinstance(accepted, tuple)) or not isinstance(accepted[0], tuple):
        return Fraction(value == accepted)
    ours, theirs = list(_cells(value)), list(_cells(accepted))
    if len(ours) != len(theirs) or len(value) != len(accepted):
        return Fraction()
    return Fraction(sum(map(lambda one, other: one == other, ours, theirs)), len(theirs))


def _cells(rows: Any) -> list[Value]:
    return [cell for row in rows for cell in row]
