"""The data types that every part shares: frozen values without behaviour.

A kind of question is a `QuestionType`: a value that ties together the functions of one file in
`questions`. What decides an answer is a `Case`; what was wrong in a student's head is a
`Misconception`, a change of the case; what the paper asks for is a tuple of `Field`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Annotated, Any, Generic, Literal, TypeAlias, TypeVar

from pydantic import BeforeValidator, WithJsonSchema
from pydantic import Field as Bounds

from .document import Figures, Grid, Lines, Message, Number, Shown, Symbol
from .reading.schema import Flag, Id, Line, Rational, Whole, record
from .streams import Stream

Value: TypeAlias = "Number | str | tuple[Value, ...]"
"""An answer: a number, a text, or nested tuples of them (a shape, a map as its rows)."""

P = TypeVar("P")
G = TypeVar("G")


class Refused(Exception):  # noqa: N818 - not an error: the draw is simply made again
    """A draw that is not worth asking; `reason` is counted by the audit."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@record
class Conventions:
    """What a paper takes for granted: one set per exam, printed on its cover.

    Attributes
    ----------
    operation
        What "filter" means: the kernel as it stands, or turned by 180 degrees.
    origin
        From which number rows, columns and channels are counted.
    rounding
        How an output size that is no whole number is rounded.
    pool_counts_padding
        Whether average pooling counts padded cells in its denominator.
    order
        The order in which a shape is written.
    bias_counted
        Whether counts of parameters include biases where a question does not say.
    """

    operation: Literal["cross-correlation", "convolution"] = "cross-correlation"
    origin: Annotated[Whole, Bounds(ge=0, le=1)] = 0
    rounding: Literal["floor", "ceil"] = "floor"
    pool_counts_padding: Flag = False
    order: Literal["CHW", "HWC"] = "CHW"
    bias_counted: Flag = True


@dataclass(frozen=True)
class Case(Generic[G]):
    """All that decides an answer.

    Attributes
    ----------
    given
        What was drawn, or fixed by the entry.
    conventions
        What the paper takes for granted.
    slips
        Wrong turns that the solver has to consult, for misconceptions that no change of the given
        or the conventions can say.
    """

    given: G
    conventions: Conventions = Conventions()
    slips: frozenset[str] = frozenset()


# -- rules of comparison ------------------------------------------------------------------------


@dataclass(frozen=True)
class Exact:
    """Right when equal."""


@dataclass(frozen=True)
class Rounded:
    """Right within half a unit of the last of `digits` decimals of the exact value.

    So the rounded value is right, and so are the exact fraction and more decimals than were asked.
    """

    digits: int


Rule: TypeAlias = Exact | Rounded

FieldKind: TypeAlias = Literal["integer", "number", "tensor", "shape"]


@dataclass(frozen=True)
class Field:
    """One thing that a paper asks for.

    Attributes
    ----------
    name
        Its key in the answer file; unique in its question.
    kind
        How an answer is read and written.
    label
        What the paper prints before the answer box.
    rule
        How an answer is compared with the key.
    weight
        Its share of the question's points, relative to the other fields.
    shape
        Rows and columns of a tensor where the paper shows them; None where they are asked.
    at
        The headings of its row and its column, where the fields of a question form a table.
    needs
        Earlier fields that this one builds on.
    """

    name: str
    kind: FieldKind
    label: Symbol | Message
    rule: Rule = Exact()
    weight: Fraction = Fraction(1)
    shape: tuple[int, int] | None = None
    at: tuple[Symbol | Message, Symbol | Message] | None = None
    needs: tuple[str, ...] = ()


# -- a solved case ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Effort:
    """What it takes to solve a case by hand, read off the engine.

    Attributes
    ----------
    products
        Products of two non-zero factors to be written down.
    negatives
        How many of them are negative.
    digits
        Digits of the longest number in the answer.
    """

    products: int = 0
    negatives: int = 0
    digits: int = 0


