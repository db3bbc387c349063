"""Several ways to treat the same input, to be counted and compared: shared by all kinds that compare costs.

Under ``params`` an entry gives the layers of one network, and ``compare`` makes the networks of them:

``as_is``
    The layers as they stand.
``dense``
    A dense layer with as many outputs.
``unshared``
    The same windows, with weights and biases of their own at every position (a locally connected layer).
``separable``
    So many filters (``multiplier``) for each input channel alone, and then filters of one cell.
``bottleneck``
    Filters of one cell first, which leave a part of the channels (one in ``reduction``), then the layer.
``stacked``
    Kernels of 3 instead of one larger kernel, as many as see the same inputs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from math import prod
from string import ascii_uppercase
from typing import Any, Literal, TypeAlias

from ..document import Lines, Message, say
from ..model import Case, Conventions, Refused
from ..reading.schema import Flag, record
from .architecture import Conv, Dense, Layer, Layers, Shape
from .counts import Placed
from .layer_phrases import layer_line
from .shape_rules import NO_SLIPS, Slips, out_shape

Way: TypeAlias = Literal["as_is", "dense", "unshared", "separable", "bottleneck", "stacked"]


@record
class Network:
    """Layers that belong together.

    Attributes
    ----------
    layers
        One after the other.
    shared
        Whether a convolution uses the same weights at every position of its window.
    """

    layers: Layers
    shared: Flag = True


def placed(network: Network, shape: Shape, conventions: Conventions, slips: Slips = NO_SLIPS) -> list[Placed]:
    """Put every layer of a network in its place, behind an input of this shape.

    Raises
    ------
    ShapeError
        If a layer does not fit.
    """
    places: list[Placed] = []
    for layer in network.layers:
        shape = places[-1].out if places else shape
        places.append(Placed(layer, shape, out_shape(layer, shape, conventions, slips)))
    return places


def network_of(way: Way, layers: Layers, shape: Shape, multiplier: int, reduction: int = 1) -> Network:
    """Make the network that treats an input of this shape in this way.

    Raises
    ------
    Refused
        If there is none.
    ShapeError
        If a layer does not fit.
    """
    if way in ("as_is", "unshared"):
        return Network(layers, shared=way == "as_is")
    if way == "dense":
        return Network(("flatten", Dense(prod(placed(Network(layers), shape, Conventions())[-1].out))))
    first = layers[0]
    if len(layers) > 1 or not isinstance(first, Conv):
        raise Refused("only a single convolution can be separated, narrowed or stacked")
    if way == "separable":
        channels = shape[0]
        depthwise = replace(first, filters=channels * multiplier, groups=channels)
        return Network((depthwise, Conv(first.filters, (1,), bias=first.bias)))
    if way == "bottleneck":
        left, rest = divmod(shape[0], reduction)
        if rest:
            raise Refused("the channels cannot be divided by the reduction")
        return Network((Conv(left, (1,), bias=first.bias), first))
    deep, rest = divmod(first.kernel[0] - 1, 2)
    if rest or deep < 2:
        raise Refused("only a kernel of odd size from 5 on is a stack of kernels of 3")
    return Network((replace(first, kernel=(3,)),) * deep)


def is_stack(network: Network) -> bool:
    """Say whether these are several ordinary convolutions, one after the other."""
    plain = (isinstance(layer, Conv) and layer.groups == 1 for layer in network.layers)
    return len(network.layers) > 1 and all(plain)


def separable_as(change: Callable[[Conv, Conv], tuple[Layer, ...]]) -> Callable[[Network], Network]:
    """Change separable convolutions: filters of single channels, then filters of single cells."""

    def changed(network: Network) -> Network:
        match network.layers:
            case (Conv() as depthwise, Conv() as pointwise) if depthwise.groups > 1:
                return replace(network, layers=change(depthwise, pointwise))
        return network

    return changed


def networks_as(change: Callable[[Network], Network]) -> Callable[[Case[Any]], Case[Any] | None]:
    """Change every network of a case; where none changes, there is no misconception."""

    def changed(case: Case[Any]) -> Case[Any] | None:
        networks = tuple(map(change, case.given.networks))
        if networks == case.given.networks:
            return None
        return replace(case, given=replace(case.given, networks=networks))

    return changed


# -- in words -----------------------------------------------------------------------------------


def named(networks: tuple[Network, ...]) -> Iterator[tuple[str, Network]]:
    """Name networks A, B, C, ..."""
    return zip(ascii_uppercase, networks, strict=False)


def network_lines(networks: tuple[Network, ...], axes: int) -> Lines:
    """Say everything about networks on maps with so many axes, one a line; a single one, one layer a line."""
    if len(networks) == 1:
        (network,) = networks
        lines = tuple(_layer_line(layer, network, axes) for layer in network.layers)
        return Lines(lines, ordered=len(lines) > 1)
    lines = tuple(
        say("**{{ name }}** {{ layers }}", name=name, layers=_line(network, axes))
        for name, network in named(networks)
    )
    return Lines(lines, ordered=False)


def _line(network: Network, axes: int) -> Message:
    line, *more = (_layer_line(layer, network, axes) for layer in network.layers)
    for following in more:
        line = say("{{ layers }}; then {{ layer }}", layers=line, layer=following)
    return line


def _layer_line(layer: Layer, network: Network, axes: int) -> Message:
    line = layer_line(layer, axes)
    if network.shared or not isinstance(layer, Conv):
        return line
    return say("{{ layer }}, with its own filters at every position (locally connected)", layer=line)
