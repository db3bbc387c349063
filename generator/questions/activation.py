"""Apply activation functions to given numbers: to a row, to feature maps, or to the output of units.

What an entry says under ``params`` (drawn) or ``given`` (fixed):

``input``
    The numbers, as maps: ``{shape: [C, H, W], from: -3, to: 5}`` or ``{shape: ..., one_of: [-1, 1/2]}``;
    fixed: a list of maps, each a block of rows. A row of n numbers is the shape ``[1, 1, n]``.
``functions``
    Of ``relu``, ``leaky_relu``, ``step``, ``linear``, ``sigmoid``, ``tanh``, ``softmax``: each is asked for
    by itself. A softmax takes a single row.
``weights``
    Units that see the input, a row of n: ``{shape: [units, n], from: -2, to: 2}``, fixed a block with one
    row for each unit. The functions are then applied to the sums of the units, w·x + b.
``bias``
    A number for each map, or for each unit, that is added before the function; default 0.
    ``{from: -2, to: 2}`` draws them; fixed: a number, or a list.
``slope``
    Of a leaky ReLU, at least 0 and less than 1: ``{one_of: [0.1, 0.2]}``, drawn for each map; fixed: a
    number, or a list. With one for each map it is a PReLU.
``ask``
    Of ``sum`` (the numbers before the function), ``value``, ``derivative`` (of ``relu``, ``leaky_relu``,
    ``step`` and ``linear``) and ``range`` (which of the candidates are values of the function); default
    ``[value]``.
``candidates``
    Numbers for ``range``: ``[-1, 0, 1/2, 1]``, in this order, lettered from A.
``digits``
    Values of a sigmoid, tanh or softmax are rounded to so many decimals, and so are those of a leaky ReLU.
    All other answers are exact.

The effort of a draw counts as its products those of the units, one for each number that is compared, and
three for each exponential function of a number.

A prompt may show: ``input``, ``w``, ``b``, ``slope``, ``functions``, ``rules`` (their definitions, as a
list), ``rounding`` and ``candidates``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Annotated, Literal, TypeAlias, cast

from pydantic import AfterValidator
from pydantic import Field as Bounds

from .. import latex
from ..document import Lines, Shown, Symbol, listed, say
from ..draws import Entries, Ints, TensorRange, different, draw_entries, draw_int, draw_tensor
from ..engine import rounded
from ..figures.model import Grid
from ..functions.activation_by_series import added_up, asked_values, has_argument
from ..functions.activation_faults import complaints
from ..functions.activation_words import NAMES, SYMBOLS, rule_symbol
from ..functions.activation_work import range_work, slope_work, sum_work, value_work
from ..functions.activations import (
    EXPONENTIAL,
    ROUNDED,
    Function,
    derivative,
    is_value,
    taken_for,
    values,
)
from ..functions.decimals import Decimals, require_small
from ..functions.misread_activations import MISCONCEPTIONS
from ..functions.single import as_asked, rows_of
from ..functions.units import asked_of, input_symbol, slope_of, sum_symbol, sums, weights_symbol
from ..model import (
    Case,
    Effort,
    Exact,
    Field,
    Key,
    Option,
    QuestionType,
    Refused,
    Step,
    Value,
)
from ..number import Number
from ..reading.schema import Exact as ExactNumber
from ..reading.schema import record
from ..rules import rule_for
from ..sliding.filtering import digits_of
from ..sliding.geometry import Biases, Map, map_size, rounding_phrase
from ..sliding.worked import channels
from ..streams import Stream
from ..values import whole

LETTERS = "ABCDEFGH"

Asked: TypeAlias = Literal["sum", "value", "derivative", "range"]
Asks: TypeAlias = Annotated[tuple[Asked, ...], Bounds(min_length=1), AfterValidator(different)]
Functions: TypeAlias = Annotated[tuple[Function, ...], Bounds(min_length=1), AfterValidator(different)]
Candidates: TypeAlias = Annotated[
    tuple[ExactNumber, ...], Bounds(max_length=len(LETTERS)), AfterValidator(different)
]


@record
class Params:
    """What an entry draws from."""

    input: TensorRange
    functions: Functions
    weights: TensorRange | None = None
    bias: Ints = 0
    slope: Entries | None = None
    ask: Asks = ("value",)
    candidates: Candidates = ()
    digits: Decimals | None = None

    def __post_init__(self) -> None:
        if len(self.input.shape) != 3:
            raise ValueError("'input' needs the shape [C, H, W]")
        if self.weights is not None and len(self.weights.shape) != 2:
            raise ValueError("'weights' needs the shape [units, n], for an input of the shape [1, 1, n]")


@record
class Given:
    """What decides the answer."""

    input: tuple[Map, ...]
    functions: Functions
    weights: Map | None = None
    bias: Biases = ()
    slope: Biases = ()
    ask: Asks = ("value",)
    candidates: Candidates = ()
    digits: Decimals | None = None

    def __post_init__(self) -> None:
        for wrong, complaint in complaints(self):
            if wrong:
                raise ValueError(complaint)
        if set(self.functions) & set(EXPONENTIAL):
            require_small(z for rows in sums(self) for row in rows for z in row)


# -- drawing and asking -------------------------------------------------------------------------


def draw(params: Params, stream: Stream) -> Given:
    """Draw the numbers; refuse sums that no function tells apart, and units or slopes that are alike."""
    maps = draw_tensor(params.input, stream.child("input"))
    weights = None if params.weights is None else draw_tensor(params.weights, stream.child("weights"))
    outputs = len(maps if weights is None else weights)
    biases = stream.child("bias")
    slopes = stream.child("slope")
    slope = () if params.slope is None else draw_entries(params.slope, len(maps), slopes)
    if len(slope) > 1 and len(set(slope)) == 1:
        raise Refused("all maps have the same slope")
    try:
        given = Given(
            input=maps,
            functions=params.functions,
            weights=weights,
            bias=tuple(draw_int(params.bias, biases.child(str(number))) for number in range(outputs)),
            slope=slope,
            ask=params.ask,
            candidates=params.candidates,
            digits=params.digits,
        )
    except ValueError as error:
        raise Refused("the numbers do not go with what is asked") from error
    if weights is not None and len(set(zip(weights, given.bias, strict=True))) < outputs:
        raise Refused("two units are alike")
    if "value" in given.ask and any(_rounds_to_limit(given, function) for function in given.functions):
        raise Refused("a value rounds to a limit that is never reached")
    return given


def _rounds_to_limit(given: Given, function: Function) -> bool:
    """Say whether a sigmoid, tanh or softmax comes so close to its limits that nobody can tell."""
    if function not in EXPONENTIAL or given.digits is None:
        return False
    limits = (-1, 1) if function == "tanh" else (0, 1)
    rows = (values(function, row, 0, given.digits) for rows in sums(given) for row in rows)
    return any(rounded(value, given.digits) in limits for row in rows for value in row)


def show(case: Case[Given]) -> Mapping[str, Shown]:
    """Name what a prompt may show."""
    given, origin = case.given, case.conventions.origin
    shown: dict[str, Shown] = {
        "input": channels(input_symbol(given), given.input, origin),
        "b": given.bias[0] if len(given.bias) == 1 else listed(given.bias or (0,)),
        "functions": listed([NAMES[function] for function in given.functions]),
        "rules": Lines(
            tuple(say("{{ rule }}", rule=rule_symbol(function)) for function in given.functions),
            ordered=False,
        ),
    }
    if given.weights is not None:
        shown["w"] = Grid(given.weights, weights_symbol(given))
    if given.slope:
        shown["slope"] = listed([Symbol(latex.short(slope)) for slope in given.slope])
    if given.digits is not None:
        shown["rounding"] = rounding_phrase(given.digits)
    if given.candidates:
        options = [
            say("{{ letter }}: {{ number }}", letter=letter, number=number)
            for letter, number in zip(LETTERS, given.candidates, strict=False)
        ]
        shown["candidates"] = listed(options, "; ")
    return shown


def _essential(case: Case[Given]) -> tuple[str, ...]:
    """Name what nobody can answer without."""
    given = case.given
    needed = {
        "input": set(given.ask) != {"range"},
        "w": given.weights,
        "b": any(given.bias),
        "slope": given.slope,
        "candidates": given.candidates,
    }
    return tuple(name for name, there in needed.items() if there)


def ask(case: Case[Given]) -> tuple[Field, ...]:
    """Ask for the sums, and for each function for its values, its slopes and its range."""
    given = case.given
    fields: list[Field] = []
    for asked, function in asked_of(given):
        if asked == "range":
            label = say("Values of {{ function }}", function=Symbol(SYMBOLS[function]))
            options = tuple(map(Option, LETTERS[: len(given.candidates)]))
            fields.append(Field(_name(asked, function), "choices", label, options=options))
        else:
            fields += [_field(case, asked, function, number) for number in range(len(given.input))]
    return tuple(fields)


def _name(asked: str, function: Function) -> str:
    if asked == "sum":
        return "z"
    return function if asked == "value" else f"{function}_{asked}"


def _map_name(case: Case[Given], asked: str, function: Function, number: int) -> str:
    name = _name(asked, function)
    return name if len(case.given.input) == 1 else f"{name}{number + case.conventions.origin}"


def _field(case: Case[Given], asked: str, function: Function, number: int) -> Field:
    """Ask for a number, or for a map in the shape of the input."""
    given = case.given
    symbol = sum_symbol(given, number, case.conventions.origin)
    if asked != "sum":
        symbol = SYMBOLS[function] + ("'" if asked == "derivative" else "") + f"({symbol})"
    shape = map_size(given.input[0]) if given.weights is None else (1, len(given.weights))
    built = asked != "sum" and "sum" in given.ask
    return Field(
        _map_name(case, asked, function, number),
        "number" if shape == (1, 1) else "tensor",
        Symbol(symbol),
        rule_for(given.digits) if asked == "value" and function in ROUNDED else Exact(),
        shape=None if shape == (1, 1) else shape,
        needs=(_map_name(case, "sum", function, number),) if built else (),
    )


# -- the key and the way to it ------------------------------------------------------------------


def solve(case: Case[Given], taken: Mapping[str, Value]) -> Key:
    """Apply the functions with the engine; sums that are taken replace those that come out."""
    given = case.given
    before = replace(given, bias=()) if "activation_before_bias" in case.slips else given
    answers: dict[str, tuple[Value, ...]] = {}
    for asked, function in asked_of(given):
        if asked == "range":
            answers[_name(asked, function)] = (_chosen(case, function),)
            continue
        for number, rows in enumerate(sums(before)):
            own = taken.get(_map_name(case, "sum", function, number))
            computed = _applied(case, asked, function, rows if own is None else rows_of(own), number)
            answers[_map_name(case, asked, function, number)] = (as_asked(computed),)
    return answers


def _applied(case: Case[Given], asked: str, function: Function, rows: Map, number: int) -> Map:
    given, slope = case.given, slope_of(case.given, number)
    if asked == "sum":
        return rows
    if asked == "derivative" and "value_for_derivative" not in case.slips:
        rises = function == "relu" and "relu_never_saturates" in case.slips
        meant = "linear" if rises else taken_for(function, case.slips)
        return tuple(tuple(derivative(meant, z, slope) for z in row) for row in rows)
    meant, digits = taken_for(function, case.slips), given.digits if function in EXPONENTIAL else None
    results = tuple(values(meant, row, slope, digits) for row in rows)
    if "activation_before_bias" not in case.slips:
        return results
    biases = given.bias if given.weights is not None else (given.bias[number],) * len(rows[0])
    return tuple(tuple(whole(y + b) for y, b in zip(row, biases, strict=True)) for row in results)


def _chosen(case: Case[Given], function: Function) -> tuple[str, ...]:
    """Return the letters of the candidates that are values of a function."""
    taken = taken_for(function, case.slips)
    meant = cast(Function, taken if taken in SYMBOLS else function)
    ends = "closed_interval" in case.slips
    return _letters(case.given, lambda number, slope: is_value(meant, number, slope, ends=ends))


def _letters(given: Given, fits: Callable[[Number, Number], bool]) -> tuple[str, ...]:
    slope = max(given.slope, default=0)
    lettered = zip(LETTERS, given.candidates, strict=False)
    return tuple(letter for letter, number in lettered if fits(number, slope))


def second(case: Case[Given]) -> Key:
    """Add up in loops and sum the series of the exponentials, without the engine."""
    given = case.given
    answers: dict[str, tuple[Value, ...]] = {}
    for asked, function in asked_of(given):
        if asked == "range":
            answers[_name(asked, function)] = (_letters(given, partial(has_argument, function)),)
            continue
        for number in range(len(given.input)):
            slope = slope_of(given, number)
            rows = tuple(
                tuple(asked_values(asked, function, row, slope, given.digits))
                for row in added_up(given, number)
            )
            answers[_map_name(case, asked, function, number)] = (as_asked(rows),)
    return answers


def effort(case: Case[Given]) -> Effort:
    """Count products, comparisons and exponentials."""
    given = case.given
    cells = [z for rows in sums(given) for row in rows for z in row]
    pairs = [zip(weights, given.input[0][0], strict=True) for weights in given.weights or ()]
    steps = sum(bool(weight and x) for pair in pairs for weight, x in pair)
    rounds = False
    for asked, function in asked_of(given):
        exponentials = asked == "value" and function in EXPONENTIAL
        rounds |= exponentials
        if asked == "range":
            steps += len(given.candidates)
        elif asked != "sum":
            steps += len(cells) * (3 if exponentials else 1)
    digits = max(map(digits_of, cells)) if not rounds or given.digits is None else given.digits + 1
    return Effort(steps, sum(z < 0 for z in cells), digits)


def remaining(case: Case[Given], taken: Mapping[str, Value], name: str) -> int:  # noqa: ARG001
    """Count the sums other than 0."""
    return sum(bool(z) for own in taken.values() for row in rows_of(own) for z in row)


def work(case: Case[Given]) -> Iterator[Step]:
    """Work the sums out, then each function with its rule."""
    given, origin = case.given, case.conventions.origin
    if given.weights is not None or any(given.bias):
        yield from sum_work(given, origin)
    for asked, function in asked_of(given):
        if asked == "value":
            yield rule_symbol(function)
            yield from value_work(given, function, origin)
        elif asked == "derivative":
            yield rule_symbol(function)
            yield from slope_work(given, function, origin)
        elif asked == "range":
            yield range_work(function)


TYPE = QuestionType(
    name="activation",
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
    misconceptions=MISCONCEPTIONS,
    manual=__doc__,
    essential=_essential,
    pace=10,
    remaining=remaining,
)
