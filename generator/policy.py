"""How answers become points and points a grade: values, stated in bank and exam files.

`Credit` says how one question is paid. An item of an exam states it, the entry states it, and ``marking`` of
the exam states it for all; what stands nearest to the question wins, setting by setting. `Marking` is the
rest, which holds for a whole paper.
"""

from __future__ import annotations

from dataclasses import fields, replace
from enum import StrEnum
from fractions import Fraction
from typing import Annotated, Literal, TypeAlias

from pydantic import Field as Bounds

from .reading.schema import Flag, Rational, record

Share: TypeAlias = Annotated[Rational, Bounds(ge=0, le=1)]
"""Of the points of an answer."""

Penalty: TypeAlias = Annotated[Rational, Bounds(ge=0, le=10)]

ALL = "all-or-nothing"


@record
class Credit:
    """How a question is paid; None is not stated here.

    Attributes
    ----------
    fields
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
    shape
        The share for a map of the right size that has no right cell; by default nothing.
    method
        The share for the right map of another stride, padding or dilation; by default nothing.
    wrong
        The share that a wrong choice takes off; by default nothing.
    correct_guessing
        Whether what guessing earns on average is taken off: of choices, and of maps what the best map of a
        single number would earn. By default it is not.
    """

    fields: Literal["each", "all-or-nothing"] | None = None
    maps: Literal["per-cell", "all-or-nothing"] | None = None
    records: Literal["per-attribute", "all-or-nothing"] | None = None
    shapes: Literal["all-or-nothing", "per-size"] | None = None
    choices: Literal["per-option", "all-or-nothing"] | None = None
    orders: Literal["per-place", "all-or-nothing"] | None = None
    shape: Share | None = None
    method: Share | None = None
    wrong: Penalty | None = None
    correct_guessing: Flag | None = None

    def within(self, outer: Credit) -> Credit:
        """Return this, with what it does not state taken from what holds around it."""
        stated = {
            each.name: value for each in fields(self) if (value := getattr(self, each.name)) is not None
        }
        return replace(outer, **stated)


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


@record
class Grade:
    """The straight way from points to a grade."""

    low: Annotated[Rational, Bounds(alias="from")]
    high: Annotated[Rational, Bounds(alias="to")]
    passing: Annotated[Rational | None, Bounds(alias="pass")] = None
    step: Annotated[Rational, Bounds(gt=0)] | None = None


@record
class Marking:
    """How a paper is marked.

    Attributes
    ----------
    credit
        What holds for every question where neither the item nor the entry says otherwise.
    carry_forward
        Whether, and at what price, what follows from a student's own earlier error counts.
    grade
        How points become a grade; by default there is none.
    """

    credit: Credit = NOTHING_STATED
    carry_forward: CarryForward | None = FREE
    grade: Grade | None = None


DEFAULT = Marking()


class Release(StrEnum):
    """What a feedback page tells, each level what the one before it tells and more.

    How answers were read; points; what is right or wrong, and why; the key and the worked solution.
    """

    RECEIPT = "receipt"
    MARKS = "marks"
    DIAGNOSIS = "diagnosis"
    EVERYTHING = "everything"
