"""Fill in the table of a network: what comes out of every layer, and what the layer costs and sees.

What an entry says under ``params`` (drawn) or ``given`` (fixed):

``input``
    The shape of the input, channels first: ``[C, H, W]``.
``layers``
    A list such as ``[{conv: 6, kernel: 5}, relu, {pool: max, kernel: 2}, flatten, {dense: 10}]``; see
    ``generator/networks/architecture.py``. Activations get no row: they change no shape and learn nothing.
``columns``
    What is asked of every layer, in this order; default ``[shape, parameters]``. ``shape`` is what comes out
    of it. Whether biases are among the ``parameters``, the paper's conventions say. ``macs`` are its
    multiply-accumulates. ``field`` is the receptive field of a unit behind it, in cells along an axis; then
    windows are square. From ``flatten``, a global pooling or a dense layer on, no fields are asked.
``total``
    Ask for the sum of all parameters as well, and for that of all MACs, as far as they are columns.

The shape behind a layer is computed from the shape before it, and so are its parameters and its MACs; its
field is computed from the field before it: errors are carried down the table. Shapes are asked in the order
of the paper's conventions, flat values as one number.

A prompt may show: ``input``, ``layers``, ``diagram`` (the layers as a figure, without sizes), ``counted``,
``size_rule``, ``mac_rule``, ``field_rule``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Annotated, TypeAlias, cast

from pydantic import AfterValidator
from pydantic import Field as Bounds

from ..changes import slip
from ..document import Shown, say
from ..draws import different, draw_int
from ..engine import ShapeError
from ..model import Case, Effort, Field, Key, QuestionType, Refused, Step, Value
from ..networks.architecture import (
    Conv,
    Layer,
    LayerRange,
    LayerRanges,
    Layers,
    Pool,
    Size,
    SizeRange,
    draw_layers,
)
from ..networks.cost_work import mac_rule
from ..networks.costs import MAC_SLIPS
from ..networks.count_steps import sum_of
from ..networks.counts import count, sum_of_counts
from ..networks.diagram import diagram
from ..networks.field_rules import LARGEST_FIELD, SIZE_SLIPS
from ..networks.layer_phrases import counted_phrase, layer_lines, layer_name, shape_phrase, size_rule_phrase
from ..networks.miscounts import count_misconceptions, counts_biases
from ..networks.shape_rules import MISCONCEPTIONS as SHAPE_MISCONCEPTIONS
from ..networks.shape_rules import other_order
from ..networks.table_columns import COLUMNS, FIELD_RULE, ColumnName, Total
from ..networks.table_rows import cell, counted_rows, has_field, listed_layers, rows, shows_maps
from ..reading.schema import Flag, record
from ..sliding.filtering import digits_of
from ..streams import Stream
from ..sums import Sum, Term

Columns: TypeAlias = Annotated[tuple[ColumnName, ...], Bounds(min_length=1), AfterValidator(different)]


@record
class Params:
    """What an entry draws from."""

    input: Annotated[tuple[SizeRange, ...], Bounds(min_length=3, max_length=3)]
    layers: LayerRanges
    columns: Columns = ("shape", "parameters")
    total: Flag = False

    def __post_init__(self) -> None:
        _require_cells(self)


@record
class Given:
    """What decides the answer."""

    input: Annotated[tuple[Size, ...], Bounds(min_length=3, max_length=3)]
    layers: Layers
    columns: Columns = ("shape", "parameters")
    total: Flag = False

    def __post_init__(self) -> None:
        _require_cells(self)
        for row in rows(Case(self), {}):
            if row.fields and max(row.fields[1].size, row.fields[1].jump) > LARGEST_FIELD:
                raise ShapeError(f"a field or a jump would be over {LARGEST_FIELD} cells along an axis")


def _require_cells(entry: Params | Given) -> None:
    """Check that there are rows, and that the layers have what is asked of them."""
    numbers = [number for number, _ in listed_layers(entry)]
    if not numbers:
        raise ValueError("a table needs a layer that has a row; activations have none")
    if entry.total and not {"parameters", "macs"} & set(entry.columns):
        raise ValueError("'total' adds parameters and MACs up: it needs the column 'parameters' or 'macs'")
    if "field" not in entry.columns:
        return
    if not any(has_field(entry, number) for number in numbers):
        raise ValueError("the column 'field' needs a row ahead of 'flatten', global pooling and dense layers")
    if not all(map(_is_square, entry.layers)):
        raise ValueError("the column 'field' takes square windows: state each number of a layer once")


def _is_square(layer: Layer | LayerRange) -> bool:
    numbers = (getattr(layer, name, None) for name in ("kernel", "stride", "dilation"))
    return not any(isinstance(number, tuple) and len(number) > 1 for number in numbers)


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
    if any(1 in row.place.out[1:] for row in rows(Case(given), {})):
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
        "mac_rule": mac_rule(),
        "field_rule": FIELD_RULE,
    }


def ask(case: Case[Given]) -> tuple[Field, ...]:
    """Ask for one cell of the table after the other, and for the totals."""
    return (*_cells(case), *_sums(case.given))


def _cells(case: Case[Given]) -> Iterator[Field]:
    given = case.given
    asked: set[str] = set()
    before = 0
    for number, layer in listed_layers(given):
        row = say("{{ number }} {{ layer }}", number=number, layer=layer_name(layer))
        for name in given.columns:
            column = COLUMNS[name]
            kind = column.kind(given, number)
            if kind is None:
                continue
            builds_on = (cell(column.above, before), *(cell(beside, number) for beside in column.beside))
            yield Field(
                cell(name, number),
                kind,
                say("{{ column }} of layer {{ row }}", column=column.label(case.conventions), row=row),
                at=(row, column.heading(case)),
                needs=tuple(needed for needed in builds_on if needed in asked),
            )
            asked.add(cell(name, number))
        before = number


def _sums(given: Given) -> Iterator[Field]:
    for name, total in _totals(given):
        parts = tuple(cell(name, number) for number, _ in listed_layers(given))
        yield Field(total.field, "integer", total.label, needs=parts)


def _totals(given: Given) -> Iterator[tuple[ColumnName, Total]]:
    """Yield the columns that are added up, and their sums."""
    for name in given.columns if given.total else ():
        if total := COLUMNS[name].total:
            yield name, total


# -- the key and the way to it ------------------------------------------------------------------


def solve(case: Case[Given], taken: Mapping[str, Value]) -> Key:
    """Walk down the table; what no longer follows from what was taken is left out."""
    answers = {
        cell(name, row.number): COLUMNS[name].value(row, case)
        for row in rows(case, taken)
        for name in case.given.columns
    }
    return _asked(case.given, {**answers, **taken})


def second(case: Case[Given]) -> Key:
    """Count windows and weights one by one, and follow windows back, without the engine."""
    answers = {
        cell(name, row.number): COLUMNS[name].second(row, case.conventions)
        for row in counted_rows(case)
        for name in case.given.columns
    }
    return _asked(case.given, answers)


def _asked(given: Given, answers: Mapping[str, Value | None]) -> Key:
    """Choose the cells that have a field, and add columns up."""
    names = [cell(name, number) for number, _ in listed_layers(given) for name in given.columns]
    key = {name: (value,) for name in names if (value := answers.get(name)) is not None}
    for name, total in _totals(given):
        parts = [answers.get(cell(name, number)) for number, _ in listed_layers(given)]
        if None not in parts:
            key[total.field] = (sum(cast("list[int]", parts)),)
    return key


def effort(case: Case[Given]) -> Effort:
    """Count the multiplications of all columns, and the digits of the longest number."""
    products = sum(COLUMNS[name].products(row) for row in rows(case, {}) for name in case.given.columns)
    values = [value for (value,) in solve(case, {}).values()]
    numbers = [part for value in values for part in (value if isinstance(value, tuple) else (value,))]
    return Effort(products=products, digits=max(digits_of(cast(int, number)) for number in numbers))


def work(case: Case[Given]) -> Iterator[Step]:
    """Work down the table, row by row."""
    given, conventions = case.given, case.conventions
    walked = list(rows(case, {}))
    numbers = dict(listed_layers(given))
    columns: dict[ColumnName, None] = dict.fromkeys(("shape", *given.columns))  # shapes first, asked or not
    for name in given.columns:
        yield from COLUMNS[name].rules
    for row in walked:
        if row.number not in numbers:
            continue
        yield say("**{{ number }} {{ layer }}**", number=row.number, layer=layer_name(row.place.layer))
        for name in columns:
            yield from COLUMNS[name].steps(row, conventions)
    yield say("The network, with the shapes between its layers:")
    yield diagram(given.input, given.layers, [row.place.out for row in walked], conventions)
    key = solve(case, {})
    for name, total in _totals(given):
        terms = [cast(int, key[cell(name, number)][0]) for number in numbers]
        yield total.task
        yield sum_of(total.terms, [term for term in terms if term])


def made_of(case: Case[Given], field: str, at: tuple[int, int]) -> Sum | None:  # noqa: ARG001 - no maps
    """Return what a total, or the number of parameters of a layer, is the sum of."""
    given = case.given
    for name, total in _totals(given):
        if total.field == field:
            key = solve(case, {})
            cells = [cell(name, number) for number, _ in listed_layers(given)]
            return Sum(tuple(Term(cast(int, key[each][0])) for each in cells))
    for row in rows(case, {}):
        if cell("parameters", row.number) == field:
            return sum_of_counts([count(row.place.layer, row.place.shape)], biases=counts_biases(case))
    return None


# -- misconceptions -----------------------------------------------------------------------------


def _flattens_early(least: int) -> Callable[[Given], bool]:
    """Say whether a network flattens, with at least so many layers with windows before."""

    def early(given: Given) -> bool:
        if "flatten" not in given.layers:
            return False
        ahead = given.layers[: given.layers.index("flatten")]
        return sum(isinstance(layer, (Conv, Pool)) for layer in ahead) >= least

    return early


def _asks(name: ColumnName) -> Callable[[Given], bool]:
    return lambda given: name in given.columns


MISCONCEPTIONS = (
    *SHAPE_MISCONCEPTIONS,
    *count_misconceptions(
        lambda given: given.layers, asks_parameters=lambda case: "parameters" in case.given.columns
    ),
    slip("flatten_wrong_layer", _flattens_early(2)),
    slip("flatten_first_layer", _flattens_early(3)),
    slip("flatten_input", _flattens_early(1)),
    other_order(lambda given: "shape" in given.columns and shows_maps(given)),
    *(slip(name, _asks("macs")) for name in ("mac_vs_flop", *MAC_SLIPS)),
    *(slip(name, _asks("field")) for name in SIZE_SLIPS),
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
    made_of=made_of,
)
