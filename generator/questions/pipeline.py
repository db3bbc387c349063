"""Send an image through a small network by hand, one field for each step.

What an entry says under ``params`` (drawn) or ``given`` (fixed):

``input``
    The image, channels first: ``{shape: [C, H, W], from: -3, to: 5}``; fixed: a list of maps, each a block of
    rows.
``kernel``
    Output maps, then channels: ``{shape: [M, C, h, w], one_of: [-1, 0, 1, 2]}``.
``bias``
    A number for each output map; default 0. ``{from: 1, to: 2}`` draws them; fixed: a number, or a list.
``stride``, ``padding``
    Of the convolution, as in ``conv2d``; default 1 and 0.
``steps``
    What is done, in this order: ``[conv, relu, {pool: max, window: 2}, flatten, {dense: 2}, softmax]``.
    ``conv`` comes first, and each step stands once. Besides: ``sigmoid``, ``{pool: avg, window: [2, 3],
    stride: 1}`` and ``class``, the place of the largest value. ``dense``, ``softmax`` and ``class`` need
    ``flatten`` before them; behind ``sigmoid`` and ``softmax`` stand only ``flatten`` and ``class``, since
    nothing is computed with rounded numbers.
``ask``
    The steps whose results are asked, by name: ``[conv, pool, class]``; by default all of them.
``window``
    Ask for the products in the window of this cell (row, column, counted from 0) and for their sum as well,
    before anything else; of one kernel on one channel.
``weights``, ``dense_bias``
    Of the dense layer: what its weights are drawn from, ``{from: -2, to: 2}`` or ``{one_of: [-1, 0, 1]}``,
    and its biases as ``bias``; fixed: a block with a row of weights for each unit, and a list.
``digits``
    Sigmoid and softmax are to be rounded to so many decimals; all else is exact.
``show_shape``
    Print all empty maps in their right size; by default the sizes are part of the question.

Errors are carried forward: a step is also right if it follows from the student's own earlier steps.

The effort of a draw counts products, cells that are looked at, and exponentials (three each) as its products.

A prompt may show: ``X``, ``K``, ``W``, ``steps`` (the steps in words, with their numbers and the conventions
that they follow), ``rounding``, ``size_rule``; ``cell`` and ``products``, the symbols of the cell whose
window is asked about and of its products.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import chain
from typing import Annotated, Any, cast

from pydantic import AfterValidator
from pydantic import Field as Bounds

from ..document import Shown
from ..draws import Entries, Ints, TensorRange, different, draw_filled, draw_int, draw_tensor
from ..engine import ShapeError
from ..figures.model import Grid
from ..forward.fields import PRODUCTS, outs_of, stage_fields, stage_key, window_fields
from ..forward.flow import (
    LARGEST_EXPONENT,
    MOST_PROBABILITIES,
    largest_score,
    passages,
    proved_digits,
    sizes,
)
from ..forward.flow_effort import flow_effort, flow_remaining
from ..forward.flow_work import cell_work, flow_work, products_work, window_products
from ..forward.made_of import made_of
from ..forward.mistaken_flow import MISCONCEPTIONS
from ..forward.phrases import stage_lines
from ..forward.plain_flow import plain_products, plain_values
from ..forward.stages import ROUNDED, DenseStage, Name, Stage, name_of, require_order
from ..model import (
    Case,
    Conventions,
    Effort,
    Field,
    Key,
    QuestionType,
    Refused,
    Step,
    Value,
)
from ..reading.schema import Flag, Whole, record
from ..sliding.filtering import cell_symbol
from ..sliding.geometry import (
    MOST_PRODUCTS,
    Biases,
    Digits,
    Map,
    PaddingRange,
    Pair,
    PerAxis,
    Sides,
    draw_padding,
    draw_pair,
    map_size,
    rounding_phrase,
    size_rule,
)
from ..sliding.worked import channels, kernel_grids
from ..sliding.wrong_filters import filtering_of
from ..streams import Stream
from ..values import how_many

Stages = Annotated[tuple[Stage, ...], Bounds(min_length=1, max_length=8)]
Names = Annotated[tuple[Name, ...], AfterValidator(different)]

MOST_MAPS = 8
"""That are all filled in by hand."""


@record
class Params:
    """What an entry draws from."""

    input: TensorRange
    kernel: TensorRange
    steps: Stages
    bias: Ints = 0
    stride: PerAxis = 1
    padding: PaddingRange = 0
    ask: Names = ()
    window: tuple[Whole, Whole] | None = None
    weights: Entries | None = None
    dense_bias: Ints = 0
    digits: Digits | None = None
    show_shape: Flag = False

    def __post_init__(self) -> None:
        if len(self.input.shape) != 3 or len(self.kernel.shape) != 4:
            raise ValueError("'input' needs the shape [C, H, W] and 'kernel' the shape [M, C, h, w]")
        if self.input.shape[0] != self.kernel.shape[1]:
            raise ValueError("'input' and 'kernel' need the same number of channels, C")
        _require_steps(self)


@record
class Given:
    """What decides the answer."""

    input: tuple[Map, ...]
    kernel: Annotated[tuple[tuple[Map, ...], ...], Bounds(min_length=1, max_length=MOST_MAPS)]
    steps: Stages
    bias: Biases = ()
    stride: Pair = (1, 1)
    padding: Sides = ((0, 0), (0, 0))
    ask: Names = ()
    window: tuple[Whole, Whole] | None = None
    weights: Map | None = None
    dense_bias: Biases = ()
    digits: Digits | None = None
    show_shape: Flag = False

    @property
    def dilation(self) -> Pair:
        """The kernel has no gaps."""
        return 1, 1

    def __post_init__(self) -> None:
        _require_steps(self)
        _require_maps(self)
        for rounding in ("floor", "ceil"):
            _require_bounded(self, sizes(Case(self, Conventions(rounding=rounding))))


def _require_steps(entry: Params | Given) -> None:
    """Refuse steps in an impossible order, and those for which too much or too little is stated."""
    require_order(entry.steps)
    names = [name_of(stage) for stage in entry.steps]
    if missing := set(entry.ask) - set(names):
        raise ValueError(f"'ask' names {sorted(missing)[0]}, which is none of the 'steps'")
    if (entry.weights is None) == ("dense" in names):
        raise ValueError("'weights' are stated for a dense layer, and only for one")
    if (entry.digits is None) == bool(set(names) & set(ROUNDED)):
        raise ValueError("'digits' are stated for sigmoid and softmax, and only for them")


def _require_maps(given: Given) -> None:
    if {len(maps) for maps in given.kernel} != {len(given.input)}:
        raise ValueError("every kernel needs as many channels as the input")
    if len(set(map(map_size, given.input))) != 1 or len({map_size(k) for m in given.kernel for k in m}) != 1:
        raise ValueError("all channels of the input need the same size, and so do all kernels")
    if len(given.bias) not in (0, len(given.kernel)):
        raise ValueError(f"'bias' needs one number for each kernel: {len(given.kernel)}")
    units = next((stage.units for stage in given.steps if isinstance(stage, DenseStage)), 0)
    if given.weights is not None and len(given.weights) != units:
        raise ValueError(f"'weights' needs a row for each of the {units} units")
    if len(given.dense_bias) not in (0, units):
        raise ValueError(f"'dense_bias' needs one number for each unit: {units}")
    if given.window is not None and (len(given.input), len(given.kernel)) != (1, 1):
        raise ValueError("'window' asks about one kernel on one channel")


def _require_bounded(given: Given, found: Mapping[Name, Pair]) -> None:
    rows, columns = found["conv"]
    products = rows * columns * how_many(given.kernel)
    if products > MOST_PRODUCTS:
        raise ValueError(f"this takes {products} products; at most {MOST_PRODUCTS} are computed")
    if "softmax" in found:
        if found["softmax"][1] > MOST_PROBABILITIES:
            raise ValueError(f"softmax takes at most {MOST_PROBABILITIES} numbers")
        if largest_score(given) > LARGEST_EXPONENT:
            raise ValueError(f"softmax takes numbers up to {LARGEST_EXPONENT}; here they may be larger")
    if given.window is not None and not (0 <= given.window[0] < rows and 0 <= given.window[1] < columns):
        raise ShapeError(f"'window' lies outside the output of {rows} rows and {columns} columns")


# -- drawing and asking -------------------------------------------------------------------------


def draw(params: Params, stream: Stream) -> Given:
    """Draw the numbers; refuse what does not fit, and what a step does not change."""
    image = draw_tensor(params.input, stream.child("input"))
    kernel = draw_tensor(params.kernel, stream.child("kernel"))
    stride = draw_pair(params.stride, stream.child("stride"))
    biases, dense_biases = stream.child("bias"), stream.child("dense_bias")
    padding = draw_padding(
        params.padding,
        stream.child("padding"),
        sizes=map_size(image[0]),
        kernel=map_size(kernel[0][0]),
        stride=stride,
        dilation=(1, 1),
    )
    units = next((stage.units for stage in params.steps if isinstance(stage, DenseStage)), 0)
    try:
        weights = None
        if params.weights is not None:
            shape = units, _inputs(params, image, kernel, stride, padding)
            weights = draw_filled(params.weights, shape, stream.child("weights"))
        given = Given(
            input=image,
            kernel=kernel,
            steps=params.steps,
            bias=tuple(draw_int(params.bias, biases.child(str(number))) for number in range(len(kernel))),
            stride=stride,
            padding=padding,
            ask=params.ask,
            window=params.window,
            weights=weights,
            dense_bias=tuple(
                draw_int(params.dense_bias, dense_biases.child(str(unit))) for unit in range(units)
            ),
            digits=params.digits,
            show_shape=params.show_shape,
        )
    except ShapeError as error:
        raise Refused("a window does not fit its maps") from error
    except ValueError as error:  # numbers too large for softmax, or params that do not go together
        raise Refused(str(error)) from error
    _require_telling(Case(given))
    return given


def _inputs(params: Params, image: Any, kernel: Any, stride: Pair, padding: Sides) -> int:
    """Return how many values come into the dense layer."""
    ahead = params.steps[: [name_of(stage) for stage in params.steps].index("flatten") + 1]
    return sizes(Case(Given(image, kernel, ahead, stride=stride, padding=padding)))["flatten"][1]


def _require_telling(case: Case[Given]) -> None:
    """Refuse a draw on which a step has nothing to do, or its result is plain to see."""
    for passage in passages(case):
        name = name_of(passage.stage)
        if name == "relu" and passage.out == passage.before:
            raise Refused("nothing is negative before ReLU")
        if name == "relu" and not any(_cells(passage.out)):
            raise Refused("nothing is positive before ReLU")
        if name in ROUNDED and _too_small(passage.out, cast(int, case.given.digits)):
            raise Refused("a probability is rounded to 0 or 1")
        if name == "class" and len(passage.out) > 1:
            raise Refused("two classes are equally likely")


def _cells(value: Any) -> Iterator[Any]:
    return chain.from_iterable(map(_cells, value)) if isinstance(value, tuple) else iter((value,))


def _too_small(values: Any, digits: int) -> bool:
    least = Fraction(1, 2 * 10**digits)
    return not all(least <= number < 1 - least for number in _cells(values))


def show(case: Case[Given]) -> Mapping[str, Shown]:
    """Name what a prompt may show."""
    given, origin = case.given, case.conventions.origin
    shown: dict[str, Shown] = {
        "X": channels("X", given.input, origin),
        "K": kernel_grids(given.kernel, origin),
        "steps": stage_lines(case),
        "size_rule": size_rule(up=case.conventions.rounding == "ceil"),
    }
    if given.weights is not None:
        shown["W"] = Grid(given.weights, "W")
    if given.digits is not None:
        shown["rounding"] = rounding_phrase(given.digits)
    if given.window is not None:
        shown["cell"] = cell_symbol("Y", given.window, origin)
        shown["products"] = PRODUCTS
    return shown


def essential(case: Case[Given]) -> tuple[str, ...]:
    """Name what nobody can do without."""
    weights = () if case.given.weights is None else ("W",)
    window = () if case.given.window is None else ("cell", "products")
    return ("X", "K", "steps", *weights, *window)


def ask(case: Case[Given]) -> tuple[Field, ...]:
    """Ask for a single window, if it is to be, and for the result of each step."""
    window = () if case.given.window is None else window_fields(case)
    return (*window, *stage_fields(case))


# -- the key and the way to it ------------------------------------------------------------------


def solve(case: Case[Given], taken: Mapping[str, Value]) -> Key:
    """Have the engine walk through the steps, from what is taken."""
    key: dict[str, tuple[Value, ...]] = {}
    if case.given.window is not None:
        products: Any = taken.get("products", _products(case, case.given.window))
        key = {"products": (products,), "sum": (sum(_cells(products)),)}
    return key | dict(stage_key(case, outs_of(passages(case, taken))))


def _products(case: Case[Given], window: Pair) -> Map:
    rows, columns = sizes(case)["conv"]
    if window[0] >= rows or window[1] >= columns:
        raise ShapeError("'window' lies outside the output")
    return window_products(filtering_of(case), window)


def second(case: Case[Given]) -> Key:
    """Walk through the steps in plain loops, without the engine."""
    key: dict[str, tuple[Value, ...]] = {}
    if case.given.window is not None:
        products = plain_products(case)
        key = {"products": (products,), "sum": (sum(map(sum, products)),)}
    digits = proved_digits(case) if case.given.digits is not None else 0
    return key | dict(stage_key(case, plain_values(case, digits)))


def effort(case: Case[Given]) -> Effort:
    """Count the work of every step, whether it is asked or not."""
    return flow_effort(case)


def remaining(case: Case[Given], taken: Mapping[str, Value], name: str) -> int:
    """Count the work of the steps behind those that are taken, or the products that are added up."""
    if name == "sum":
        products: Any = taken["products"]
        return sum(map(bool, _cells(products)))
    return flow_remaining(case, taken, name)


def work(case: Case[Given]) -> Iterator[Step]:
    """Write all steps out, one after the other."""
    if case.given.window is not None:
        yield from products_work(case)
    yield from flow_work(case)


def work_at(case: Case[Given], field: str, cell: Pair) -> Iterator[Step]:
    """Write the window of one cell out, or the products of the single window."""
    return products_work(case) if field == "products" else cell_work(case, field, cell)


TYPE = QuestionType(
    name="pipeline",
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
    work_at=work_at,
    misconceptions=MISCONCEPTIONS,
    manual=__doc__,
    essential=essential,
    pace=4,
    made_of=made_of,
    remaining=remaining,
)
