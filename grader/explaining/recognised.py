"""How often a misconception is named where somebody has it, and why not in the rest.

Variants are drawn as the kind draws them, also those that no paper would ask because they are not sharp; only
what cannot be drawn at all is drawn again. Their answers are those of somebody with the misconception.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from math import floor
from typing import Any, TypeAlias

from ...generator import registry
from ...generator.frozen import frozen
from ...generator.mistakes import first_values, misconceptions_of
from ...generator.model import Case, Conventions, Field, Refused, Value
from ...generator.papers import Problem, Spec
from ...generator.streams import Stream
from .explain import explain
from .turns import misconceptions, solved, taken
from .wrong import Wrong

PLAIN = Conventions()

SMALL = 9
"""Numbers up to this are small."""

TRIES = 1000
"""Draws of one variant that cannot be, before the entry is given up."""


class Outcome(StrEnum):
    """What becomes of the answers of somebody with a misconception."""

    NAMED = "named"
    RIGHT = "gives the key"
    NOT_ALONE = "the same answers as"
    ABSENT = "makes no difference here, or no sense"
    FORM = "gives what cannot be written into the answer boxes"
    MISSED = "missed"


Outcomes: TypeAlias = Mapping[str, tuple[Outcome, tuple[str, ...]]]
"""By misconception; the others whose answers are the same."""


@frozen
class _Mistaken:
    """The case as somebody sees it, and the answers."""

    case: Case[Any]
    answers: Mapping[str, Value]


def outcomes(problem: Problem) -> Outcomes:
    """Say what becomes of each misconception of a problem."""
    fields = registry.get(problem.spec.type).ask(problem.case)
    mistaken = dict(_mistaken(problem))
    return {
        each.name: _outcome(problem, fields, each.name, mistaken)
        for each in misconceptions_of(problem.spec.type, problem.case.given)
    }


def _mistaken(problem: Problem) -> Iterator[tuple[str, _Mistaken]]:
    for turn in misconceptions(problem):
        if (case := taken(turn, problem.case)) is not None and (key := solved(problem, case)):
            yield turn.name, _Mistaken(case, first_values(key))


def _outcome(
    problem: Problem, fields: tuple[Field, ...], name: str, mistaken: Mapping[str, _Mistaken]
) -> tuple[Outcome, tuple[str, ...]]:
    if name not in mistaken:
        return Outcome.ABSENT, ()
    mine = mistaken[name]
    if not all(_fits(field, mine.answers.get(field.name)) for field in fields):
        return Outcome.FORM, ()
    wrong = Wrong(problem, fields, mine.answers, {})
    if not wrong.names:
        return Outcome.RIGHT, ()
    finding = explain(problem, fields, mine.answers).finding
    if finding is not None and finding.names == (name,):
        return Outcome.NAMED, ()
    others = tuple(
        other
        for other, each in mistaken.items()
        if other != name and wrong.agree(fields, solved(problem, each.case))
    )
    return (Outcome.NOT_ALONE, others) if others else (Outcome.MISSED, ())


def _fits(field: Field, value: Any) -> bool:
    """Say whether a value is what an answer to a field looks like."""
    if field.kind in ("tensor", "shape", "record", "choices", "order"):
        return isinstance(value, tuple)
    if field.kind == "choice":
        return value in [option.name for option in field.options]
    return value is not None and not isinstance(value, tuple)


# -- variants and answers to try ------------------------------------------------------------------


def unfiltered(spec: Spec, stream: Stream, conventions: Conventions = PLAIN) -> Problem | None:
    """Draw a variant without asking whether it is worth asking; None where none can be."""
    kind = registry.get(spec.type)
    for number in range(TRIES if spec.given is None else 1):
        try:
            drawn = spec.given or kind.draw(spec.params, stream.child("try", str(number)))
            case: Case[Any] = Case(drawn, conventions)
            key = kind.solve(case, {})
        except (Refused, ValueError):
            continue
        if all(key.values()):
            return Problem(spec.id, spec, case, spec.points, key)
    return None


def made_up(problem: Problem, stream: Stream) -> dict[str, Value] | None:
    """Return the key with numbers that mean nothing in its maps, of their size; None where it has no map.

    They lie where those of the key do, and at least from -9 to 9.
    """
    answers = first_values(problem.key)
    maps = [
        field.name for field in registry.get(problem.spec.type).ask(problem.case) if field.kind == "tensor"
    ]
    for name in maps:
        rows: Any = answers[name]
        numbers = [floor(number) for row in rows for number in row]
        low, high = min(-SMALL, *numbers), max(SMALL, *numbers)
        answers[name] = tuple(tuple(stream.integer(low, high) for _ in row) for row in rows)
    return answers if maps else None
