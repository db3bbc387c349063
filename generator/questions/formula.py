"""Ask for numbers that follow from formulas written in the entry: a question without Python.

What an entry says under ``params`` (drawn) or ``given`` (fixed):

``parameters``
    Names and what they are drawn from: ``n: {from: 4, to: 40}``, ``k: {one_of: [3, 5]}``, ``p: 1/2``. Fixed:
    names and numbers.
``let``
    Intermediate results in order, one a line: ``- side = n - k + 1``. Each may use what stands before it.
``conditions``
    Drawn: what a draw has to meet, such as ``- mod(n, 2) == 0 and side > 3``. They may use every name. Other
    draws are refused.
``answers``
    What is asked: a list of ``{name: weights, label: Number of weights, formula: k^2 * n}``. With ``whole:
    true`` the answer is a whole number, and a draw in which it is none is refused; with ``digits: 2`` it is
    rounded. A formula may use the answers before it; an error is then carried forward.
``mistakes``
    Wrong ways to the answers, by name: ``instead`` lists the results that are computed otherwise, one a
    line (``- side = n - k``), and all that builds on them follows. ``sentence`` is what a student reads. A
    name that the program knows (``convexam explain param_count`` lists some) needs none: its sentence is
    borrowed, and reports add it up with other kinds. What each earns, the entry says as always: under
    its ``misconceptions``.
``explain``
    Sentences of the worked solution, by the name of the result before which they stand. ``{{ name }}`` shows
    a parameter or an earlier result.
``show``
    Intermediate results that the prompt may show.

A formula holds whole numbers, decimals, names, ``+ - * / ^``, brackets, ``floor``, ``ceil``, ``abs``, the
functions ``min``, ``max``, ``mod(a, b)``, and ``round(x, digits)``, which rounds halves away from zero. The
engine computes ``positions(size, kernel, stride, padding, dilation)`` of a window along one axis, the last
three if stated, and ``field(kernel, stride, kernel, stride, ...)``, the receptive field of a stack. A
condition also ``== != < <= > >=``, ``and``, ``or`` and ``not``. All is computed exactly, so there are no
roots, logarithms or exponentials. Write lists of formulas with a dash, one a line: within ``[...]`` a comma
would end a formula.

The effort of a draw counts the operations as its products.

A prompt may show the parameters, and the results under ``show``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import field, replace
from fractions import Fraction
from functools import partial
from typing import Annotated, TypeAlias

from pydantic import Field as Bounds

from ..changes import slipped
from ..document import Shown, quote
from ..draws import Quantity, draw_number
from ..expressions.definitions import (
    Condition,
    VariableName,
    condition_of,
    formula_of,
    require_known,
)
from ..expressions.evaluation import evaluate, holds
from ..expressions.faults import ExpressionError
from ..expressions.sheet import (
    MOST_PARAMETERS,
    Answers,
    Explained,
    Mistakes,
    Names,
    Results,
    Sheet,
    at_most,
    formulas,
    needs,
    require_sound,
    used,
)
from ..expressions.stack_machine import computed
from ..expressions.tree import operations
from ..expressions.worked_formulas import shown_number, worked
from ..model import Case, Effort, Field, Key, Misconception, QuestionType, Refused, Step, Value
from ..number import Number
from ..reading.complaints import nearest
from ..reading.schema import Exact, record
from ..rules import rule_for
from ..sliding.filtering import digits_of
from ..streams import Stream
from ..values import whole
from .misconceptions import SENTENCES

MOST_CONDITIONS = 10
MOST_DIGITS = 40  # of a number, above and below the line together

Compute: TypeAlias = Callable[[str, Mapping[str, Number]], Fraction]


@record
class Params:
    """What an entry draws from."""

    parameters: Annotated[Mapping[VariableName, Quantity], at_most(MOST_PARAMETERS)]
    answers: Answers
    let: Results = ()
    conditions: Annotated[tuple[Condition, ...], Bounds(max_length=MOST_CONDITIONS)] = ()
    mistakes: Mistakes = field(default_factory=dict)
    explain: Explained = field(default_factory=dict)
    show: Names = ()

    def __post_init__(self) -> None:
        require_sound(self)
        _require_sentences(self)
        for text in self.conditions:
            require_known(text, condition_of(text), (*self.parameters, *formulas(self)))


@record
class Given:
    """What decides the answer."""

    parameters: Annotated[Mapping[VariableName, Exact], at_most(MOST_PARAMETERS)]
    answers: Answers
    let: Results = ()
    mistakes: Mistakes = field(default_factory=dict)
    explain: Explained = field(default_factory=dict)
    show: Names = ()

    def __post_init__(self) -> None:
        require_sound(self)
        _require_sentences(self)
        values = _values(Case(self), _evaluated)
        for name, number in values.items():
            if digits_of(number) > MOST_DIGITS:
                raise ValueError(f"'{name}' comes to a number of more than {MOST_DIGITS} digits")
        for answer in self.answers:
            if answer.whole and values[answer.name].denominator != 1:
                raise ValueError(f"'{answer.name}' is said to be a whole number, and comes to a fraction")


def _require_sentences(sheet: Sheet) -> None:
    """Demand a sentence of every mistake that the program does not know."""
    for name, mistake in sheet.mistakes.items():
        if mistake.sentence is None and name not in SENTENCES:
            near = nearest(name, SENTENCES)
            hint = f"; or did you mean '{near}'?" if near else ""
            raise ValueError(f"the mistake '{name}' needs a 'sentence' to the student{hint}")


# -- drawing and asking -------------------------------------------------------------------------


def draw(params: Params, stream: Stream) -> Given:
    """Draw the parameters; refuse what cannot be computed, or does not meet the conditions."""
    drawn = {
        name: draw_number(quantity, stream.child("parameters", name))
        for name, quantity in params.parameters.items()
    }
    try:
        given = Given(drawn, params.answers, params.let, params.mistakes, params.explain, params.show)
        values = _values(Case(given), _evaluated)
        unmet = [text for text in params.conditions if not holds(condition_of(text), values)]
    except ExpressionError as error:
        raise Refused(f"a formula has no value: {error.reason}") from error
    except ValueError as error:
        raise Refused(str(error)) from error
    if unmet:
        raise Refused(f"the condition {unmet[0]} is not met")
    return given


def show(case: Case[Given]) -> Mapping[str, Shown]:
    """Name what a prompt may show: parameters, and the results that the entry lists."""
    given = case.given
    values = _values(replace(case, slips=frozenset()), _evaluated) if given.show else given.parameters
    return {name: shown_number(values[name]) for name in (*given.parameters, *given.show)}


def ask(case: Case[Given]) -> tuple[Field, ...]:
    """Ask for every answer."""
    return tuple(
        Field(
            answer.name,
            "integer" if answer.whole else "number",
            quote(answer.label),
            rule_for(answer.digits),
            needs=needs(case.given, answer),
        )
        for answer in case.given.answers
    )


# -- the key and the way to it ------------------------------------------------------------------


def solve(case: Case[Given], taken: Mapping[str, Value]) -> Key:
    """Evaluate the formulas one after the other."""
    return _answers(case, _evaluated, taken)


def second(case: Case[Given]) -> Key:
    """Run them on a stack machine, without a tree."""
    return _answers(case, computed, {})


def _evaluated(text: str, values: Mapping[str, Number]) -> Fraction:
    return evaluate(formula_of(text), values)


def _answers(case: Case[Given], compute: Compute, taken: Mapping[str, Value]) -> Key:
    values = _values(case, compute, taken)
    return {answer.name: (values[answer.name],) for answer in case.given.answers}


def _values(
    case: Case[Given], compute: Compute, taken: Mapping[str, Value] | None = None
) -> dict[str, Number]:
    """Return the value of every name; a number that is taken stands for its formula."""
    values: dict[str, Number] = dict(case.given.parameters)
    for name, text in formulas(case.given, case.slips).items():
        own = (taken or {}).get(name)
        values[name] = own if isinstance(own, int | Fraction) else whole(compute(text, values))
    return values


def effort(case: Case[Given]) -> Effort:
    """Count the operations that lead to the answers."""
    texts = formulas(case.given)
    key = solve(case, {})
    numbers = [number for values in key.values() for number in values if isinstance(number, int | Fraction)]
    return Effort(
        sum(operations(formula_of(texts[name])) for name in used(case.given)),
        sum(number < 0 for number in numbers),
        max(map(digits_of, numbers)),
    )


def work(case: Case[Given]) -> Iterator[Step]:
    """Write every result out, in names and in numbers."""
    return worked(case.given, _values(case, _evaluated))


# -- misconceptions -----------------------------------------------------------------------------


def _own(part: Params | Given) -> tuple[Misconception[Given], ...]:
    """Return the mistakes that an entry defines; each is a slip by its name."""
    return tuple(
        Misconception(name, partial(slipped, name=name), mistake.sentence or "")
        for name, mistake in part.mistakes.items()
    )


TYPE = QuestionType(
    name="formula",
    version=1,
    params=Params,
    given=Given,
    draw=draw,
    show=show,
    ask=ask,
    solve=solve,
    second=second,
    effort=effort,
    work=work,
    misconceptions=(),
    manual=__doc__,
    own=_own,
    pace=12,
)
