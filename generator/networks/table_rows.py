"""A network row by row: what goes into every layer, what comes out of it, and what a unit behind it sees.

The `Given` of a case has an ``input``, ``layers``, and ``columns``: names of what is asked of each layer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain, repeat, takewhile
from typing import Any, TypeAlias, cast

from ..engine import ReceptiveField, ShapeError
from ..frozen import frozen
from ..model import Case, Conventions, Value
from .architecture import Conv, Dense, DenseRange, Layer, Layers, Pool, Shape
from .counted_shapes import counted_shape
from .counts import Placed
from .field_rules import field_behind, first_field, traced_field
from .layer_phrases import from_ordered, ordered
from .shape_rules import out_shape

Fields: TypeAlias = tuple[ReceptiveField, ReceptiveField]

_NO_ROW = ("relu", "sigmoid", "tanh", "softmax")
_JOINS_ALL = ("flatten", "global_avg_pool", "global_max_pool")


@frozen
class Row:
    """A layer in a table.

    Attributes
    ----------
    number
        Its number in the list of layers.
    place
        The layer, between the shapes before it and behind it.
    fields
        The receptive fields of a unit before it and behind it; None where they are not asked, or where
        whole maps have been joined, so that nobody asks.
    """

    number: int
    place: Placed
    fields: Fields | None


def listed_layers(given: Any) -> Iterator[tuple[int, Layer]]:
    """Yield the layers that have a row, with their numbers in the list."""
    return ((number, layer) for number, layer in enumerate(given.layers, 1) if layer not in _NO_ROW)


def cell(column: str, number: int) -> str:
    """Name the cell of a layer in a column."""
    return f"{column}_{number}"


def rows(case: Case[Any], taken: Mapping[str, Value]) -> Iterator[Row]:
    """Walk through the layers; shapes and fields that are taken replace those that come out.

    Where no window fits into a shape that was taken, the walk ends; otherwise that is an error.
    """
    fields = chain(_fields(case, taken), repeat(None))
    for number, (place, seen) in enumerate(zip(_placed(case, taken), fields, strict=False), 1):
        yield Row(number, place, seen)


def counted_rows(case: Case[Any]) -> Iterator[Row]:
    """Walk through the layers without the engine, counting windows and following them back cell by cell."""
    given = case.given
    shape, field = given.input, ReceptiveField()
    windows = layers_with_fields(given.layers) if "field" in given.columns else ()
    for number, layer in enumerate(given.layers, 1):
        before, shape = shape, counted_shape(layer, shape, case.conventions)
        seen, field = field, traced_field(windows[:number])
        yield Row(number, Placed(layer, before, shape), (seen, field) if number <= len(windows) else None)


# -- shapes -------------------------------------------------------------------------------------


def written_shape(shape: Shape, conventions: Conventions) -> Value:
    """Write a shape as an answer: in the paper's order, flat values as one number."""
    return ordered(shape, conventions) if len(shape) > 1 else shape[0]


def _read_shape(value: Any, conventions: Conventions) -> Shape:
    return from_ordered(value, conventions) if isinstance(value, tuple) else (value,)


def _placed(case: Case[Any], taken: Mapping[str, Value]) -> Iterator[Placed]:
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
        if (name := cell("shape", number)) in taken:
            out = _read_shape(taken[name], conventions)
        shapes.append(out)
        yield Placed(layer, before, out)


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


def has_maps(given: Any, number: int) -> bool:
    """Say whether there are still maps behind the layer of this number."""
    return not any(layer == "flatten" or isinstance(layer, Dense) for layer in given.layers[:number])


def shows_maps(given: Any) -> bool:
    """Say whether a row of the table is about maps."""
    return any(has_maps(given, number) for number, _ in listed_layers(given))


# -- receptive fields ---------------------------------------------------------------------------


def layers_with_fields(layers: Iterable[Layer]) -> Layers:
    """Return the layers before the first that joins whole maps, on a single axis."""
    return tuple(map(on_one_axis, takewhile(_keeps_maps_apart, layers)))


def _keeps_maps_apart(layer: Layer) -> bool:
    return layer not in _JOINS_ALL and not isinstance(layer, (Dense, DenseRange))


def on_one_axis(layer: Layer) -> Layer:
    """Leave padding out that is stated by name or for each axis: it does not change how much is seen."""
    if isinstance(layer, (Conv, Pool)) and (isinstance(layer.padding, str) or len(layer.padding) > 1):
        return replace(layer, padding=((0, 0),))
    return layer


def has_field(given: Any, number: int) -> bool:
    """Say whether a unit behind the layer of this number has a field worth asking for."""
    return number <= len(layers_with_fields(given.layers))


def _fields(case: Case[Any], taken: Mapping[str, Value]) -> Iterator[Fields]:
    if "field" not in case.given.columns:
        return
    field = first_field(case.slips)
    for number, layer in enumerate(layers_with_fields(case.given.layers), 1):
        before = field
        if isinstance(layer, (Conv, Pool)):
            field = field_behind(before, layer, case.slips)
        if (name := cell("field", number)) in taken:
            field = field._replace(size=cast(int, taken[name]))
        yield before, field
