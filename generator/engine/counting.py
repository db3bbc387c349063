"""Counting a network: parameters, multiply-accumulates, activations and bytes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import prod

from .arguments import whole
from .layer_shapes import out_shape, shapes, weight_shape
from .layers import BatchNorm, Conv, ConvTranspose, Dense, Layer


def parameters(layer: Layer, in_shape: Sequence[int]) -> int:
    """Count the numbers that training changes.

    k_h * k_w * C / groups for each of M filters and, where the layer has biases, M more; n weights for
    each unit of a dense layer; a scale and a shift for each channel of a batch normalisation. The other
    layers have none.
    """
    if isinstance(layer, BatchNorm):
        return 2 * in_shape[0]
    if isinstance(layer, (Conv, ConvTranspose)):
        return prod(weight_shape(layer, in_shape)) + layer.bias * layer.filters
    if isinstance(layer, Dense):
        return prod(weight_shape(layer, in_shape)) + layer.bias * layer.units
    return 0


def moving_statistics(layer: Layer, in_shape: Sequence[int]) -> int:
    """Count the numbers that are kept but not trained: mean and variance of each normalised channel."""
    return 2 * in_shape[0] if isinstance(layer, BatchNorm) else 0


def macs(layer: Layer, in_shape: Sequence[int]) -> int:
    """Count the multiply-accumulates of one forward pass for one input.

    Every output cell of a convolution or dense layer multiplies once with each weight of its filter;
    every input cell of a transposed convolution does, before any cropping. Products with padded zeros
    count, the addition of biases does not, and the other layers have none. A FLOP count that takes
    multiplication and addition apart is twice as large.
    """
    if isinstance(layer, (Conv, Dense)):
        cells = out_shape(layer, in_shape)[1:]
    elif isinstance(layer, ConvTranspose):
        cells = tuple(in_shape[1:])
    else:
        return 0
    return prod(cells) * prod(weight_shape(layer, in_shape))


def activations(layer: Layer, in_shape: Sequence[int]) -> int:
    """Count the numbers that a layer puts out for one input."""
    return prod(out_shape(layer, in_shape))


@dataclass(frozen=True)
class Memory:
    """What a network occupies, in bytes.

    Attributes
    ----------
    parameters
        Everything that training changes; its gradients take as much again.
    statistics
        The moving statistics of batch normalisations.
    maps
        The input and what each layer puts out, all at once, as training keeps them.
    alive
        The largest input and output of one layer together, all that inference has to keep.
    """

    parameters: int
    statistics: int
    maps: int
    alive: int


def memory_bytes(
    layers: Sequence[Layer], input_shape: Sequence[int], *, batch: int = 1, bytes_per_number: int = 4
) -> Memory:
    """Return the memory of a network.

    Parameters
    ----------
    layers
        In order; leave out an `Activation` that works in place.
    input_shape
        (C, *spatial).
    batch
        Inputs at a time; it multiplies the maps, not the parameters.
    bytes_per_number
        4 for single precision.

    Source: A. Geron, "Hands-on machine learning", 3rd edition, chapter 14, "Memory requirements".
    """
    each, batch = whole("bytes_per_number", bytes_per_number), whole("batch", batch)
    through = shapes(layers, input_shape)
    sizes = [prod(shape) for shape in through]
    steps = list(zip(layers, through[:-1], strict=True))
    return Memory(
        parameters=each * sum(parameters(layer, shape) for layer, shape in steps),
        statistics=each * sum(moving_statistics(layer, shape) for layer, shape in steps),
        maps=each * batch * sum(sizes),
        alive=each * batch * max((a + b for a, b in pairwise(sizes)), default=sizes[0]),
    )
