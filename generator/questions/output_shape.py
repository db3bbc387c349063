"""The shape that comes out of a layer or a chain of layers; or backwards, the number that gives a shape.

What an entry says under ``params`` (drawn) or ``given`` (fixed):

``input``
    The shape of the input, channels first: ``[C, H, W]``, or ``[C, L]`` in one dimension.
``layers``
    A list such as ``[{conv: 6, kernel: 5, padding: 2}, relu, {pool: max, kernel: 2}]``; its forms stand in
    ``generator/networks/architecture.py``. A pooling may say ``ceil_mode: true``.
``each_layer``
    Ask for the shape behind every layer; default: behind the last one only.
``find``
    Ask backwards, of a single layer: ``{quantity: padding, from: 0, to: 3}`` hides its padding, kernel,
    stride or dilation, shows the output, and asks for the hidden number within these bounds. Every number
    that gives the output is right; with ``smallest: true`` only the smallest.
``spare``
    Numbers that the prompt mentions and nobody needs: ``{images: {from: 200, to: 900}}``.

Shapes are asked in the order of the paper's conventions; of maps in one dimension the length is asked, of
flat values their number.

A prompt may show: ``input``, ``size_rule`` and the names under ``spare``; forwards ``layers``; of a single
layer ``layer``, ``kernel``, ``stride``, ``padding`` and, of a convolution, ``filters`` and ``dilation``;
backwards ``output``, ``quantity`` and ``bounds``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from itertools import pairwise
from typing import Annotated, Any

from pydantic import Field as Bounds

from ..changes import Change, slip
from ..document import Message, Shown, say
from ..draws import Ints, draw_int
from ..engine import ShapeError, effective_kernel
from ..model import Case, Effort, Field, Key, Misconception, QuestionType, Refused, Step, Value
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
from ..networks.counted_shapes import counted_shape
from ..networks.layer_phrases import (
    from_ordered,
    layer_line,
    layer_lines,
    layer_name,
    ordered,
    shape_phrase,
    size_rule_phrase,
    size_symbol,
    window_line,
    window_parts,
)
from ..networks.shape_rules import MISCONCEPTIONS as SHAPE_MISCONCEPTIONS
from ..networks.shape_rules import layers_as, other_order, out_shape, windows, with_layers
from ..networks.shape_search import Find, OutShape, Search
from ..networks.shape_work import shape_work, size_rules
from ..reading.schema import Flag, Id, Whole, record
from ..streams import Stream


@record
class Params:
    """What an entry draws from."""

    input: Annotated[tuple[SizeRange, ...], Bounds(min_length=2, max_length=3)]
    layers: LayerRanges
    each_layer: Flag = False
    find: Find | None = None
    spare: Mapping[Id, Ints] = field(default_factory=dict)


@record
class Given:
    """What decides the answer.

    Attributes
    ----------
    output
        Backwards, the shape that must come out, channels first; default: what the layer gives.
    """

    input: Annotated[tuple[Size, ...], Bounds(min_length=2, max_length=3)]
    layers: Layers
    each_layer: Flag = False
    find: Find | None = None
    spare: Mapping[Id, Whole] = field(default_factory=dict)
    output: tuple[Whole, ...] | None = None

    def __post_init__(self) -> None:
        _shapes(Case(self))
        if self.find is None:
            if self.output is not None:
                raise ValueError("'output' goes with 'find': forwards the output is what is asked")
            return
        if self.output is not None and len(self.output) != len(self.input):
            raise ValueError(f"'output' needs {len(self.input)} numbers, as 'input' has")
        layer = self.layers[0]
        if len(self.layers) > 1 or not isinstance(layer, (Conv, Pool)):
            raise ValueError("'find' needs a single layer that slides a window")
        if isinstance(layer, Pool) and self.find.quantity == "dilation":
            raise ValueError("a pooling has no dilation to be found")
        if layer.stride is None and self.find.quantity == "kernel":
            raise ValueError("state the stride of the pooling, so that it does not betray the window")


def _axes(given: Given) -> int:
    return len(given.input) - 1


def _shapes(case: Case[Given]) -> list[Shape]:
    """Return the shape of the input and the shape behind every layer."""
    shapes = [case.given.input]
    for layer in case.given.layers:
        shapes.append(out_shape(layer, shapes[-1], case.conventions, case.slips))
    return shapes


def _search(case: Case[Given]) -> Search | None:
    """Return what is asked backwards, if anything is."""
    given, layer = case.given, case.given.layers[0]
    if given.find is None or not isinstance(layer, (Conv, Pool)):
        return None
    output = given.output or out_shape(layer, given.input, case.conventions)
    return Search(given.find, layer, given.input, output)


# -- drawing and asking -------------------------------------------------------------------------


def draw(params: Params, stream: Stream) -> Given:
    """Draw the numbers; refuse what does not fit, or leaves nothing to ask."""
    sizes, spare = stream.child("input"), stream.child("spare")
    try:
        given = Given(
            input=tuple(draw_int(size, sizes.child(str(axis))) for axis, size in enumerate(params.input)),
            layers=draw_layers(params.layers, stream.child("layers")),
            each_layer=params.each_layer,
            find=params.find,
            spare={name: draw_int(number, spare.child(name)) for name, number in params.spare.items()},
        )
    except ShapeError as error:
        raise Refused("a layer does not fit its input") from error
    case = Case(given)
    for layer, (before, after) in zip(given.layers, pairwise(_shapes(case)), strict=True):
        if isinstance(layer, (Conv, Pool)):
            _require_sensible(case, layer, before, after)
    if search := _search(case):
        right = search.fitting(_outcome(case))
        if not right or len(right) == len(search.find.candidates):
            raise Refused("no number within the bounds fits, or every one does")
    return given


def _require_sensible(case: Case[Given], layer: Conv | Pool, before: Shape, after: Shape) -> None:
    if min(after[1:]) < 2:
        raise Refused("one row or column is left")
    search = _search(case)
    for tried in search.layers() if search else (layer,):
        for axis in windows(tried, before[1:], case.conventions):
            if axis.padding and max(axis.padding) >= effective_kernel(axis.kernel, axis.dilation):
                raise Refused("a window may lie in the padding alone")


def show(case: Case[Given]) -> Mapping[str, Shown]:
    """Name what a prompt may show."""
    given = case.given
    shown: dict[str, Shown] = {
        **given.spare,
        "input": shape_phrase(given.input),
        "size_rule": size_rule_phrase(given.layers, case.conventions),
    }
    if search := _search(case):
        return shown | search.shown()
    shown["layers"] = layer_lines(given.layers, _axes(given))
    if len(given.layers) == 1 and isinstance(given.layers[0], (Conv, Pool)):
        parts = window_parts(given.layers[0], _axes(given))
        shown |= {**parts, "layer": window_line(given.layers[0], parts)}
    return shown


def ask(case: Case[Given]) -> tuple[Field, ...]:
    """Ask for the hidden number, for the shape behind every layer, or for the last one."""
    given = case.given
    if given.find is not None:
        return (Field(given.find.quantity, "integer", given.find.symbol),)
    if not given.each_layer:
        return (_field("shape", given, len(given.layers), _output_label(given)),)
    return tuple(
        _field(
            f"layer{number}",
            given,
            number,
            say("After layer {{ number }} ({{ layer }})", number=number, layer=layer_name(layer)),
            needs=(f"layer{number - 1}",) if number > 1 else (),
        )
        for number, layer in enumerate(given.layers, start=1)
    )


def _field(name: str, given: Given, behind: int, label: Message, needs: tuple[str, ...] = ()) -> Field:
    """Ask for the shape behind so many layers."""
    one_number = _axes(given) == 1 or _is_flat(given.layers[:behind])
    return Field(name, "integer" if one_number else "shape", label, needs=needs)


def _output_label(given: Given) -> Message:
    if _is_flat(given.layers):
        return say("Number of output values")
    return say("Length of the output") if _axes(given) == 1 else say("Shape of the output")


def _is_flat(layers: tuple[Layer, ...]) -> bool:
    return any(layer == "flatten" or isinstance(layer, Dense) for layer in layers)


# -- the key and the way to it ------------------------------------------------------------------


def solve(case: Case[Given], taken: Mapping[str, Value]) -> Key:
    """Work the shapes out layer by layer, or try every number within the bounds."""
    given = case.given
    if search := _search(case):
        return {search.find.quantity: _found(case, search)}
    key: dict[str, tuple[Value, ...]] = {}
    shape = given.input
    for number, layer in enumerate(given.layers, start=1):
        shape = out_shape(layer, shape, case.conventions, case.slips)
        name = f"layer{number}" if given.each_layer else "shape"
        if name in taken:
            shape = _read(taken[name], shape, case)
        key[name] = (_written(shape, case),)
    return key if given.each_layer else {"shape": key["shape"]}


def _written(shape: Shape, case: Case[Given]) -> Value:
    """Return a shape as it is asked: in the paper's order, or as a single number."""
    if len(shape) < 3:
        return shape[-1]
    if "transpose" in case.slips:
        shape = (shape[0], *shape[:0:-1])
    return ordered(shape, case.conventions)


