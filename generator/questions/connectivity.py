"""Say who is connected to whom: what a unit sees, what an input touches, and by how many weights.

What an entry says under ``given`` (fixed):

``inputs``
    How many units the input has: ``[8]``, a row of them, or ``[6, 9]``, rows and columns.
``layers``
    One to three convolutions and poolings, or a dense layer alone: ``[{conv: 1, kernel: 3, stride: 2}]``; see
    ``generator/networks/architecture.py``.
``ask``
    What is asked, in this order. Of an output: ``sees`` (the names of the inputs in a row), ``rows`` and
    ``columns`` (the first and the last of an image), ``count`` (how many inputs). Of an input in a row:
    ``touches`` (the names of the outputs), alone. Of a single layer on a row: ``connections``, ``outputs``,
    ``weights``, ``parameters``; whether biases are among them, the paper's conventions say.
``unit``
    The place of the output, or of the input that touches, counted from 0 along each axis: ``[2]``.
``maps``
    How many maps an image has; the inputs in all of them count.
``shared``
    Whether a convolution uses the same weights at every position; ``false`` makes it locally connected.
``graph``
    ``edges`` draws the connections, ``nodes`` (the default) the units alone.

Under ``params`` (drawn), ``inputs`` and ``layers`` take ranges, and the unit is any that is connected
to something, but not to everything.

Padding is no input: nobody sees it. The effort of a draw counts the units to be found as its products.

A prompt may show: ``inputs``, ``layers``, ``padding_rule``, ``size_rule``, ``weights_and_parameters``; on a
row ``graph`` and ``outputs``, on an image ``origin_rule``; and ``unit``, where one is asked about.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import prod
from typing import Annotated, Literal, TypeAlias, cast

from pydantic import AfterValidator
from pydantic import Field as Bounds

from ..document import Message, Shown, Symbol, say
from ..draws import Ints, different, draw_int
from ..engine import ShapeError
from ..model import (
    Case,
    Effort,
    Field,
    Key,
    QuestionType,
    Refused,
    Step,
    Value,
)
from ..networks.architecture import Conv, Dense, Layer, LayerRanges, Layers, Pool, Shape, draw_layers
from ..networks.comparison import Network, network_lines
from ..networks.count_steps import result
from ..networks.layer_phrases import shape_phrase, size_rule_phrase
from ..networks.misread_wiring import (
    MISCONCEPTIONS,
    OF_LAYER,
    seen_cells,
    touched_units,
    wiring_of,
)
from ..networks.traced_wiring import located, seen_by, tallied, touched_by, traced
from ..networks.wiring import LETTERS, OUTPUTS, Wiring, graph, names, sliding
from ..networks.wiring_answers import answers_to
from ..networks.wiring_fields import fields_of
from ..networks.wiring_work import count_work, reached_work, seen_work
from ..reading.schema import Flag, Whole, record
from ..sliding.filtering import digits_of
from ..sliding.geometry import within
from ..streams import Stream

LONGEST_ROW = 30
LARGEST_SIDE = 64

Asked: TypeAlias = Literal[
    "sees", "rows", "columns", "count", "touches", "connections", "outputs", "weights", "parameters"
]
Asks: TypeAlias = Annotated[tuple[Asked, ...], Bounds(min_length=1), AfterValidator(different)]
Length: TypeAlias = Annotated[Whole, Bounds(ge=1, le=LARGEST_SIDE)]
Lengths: TypeAlias = Annotated[Ints, within(1, LARGEST_SIDE)]
Place: TypeAlias = Annotated[Whole, Bounds(ge=0, le=LARGEST_SIDE)]
Maps: TypeAlias = Annotated[Whole, Bounds(ge=1, le=1000)]
Drawn: TypeAlias = Literal["edges", "nodes"]


@record
class Params:
    """What an entry draws from."""

    inputs: Annotated[tuple[Lengths, ...], Bounds(min_length=1, max_length=2)]
    layers: LayerRanges
    ask: Asks
    maps: Annotated[Ints, within(1, 1000)] = 1
    shared: Flag = True
    graph: Drawn = "nodes"


@record
class Given:
    """What decides the answer."""

    inputs: Annotated[tuple[Length, ...], Bounds(min_length=1, max_length=2)]
    layers: Layers
    ask: Asks
    unit: Annotated[tuple[Place, ...], Bounds(min_length=1, max_length=2)] | None = None
    maps: Maps = 1
    shared: Flag = True
    graph: Drawn = "nodes"

    def __post_init__(self) -> None:
        for wrong, complaint in _complaints(self):
            if wrong:
                raise ValueError(complaint)
        # Rounded down, there are the fewest outputs; how they are rounded, the conventions say.
        levels = wiring_of(Case(self)).levels()
        if self.unit is not None:
            sizes = levels[0] if "touches" in self.ask else levels[-1]
            if not all(0 <= place < size for place, size in zip(self.unit, sizes, strict=True)):
                raise ShapeError(f"'unit' is not one of {' x '.join(map(str, sizes))} units, counted from 0")


def _complaints(given: Given) -> Iterator[tuple[bool, str]]:
    """Yield what must not be, in an order in which each may rely on those before."""
    row, asked, layers = len(given.inputs) == 1, set(given.ask), given.layers
    of_layer, kinds = bool(asked & OF_LAYER), (Conv, Dense) if asked & OF_LAYER else (Conv, Pool)
    most_filters = len(OUTPUTS) if of_layer else 1
    yield row and given.inputs[0] > LONGEST_ROW, f"a row has at most {LONGEST_ROW} inputs"
    yield len(layers) > len(LETTERS), f"'layers' has at most {len(LETTERS)} layers here"
    yield (
        not all(isinstance(layer, kinds) and getattr(layer, "groups", 1) == 1 for layer in layers),
        "'layers' takes convolutions without groups, and poolings or, to count its weights, a dense layer",
    )
    yield of_layer and not asked <= OF_LAYER, "'ask' counts a layer, or asks about one of its units"
    yield of_layer and len(layers) > 1, "'ask' counts the connections and weights of one layer only"
    yield "touches" in asked and len(asked) > 1, "'touches' asks about an input, so it stands alone"
    yield row and bool(asked & {"rows", "columns"}), "a row of inputs has no rows and columns"
    yield not row and not asked <= {"rows", "columns", "count"}, "'ask' of an image: rows, columns, count"
    yield of_layer != (given.unit is None), "'unit' is stated where 'ask' is about a unit, and only there"
    yield given.unit is not None and len(given.unit) != len(given.inputs), "'unit' needs a place on each axis"
    yield (
        not given.shared and not (of_layer and _is_unpadded(layers[0])),
        "'shared: false' counts a convolution without padding",
    )
    yield (
        row and any(isinstance(layer, Conv) and layer.filters > most_filters for layer in layers),
        f"'layers' takes at most {most_filters} filters on a row of inputs",
    )
    yield (
        given.maps > 1 and (row or not isinstance(layers[0], Conv)),
        "'maps' needs an image and a convolution",
    )


def _is_unpadded(layer: Layer) -> bool:
    return isinstance(layer, Conv) and layer.padding in ("valid", ((0, 0),))


# -- drawing and asking -------------------------------------------------------------------------


def draw(params: Params, stream: Stream) -> Given:
    """Draw the numbers and a unit; refuse what does not fit, and units that are easily connected."""
    sizes = stream.child("inputs")
    inputs = tuple(draw_int(size, sizes.child(str(axis))) for axis, size in enumerate(params.inputs))
    layers = draw_layers(params.layers, stream.child("layers"))
    try:
        unit = None if set(params.ask) <= OF_LAYER else _draw_unit(params, inputs, layers, stream)
        given = Given(
            inputs=inputs,
            layers=layers,
            ask=params.ask,
            unit=unit,
            maps=draw_int(params.maps, stream.child("maps")),
            shared=params.shared,
            graph=params.graph,
        )
    except ValueError as error:
        raise Refused("the layers do not fit the input, or do not go with what is asked") from error
    if unit is not None:
        _require_choice(Case(given))
    return given


def _draw_unit(params: Params, inputs: Shape, layers: Layers, stream: Stream) -> Shape:
    levels = Wiring(sliding(layers), inputs).levels()
    units = stream.child("unit")
    sizes = levels[0] if "touches" in params.ask else levels[-1]
    return tuple(units.child(str(axis)).below(size) for axis, size in enumerate(sizes))


def _require_choice(case: Case[Given]) -> None:
    if "touches" in case.given.ask:
        found, every = len(touched_units(case)), prod(wiring_of(case).levels()[-1])
    else:
        found, every = prod(map(len, seen_cells(case))), prod(case.given.inputs)
    if found == every:
        raise Refused("the unit is connected to everything")
    if not found:
        raise Refused("the unit is connected to nothing")


def show(case: Case[Given]) -> Mapping[str, Shown]:
    """Name what a prompt may show."""
    given, origin = case.given, case.conventions.origin
    shown: dict[str, Shown] = {
        "layers": network_lines((Network(given.layers, given.shared),), len(given.inputs)),
        "padding_rule": say("Cells of the padding are no inputs."),
        "size_rule": size_rule_phrase(given.layers, case.conventions),
        "weights_and_parameters": say("weights and how many parameters (weights and biases)")
        if case.conventions.bias_counted
        else say("weights (biases are not counted)"),
    }
    if len(given.inputs) == 2:
        shown["inputs"] = shape_phrase((given.maps, *given.inputs))
        shown["origin_rule"] = say("Rows and columns are counted from {{ origin }}.", origin=origin)
    else:
        shown |= _shown_row(case)
    if given.unit is not None:
        shown["unit"] = _unit(case, given.unit)
    return shown


def _shown_row(case: Case[Given]) -> Mapping[str, Shown]:
    given, wiring, origin = case.given, wiring_of(case), case.conventions.origin
    before = 0 if "touches" in given.ask else len(given.layers)
    return {
        "inputs": _in_short(names(wiring, 0, origin)),
        "outputs": _in_short(names(wiring, len(given.layers), origin)),
        "graph": graph(
            wiring,
            origin,
            edges=given.graph == "edges",
            shared=_names_weights(given),
            marked=(*[((),)] * before, (given.unit or (),)),
        ),
    }


def _in_short(symbols: tuple[str, ...]) -> Symbol:
    few = symbols if len(symbols) < 5 else (*symbols[:2], r"\ldots", symbols[-1])
    return Symbol(", ".join(few))


def _names_weights(given: Given) -> bool:
    """Say whether the connections of a graph carry symbols: those that are shared, where they are counted."""
    return set(given.ask) <= OF_LAYER and given.shared and isinstance(given.layers[0], Conv)


def _unit(case: Case[Given], unit: Shape) -> Symbol | Message:
    """Name the unit that is asked about."""
    origin = case.conventions.origin
    if len(unit) == 1:
        level = 0 if "touches" in case.given.ask else len(case.given.layers)
        return Symbol(names(wiring_of(case), level, origin)[unit[0]])
    row, column = (place + origin for place in unit)
    return say("row {{ row }}, column {{ column }}", row=row, column=column)


def ask(case: Case[Given]) -> tuple[Field, ...]:
    """Ask for names of units, for rows and columns, or for numbers."""
    return tuple(field for asked in _asked(case) for field in fields_of(case, asked))


def _asked(case: Case[Given]) -> tuple[Asked, ...]:
    """Return what is asked: not twice the same number, where biases do not count."""
    asked = case.given.ask
    if case.conventions.bias_counted or "weights" not in asked:
        return asked
    return tuple(name for name in asked if name != "parameters")


# -- the key and the way to it ------------------------------------------------------------------


def solve(case: Case[Given], taken: Mapping[str, Value]) -> Key:
    """Have the engine follow the windows."""
    answers = {**answers_to(case, {name: cast(int, value) for name, value in taken.items()}), **taken}
    return {field.name: (answers[field.name],) for field in ask(case)}


def second(case: Case[Given]) -> Key:
    """Lay the windows down one by one and follow them, without the engine."""
    given, conventions = case.given, case.conventions
    layers = traced(sliding(given.layers), given.inputs, up=conventions.rounding == "ceil")
    answers: Mapping[str, Value]
    if given.unit is None:
        (layer,), (size,), ((row,),) = sliding(given.layers), given.inputs, layers
        answers = tallied(layer, size, row, shared=given.shared, bias_counted=conventions.bias_counted)
    elif "touches" in given.ask:
        touched = sorted(touched_by(layers, given.unit[0]))
        answers = {"touches": tuple(f"a{place + conventions.origin}" for place in touched)}
    else:
        answers = located(sorted(seen_by(layers, given.unit)), conventions.origin, given.maps)
    return {field.name: (answers[field.name],) for field in ask(case)}


def effort(case: Case[Given]) -> Effort:
    """Count the units that are to be found, or the connections, and the digits of the longest answer."""
    wiring, unit = wiring_of(case), case.given.unit
    if unit is None:
        found = sum(1 for _ in wiring.links(0))
    else:
        levels = wiring.reached(unit[0]) if "touches" in case.given.ask else wiring.seen(unit)
        found = sum(len(axis) for cells in levels for axis in cells) - len(unit)
    numbers = [value for (value,) in solve(case, {}).values() if isinstance(value, int)]
    return Effort(products=found, digits=max(map(digits_of, numbers), default=1))


def work(case: Case[Given]) -> Iterator[Step]:
    """Follow the windows layer by layer, or count."""
    given, wiring, origin = case.given, wiring_of(case), case.conventions.origin
    if given.unit is None:
        asked = _asked(case)
        biases = "parameters" in asked and case.conventions.bias_counted
        if given.graph == "nodes":
            yield graph(wiring, origin, shared=_names_weights(given))
        yield from count_work(wiring, asked, shared=given.shared, biases=biases)
    elif "touches" in given.ask:
        yield from reached_work(wiring, given.unit[0], origin)
    else:
        yield from seen_work(wiring, given.unit, origin)
    if "count" in given.ask:
        counts = [len(axis) for axis in seen_cells(case)]
        yield result("inputs", (*counts, given.maps) if given.maps > 1 else counts)


TYPE = QuestionType(
    name="connectivity",
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
    pace=8,
)
