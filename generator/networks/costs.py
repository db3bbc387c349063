"""What layers cost, in operations and in memory, as the engine has it or with a known slip."""

from __future__ import annotations

from dataclasses import replace
from math import prod

from ..frozen import frozen
from ..model import Conventions
from .architecture import Conv, Dense, Layer, Pool, Shape, each
from .comparison import Network, placed
from .counted_shapes import counted_shape
from .counts import Placed, count
from .miscounts import count_as
from .shape_rules import NO_SLIPS, Slips
from .tally import cells, tally

MAC_SLIPS = (
    "drop_kernel_area",
    "input_side_for_output_side",
    "positions_forgotten",
    "biases_in_macs",
    "pool_macs_counted",
)
"""What `macs_of` consults, besides the wrong ways to count weights."""

_IN_PLACE = ("relu", "sigmoid", "tanh", "softmax", "flatten")


@frozen
class Cost:
    """What one image costs.

    Attributes
    ----------
    macs
        Multiply-accumulates.
    parameters
        Weights and biases.
    activations
        Numbers that the layers put out.
    input
        Numbers that go into the first layer.
    alive
        The largest input and output of one layer together.
    """

    macs: int
    parameters: int
    activations: int
    input: int
    alive: int


def works_in_place(layer: Layer) -> bool:
    """Say whether what a layer puts out takes no memory of its own."""
    return layer in _IN_PLACE


def cost_of(network: Network, shape: Shape, conventions: Conventions, slips: Slips = NO_SLIPS) -> Cost:
    """Return what a network costs on an input of this shape.

    Raises
    ------
    ShapeError
        If a layer does not fit.
    """
    places = placed(network, shape, conventions, slips)
    kept = [place for place in places if not works_in_place(place.layer)]
    counts = [count_as(place, slips) for place in places]
    outputs = [prod(place.out) for place in kept]
    inputs = [prod(place.shape) for place in kept]
    if "input_forgotten" in slips:
        inputs[:1] = [0] * len(inputs[:1])
    return Cost(
        macs=sum(macs_of(place, slips) for place in places),
        parameters=sum(counted.parameters(bias_counted="no_bias" not in slips) for counted in counts),
        activations=sum(outputs),
        input=0 if "input_forgotten" in slips else prod(shape),
        alive=max((one + other for one, other in zip(inputs, outputs, strict=True)), default=prod(shape)),
    )


def macs_of(place: Placed, slips: Slips = NO_SLIPS) -> int:
    """Count the multiply-accumulates of a layer: each weight is used once at every position."""
    layer = place.layer
    if isinstance(layer, Pool) and "pool_macs_counted" in slips:
        window: Shape = each(layer.kernel, len(place.shape) - 1)
        return prod(place.out) * prod(window)
    if not isinstance(layer, (Conv, Dense)):
        return 0
    counted = count_as(place, slips)
    if "drop_kernel_area" in slips and isinstance(layer, Conv):
        counted = count(replace(layer, kernel=(1,)), place.shape)
    used = counted.parameters(bias_counted="biases_in_macs" in slips)
    return used * _positions(place, slips)


def _positions(place: Placed, slips: Slips) -> int:
    if {"positions_forgotten", "sharing_ignored"} & slips:  # weights of one position are used only there
        return 1
    if "input_side_for_output_side" in slips:
        return prod(place.shape[1:])
    return place.positions


def second_cost(network: Network, shape: Shape, conventions: Conventions) -> Cost:
    """Count the same one by one, without the engine."""
    macs = parameters = activations = alive = 0
    start = before = shape
    for layer in network.layers:
        weights, constants = tally(layer, before)
        behind = counted_shape(layer, before, conventions)
        parameters += weights + constants
        macs += tallied_macs(layer, weights, behind)
        if layer not in _IN_PLACE:
            activations += cells(behind)
            alive = max(alive, cells(before) + cells(behind))
        before = behind
    return Cost(macs, parameters, activations, cells(start), alive or cells(start))


def tallied_macs(layer: Layer, weights: int, out: Shape) -> int:
    """Count the multiply-accumulates of a layer with so many weights, without the engine."""
    return 0 if layer == "batch_norm" else weights * cells(out[1:])


# -- in memory ----------------------------------------------------------------------------------


@frozen
class Held:
    """What memory holds, in numbers.

    Attributes
    ----------
    parameters
        Of all layers.
    activations
        What all layers put out, for every image of the batch.
    training, inference
        All that has to be kept at a time.
    """

    parameters: int
    activations: int
    training: int
    inference: int


def held(cost: Cost, batch: int, *, gradients: bool, slips: Slips = NO_SLIPS) -> Held:
    """Return what is held for a batch of images.

    Parameters
    ----------
    cost
        Of one image.
    batch
        How many images there are at a time.
    gradients
        Whether training keeps a gradient for each parameter.
    slips
        What is done wrongly.
    """
    images = 1 if "batch_forgotten" in slips else batch
    parameters = cost.parameters * (batch if "batch_on_weights" in slips else 1)
    kept = 0 if "parameters_forgotten" in slips else parameters
    through = (cost.input + cost.activations) * images
    alive = cost.alive * images
    copies = 2 if gradients and "gradients_forgotten" not in slips else 1
    return Held(
        parameters=parameters,
        activations=cost.activations * images,
        training=kept * copies + (alive if "two_layers_kept" in slips else through),
        inference=kept + (through if "all_layers_kept" in slips else alive),
    )


def second_held(cost: Cost, batch: int, copies: int) -> Held:
    """Pile the same up image by image; training holds the parameters in so many copies."""
    outputs = sum(cost.activations for _ in range(batch))
    inputs = sum(cost.input for _ in range(batch))
    return Held(
        parameters=cost.parameters,
        activations=outputs,
        training=sum(cost.parameters for _ in range(copies)) + inputs + outputs,
        inference=cost.parameters + sum(cost.alive for _ in range(batch)),
    )