def _read(value: Any, shape: Shape, case: Case[Given]) -> Shape:
    """Turn what was taken from a student back into a shape like this one."""
    return from_ordered(value, case.conventions) if len(shape) == 3 else (*shape[:-1], value)


def _outcome(case: Case[Given]) -> OutShape:
    """Return the rule by which somebody with these slips works the shape behind a layer out."""

    def outcome(layer: Conv | Pool) -> Shape | None:
        try:
            return out_shape(layer, case.given.input, case.conventions, case.slips)
        except ShapeError:
            return None

    return outcome


def _found(case: Case[Given], search: Search) -> tuple[int, ...]:
    if "kernel_as_padding" in case.slips:
        return search.layer.kernel[:1]
    right = search.fitting(_outcome(case))
    if not right:
        raise ShapeError("no number within the bounds gives this output")
    return right[:1] if search.find.smallest else right


def second(case: Case[Given]) -> Key:
    """Lay the windows down and count them."""
    given = case.given
    shapes = [given.input]
    for layer in given.layers:
        shapes.append(counted_shape(layer, shapes[-1], case.conventions))
    if search := _search(case):
        counted = replace(search, output=given.output or shapes[-1])
        right = counted.fitting(lambda layer: counted_shape(layer, given.input, case.conventions))
        return {search.find.quantity: right[:1] if search.find.smallest else right}
    if not given.each_layer:
        return {"shape": (_written(shapes[-1], case),)}
    return {f"layer{number}": (_written(shape, case),) for number, shape in enumerate(shapes) if number}