Step: TypeAlias = Message | Symbol | Grid | Figures | Lines
"""A step of a worked solution: a sentence, a formula on its own line, a figure, or a list."""


Key: TypeAlias = Mapping[str, tuple[Value, ...]]
"""The accepted values of each field; the first one is printed."""


@dataclass(frozen=True)
class Misconception(Generic[G]):
    """A known way to go wrong, as a change of the case that the engine then solves.

    Attributes
    ----------
    name
        Its key in `questions.misconceptions`, where its sentences stand.
    change
        The case as somebody with this misconception sees it, or None where it makes no sense.
    """

    name: str
    change: Callable[[Case[G]], Case[G] | None]


@dataclass(frozen=True)
class QuestionType(Generic[P, G]):
    """A kind of question: one file, wired up as one value.

    Attributes
    ----------
    name, version
        Its name in bank files; the version is raised when an old `Given` would get another key.
    params, given
        What an entry may say, and what is drawn from it and stored.
    draw
        Draws a `given`; raises `Refused` for a draw that is not worth asking.
    show
        The allow-list: all that a prompt, a figure and the page ever see of a case.
    ask
        The fields of the paper; it never solves, so that the form cannot betray the answer.
    solve
        The key. Fields named in `taken` are not computed but taken as given, and the rest is computed
        from them.
    second
        The key by another method that shares no code with `solve`.
    effort
        What the case takes by hand.
    work
        The worked solution, line by line.
    misconceptions
        All that the marker tries.
    manual
        The docstring of its file.
    """

    name: str
    version: int
    params: type[P]
    given: type[G]
    draw: Callable[[P, Stream], G]
    show: Callable[[Case[G]], Mapping[str, Shown]]
    ask: Callable[[Case[G]], tuple[Field, ...]]
    solve: Callable[[Case[G], Mapping[str, Value]], Key]
    second: Callable[[Case[G]], Mapping[str, Value]]
    effort: Callable[[Case[G]], Effort]
    work: Callable[[Case[G]], Iterable[Step]]
    misconceptions: tuple[Misconception[G], ...]
    manual: str


# -- from the bank to a paper -------------------------------------------------------------------


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


Credit: TypeAlias = Annotated[Rational, Bounds(ge=0, le=1)]
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
    misconceptions: Mapping[str, Credit] = field(default_factory=dict)
    may_coincide: tuple[Coincidence, ...] = ()
    effort: EffortBand = EffortBand()
    params: Any = None
    given: Any = None


@dataclass(frozen=True)
class Exam:
    """What all papers of an exam share: its cover and its conventions.

    Attributes
    ----------
    id
        Enters every draw.
    title, course, date, instructions
        Printed as written; instructions are Markdown.
    language
        The language of prompts and phrases.
    minutes
        The time allowed, or None.
    conventions
        Printed on the cover, obeyed by every key.
    practice_seed
        The seed, where the exam was drawn from one: then the cover says that it is for practice.
    """

    id: str
    title: str
    course: str = ""
    date: str = ""
    instructions: str = ""
    language: str = "en"
    minutes: int | None = None
    conventions: Conventions = Conventions()
    practice_seed: int | None = None


@dataclass(frozen=True)
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
    refused
        Why earlier draws were refused.
    """

    item: str
    spec: Spec
    case: Case[Any]
    points: Fraction
    key: Key
    refused: tuple[str, ...] = ()


@dataclass(frozen=True)
class Section:
    """Problems under one heading."""

    title: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Student:
    """Somebody on the roster; only the id enters the draws."""

    id: str
    name: str = ""
    email: str = ""


EVERYONE = Student("everyone")
"""The student of a paper that is the same for all."""


@dataclass(frozen=True)
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
    def points(self) -> Fraction:
        """What the whole paper is worth."""
        return sum((problem.points for problem in self.problems), Fraction())
