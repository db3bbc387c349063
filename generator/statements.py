"""Statements about networks: what an entry says of one, and how some of them are drawn from a pool.

In YAML::

    facts:
      - {say: Pooling has no weights., because: "It takes a maximum or a mean, and learns nothing."}
    fallacies:
      - say: Pooling makes the maps fewer.
        because: Every map is pooled by itself, so their number stays.
        misconception: pool_over_channels
    claims:
      - say: At stride 1, a kernel of {{ k }} cells has {{ stated }} positions along {{ n }} cells.
        because: There are {{ really }}.
        numbers: {n: {from: 8, to: 40}, k: {one_of: [3, 5, 7]}}
        really: positions(n, k)
        instead: {missing_plus_one: n - k}
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from string import ascii_uppercase
from typing import Annotated, TypeAlias

from pydantic import AfterValidator
from pydantic import Field as Bounds

from .document import Lines, Message, quote
from .draws import Quantity, draw_number
from .expressions.definitions import Formula, VariableName, formula_of, require_known
from .expressions.evaluation import evaluate
from .expressions.faults import ExpressionError
from .expressions.stack_machine import computed
from .markdown import parse
from .model import Refused
from .number import Number
from .reading.complaints import nearest
from .reading.schema import Exact, Flag, Id, Line, record
from .streams import Stream
from .values import whole

MOST_OPTIONS = 10

OPINIONS = (
    "always_for_sometimes",
    "chosen_for_learned",
    "depth_for_space",
    "dilation_ignored",
    "drop_input_depth",
    "ignore_padding",
    "ignore_stride",
    "invariance_for_equivariance",
    "learned_for_chosen",
    "missing_plus_one",
    "pad_once",
    "pool_over_channels",
    "pooling_learns",
    "rf_sum_of_kernels",
    "sharing_ignored",
    "swap_channels",
)
"""Misconceptions that a false statement may stand for."""

STATED, REALLY = "stated", "really"
"""What the text of a claim calls the number that is stated, and the right one."""


def _opinion(name: str) -> str:
    if name not in OPINIONS:
        near = nearest(name, OPINIONS)
        hint = f"did you mean '{near}'?" if near else f"there are {', '.join(OPINIONS)}"
        raise ValueError(f"no statement stands for the misconception '{name}'; {hint}")
    return name


def _require_paragraph(text: str, names: Iterable[str] = ()) -> str:
    """Refuse what cannot be set as one paragraph with these values."""
    if [node.type for node in parse(text, dict.fromkeys(names, 0)).children] != ["paragraph"]:
        raise ValueError("expected one paragraph of text")
    return text


_Text: TypeAlias = Annotated[Line, Bounds(max_length=600)]
Sentence: TypeAlias = Annotated[_Text, AfterValidator(_require_paragraph)]
"""Markdown of one paragraph."""

Opinion: TypeAlias = Annotated[Id, AfterValidator(_opinion)]
"""The name of a misconception that a statement may stand for."""


@record
class Statement:
    """A statement of a pool.

    Attributes
    ----------
    say
        What is stated.
    because
        Why it holds or does not: for the worked solution.
    misconception
        Whose opinion a false statement is.
    """

    say: Sentence
    because: Sentence
    misconception: Opinion | None = None


@record
class Claim:
    """A statement of a number, true or false as it is drawn.

    Attributes
    ----------
    say, because
        As in `Statement`; they may name the numbers, what is stated and what is right.
    numbers
        What is drawn.
    really
        A formula of the right number.
    instead
        Wrong formulas, by the misconception that each stands for.
    """

    say: _Text
    because: _Text
    numbers: Annotated[Mapping[VariableName, Quantity], Bounds(min_length=1, max_length=12)]
    really: Formula
    instead: Annotated[Mapping[Opinion, Formula], Bounds(min_length=1, max_length=12)]

    def __post_init__(self) -> None:
        if taken := {STATED, REALLY} & set(self.numbers):
            raise ValueError(f"'{min(taken)}' is what a claim states or ought to state; take another name")
        for formula in (self.really, *self.instead.values()):
            require_known(formula, formula_of(formula), self.numbers)
        for text in (self.say, self.because):
            _require_paragraph(text, (*self.numbers, STATED, REALLY))


@record
class Judged:
    """A statement that was drawn.

    Attributes
    ----------
    say, because, misconception
        See `Statement`.
    truth
        Whether it holds; of a claim, None: its number decides.
    numbers
        Those of a claim, and the one that it states.
    really
        A formula of the right number.
    """

    say: _Text
    because: _Text
    truth: Flag | None = None
    misconception: Opinion | None = None
    numbers: Mapping[VariableName, Exact] = field(default_factory=dict)
    really: Formula | None = None

    def __post_init__(self) -> None:
        if (self.truth is None) != (self.really is not None):
            raise ValueError("a statement has either its 'truth', or 'really', a formula of the right number")
        if self.really is not None:
            if STATED not in self.numbers:
                raise ValueError(f"'numbers' needs '{STATED}', the number that the claim states")
            require_known(self.really, formula_of(self.really), self.numbers)
            self.right()
        names = (*self.numbers, REALLY) if self.numbers else ()
        for text in (self.say, self.because):
            _require_paragraph(text, names)

    def right(self) -> Number:
        """Return the right number of a claim."""
        return whole(evaluate(formula_of(self.really or ""), self.numbers))

    def holds(self) -> bool:
        """Say whether it holds."""
        return bool(self.truth) if self.really is None else self.numbers[STATED] == self.right()

    def holds_as_well(self) -> bool:
        """Say so by another way of computing."""
        if self.really is None:
            return bool(self.truth)
        return computed(self.really, self.numbers) == self.numbers[STATED]

    def statement(self) -> Message:
        """Word what is stated; the right number does not stand there."""
        return quote(self.say, dict(self.numbers))

    def reason(self) -> Message:
        """Word why it holds or does not."""
        right = {} if self.really is None else {REALLY: self.right()}
        return quote(self.because, {**self.numbers, **right})


Pool: TypeAlias = Annotated[tuple[Statement, ...], Bounds(max_length=100)]
Claims: TypeAlias = Annotated[tuple[Claim, ...], Bounds(max_length=100)]


def draw_judged(pool: Pool, claims: Claims, count: int, stream: Stream, *, truth: bool) -> list[Judged]:
    """Draw so many statements of a truth, out of a pool and claims that may be made true or false.

    Raises
    ------
    Refused
        If the numbers of a claim leave no choice.
    """
    candidates: list[Statement | Claim] = [*pool, *claims]
    chosen = stream.sample(candidates, count)
    return [
        _claimed(one, stream.child("claim", str(claims.index(one))), truth=truth)
        if isinstance(one, Claim)
        else Judged(one.say, one.because, truth, one.misconception)
        for one in chosen
    ]


def _claimed(claim: Claim, stream: Stream, *, truth: bool) -> Judged:
    numbers = {name: draw_number(range_, stream.child(name)) for name, range_ in claim.numbers.items()}
    names = (None,) if truth else tuple(stream.child("instead").shuffle(claim.instead))
    try:
        right = evaluate(formula_of(claim.really), numbers)
        stated = {
            name: right if name is None else evaluate(formula_of(claim.instead[name]), numbers)
            for name in names
        }
    except ExpressionError as error:
        raise Refused("a claim cannot be computed with its numbers") from error
    fitting = [name for name in names if truth or (stated[name] != right and stated[name] > 0)]
    if not fitting:
        raise Refused("a claim cannot be made false with its numbers")
    name = fitting[0]
    told = {**numbers, STATED: whole(stated[name])}
    return Judged(claim.say, claim.because, misconception=name, numbers=told, really=claim.really)


def lettered(statements: Sequence[Message]) -> Lines:
    """List statements under letters."""
    return Lines(tuple(statements), lettered=True)


def letters(count: int) -> tuple[str, ...]:
    """Return the letters of so many options."""
    return tuple(ascii_uppercase[:count])