def effort(case: Case[Given]) -> Effort:
    """Count the sizes to be worked out as products; backwards, for every number within the bounds."""
    sliding = sum(isinstance(layer, (Conv, Pool)) for layer in case.given.layers)
    tries = len(case.given.find.candidates) if case.given.find else 1
    digits = max(len(str(size)) for shape in _shapes(case)[1:] for size in shape)
    return Effort(products=sliding * _axes(case.given) * tries, digits=digits)


def work(case: Case[Given]) -> Iterator[Step]:
    """Work every size out, or try every number within the bounds."""
    given, conventions = case.given, case.conventions
    yield from size_rules(given.layers, conventions)
    if search := _search(case):
        yield from search.work(_outcome(case), conventions)
        return
    for number, (layer, before) in enumerate(zip(given.layers, _shapes(case), strict=False), start=1):
        if len(given.layers) > 1:
            line = layer_line(layer, _axes(given))
            yield say("**Layer {{ number }}.** {{ layer }}.", number=number, layer=line)
        yield from shape_work(layer, before, conventions)
        after = out_shape(layer, before, conventions)
        if len(after) == 3:
            yield say("The shape is now {{ shape }}.", shape=size_symbol(ordered(after, conventions)))


# -- misconceptions -----------------------------------------------------------------------------


def _backwards_too(change: Change) -> Change:
    """Hold the output fast that is asked for, before anything about the layer is changed."""

    def changed(case: Case[Given]) -> Case[Given] | None:
        search = _search(case)
        held = replace(case, given=replace(case.given, output=search.output)) if search else case
        return change(held)

    return changed


def _asks_maps(given: Given) -> bool:
    return given.find is None and _axes(given) == 2 and (given.each_layer or not _is_flat(given.layers))


def _kernel_as_padding(case: Case[Given]) -> Case[Given] | None:
    if case.given.find is None:
        return layers_as(_padded_by_kernel)(case)
    return (
        replace(case, slips=case.slips | {"kernel_as_padding"})
        if case.given.find.quantity == "padding"
        else None
    )


def _padded_by_kernel(layer: Layer) -> Layer:
    if not isinstance(layer, Conv):
        return layer
    return replace(layer, padding=tuple((size, size) for size in layer.kernel))


def _apply_twice(case: Case[Given]) -> Case[Given] | None:
    given = case.given
    if given.each_layer or given.find or not isinstance(given.layers[-1], (Conv, Pool)):
        return None
    return with_layers(case, (*given.layers, given.layers[-1]))


MISCONCEPTIONS: tuple[Misconception[Given], ...] = (
    *(Misconception(shared.name, _backwards_too(shared.change)) for shared in SHAPE_MISCONCEPTIONS),
    slip("transpose", _asks_maps),
    other_order(_asks_maps),
    Misconception("kernel_as_padding", _kernel_as_padding),
    Misconception("apply_twice", _apply_twice),
)

TYPE = QuestionType(
    name="output_shape",
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
    pace=25,
)
