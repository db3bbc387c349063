"""What a feedback page tells of a problem, level by level.

A page is written from what stands here and from the prompt, so it cannot tell more. Up to the level of marks
the answers are read anew, without a key: what was understood may depend on one, where an answer names several
options.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from enum import StrEnum
from fractions import Fraction
from typing import Any, TypeAlias, cast

from ...generator import registry
from ...generator.document import Message, say
from ...generator.frozen import frozen
from ...generator.language import Language
from ...generator.mistakes import first_values
from ...generator.model import Field, Step, Value
from ...generator.papers import Problem
from ...generator.policy import Release
from ...generator.render.options import in_words_of
from ..marking.compare import agreeing, same
from ..marking.fields import BadCell, Raw
from ..model import Explanation, Finding, ItemResult, Mark, Read, Verdict
from ..receipt import field_receipt
from .worked import steps_of

LEVELS = tuple(Release)


class State(StrEnum):
    """What is told of an answer, of a cell of a map, or of a whole question.

    READ says nothing of right or wrong. CARRIED is right from the student's own earlier results.
    """

    READ = "read"
    RIGHT = "right"
    CARRIED = "carried"
    PARTIAL = "partial"
    WRONG = "wrong"
    BLANK = "blank"
    UNREADABLE = "unreadable"
    WAITING = "waiting"


States: TypeAlias = tuple[tuple[State, ...], ...]

_STATES = {
    Verdict.RIGHT: State.RIGHT,
    Verdict.PARTIAL: State.PARTIAL,
    Verdict.WRONG: State.WRONG,
    Verdict.BLANK: State.BLANK,
    Verdict.UNREADABLE: State.UNREADABLE,
    Verdict.UNMARKED: State.WAITING,
}


@frozen
class Told:
    """What is told of one answer.

    Attributes
    ----------
    field
        What was asked.
    state
        What became of the answer.
    read
        What was understood.
    raw
        The answer as it was handed in.
    reason
        Why it could not be read, or in what its form is wrong.
    uncarried
        Why nothing follows from it, or it does not count although it follows from earlier answers.
    cells
        What became of each cell of a map, or part of a record.
    corrected
        Whether it is partly right, and earns less than that because guessing is corrected.
    unpaid
        Whether it is partly right, and earns nothing all the same.
    waits
        Whether a person will look at what could not be read; none does where the question's points are set.
    by_hand
        Whether a person marked it.
    remark
        What that person wrote.
    points
        What the answer earned, and what it could; None where that is not told, or where the points of a
        question are not the sum of those of its answers.
    key
        The accepted values; empty where they are not told.
    """

    field: Field
    state: State
    read: Read = None
    raw: str = ""
    reason: Message | None = None
    uncarried: Message | None = None
    cells: States = ()
    corrected: bool = False
    unpaid: bool = False
    waits: bool = True
    by_hand: bool = False
    remark: str = ""
    points: tuple[Fraction, Fraction] | None = None
    key: tuple[Value, ...] = ()


@frozen
class ToldItem:
    """What is told of one problem.

    Attributes
    ----------
    state
        What became of the whole of it; None where that is not told.
    points
        What was earned, and what could be; None where that is not told.
    answers
        The answers, in the order of the paper.
    finding
        What wrong answers point at.
    credit
        The share that they earn for that.
    override
        Why a person set the points.
    remarks
        What rules of re-marking changed.
    steps
        The worked solution.
    """

    state: State | None
    points: tuple[Fraction, Fraction] | None
    answers: tuple[Told, ...]
    finding: Finding | None = None
    credit: Fraction = Fraction()
    override: str = ""
    remarks: tuple[Message, ...] = ()
    steps: tuple[Step, ...] = ()

    @property
    def states(self) -> Iterator[State]:
        """All that is told of answers and of their cells."""
        for answer in self.answers:
            yield answer.state
            for row in answer.cells:
                yield from row


def tells(release: Release, least: Release) -> bool:
    """Say whether a level tells what another one does."""
    return LEVELS.index(release) >= LEVELS.index(least)


def told_item(problem: Problem, result: ItemResult, release: Release, language: Language) -> ToldItem:
    """Return what a level tells of a problem."""
    fields = problem.fields
    points = (result.points, result.of) if tells(release, Release.MARKS) else None
    remarks = tuple(remark.sentence for remark in result.remarks) if points else ()
    if not tells(release, Release.DIAGNOSIS):
        settled = points is not None and result.decided
        answers = (
            replace(
                _as_read(in_words_of(field, language), result.answers.get(field.name), language),
                waits=not settled and (points is None or mark.against != "human"),
            )
            for field, mark in zip(fields, result.marks, strict=True)
        )
        return ToldItem(None, points, tuple(answers), remarks=remarks)
    everything = tells(release, Release.EVERYTHING)
    asked = result.marked_by or problem
    finding = result.explanation.finding
    earned = _points_of_answers(fields, result)
    told = tuple(
        replace(
            _as_marked(field, mark),
            corrected=_is_corrected(asked, mark, result.explanation),
            waits=not result.decided,
            points=own,
            key=_nearest_first(field, mark, asked.key[field.name]) if everything else (),
        )
        for field, mark, own in zip(fields, result.marks, earned, strict=True)
    )
    return ToldItem(
        _state_of(result, told),
        points,
        told,
        finding if everything or finding is None else _discreet(finding),
        result.explanation.credit,
        result.override,
        remarks,
        tuple(_steps(problem, result)) if everything else (),
    )


def _nearest_first(field: Field, mark: Mark, accepted: tuple[Value, ...]) -> tuple[Value, ...]:
    """Begin the accepted values with the one that the answer was held against: it has most of its cells."""
    nearest = max(accepted, key=lambda value: agreeing(field, mark.read, value))
    return nearest, *(value for value in accepted if value is not nearest)


def _steps(problem: Problem, result: ItemResult) -> Iterator[Step]:
    """Yield the worked solution, where it leads to what counts as right; else say why there is none."""
    marked_by = result.marked_by or problem
    if result.marked_by is None or _is_solved(marked_by, problem):
        accepted = marked_by.key
        yield from steps_of(
            marked_by,
            [
                mark
                for field, mark in zip(problem.fields, result.marks, strict=True)
                if _nearest_first(field, mark, accepted[field.name])[0] == accepted[field.name][0]
            ],
        )
    elif all(key[0] in marked_by.key[name] for name, key in problem.key.items()):
        yield from steps_of(problem, ())  # the answers were held against something else that is accepted
    else:
        yield say("What is right was corrected after this solution was written, so it is not shown.")


def _is_solved(marked_by: Problem, problem: Problem) -> bool:
    """Say whether what counts as right is what the solver makes of the numbers on the paper."""
    case = marked_by.case
    if (case.given, case.slips) != (problem.case.given, problem.case.slips):
        return False
    solved = first_values(registry.get(problem.spec.type).solve(case, {}))
    return first_values(marked_by.key) == {name: solved[name] for name in marked_by.key}


def _discreet(finding: Finding) -> Finding:
    """Leave out what a finding says of the key."""
    return replace(finding, sentences=finding.discreet or finding.sentences)


# -- without a key ------------------------------------------------------------------------------


def _as_read(field: Field, raw: object, language: Language) -> Told:
    """Read an answer as the receipt does."""
    found = field_receipt(field, cast(Raw, raw), language)
    state = State(found.state)
    rows: Any = found.answer if field.kind == "tensor" else (found.answer,)
    has_cells = field.kind in ("tensor", "record") and found.answer is not None
    cells = tuple(tuple(map(_state_of_cell, row)) for row in rows) if has_cells else ()
    return Told(field, state, _without_bad_cells(found.answer), found.raw, found.reason, cells=cells)


def _state_of_cell(cell: object) -> State:
    if isinstance(cell, BadCell):
        return State.UNREADABLE
    return State.BLANK if cell is None else State.READ


def _without_bad_cells(answer: Any) -> Read:
    if isinstance(answer, tuple):
        return tuple(map(_without_bad_cells, answer))
    return None if isinstance(answer, BadCell) else cast(Read, answer)


# -- as marked ----------------------------------------------------------------------------------


def _as_marked(field: Field, mark: Mark) -> Told:
    carried = mark.against == "own" and mark.verdict is Verdict.RIGHT
    return Told(
        field,
        State.CARRIED if carried else _STATES[mark.verdict],
        read=mark.read,
        raw=mark.raw,
        reason=mark.reason,
        uncarried=mark.uncarried,
        cells=tuple(_row(field, mark, number) for number in range(len(mark.cells))),
        unpaid=mark.verdict is Verdict.PARTIAL and mark.credit <= 0,
        by_hand=mark.against == "human",
        remark=mark.remark,
    )


def _is_corrected(problem: Problem, mark: Mark, explanation: Explanation) -> bool:
    """Say whether an answer earns less than what is right of it because guessing is corrected."""
    flat = [verdict for row in mark.cells for verdict in row]
    return (
        bool(problem.credit.correct_guessing)
        and mark.verdict is Verdict.PARTIAL
        and mark.against != "human"
        and not (explanation.credit and mark.field in explanation.fields)
        and (not flat or mark.credit < Fraction(flat.count(Verdict.RIGHT), len(flat)))
    )


def _row(field: Field, mark: Mark, number: int) -> tuple[State, ...]:
    """Return what became of a row of cells; of carried ones those are right that equal the key."""
    states = tuple(_STATES[verdict] for verdict in mark.cells[number])
    if mark.against != "own" or field.kind != "tensor":
        return states
    read: Any = cast(Any, mark.read)[number]
    key: Any = mark.key
    if len(key) != len(mark.cells) or len(key[0]) != len(states):
        key = mark.read
    return tuple(
        State.CARRIED if state is State.RIGHT and not same(field.rule, cell, right) else state
        for state, cell, right in zip(states, read, key[number], strict=True)
    )


def _points_of_answers(
    fields: tuple[Field, ...], result: ItemResult
) -> tuple[tuple[Fraction, Fraction] | None, ...]:
    """Return what each answer earned and could, where several of them add up to what the question did."""
    if not result.counts:
        return (None,) * len(fields)
    unit = result.of / sum(field.weight for field in fields)
    points = tuple(
        (unit * field.weight * mark.credit, unit * field.weight)
        for field, mark in zip(fields, result.marks, strict=True)
    )
    adds_up = sum(earned for earned, _ in points) == result.points
    return points if adds_up and len(fields) > 1 else (None,) * len(fields)


def _state_of(result: ItemResult, told: tuple[Told, ...]) -> State | None:
    """Return what became of a question; None where it does not count."""
    if not result.of:
        return None
    return _by_points(result) if result.decided else _whole([answer.state for answer in told])


def _by_points(result: ItemResult) -> State:
    """Return what became of a question whose points a person or a rule set."""
    if result.points >= result.of:
        return State.RIGHT
    return State.PARTIAL if result.points > 0 else State.WRONG


def _whole(states: list[State]) -> State:
    """Return what became of a question: something waits, or all of it is the same, or it is partly right."""
    if {State.UNREADABLE, State.WAITING} & set(states):
        return State.WAITING
    if len(set(states)) == 1:
        return states[0]
    if set(states) <= {State.RIGHT, State.CARRIED}:
        return State.CARRIED
    return State.WRONG if set(states) <= {State.WRONG, State.BLANK} else State.PARTIAL
