"""How answers become points and points a grade: values, stated in bank and exam files.

`Credit` says how one question is paid. An item of an exam states it, the entry states it, and ``marking`` of
the exam states it for all; what stands nearest to the question wins, setting by setting. `Marking` is the
rest, which holds for a whole paper. What is stated nowhere has a default; ``docs/marking.md`` gives reasons.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from enum import StrEnum
from fractions import Fraction
from typing import Annotated, Any, Final, Literal, TypeAlias

from pydantic import BeforeValidator, WrapSerializer
from pydantic import Field as Bounds

from .figures.numerals import decimals
from .reading.schema import Flag, Rational, record

Share: TypeAlias = Annotated[Rational, Bounds(ge=0, le=1)]
"""Of the points of an answer."""

Step: TypeAlias = Annotated[Rational, Bounds(gt=0, le=1000)]

ALL: Final = "all-or-nothing"


@record
class Credit:
    """How a question is paid; None is not stated here.

    Attributes
    ----------
    question
        Whether each answer earns its share (the default), or only all of them together.
    maps
        Whether each right cell of a map earns its share (the default), or only the whole map.
    records
        The same for the attributes of a composite answer.
    shapes
        Whether a shape has to be right as a whole (the default), or each of its sizes earns its share.
    choices
        Whether each right option that is chosen earns its share and each wrong one takes one back (the
        default), or only exactly the right options earn anything.
    orders
        Whether each option in its place earns its share (the default), or only the whole order.
    right_size
        The share for a map whose size was to be found and is right, before its cells; by default nothing.
    method
        The share for the right map of another stride, padding or dilation; by default nothing.
    wrong_choice
        The share that a wrong choice of one option takes off; by default nothing, or where guessing is
        corrected what that takes.
    correct_guessing
        Whether what blind answers would earn is taken off; by default it is not.
    """

    question: Literal["per-answer", "all-or-nothing"] | None = None
    maps: Literal["per-cell", "all-or-nothing"] | None = None
    records: Literal["per-attribute", "all-or-nothing"] | None = None
    shapes: Literal["all-or-nothing", "per-size"] | None = None
    choices: Literal["per-option", "all-or-nothing"] | None = None
    orders: Literal["per-place", "all-or-nothing"] | None = None
    right_size: Share | None = None
    method: Share | None = None
    wrong_choice: Share | None = None
    correct_guessing: Flag | None = None

    def within(self, outer: Credit) -> Credit:
        """Return this, with what it does not state taken from what holds around it."""
        return replace(outer, **dict(self.stated()))

    def stated(self) -> Iterator[tuple[str, Any]]:
        """Yield the settings that are stated here, and their values."""
        for each in fields(self):
            value = getattr(self, each.name)
            if value is not None:
                yield each.name, value

    def off_for_wrong(self, options: int) -> Fraction:
        """Return the share that a wrong choice of one of so many options takes off.

        As much as makes guessing earn nothing on average, where guessing is corrected and nothing else is
        stated: 1/(n - 1) ("formula scoring"; Frary 1988, Educational Measurement: Issues and Practice 7(2)).
        """
        if self.wrong_choice is not None:
            return self.wrong_choice
        return Fraction(1, options - 1) if self.correct_guessing and options > 1 else Fraction()


NOTHING_STATED = Credit()


@record
class CarryForward:
    """How errors are carried forward.

    Attributes
    ----------
    penalty
        The share of carried credit that is taken off.
    """

    penalty: Share = Fraction()


FREE = CarryForward()


def _or_flag(value: Any) -> Any:
    if value in ("true", "false") or isinstance(value, bool):
        return FREE if value in ("true", True) else None
    if isinstance(value, (dict, CarryForward)):
        return value
    raise ValueError("expected true, false or a mapping such as {penalty: 1/4}")


def _false(value: CarryForward | None, written: Callable[[Any], Any]) -> Any:
    return False if value is None else written(value)


Carrying: TypeAlias = Annotated[
    CarryForward | None,
    BeforeValidator(_or_flag, json_schema_input_type=bool | CarryForward),
    WrapSerializer(_false),
]
"""None in Python is ``false`` in files; ``true`` is a penalty of nothing."""


@record
class Rounding:
    """To which steps points are rounded; full marks stay full marks.

    Attributes
    ----------
    questions, total
        The step of each question's points and of their sum, such as 1/2; None is not rounded.
    direction
        To the nearest step, halves away from zero, or always up or down.
    """

    questions: Step | None = None
    total: Step | None = None
    direction: Literal["nearest", "up", "down"] = "nearest"


EXACT = Rounding()


@record
class Grade:
    """The way from points to a grade: a straight line, or two that meet where it is passed.

    Attributes
    ----------
    worst, best
        The grades for no points and for all points; the better one may be the smaller number.
    passing
        The worst grade that passes; None where nobody passes or fails.
    pass_at
        The share of the points for which one gets the passing grade, where that is not on the straight line.
    step
        To what grades are rounded, halves to the better grade.
    """

    worst: Annotated[Rational, Bounds(alias="from")]
    best: Annotated[Rational, Bounds(alias="to")]
    passing: Annotated[Rational | None, Bounds(alias="pass")] = None
    pass_at: Share | None = None
    step: Step = Fraction(1, 100)

    def __post_init__(self) -> None:
        """Refuse scales that lead nowhere."""
        if self.worst == self.best:
            raise ValueError("'from' and 'to' are the same grade")
        least, most = sorted((self.worst, self.best))
        scale = f"from {decimals(self.worst)} to {decimals(self.best)}"
        if self.passing is not None and not least <= self.passing <= most:
            raise ValueError(f"'pass' is {decimals(self.passing)}, which is not {scale}")
        if ((most - least) / self.step).denominator != 1:
            raise ValueError(f"steps of {decimals(self.step)} do not lead {scale}")
        if self.pass_at is not None and self.passing is None:
            raise ValueError("'pass_at' is the share of the points that passes: say 'pass' as well")
        if self.pass_at in (0, 1):
            raise ValueError("'pass_at' is a share of the points between 0 and 1, such as 0.55")


@record
class Marking:
    """How a paper is marked.

    Attributes
    ----------
    credit
        What holds for every question where neither the item nor the entry says otherwise.
    carry_forward
        Whether, and at what price, what follows from a student's own earlier error counts.
    negative
        Whether a question may come to less than 0 points; a paper never does.
    rounding
        To which steps points are rounded.
    out_of
        The points that are full marks, where the questions are worth more: what is above is a bonus.
    grade
        How points become a grade; by default there is none.
    attempts
        Which of several files of one student counts.
    """

    credit: Credit = NOTHING_STATED
    carry_forward: Carrying = FREE
    negative: Flag = False
    rounding: Rounding = EXACT
    out_of: Annotated[Rational, Bounds(gt=0)] | None = None
    grade: Grade | None = None
    attempts: Literal["first", "last", "best"] = "last"


DEFAULT = Marking()


class Release(StrEnum):
    """What a feedback page tells, each level what the one before it tells and more.

    How answers were read; points; what is right or wrong, and why; the key and the worked solution.
    """

    RECEIPT = "receipt"
    MARKS = "marks"
    DIAGNOSIS = "diagnosis"
    EVERYTHING = "everything"
