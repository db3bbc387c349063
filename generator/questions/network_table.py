"""Fill in the table of a network: what comes out of every layer, and what it has to learn.

What an entry says under ``params`` (drawn) or ``given`` (fixed):

``input``
    The shape of the input, channels first: ``[C, H, W]``.
``layers``
    A list such as ``[{conv: 6, kernel: 5}, relu, {pool: max, kernel: 2}, flatten, {dense: 10}]``; see
    ``generator/networks/architecture.py``. Activations get no row: they change no shape and learn nothing.
``columns``
    What is asked of every layer: ``shape``, ``parameters``; default both. Whether biases are among the
    parameters, the paper's conventions say.
``total``
    Ask for the sum of all parameters as well.

The shape behind a layer is computed from the shape before it, and so are its parameters: errors are carried
down the table. Shapes are asked in the order of the paper's conventions, flat values as one number.

A prompt may show: ``input``, ``layers``, ``diagram`` (the layers as a figure, without sizes), ``counted``,
``size_rule``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Annotated, Any, Literal, TypeAlias, cast

from pydantic import AfterValidator
from pydantic import Field as Bounds

from ..document import Message, Shown, say
from ..draws import different, draw_int
from ..engine import ShapeError
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
from ..networks.architecture import (
    Conv,
    Dense,
    Layer,
    LayerRanges,
    Layers,
    Pool,
    Shape,
    Size,
    SizeRange,
    draw_layers,
)
from ..networks.count_steps import parameter_formula, sum_of
from ..networks.counted_shapes import counted_shape
from ..networks.counts import Placed, count, weight_factors
from ..networks.diagram import diagram
from ..networks.layer_phrases import (
    counted_phrase,
    from_ordered,
    layer_lines,
    layer_name,
    ordered,
    shape_order,
    shape_phrase,
    size_rule_phrase,
    size_symbol,
)
from ..networks.miscounts import count_as, count_misconceptions, counts_biases
from ..networks.shape_rules import MISCONCEPTIONS as SHAPE_MISCONCEPTIONS
from ..networks.shape_rules import other_order, out_shape
from ..networks.shape_work import shape_work
from ..networks.tally import tally
from ..reading.schema import Flag, record
from ..sliding.filtering import digits_of
from ..slips import slip
from ..streams import Stream

ColumnName: TypeAlias = Literal["shape", "parameters"]
Columns: TypeAlias = Annotated[tuple[ColumnName, ...], Bounds(min_length=1), AfterValidator(different)]

_NO_ROW = ("relu", "sigmoid", "tanh", "softmax")


@record
class Params:
    """What an entry draws from."""

    input: Annotated[tuple[SizeRange, ...], Bounds(min_length=3, max_length=3)]
    layers: LayerRanges
    columns: Columns = ("shape", "parameters")
    total: Flag = False


@record
class Given:
    """What decides the answer."""

    input: Annotated[tuple[Size, ...], Bounds(min_length=3, max_length=3)]
    layers: Layers
    columns: Columns = ("shape", "parameters")
    total: Flag = False

    def __post_init__(self) -> None:
        if self.total and "parameters" not in self.columns:
            raise ValueError("'total' adds parameters up: it needs the column 'parameters'")
        if not list(_rows(self)):
            raise ValueError("a table needs a layer that has a row; activations have none")
        list(_placed(Case(self), {}))


# -- drawing and asking -------------------------------------------------------------------------


def draw(params: Params, stream: Stream) -> Given:
    """Draw the numbers; refuse what does not fit, or leaves one row or column."""
    sizes = stream.child("input")
    try:
        given = Given(
            input=tuple(draw_int(size, sizes.child(str(axis))) for axis, size in enumerate(params.input)),
            layers=draw_layers(params.layers, stream.child("layers")),
            columns=params.columns,
            total=params.total,
        )
    except ShapeError as error:
        raise Refused("a layer does not fit its input") from error
    if any(1 in place.out[1:] for _, place in _placed(Case(given), {})):
        raise Refused("one row or column is left")
    return given


def show(case: Case[Given]) -> Mapping[str, Shown]:
    """Name what a prompt may show."""
    given, conventions = case.given, case.conventions
    return {
        "input": shape_phrase(given.input),
        "layers": layer_lines(given.layers),
        "diagram": diagram(given.input, given.layers, None, conventions),
        "counted": counted_phrase(conventions),
        "size_rule": size_rule_phrase(given.layers, conventions),
    }


def ask(case: Case[Given]) -> tuple[Field, ...]:
    """Ask for one cell of the table after the other, and for the total."""
    given = case.given
    fields: list[Field] = []
    before: tuple[str, ...] = ()
    for number, layer in _rows(given):
        row = say("{{ number }} {{ layer }}", number=number, layer=layer_name(layer))
        for column in given.columns:
            name = _column_name(column, case.conventions)
            fields.append(
                Field(
                    _cell(column, number),
                    "shape" if column == "shape" and _is_map(given, number) else "integer",
                    say("{{ column }} of layer {{ row }}", column=name, row=row),
                    at=(row, _heading(column, case)),
                    needs=before,
                )
            )
        if "shape" in given.columns:
            before = (_cell("shape", number),)
    if given.total:
        parts = tuple(_cell("parameters", number) for number, _ in _rows(given))
        fields.append(Field("total", "integer", say("Parameters of the whole network"), needs=parts))
    return tuple(fields)


def _rows(given: Given) -> Iterator[tuple[int, Layer]]:
    """Yield the layers that have a row, with their numbers in the list."""
    return ((number, layer) for number, layer in enumerate(given.layers, 1) if layer not in _NO_ROW)


def _cell(column: ColumnName, number: int) -> str:
    return f"{column}_{number}"


def _column_name(column: ColumnName, conventions: Conventions) -> Message:
    if column == "shape":
        return say("Output shape")
    return say("Parameters") if conventions.bias_counted else say("Parameters (without biases)")


def _heading(column: ColumnName, case: Case[Given]) -> Message:
    """Return what stands above a column; it says in which order the shapes of maps are written."""
    name = _column_name(column, case.conventions)
    if column == "parameters" or not _asks_maps(case.given):
        return name
    return say("{{ column }} ({{ order }})", column=name, order=shape_order(case.conventions))


def _asks_maps(given: Given) -> bool:
    return "shape" in given.columns and any(_is_map(given, number) for number, _ in _rows(given))


def _is_map(given: Given, number: int) -> bool:
    """Say whether there are still maps behind the layer of this number."""
    return not any(layer == "flatten" or isinstance(layer, Dense) for layer in given.layers[:number])


# -- the key and the way to it ------------------------------------------------------------------


def _placed(case: Case[Given], taken: Mapping[str, Value]) -> Iterator[tuple[int, Placed]]:
    """Walk through the layers, with their numbers; shapes that are taken replace those that come out.

    Where no window fits into a shape that was taken, the walk ends; otherwise that is an error.
    """
    given, conventions = case.given, case.conventions
    shapes = [given.input]
    for number, layer in enumerate(given.layers, 1):
        before = _flattened(case.slips, given.layers, shapes) if layer == "flatten" else shapes[-1]
        try:
            out = out_shape(layer, before, conventions, case.slips)
        except ShapeError:
            if taken:
                return
            raise
        if (name := _cell("shape", number)) in taken:
            out = _read(taken[name], conventions)
        shapes.append(out)
        yield number, Placed(layer, before, out)


def _flattened(slips: frozenset[str], layers: Layers, shapes: list[Shape]) -> Shape:
    """Return the shape that is flattened, or that somebody with these slips flattens."""
    if "flatten_input" in slips:
        return shapes[0]
    if "flatten_first_layer" in slips:
        return shapes[1]
    if "flatten_wrong_layer" in slips:
        pools = [place for place, layer in enumerate(layers[: len(shapes) - 1]) if isinstance(layer, Pool)]
        return shapes[pools[-1] if pools else -2]
    return shapes[-1]


def _written(shape: Shape, conventions: Conventions) -> Value:
    return ordered(shape, conventions) if len(shape) > 1 else shape[0]


def _read(value: Any, conventions: Conventions) -> Shape:
    return from_ordered(value, conventions) if isinstance(value, tuple) else (value,)


def solve(case: Case[Given], taken: Mapping[str, Value]) -> Key:
    """Walk down the table; what no longer follows from what was taken is left out."""
    conventions = case.conventions
    answers: dict[str, Value] = {}
    for number, place in _placed(case, taken):
        answers[_cell("shape", number)] = _written(place.out, conventions)
        counted = count_as(place, case.slips)
        answers[_cell("parameters", number)] = counted.parameters(bias_counted=counts_biases(case))
    answers |= taken
    return _asked(case, answers)


def _asked(case: Case[Given], answers: Mapping[str, Value]) -> Key:
    """Choose the cells that have a field, and add the parameters up."""
    given = case.given
    names = [_cell(column, number) for number, _ in _rows(given) for column in given.columns]
    key = {name: (answers[name],) for name in names if name in answers}
    parts = [answers.get(_cell("parameters", number)) for number, _ in _rows(given)]
    if given.total and None not in parts:
        key["total"] = (sum(cast("list[int]", parts)),)
    return key


def second(case: Case[Given]) -> Key:
    """Count windows and weights one by one, without the engine."""
    given, conventions = case.given, case.conventions
    answers: dict[str, Value] = {}
    shape = given.input
    for number, layer in enumerate(given.layers, 1):
        weights, biases = tally(layer, shape)
        answers[_cell("parameters", number)] = weights + biases if conventions.bias_counted else weights
        shape = counted_shape(layer, shape, conventions)
        answers[_cell("shape", number)] = _written(shape, conventions)
    return _asked(case, answers)


def effort(case: Case[Given]) -> Effort:
    """Count the multiplications of the column of parameters, and the digits of the longest number."""
    products = sum(max(0, len(weight_factors(p.layer, p.shape)) - 1) for _, p in _placed(case, {}))
    values = [value for (value,) in solve(case, {}).values()]
    numbers = [part for value in values for part in (value if isinstance(value, tuple) else (value,))]
    return Effort(
        products=products if "parameters" in case.given.columns else 0,
        digits=max(digits_of(cast(int, number)) for number in numbers),
    )


def work(case: Case[Given]) -> Iterator[Step]:
    """Work down the table, row by row."""
    given, conventions = case.given, case.conventions
    rows = dict(_rows(given))
    counts: list[int] = []
    for number, place in _placed(case, {}):
        if number not in rows:
            continue
        yield say("**{{ number }} {{ layer }}**", number=number, layer=layer_name(place.layer))
        yield from shape_work(place.layer, place.shape, conventions)
        if len(place.out) > 1:
            yield say("Output shape: {{ shape }}.", shape=size_symbol(ordered(place.out, conventions)))
        if "parameters" in given.columns:
            counted = count(place.layer, place.shape)
            counts.append(counted.parameters(bias_counted=conventions.bias_counted))
            yield parameter_formula(place.layer, place.shape, bias_counted=conventions.bias_counted)
    yield say("The network, with the shapes between its layers:")
    yield diagram(given.input, given.layers, [place.out for _, place in _placed(case, {})], conventions)
    if given.total:
        yield say("Add the parameters of all layers up:")
        yield sum_of("parameters", [number for number in counts if number])


# -- misconceptions -----------------------------------------------------------------------------


def _flattens_early(least: int) -> Callable[[Given], bool]:
    """Say whether a network flattens, with at least so many layers with windows before."""

    def early(given: Given) -> bool:
        if "flatten" not in given.layers:
            return False
        ahead = given.layers[: given.layers.index("flatten")]
        return sum(isinstance(layer, (Conv, Pool)) for layer in ahead) >= least

    return early


MISCONCEPTIONS = (
    *SHAPE_MISCONCEPTIONS,
    *count_misconceptions(
        lambda given: given.layers, asks_parameters=lambda case: "parameters" in case.given.columns
    ),
    slip("flatten_wrong_layer", _flattens_early(2)),
    slip("flatten_first_layer", _flattens_early(3)),
    slip("flatten_input", _flattens_early(1)),
    other_order(_asks_maps),
)

TYPE = QuestionType(
    name="network_table",
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
    pace=40,
)
