"""Small kernels, one after the other, that see as much as one large kernel."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import repeat
from typing import Annotated, Literal, TypeAlias, cast

from pydantic import Field as Bounds

from ..document import say
from ..draws import Ints, draw_int
from ..engine import ShapeError
from ..model import Field, Step, Value
from ..reading.schema import Whole, record
from ..sliding.geometry import MOST_CELLS, within
from ..streams import Stream
from .architecture import Conv
from .comparison import Network
from .field_rules import LARGEST_FIELD, depth_for, tallied_weights, traced_field, weights_of
from .field_work import WEIGHT_RULE, depth_work, weight_work
from .shape_rules import Slips

MOST_CHANNELS = 1024
MOST_DEPTH = 30

Channels: TypeAlias = Annotated[Whole, Bounds(ge=1, le=MOST_CHANNELS)]
ChannelRange: TypeAlias = Annotated[Ints, within(1, MOST_CHANNELS)]
Asked: TypeAlias = Literal["depth", "weights"]


@record
class StackRange:
    """A stack to draw: how deep it is decides how much it sees."""

    kernel: Annotated[Ints, within(2, MOST_CELLS)]
    depth: Annotated[Ints, within(1, MOST_DEPTH)]
    channels: ChannelRange = 1


@record
class Stack:
    """Equal convolutions with stride 1 that together see so many cells along an axis.

    Attributes
    ----------
    kernel
        Of every layer.
    reach
        What a unit of the last layer sees; also the kernel of the single layer that sees as much.
    channels
        Of every input and output.
    """

    kernel: Annotated[Whole, Bounds(ge=2, le=MOST_CELLS)]
    reach: Annotated[Whole, Bounds(ge=2, le=LARGEST_FIELD)]
    channels: Channels = 1

    def __post_init__(self) -> None:
        depth, rest = divmod(self.reach - 1, self.kernel - 1)
        if rest or depth > MOST_DEPTH:
            raise ValueError(
                f"no stack of at most {MOST_DEPTH} kernels of {self.kernel} "
                f"sees exactly {self.reach} cells along an axis"
            )

    def layer(self) -> Conv:
        """Return a layer of the stack."""
        return Conv(self.channels, (self.kernel,), bias=False)

    def networks(self, depth: int) -> tuple[Network, Network]:
        """Return the single layer, and a stack of this depth."""
        return Network((Conv(self.channels, (self.reach,), bias=False),)), Network((self.layer(),) * depth)


def draw_stack(params: StackRange, stream: Stream) -> Stack:
    """Draw a stack."""
    kernel = draw_int(params.kernel, stream.child("kernel"))
    depth = draw_int(params.depth, stream.child("depth"))
    return Stack(kernel, 1 + depth * (kernel - 1), draw_int(params.channels, stream.child("channels")))


def stack_fields(asked: Sequence[str]) -> Iterator[Field]:
    """Yield the fields of what is asked about a stack, in this order."""
    for place, name in enumerate(asked):
        if name == "depth":
            yield Field("depth", "integer", say("Number of layers"))
        else:
            yield Field("weights_single", "integer", say("Weights of the single layer"))
            needs = ("depth",) if "depth" in asked[:place] else ()
            yield Field("weights_stack", "integer", say("Weights of the stack"), needs=needs)


def stack_answers(stack: Stack, slips: Slips, taken: Mapping[str, Value]) -> dict[str, int]:
    """Answer whatever may be asked about a stack; a depth that is taken is built on.

    Raises
    ------
    ShapeError
        If that depth makes no stack.
    """
    depth = cast(int, taken.get("depth", depth_for(stack.layer(), stack.reach, slips)))
    if not 0 < depth <= LARGEST_FIELD:
        raise ShapeError(f"{depth} layers make no stack")
    single, stacked = stack.networks(depth)
    return {
        "depth": depth,
        "weights_single": weights_of(single, stack.channels, slips),
        "weights_stack": weights_of(stacked, stack.channels, slips),
    }


def second_stack_answers(stack: Stack) -> dict[str, int]:
    """Make the stack deeper until its windows, followed cell by cell, reach as far; tally its weights."""
    depth = 1
    while traced_field(repeat(stack.layer(), depth)).size < stack.reach:
        depth += 1
    single, stacked = stack.networks(depth)
    return {
        "depth": depth,
        "weights_single": tallied_weights(single, stack.channels),
        "weights_stack": tallied_weights(stacked, stack.channels),
    }


def stack_work(stack: Stack, asked: Sequence[str]) -> Iterator[Step]:
    """Say how many layers it takes, and count the weights."""
    yield from depth_work(stack.layer(), stack.reach)
    if "weights" not in asked:
        return
    single, stacked = stack.networks(depth_for(stack.layer(), stack.reach))
    yield WEIGHT_RULE
    yield say("The single layer:")
    yield from weight_work(single, stack.channels)
    yield say("The stack:")
    yield from weight_work(stacked, stack.channels)
