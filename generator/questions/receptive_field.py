"""Work out the receptive field of a unit: how many cells of the input it sees, and where.

What an entry says under ``given`` (fixed):

``networks``
    What the input runs through, one to four of them: ``[{layers: [{conv: 8, kernel: 3}, relu]}]``, as
    in ``generator/networks/architecture.py``. Convolutions, poolings, and layers that work on single cells;
    each number holds for both axes. Padding is stated in numbers.
``stack``
    Instead of networks, ``{kernel: 3, reach: 9, channels: 64}``: convolutions of 3 × 3 with stride 1, one
    after the other, see 9 × 9 cells, as one of 9 × 9 does. Each has as many filters as input channels.
``ask``
    What is asked, in this order; default ``[size]``. Of networks: ``size`` (cells that a unit sees along an
    axis), ``jump`` (how far the fields of neighbouring units lie apart), ``start`` (the row and column where
    the field of the first unit begins; before the first row there is padding), ``weights`` (without biases).
    Of a stack: ``depth`` (how many layers it takes), ``weights`` (of the single layer and of the stack).
``channels``
    How many channels the input of networks has, for counting weights.
``each_layer``
    Ask about every layer of the single network; otherwise, about the last one.

Under ``params`` (drawn), ``networks`` and ``channels`` take ranges, and a stack is
``{kernel: {one_of: [3, 5]}, depth: {from: 2, to: 6}, channels: 64}``.

Behind every layer the field follows from the one before it: errors are carried down the table.

A prompt may show: ``networks`` (a list), ``channels`` and ``start_rule``; of a stack, ``kernel``, ``reach``
and ``channels``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal, TypeAlias, cast

from pydantic import AfterValidator
from pydantic import Field as Bounds

from ..document import Message, Shown, say
from ..draws import different, draw_int
from ..engine import ReceptiveField, ShapeError
from ..model import Case, Effort, Field, Key, QuestionType, Refused, Step, Value
from ..networks.architecture import Conv, LayerRanges, Pool, draw_layers
from ..networks.comparison import Network, named, network_lines
from ..networks.field_rules import (
    LARGEST_FIELD,
    MISCONCEPTIONS,
    field_behind,
    fields_through,
    first_field,
    numbered,
    sliders,
    tallied_weights,
    traced_field,
    weights_of,
)
from ..networks.field_work import WEIGHT_RULE, network_work, rules, weight_work
from ..networks.layer_phrases import layer_name
from ..networks.stacks import (
    MOST_CHANNELS,
    ChannelRange,
    Channels,
    Stack,
    StackRange,
    draw_stack,
    second_stack_answers,
    stack_answers,
    stack_fields,
    stack_work,
)
from ..reading.schema import Flag, record
from ..sliding.filtering import digits_of
from ..streams import Stream

Asked: TypeAlias = Literal["size", "jump", "start", "depth", "weights"]
Asks: TypeAlias = Annotated[tuple[Asked, ...], Bounds(min_length=1), AfterValidator(different)]

_CELLWISE = ("relu", "sigmoid", "tanh", "batch_norm")


@record
class NetworkRange:
    """A network to draw."""

    layers: LayerRanges


@record
class Params:
    """What an entry draws from."""

    networks: Annotated[tuple[NetworkRange, ...], Bounds(max_length=4)] = ()
    stack: StackRange | None = None
    ask: Asks = ("size",)
    channels: ChannelRange = 1
    each_layer: Flag = False

    def __post_init__(self) -> None:
        _one_of_both(self)


@record
class Given:
    """What decides the answer."""

    networks: Annotated[tuple[Network, ...], Bounds(max_length=4)] = ()
    stack: Stack | None = None
    ask: Asks = ("size",)
    channels: Channels = 1
    each_layer: Flag = False

    def __post_init__(self) -> None:
        _one_of_both(self)
        for network in self.networks:
            _require_fields(network)
        if self.each_layer and (len(self.networks) != 1 or "weights" in self.ask):
            raise ValueError("'each_layer' asks for size, jump and start along a single network")


def _one_of_both(entry: Params | Given) -> None:
    """Check that there is something to ask about, and that it can be asked."""
    if bool(entry.networks) == (entry.stack is not None):
        raise ValueError("state either 'networks' or a 'stack'")
    possible = {"size", "jump", "start", "weights"} if entry.networks else {"depth", "weights"}
    if not set(entry.ask) <= possible:
        wrong = next(asked for asked in entry.ask if asked not in possible)
        raise ValueError(f"'{wrong}' cannot be asked of {'networks' if entry.networks else 'a stack'}")


def _require_fields(network: Network) -> None:
    for layer in network.layers:
        if not isinstance(layer, (Conv, Pool)) and layer not in _CELLWISE:
            raise ValueError("'layers' takes convolutions, poolings and layers that work on single cells")
        if isinstance(layer, (Conv, Pool)):
            if layer.padding in ("same_upper", "same_lower"):
                raise ValueError("state the padding in numbers: 'same' depends on the size of the input")
            if isinstance(layer, Conv) and layer.filters > MOST_CHANNELS:
                raise ValueError(f"a convolution has at most {MOST_CHANNELS} filters here")
            if max(map(len, _per_axis(layer))) > 1:
                raise ValueError("state each number of a layer once: it holds for both axes")
    if not network.shared:
        raise ValueError("'shared' makes no difference to what is seen: leave it out")
    if not sliders(network.layers):
        raise ValueError("'layers' needs a convolution or a pooling")
    for field in fields_through(network.layers):
        if max(field.size, field.jump) > LARGEST_FIELD:
            raise ShapeError(f"a field or a jump would be over {LARGEST_FIELD} cells along an axis")


def _per_axis(layer: Conv | Pool) -> Iterator[tuple[object, ...]]:
    yield layer.kernel
    yield layer.stride or ()
    yield layer.padding if isinstance(layer.padding, tuple) else ()
    yield layer.dilation if isinstance(layer, Conv) else ()


# -- drawing and asking -------------------------------------------------------------------------


def draw(params: Params, stream: Stream) -> Given:
    """Draw the numbers; refuse fields that are too large."""
    stack = None if params.stack is None else draw_stack(params.stack, stream.child("stack"))
    drawn = stream.child("networks")
    try:
        return Given(
            networks=tuple(
                Network(draw_layers(network.layers, drawn.child(str(place))))
                for place, network in enumerate(params.networks)
            ),
            stack=stack,
            ask=params.ask,
            channels=draw_int(params.channels, stream.child("channels")),
            each_layer=params.each_layer,
        )
    except ShapeError as error:
        raise Refused("a field is too large") from error


def show(case: Case[Given]) -> Mapping[str, Shown]:
    """Name what a prompt may show."""
    given, origin = case.given, case.conventions.origin
    if given.stack is not None:
        stack = given.stack
        return {"kernel": stack.kernel, "reach": stack.reach, "channels": stack.channels}
    return {
        "networks": network_lines(given.networks, 2),
        "channels": given.channels,
        "start_rule": say(
            "Rows and columns of the input are counted from {{ origin }}; smaller numbers stand for padding.",
            origin=origin,
        ),
    }


def ask(case: Case[Given]) -> tuple[Field, ...]:
    """Ask for whole numbers: a table where there are several layers or networks."""
    given = case.given
    if given.stack is not None:
        return tuple(stack_fields(given.ask))
    if given.each_layer:
        return tuple(_layer_fields(given))
    if len(given.networks) == 1:
        return tuple(Field(asked, "integer", _LABELS[asked]) for asked in given.ask)
    return tuple(
        Field(
            f"{asked}_{name}",
            "integer",
            say("{{ name }}: {{ asked }}", asked=_LABELS[asked], name=name),
            at=(say("{{ name }}", name=name), _LABELS[asked]),
        )
        for name, _ in named(given.networks)
        for asked in given.ask
    )


_LABELS: Mapping[Asked, Message] = {
    "size": say("Cells along an axis"),
    "jump": say("Jump"),
    "start": say("Row where the first field begins"),
    "weights": say("Weights (without biases)"),
}


def _layer_fields(given: Given) -> Iterator[Field]:
    before: int | None = None
    needed: Mapping[Asked, tuple[Asked, ...]] = {
        "size": ("size", "jump"),
        "jump": ("jump",),
        "start": ("start", "jump"),
    }
    for number, layer in numbered(given.networks[0].layers):
        row = say("{{ number }} {{ layer }}", number=number, layer=layer_name(layer))
        for asked in given.ask:
            yield Field(
                f"{asked}_{number}",
                "integer",
                say("{{ row }}: {{ asked }}", asked=_LABELS[asked], row=row),
                at=(row, _LABELS[asked]),
                needs=tuple(f"{name}_{before}" for name in needed[asked] if before and name in given.ask),
            )
        before = number


# -- the key and the way to it ------------------------------------------------------------------


def solve(case: Case[Given], taken: Mapping[str, Value]) -> Key:
    """Go from layer to layer, with what was taken."""
    stack = case.given.stack
    answers = _answers(case, taken) if stack is None else stack_answers(stack, case.slips, taken)
    return {field.name: (taken.get(field.name, answers[field.name]),) for field in ask(case)}


def _answers(case: Case[Given], taken: Mapping[str, Value]) -> dict[str, int]:
    given, answers = case.given, dict[str, int]()
    for name, network in named(given.networks):
        field = first_field(case.slips)
        for number, layer in numbered(network.layers):
            field = field_behind(field, layer, case.slips)
            if given.each_layer:
                answers |= _written(field, f"_{number}", case)
                field = _taken(field, f"_{number}", taken, case)
        ending = "" if len(given.networks) == 1 else f"_{name}"
        answers |= _written(field, ending, case)
        answers[f"weights{ending}"] = weights_of(network, given.channels, case.slips)
    return answers


def _written(field: ReceptiveField, ending: str, case: Case[Given]) -> dict[str, int]:
    start = field.start + case.conventions.origin
    return {f"size{ending}": field.size, f"jump{ending}": field.jump, f"start{ending}": start}


def _taken(
    field: ReceptiveField, ending: str, taken: Mapping[str, Value], case: Case[Given]
) -> ReceptiveField:
    own = _written(field, ending, case) | {name: cast(int, value) for name, value in taken.items()}
    start = own[f"start{ending}"] - case.conventions.origin
    return ReceptiveField(own[f"size{ending}"], own[f"jump{ending}"], start)


def second(case: Case[Given]) -> Key:
    """Follow the windows back cell by cell, and tally weight by weight."""
    given, answers = case.given, dict[str, int]()
    if given.stack is not None:
        answers = second_stack_answers(given.stack)
    for name, network in named(given.networks):
        if given.each_layer:
            for number in range(1, len(network.layers) + 1):
                answers |= _written(traced_field(network.layers[:number]), f"_{number}", case)
        ending = "" if len(given.networks) == 1 else f"_{name}"
        answers |= _written(traced_field(network.layers), ending, case)
        answers[f"weights{ending}"] = tallied_weights(network, given.channels)
    return {field.name: (answers[field.name],) for field in ask(case)}


def effort(case: Case[Given]) -> Effort:
    """Count two multiplications for each layer and three for its weights, and the longest number's digits."""
    given = case.given
    layers = sum(len(sliders(network.layers)) for network in given.networks) or 2
    answers = (cast(int, values[0]) for values in solve(case, {}).values())
    return Effort(products=layers * (5 if "weights" in given.ask else 2), digits=max(map(digits_of, answers)))


def work(case: Case[Given]) -> Iterator[Step]:
    """Work down the layers, network by network."""
    given = case.given
    if given.stack is not None:
        yield from stack_work(given.stack, given.ask)
        return
    lines = network_lines(given.networks, 2).items
    fields = {"size", "jump", "start"} & set(given.ask)
    if fields:
        yield from rules(fields)
    if "weights" in given.ask:
        yield WEIGHT_RULE
    for place, network in enumerate(given.networks):
        if len(given.networks) > 1:
            yield lines[place]
        if fields:
            yield from network_work(network, fields, case.conventions.origin)
        if "weights" in given.ask:
            yield from weight_work(network, given.channels)


TYPE = QuestionType(
    name="receptive_field",
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
    pace=12,
)
