"""From an exam file, a bank and a secret to papers: draw, solve twice, refuse what is not worth asking."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from . import registry
from .bank import Bank, Origin
from .codes import paper_code
from .document import Document
from .engine import ShapeError
from .errors import DataError, ReleaseError
from .exam_file import ExamFile, Item, candidates
from .mistakes import require_sharp, require_varied
from .model import Case, Conventions, Key, QuestionType, Refused
from .papers import Exam, Paper, Problem, Section, Spec, Student
from .policy import Credit
from .streams import Stream, question_stream, ranked
from .text import TextError, blocks, names

TRIES = 300
"""Draws before an entry is blamed for refusing them all."""

MOST_REFUSED_PRODUCTS = 300_000
"""Products of refused draws before it is blamed earlier: large maps take long, and nobody asks them."""


def exam_of(file: ExamFile, practice_seed: int | None = None, attempt: int = 0) -> Exam:
    """Return the part of an exam file that every paper prints."""
    return Exam(
        id=file.id,
        title=file.title,
        course=file.course,
        date=file.date,
        instructions=file.instructions,
        language=file.language,
        minutes=file.minutes,
        conventions=file.conventions,
        marking=file.marking,
        release=file.release,
        practice_seed=practice_seed,
        attempt=attempt,
    )


def compose(file: ExamFile, bank: Bank, secret: bytes, student: Student, attempt: int = 0) -> Paper:
    """Draw one student's paper.

    Raises
    ------
    DataError
        If an entry refuses every draw, or its prompt names what its kind does not show.
    ReleaseError
        If the two keys of a problem differ.
    """

    def drawn(item: Item) -> Iterator[Problem]:
        for name, spec in _entries(file, bank, item, secret, student, attempt):
            stream = question_stream(secret, exam=file.id, student=student.id, item=name, attempt=attempt)
            yield draw_problem(
                spec,
                stream,
                item=name,
                origin=bank.origins[spec.id],
                points=item.points,
                credit=file.credit(name, spec),
                conventions=file.conventions,
                language=file.language,
            )

    return Paper(
        code=paper_code(secret, exam=file.id, student=student.id, attempt=attempt),
        student=student,
        attempt=attempt,
        sections=tuple(
            Section(part.title, tuple(problem for item in part.items for problem in drawn(item)))
            for part in file.sections
        ),
    )


def _entries(
    file: ExamFile, bank: Bank, item: Item, secret: bytes, student: Student, attempt: int
) -> list[tuple[str, Spec]]:
    """Return the entries of an item, each with the name that enters its draws."""
    if item.use is not None:
        return [(item.id, bank[item.use])]
    fitting = [spec.id for spec in candidates(item, bank)]
    names = ["convexam", "pick", "1", file.id, student.id, item.id, str(attempt)]
    picked = ranked(secret, names, fitting)[: item.pick]
    return [(name, bank[entry]) for name, entry in zip(item.picked, picked, strict=True)]


def draw_problem(
    spec: Spec,
    stream: Stream,
    *,
    item: str,
    origin: Origin,
    points: Fraction | None = None,
    credit: Credit | None = None,
    conventions: Conventions | None = None,
    language: str = "en",
) -> Problem:
    """Draw one entry until a draw is worth asking, and check its key by a second method.

    Points and credit are those of the entry where none are given.
    """
    case, key, refused = _worth_asking(spec, stream, origin, conventions or Conventions())
    try:
        set_prompt(spec, case, spec.asked_in(language))
    except TextError as error:
        raise DataError([origin.fault(str(error), "prompt", spec.asked_in(language))]) from error
    if not key:
        raise DataError([origin.fault("the entry asks for nothing: what it shows has no field")])
    _released(spec, case, key)
    paid = spec.credit if credit is None else credit
    return Problem(item, spec, case, points or spec.points, key, paid, refused)


def set_prompt(spec: Spec, case: Case[Any], language: str) -> Document:
    """Put what a case shows into a prompt.

    Raises
    ------
    TextError
        If the prompt names what is not there, or leaves out what nobody can do without.
    """
    kind = registry.get(spec.type)
    prompt = spec.prompt[language]
    if missing := sorted(set(kind.essential(case)) - names(prompt)):
        raise TextError(f"the prompt does not show {{{{ {missing[0]} }}}}, and without it nobody can answer")
    return blocks(prompt, kind.show(case))


def _worth_asking(
    spec: Spec, stream: Stream, origin: Origin, conventions: Conventions
) -> tuple[Case[Any], Key, tuple[str, ...]]:
    kind = registry.get(spec.type)
    if spec.given is not None:
        fixed: Case[Any] = Case(spec.given, conventions)
        try:
            return fixed, kind.solve(fixed, {}), ()
        except ShapeError as error:
            message = f"this cannot be under the conventions of the exam: {error}"
            raise DataError([origin.fault(message, "given")]) from error
    refused: list[str] = []
    products = 0
    while len(refused) < TRIES and products <= MOST_REFUSED_PRODUCTS:
        try:
            given = _drawn(kind, spec, stream.child("try", str(len(refused))), origin)
            case: Case[Any] = Case(given, conventions)
            key = kind.solve(case, {})
            effort = kind.effort(case)
            products += effort.products
            if effort not in spec.effort:
                raise Refused("the effort leaves its band")
            require_varied(key)
            require_sharp(spec, case, key)
        except Refused as error:
            refused.append(error.reason)
            continue
        except ShapeError:
            refused.append("the sizes do not fit under the conventions of this exam")
            continue
        return case, key, tuple(refused)
    reasons = ", ".join(f"{count} times: {reason}" for reason, count in Counter(refused).most_common())
    message = f"none of {len(refused)} draws was worth asking ({reasons}); change the params or the effort"
    raise DataError([origin.fault(message, "params")])


def _drawn(kind: QuestionType[Any, Any], spec: Spec, stream: Stream, origin: Origin) -> Any:
    try:
        return kind.draw(spec.params, stream)
    except ShapeError:
        raise
    except ValueError as error:  # what `Given` says of numbers that nobody may write there
        message = f"what was drawn cannot be asked: {error}; change the params"
        raise DataError([origin.fault(message, "params")]) from error


def _released(spec: Spec, case: Case[Any], key: Key) -> None:
    second = registry.get(spec.type).second(case)
    for name in sorted(set(key) | set(second)):
        if set(key.get(name, ())) != set(second.get(name, ())):
            raise ReleaseError(
                f"{spec.id}: the two keys of '{name}' differ, so the paper is not released. "
                f"This is a fault of the kind '{spec.type}': please report it with {case.given!r}"
            )
