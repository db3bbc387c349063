"""The data types that every part shares: frozen values without behaviour.

A kind of question is a `QuestionType`: a value that ties together the functions of one file in
`questions`. What decides an answer is a `Case`; what was wrong in a student's head is a
`Misconception`, a change of the case; what the paper asks for is a tuple of `Field`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import Annotated, Generic, Literal, TypeAlias, TypeVar

from pydantic import Field as Bounds

from .document import Lines, Message, Shown, Symbol
from .expressions.names import Family
from .figures.model import Figure
from .frozen import frozen
from .number import Number
from .reading.schema import Flag, Whole, record
from .streams import Stream
from .sums import MadeOf

Value: TypeAlias = "Number | str | tuple[Value, ...]"
"""An answer: a number, a name, or nested tuples of them (a shape, a map as its rows, a record)."""

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


@frozen
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


@frozen
class Exact:
    """Right when equal."""


@frozen
class Rounded:
    """Right within half a unit of the last of `digits` decimals of the exact value.

    So the rounded value is right, and so are the exact fraction and more decimals than were asked.
    """

    digits: int


Rule: TypeAlias = Exact | Rounded

FieldKind: TypeAlias = Literal[
    "integer", "number", "tensor", "shape", "choice", "choices", "order", "record", "expression", "text"
]


@frozen
class Option:
    """Something to choose.

    Attributes
    ----------
    name
        What stands for it in an answer file and in a key: a letter, a word.
    label
        What a paper prints for it where the name does not say enough.
    also
        Other spellings of the name that are read as meant.
    texts
        What stands behind a letter in the prompt, or other words for the name; they are read as well, in the
        language of the paper and in English.
    """

    name: str
    label: Message | None = None
    also: tuple[str, ...] = ()
    texts: tuple[Message, ...] = ()


@frozen
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
    row
        Whether it goes without saying that a tensor whose shape is asked is a single row.
    at
        The headings of its row and its column, where the fields of a question form a table.
    needs
        Earlier fields that this one builds on.
    options
        What a choice is made from. The answer to a "choice" is the name of one, that to "choices" the
        names of any number of them, in this order, that to an "order" all names in the order that is asked
        for. Of an integer: words that stand for a number.
    parts
        The fields of a "record", an answer of several parts that are right or wrong together; its
        answers are tuples in this order.
    lines
        How many lines a paper leaves for a "text", which is an answer in words: a person marks it, and its
        key is a model answer.
    axes
        What the numbers of a "shape" are, in their order, where it is no shape of feature maps: of those the
        paper's conventions say it.
    names
        The names that an "expression" is made of; its answer is the canonical text of a polynomial in them.
    """

    name: str
    kind: FieldKind
    label: Symbol | Message
    rule: Rule = Exact()
    weight: Fraction = Fraction(1)
    shape: tuple[int, int] | None = None
    row: bool = False
    at: tuple[Symbol | Message, Symbol | Message] | None = None
    needs: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    parts: tuple[Field, ...] = ()
    lines: int = 1
    axes: Message | None = None
    names: tuple[Family, ...] = ()


# -- a solved case ------------------------------------------------------------------------------


@frozen
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


Step: TypeAlias = Message | Symbol | Figure | Lines
"""A step of a worked solution: a sentence, a formula on its own line, a figure, or a list."""


Key: TypeAlias = Mapping[str, tuple[Value, ...]]
"""The accepted values of each field; the first one is printed."""


@frozen
class Misconception(Generic[G]):
    """A known way to go wrong, as a change of the case that the engine then solves.

    Attributes
    ----------
    name
        Its key in `questions.misconceptions`, where its sentences stand.
    change
        The case as somebody with this misconception sees it, or None where it makes no sense.
    sentence
        What a student reads, where an entry defines the misconception itself and does not borrow the
        sentence of the table.
    """

    name: str
    change: Callable[[Case[G]], Case[G] | None]
    sentence: str = ""


@frozen
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
    essential
        Names out of `show` without which nobody can answer: a prompt has to hold all of them.
    pace
        Seconds that an elementary step of its effort takes by hand.
    work_at
        How one cell (row, column, counted from 0) of the map that a field asks is computed; None where no map
        is computed cell by cell.
    own
        Misconceptions that an entry defines itself, read off its params or its given; None where no entry
        of this kind can. As part of the given they are stored, so an exam is marked alike years later.
    made_of
        What a number of the key is made of: given the case, a field, and row and column of a map (of a
        single number 0 and 0); None of numbers that are no sums of products and not the largest of a window.
        A single wrong number is traced to a slip with it.
    remaining
        How many products of its effort the answer to the field of this name still takes where earlier
        answers are taken; None where that does not depend on what they are.
    """

    name: str
    version: int
    params: type[P]
    given: type[G]
    draw: Callable[[P, Stream], G]
    show: Callable[[Case[G]], Mapping[str, Shown]]
    ask: Callable[[Case[G]], tuple[Field, ...]]
    solve: Callable[[Case[G], Mapping[str, Value]], Key]
    second: Callable[[Case[G]], Key]
    effort: Callable[[Case[G]], Effort]
    work: Callable[[Case[G]], Iterable[Step]]
    misconceptions: tuple[Misconception[G], ...]
    manual: str
    essential: Callable[[Case[G]], tuple[str, ...]] = lambda _: ()
    pace: int = 5
    work_at: Callable[[Case[G], str, tuple[int, int]], Iterable[Step]] | None = None
    own: Callable[[P | G], tuple[Misconception[G], ...]] | None = None
    made_of: Callable[[Case[G], str, tuple[int, int]], MadeOf | None] | None = None
    remaining: Callable[[Case[G], Mapping[str, Value], str], int] | None = None
