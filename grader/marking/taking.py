"""Which of a student's own results others may follow from, and if not, why not.

An earlier answer is taken if it was read without a gap, has the form of the key and is of bounded size; sizes
that are all the same are made up. Of a map, half of the cells have to be right, or it has to rise and fall
with the key: then it was computed. What a misconception gives is taken all the same: for a map any, otherwise
one that the entry lists.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from itertools import chain
from typing import Any, cast

from ...generator.document import Message, say
from ...generator.mistakes import wrong_answers
from ...generator.model import Field, Value
from ...generator.number import Number
from ...generator.papers import Problem
from ..model import Mark, Verdict
from .compare import same

NUMBER_FACTOR = 10
"""How many times larger or smaller than the key a number may be."""

SIZE_FACTOR = 2
"""The same for the axes of a shape."""

LONGEST = 10**20
"""No denominator is larger: what is computed from a number stays about as long as from the key."""

LEAST_CORRELATION = Fraction(1, 2)
"""With the key, of a map of which fewer than half of the cells are right."""

FEW = 3
"""Of so few numbers nobody can tell whether they were computed; it is enough that they are not all 0."""

GAP = say("What follows from this answer does not count, because a part of it is blank or could not be read.")
FORM = say("What follows from this answer does not count, because it has another form than the right one.")
FAR = say("What follows from this answer does not count, because it is too far from the right one.")
UNLIKE = say("What follows from this answer does not count, because too little of it is right.")


def sort_out(
    problem: Problem, fields: Sequence[Field], marks: Mapping[str, Mark]
) -> tuple[dict[str, Value], dict[str, Message]]:
    """Return the answers that are taken, and why others are not, both by field; a blank has no reason."""
    taken: dict[str, Value] = {}
    doubtful: dict[str, Message] = {}
    refused: dict[str, Message] = {}
    for field in fields:
        mark = marks[field.name]
        answer = mark.complete
        if mark.verdict is Verdict.BLANK:
            continue
        if answer is None or mark.verdict.waits:
            refused[field.name] = GAP
        elif mark.verdict is Verdict.RIGHT:
            taken[field.name] = answer
        elif not _has_form(field, answer, mark.key):
            refused[field.name] = FORM
        elif (reason := why_doubtful(field, answer, mark.key)) is None:
            taken[field.name] = answer
        else:
            doubtful[field.name] = reason
    for reason, misconceptions in ((FAR, problem.spec.misconceptions), (UNLIKE, None)):
        asked = [field for field in fields if doubtful.get(field.name) == reason]
        taken |= _known(problem, asked, marks, misconceptions) if asked else {}
    return taken, refused | {name: reason for name, reason in doubtful.items() if name not in taken}


def is_solvable(field: Field, value: Value, key: Value) -> bool:
    """Say whether the solver can go on with an answer: of the form of the key, and not too far from it."""
    return _has_form(field, value, key) and why_doubtful(field, value, key) != FAR


def _known(
    problem: Problem, fields: Sequence[Field], marks: Mapping[str, Mark], only: Collection[str] | None
) -> dict[str, Value]:
    """Return those answers to which one of these misconceptions, or any, leads."""
    wrong = [answer for _, answer in wrong_answers(problem.spec.type, problem.case, only)]
    answers = [(field, cast(Value, marks[field.name].complete)) for field in fields]
    return {
        field.name: answer
        for field, answer in answers
        if any(same(field.rule, answer, each[field.name]) for each in wrong if field.name in each)
    }


def _has_form(field: Field, value: Any, key: Any) -> bool:
    """Say whether an answer is what the solver can go on with: a whole number, so many sizes, a full map."""
    match field.kind:
        case "integer":
            return isinstance(value, int)
        case "shape" | "record":
            return len(value) == len(key) and all(isinstance(part, int) for part in value)
        case "tensor":
            return [len(row) for row in value] == [len(row) for row in key]
        case _:
            return field.kind in ("number", "choice")


def why_doubtful(field: Field, value: Any, key: Any) -> Message | None:
    """Say why a wrong answer of the right form is not taken unless a misconception leads to it."""
    match field.kind:
        case "integer" | "number":
            fits = _fits(field, value, key)
        case "shape":
            about = all(_about(part, size, SIZE_FACTOR) for part, size in zip(value, key, strict=True))
            fits = about and min(value) > 0 and (len(set(value)) > 1 or len(set(key)) == 1)
        case "record":  # of places, which may be 0
            fits = all(abs(part) <= NUMBER_FACTOR * (max(key) + 1) for part in value)
        case "tensor":
            return _map(field, value, key)
        case _:
            fits = True
    return None if fits else FAR


def _fits(field: Field, value: Number, key: Number) -> bool:
    """Say whether a number is about as large as the key, not endlessly long, and no count below 0."""
    negative_count = field.kind == "integer" and value < 0 <= key
    return _about(value, key, NUMBER_FACTOR) and _is_short(value) and not negative_count


def _about(value: Any, key: Any, factor: int) -> bool:
    most = factor * max(abs(key), 1) if key else factor**2
    return bool(abs(value) <= most and abs(key) <= factor * abs(value))


def _is_short(value: Number) -> bool:
    return value.denominator <= LONGEST


def _map(field: Field, value: Any, key: Any) -> Message | None:
    cells, wanted = _cells(value), _cells(key)
    most = NUMBER_FACTOR * max(1, *map(abs, wanted))
    if any(abs(cell) > most for cell in cells) or not all(map(_is_short, cells)):
        return FAR
    if len(cells) <= FEW:
        return None if any(cells) else FAR
    right = sum(same(field.rule, cell, other) for cell, other in zip(cells, wanted, strict=True))
    return None if 2 * right >= len(cells) or _alike(cells, wanted) else UNLIKE


def _cells(rows: Any) -> list[Any]:
    return list(chain.from_iterable(rows))


def _alike(cells: list[Number], wanted: list[Number]) -> bool:
    """Say whether two lists of numbers rise and fall together: computed exactly, by their squares."""
    own, other = _deviations(cells), _deviations(wanted)
    together = sum(one * two for one, two in zip(own, other, strict=True))
    spread = sum(one * one for one in own) * sum(two * two for two in other)
    return together > 0 and together**2 > LEAST_CORRELATION**2 * spread


def _deviations(numbers: list[Number]) -> list[Number]:
    """Return how far each number is from their mean, times how many they are."""
    total = sum(numbers)
    return [len(numbers) * number - total for number in numbers]
