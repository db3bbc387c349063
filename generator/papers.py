"""From an entry of the bank to one student's paper: frozen values without behaviour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from fractions import Fraction
from functools import cached_property
from typing import Annotated, Any, TypeAlias

from pydantic import BeforeValidator, WithJsonSchema
from pydantic import Field as Bounds

from . import registry
from .frozen import frozen
from .model import Case, Conventions, Effort, Field, Key
from .policy import DEFAULT, NOTHING_STATED, Credit, Marking, Release, Share
from .reading.schema import Id, Line, Rational, Whole, record


@record
class Band:
    """Bounds, both included; None is no bound. In YAML also ``[least, most]``."""

    least: Whole | None = None
    most: Whole | None = None

    def __contains__(self, number: int) -> bool:
        return (self.least is None or number >= self.least) and (self.most is None or number <= self.most)


def _bounds(value: Any) -> Any:
    if isinstance(value, list) and len(value) == 2:
        return {"least": value[0], "most": value[1]}
    return value


_BAND_SCHEMA = {
    "anyOf": [
        {"type": "array", "items": {"type": "integer"}, "minItems": 2, "maxItems": 2},
        {
            "type": "object",
            "properties": {"least": {"type": "integer"}, "most": {"type": "integer"}},
            "additionalProperties": False,
        },
    ]
}
Range: TypeAlias = Annotated[Band, BeforeValidator(_bounds), WithJsonSchema(_BAND_SCHEMA)]


@record
class EffortBand:
    """The effort that an entry allows."""

    products: Range = Band()
    negatives: Range = Band()
    digits: Range = Band()

    def __contains__(self, effort: Effort) -> bool:
        return (
            effort.products in self.products
            and effort.negatives in self.negatives
            and effort.digits in self.digits
        )


Points: TypeAlias = Annotated[Rational, Bounds(gt=0, le=1000)]
Difficulty: TypeAlias = Annotated[Whole, Bounds(ge=1, le=3)]


@record
class Coincidence:
    """Two answers that an entry need not tell apart, and why.

    Attributes
    ----------
    names
        Two misconceptions, or one and ``key``.
    reason
        Why no draw could, or need not, tell them apart.
    """

    names: tuple[Id, Id]
    reason: Line


@record
class Spec:
    """One entry of a bank.

    Attributes
    ----------
    id, revision
        Its name, and a number that is raised when its wording or ranges change.
    type
        The kind of question.
    title, prompt
        The heading, and the text by language.
    points
        What it is worth where an exam does not say.
    difficulty
        1 easy, 2 medium, 3 hard.
    tags, outcomes, covers
        Words to pick it by; learning outcomes; numbers of the exercises it stands for.
    misconceptions
        Which misconceptions the entry is about, and what share of the credit each earns.
    credit
        How answers are paid, where that is to differ from what the exam says.
    may_coincide
        Pairs of answers that a draw need not tell apart.
    effort
        The effort a draw may take.
    params, given
        What to draw from, or the fixed numbers; exactly one of them is set.
    """

    id: Id
    type: Id
    title: Line
    prompt: Annotated[Mapping[str, str], Bounds(min_length=1)]
    points: Points
    difficulty: Difficulty
    revision: Whole = 1
    tags: tuple[Id, ...] = ()
    outcomes: tuple[Id, ...] = ()
    covers: tuple[Id, ...] = ()
    misconceptions: Mapping[str, Share] = field(default_factory=dict)
    credit: Credit = NOTHING_STATED
    may_coincide: tuple[Coincidence, ...] = ()
    effort: EffortBand = EffortBand()
    params: Any = None
    given: Any = None

    @property
    def language(self) -> str:
        """The language of its texts: the first that it has a prompt in."""
        return next(iter(self.prompt))

    def asked_in(self, language: str) -> str:
        """Return the language in which an exam in another asks it: in that one if it can, else in its own."""
        return language if language in self.prompt else self.language


@frozen
class Exam:
    """What all papers of an exam share: its cover and its conventions.

    Attributes
    ----------
    id
        Enters every draw.
    title, course, date, instructions
        Printed as written; instructions are Markdown.
    language
        The language of phrases, and of the prompts of entries that have it.
    minutes
        The time allowed, or None.
    conventions
        Printed on the cover, obeyed by every key.
    marking
        How its papers are marked.
    release
        What a feedback page tells.
    practice_seed
        The seed, where the exam was drawn from one: then the cover says that it is for practice.
    attempt
        0 for the first sitting, 1 for its resit, and so on.
    """

    id: str
    title: str
    course: str = ""
    date: str = ""
    instructions: str = ""
    language: str = "en"
    minutes: int | None = None
    conventions: Conventions = Conventions()
    marking: Marking = DEFAULT
    release: Release = Release.EVERYTHING
    practice_seed: int | None = None
    attempt: int = 0


@frozen
class Problem:
    """A bank entry drawn for one student.

    Attributes
    ----------
    item
        Its id in the exam file.
    spec
        The entry.
    case
        What was drawn.
    points
        What it is worth in this exam.
    key
        What is right.
    credit
        How its answers are paid: what item, entry and exam say, put together.
    refused
        Why earlier draws were refused.
    asked
        What it asks for, where the case was changed since: the paper still asks what it asked.
    """

    item: str
    spec: Spec
    case: Case[Any]
    points: Fraction
    key: Key
    credit: Credit = NOTHING_STATED
    refused: tuple[str, ...] = ()
    asked: tuple[Field, ...] = ()

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """What it asks for."""
        return self.asked or registry.get(self.spec.type).ask(self.case)


@frozen
class Section:
    """Problems under one heading."""

    title: str
    problems: tuple[Problem, ...]


@frozen
class Student:
    """Somebody on the roster; only the id enters the draws.

    Attributes
    ----------
    id
        As the roster says.
    name, email
        For people; nothing is decided by a name.
    ids
        What learning management systems know the student by: ``{"canvas": "4711"}``.
    """

    id: str
    name: str = ""
    email: str = ""
    ids: Mapping[str, str] = field(default_factory=dict, hash=False)


EVERYONE = Student("everyone")
"""The student of a paper that is the same for all."""

_VERSION = "version-"
_FORGOTTEN = "forgotten-"


def version(letter: str) -> Student:
    """Return the student of a paper that is dealt out to many: that of version A, B, ..."""
    return Student(f"{_VERSION}{letter}")


def letter_of(student: Student) -> str:
    """Return the letter of the version that was drawn for this student; nothing if it is no version."""
    return student.id.removeprefix(_VERSION) if student.id.startswith(_VERSION) else ""


def is_shared(student: Student) -> bool:
    """Say whether a paper that was drawn for this student is not that of one person."""
    return student.id == EVERYONE.id or bool(letter_of(student))


def forgotten(number: int) -> Student:
    """Return what stands for a student who was forgotten."""
    return Student(f"{_FORGOTTEN}{number}")


def is_forgotten(student: Student) -> bool:
    """Say whether this stands for somebody who was forgotten."""
    return student.id.casefold().startswith(_FORGOTTEN)


def is_reserved(name: str) -> bool:
    """Say whether nobody on a roster may be called this, in whatever case."""
    return name.casefold() == EVERYONE.id or name.casefold().startswith(_VERSION)


@frozen
class Paper:
    """All of one student's problems, and the code printed on them."""

    code: str
    student: Student
    sections: tuple[Section, ...] = field(default_factory=tuple)
    attempt: int = 0

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The problems of all sections, in the order of the paper."""
        return tuple(problem for section in self.sections for problem in section.problems)

    @property
    def version(self) -> str:
        """The letter that tells it from the other versions; nothing where there are none."""
        return letter_of(self.student)

    @property
    def points(self) -> Fraction:
        """What the whole paper is worth."""
        return sum((problem.points for problem in self.problems), Fraction())
