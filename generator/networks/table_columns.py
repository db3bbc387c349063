"""What a table asks of every layer, column by column: output shape, parameters, MACs, receptive field.

The `Given` of a case has an ``input``, ``layers``, and ``columns``: names of these.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal, TypeAlias

from ..document import Message, say
from ..frozen import frozen
from ..model import Case, Conventions, FieldKind, Step, Value
from .architecture import Conv, Dense, Pool
from .cost_work import mac_formula, mac_rule
from .costs import macs_of, tallied_macs
from .count_steps import parameter_formula
from .counts import weight_factors
from .field_work import field_formula
from .field_work import rules as field_rules
from .layer_phrases import ordered, shape_order, size_symbol
from .miscounts import count_as, counts_biases
from .shape_work import shape_work
from .table_rows import Row, has_field, has_maps, on_one_axis, shows_maps, written_shape
from .tally import tally

ColumnName: TypeAlias = Literal["shape", "parameters", "macs", "field"]

FIELD_RULE = say(
    "A unit sees a square of cells of the input, its receptive field; cells of the padding belong to it. "
    "Write down how many cells that is along an axis."
)


@frozen
class Total:
    """The sum of a column: its field, and what a worked solution says of it."""

    field: str
    label: Message
    task: Message
    terms: str


@frozen
class Column:
    """A column of a table.

    Attributes
    ----------
    label
        What it is called.
    heading
        What stands above it.
    value
        What stands in a row, with the slips of a case.
    second
        The same of a row that was counted without the engine.
    products
        How many multiplications a row takes by hand.
    steps
        How a row is worked out.
    kind
        How the cell of the layer of this number is answered; None where it has no cell.
    above, beside
        The columns on which a cell builds: by its cell of the row before, and by those of the same row.
    rules
        What a worked solution states once.
    total
        Its sum; None where nobody adds it up.
    """

    label: Callable[[Conventions], Message]
    heading: Callable[[Case[Any]], Message]
    value: Callable[[Row, Case[Any]], Value | None]
    second: Callable[[Row, Conventions], Value | None]
    products: Callable[[Row], int]
    steps: Callable[[Row, Conventions], Iterator[Step]]
    kind: Callable[[Any, int], FieldKind | None] = lambda *_: "integer"
    above: ColumnName = "shape"
    beside: tuple[ColumnName, ...] = ()
    rules: tuple[Step, ...] = ()
    total: Total | None = None


# -- output shapes ------------------------------------------------------------------------------


def _shape_heading(case: Case[Any]) -> Message:
    """Say in which order the shapes of maps are written, where there are any."""
    label = say("Output shape")
    if not shows_maps(case.given):
        return label
    return say("{{ column }} ({{ order }})", column=label, order=shape_order(case.conventions))


def _shape_steps(row: Row, conventions: Conventions) -> Iterator[Step]:
    yield from shape_work(row.place.layer, row.place.shape, conventions)
    if len(row.place.out) > 1:
        yield say("Output shape: {{ shape }}.", shape=size_symbol(ordered(row.place.out, conventions)))


_SHAPE = Column(
    label=lambda _: say("Output shape"),
    heading=_shape_heading,
    value=lambda row, case: written_shape(row.place.out, case.conventions),
    second=lambda row, conventions: written_shape(row.place.out, conventions),
    products=lambda _: 0,
    steps=_shape_steps,
    kind=lambda given, number: "shape" if has_maps(given, number) else "integer",
)


# -- parameters ---------------------------------------------------------------------------------


def _tallied_parameters(row: Row, conventions: Conventions) -> int:
    weights, biases = tally(row.place.layer, row.place.shape)
    return weights + biases if conventions.bias_counted else weights


def _parameter_steps(row: Row, conventions: Conventions) -> Iterator[Step]:
    yield parameter_formula(row.place.layer, row.place.shape, bias_counted=conventions.bias_counted)


def _parameter_label(conventions: Conventions) -> Message:
    return say("Parameters") if conventions.bias_counted else say("Parameters (without biases)")


_PARAMETERS = Column(
    label=_parameter_label,
    heading=lambda case: _parameter_label(case.conventions),
    value=lambda row, case: count_as(row.place, case.slips).parameters(bias_counted=counts_biases(case)),
    second=_tallied_parameters,
    products=lambda row: max(0, len(weight_factors(row.place.layer, row.place.shape)) - 1),
    steps=_parameter_steps,
    total=Total(
        "total",
        say("Parameters of the whole network"),
        say("Add the parameters of all layers up:"),
        "parameters",
    ),
)


# -- multiply-accumulates -----------------------------------------------------------------------


def _mac_products(row: Row) -> int:
    if not isinstance(row.place.layer, (Conv, Dense)):
        return 0
    return len(weight_factors(row.place.layer, row.place.shape)) - 1 + len(row.place.out[1:])


def _tallied_macs(row: Row, _: Conventions) -> int:
    weights, _biases = tally(row.place.layer, row.place.shape)
    return tallied_macs(row.place.layer, weights, row.place.out)


def _mac_steps(row: Row, _: Conventions) -> Iterator[Step]:
    yield mac_formula(row.place)


_MACS = Column(
    label=lambda _: say("MACs"),
    heading=lambda _: say("MACs"),
    value=lambda row, case: macs_of(row.place, case.slips) * (2 if "mac_vs_flop" in case.slips else 1),
    second=_tallied_macs,
    products=_mac_products,
    steps=_mac_steps,
    beside=("shape",),
    rules=(
        mac_rule(),
        say(
            "A convolution uses each weight once at every position of its window: multiply its weights by "
            "the height and the width of what it puts out. A dense layer uses each weight once."
        ),
    ),
    total=Total(
        "total_macs", say("MACs of the whole network"), say("Add the MACs of all layers up:"), "MACs"
    ),
)


# -- receptive fields ---------------------------------------------------------------------------


def _size(row: Row) -> int | None:
    return row.fields[1].size if row.fields else None


def _field_steps(row: Row, _: Conventions) -> Iterator[Step]:
    if row.fields is None:
        return
    before, behind = row.fields
    layer = on_one_axis(row.place.layer)
    if isinstance(layer, (Conv, Pool)):
        yield field_formula(before, layer, {"size"})
    else:
        yield say(
            "A unit behind this layer sees as much as one before it: $r$ stays {{ size }}.", size=behind.size
        )


_FIELD = Column(
    label=lambda _: say("Receptive field"),
    heading=lambda _: say("Receptive field (cells along an axis)"),
    value=lambda row, _: _size(row),
    second=lambda row, _: _size(row),
    products=lambda row: 2 if row.fields and isinstance(row.place.layer, (Conv, Pool)) else 0,
    steps=_field_steps,
    kind=lambda given, number: "integer" if has_field(given, number) else None,
    above="field",
    rules=tuple(field_rules({"size"})),
)


COLUMNS: Mapping[ColumnName, Column] = {
    "shape": _SHAPE,
    "parameters": _PARAMETERS,
    "macs": _MACS,
    "field": _FIELD,
}
"""By name."""
