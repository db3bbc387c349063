"""What a person typed into the file of answers that wait, with every fault at its place."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import Field as Bounds

from ...generator.errors import DataError, Fault
from ...generator.language import ENGLISH
from ...generator.reading.reader import RECORD, read_yaml
from ...generator.reading.schema import parse, record
from ...generator.reading.tree import Path, quoted
from ...generator.render.plain import said_plainly
from ..marking.numbers import Unreadable, parse_number
from ..marking.tokens import Notation
from ..records.people import Answered, Judgement
from .texts import visible
from .writing import points_text

MOST_REMARK = 4096

_REMARK = re.compile(
    rb"""^(\ {4}remark:\ ++)(\S[^\n]*+)(?=(?:\n[ \t\r]*+(?=\n|\Z))*+(?:\n\ {0,4}\S|\Z))""",
    re.MULTILINE | re.VERBOSE,
)
"""A remark on a line of its own; answers stand further in."""

_WRITTEN = re.compile(rb"""\"(?:[^\"\\]|\\.)*+\"|'(?:[^']|'')*+'|[|>][-+0-9]{0,2}""")
"""A remark that is in quotes already, or stands below."""


@record
class TypedAnswer:
    """An answer, as it stands in the file; `points` and `remark` are typed by a person."""

    id: str
    student: str | None = None
    paper: Any = None
    key: Any = None
    needs: Any = None
    answer: Any = None
    why: Any = None
    file: Any = None
    so_far: Any = None
    of: Any = None
    points: str | None = None
    remark: Annotated[str, Bounds(max_length=MOST_REMARK)] | None = None


@record
class TypedQuestion:
    """A question and the answers to it."""

    question: Any = None
    field: Any = None
    title: Any = None
    asked: Any = None
    key: Any = None
    needs: Any = None
    answers: tuple[TypedAnswer, ...] | None = None


@record
class TypedFile:
    """The whole file."""

    format: Literal["convexam-waiting/1"]
    exam: Any = None
    waiting: tuple[TypedQuestion, ...] | None = None
    marked: tuple[TypedQuestion, ...] | None = None


def read_waiting(
    data: bytes, name: str, answers: Mapping[str, tuple[Answered, Fraction]]
) -> dict[Answered, Judgement]:
    """Return what a person typed.

    Left out is an answer under ``waiting`` beside which nothing was typed; under ``marked``, that takes the
    mark back.

    Parameters
    ----------
    data, name
        The bytes of the file, and what messages call it.
    answers
        All answers that were ever handed in and may be marked by a person, by their ids, with their points.

    Raises
    ------
    DataError
        With every fault: no YAML, an answer that nobody gave, points that are none or more than can be had.
    """
    tree = read_yaml(_REMARK.sub(_quoted_remark, data), name, RECORD)
    file = parse(TypedFile, tree)
    faults: list[Fault] = []
    found: dict[Answered, Judgement] = {}
    for path, typed, waits in _typed(file):
        if waits and typed.points is None and typed.remark is None:
            continue
        try:
            answered, judgement = _judged(typed, answers)
            if found.setdefault(answered, judgement) != judgement:
                raise _FaultError("id", "this answer stands here twice, with other points or another remark")
        except _FaultError as fault:
            faults.append(Fault(tree.place((*path, fault.key)), "", fault.message))
    if faults:
        raise DataError(faults)
    return found


def _quoted_remark(found: re.Match[bytes]) -> bytes:
    """Put a remark in quotes, as nobody does who types one: a number sign or a colon is part of it."""
    typed = found[2].rstrip()
    if _WRITTEN.fullmatch(typed):
        return found[0]
    text = typed.decode("utf-8", "surrogateescape")
    return found[1] + json.dumps(text, ensure_ascii=False).encode("utf-8", "surrogateescape")


class _FaultError(Exception):
    """What is wrong with an entry, at one of its keys."""

    def __init__(self, key: str, message: str) -> None:
        super().__init__(message)
        self.key = key
        self.message = message


def _typed(file: TypedFile) -> Iterator[tuple[Path, TypedAnswer, bool]]:
    for name, questions, waits in (("waiting", file.waiting, True), ("marked", file.marked, False)):
        for number, question in enumerate(questions or ()):
            for place, answer in enumerate(question.answers or ()):
                yield (name, number, "answers", place), answer, waits


def _judged(
    typed: TypedAnswer, answers: Mapping[str, tuple[Answered, Fraction]]
) -> tuple[Answered, Judgement]:
    if typed.id not in answers:
        raise _FaultError(
            "id", f"no answer to this exam has the id {quoted(typed.id)}; leave ids as they are"
        )
    answered, of = answers[typed.id]
    if typed.student not in (None, visible(answered.student)):
        message = f"the id {typed.id} is that of an answer of {quoted(answered.student)}, not of this student"
        raise _FaultError("student", message)
    points = None if typed.points is None else points_of_text(typed.points, of)
    if isinstance(points, str):
        raise _FaultError("points", points)
    return answered, Judgement(points, visible(typed.remark or "").strip())


def points_of_text(text: str, of: Fraction) -> Fraction | str:
    """Read points as people type them, also as percent of what can be had, or say what is wrong with them."""
    expected = f"expected points from 0 to {points_text(of)}, such as 0.5, 1/2 or 50%, found {quoted(text)}"
    number, percent = text.strip().removesuffix("%"), text.strip().endswith("%")
    try:
        points = parse_number(number, Notation(thousands=False)) * (of / 100 if percent else 1)
    except Unreadable as error:
        return f"{expected}: {said_plainly(error.reason, ENGLISH)}"
    return points if 0 <= points <= of else expected
