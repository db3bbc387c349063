"""Layers as small records: a network is a list of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from .arguments import Padding, PerAxis
from .pooling import Kind


@dataclass(frozen=True)
class Conv:
    """A convolution with so many filters; see `conv`."""

    filters: int
    kernel: PerAxis
    stride: PerAxis = 1
    padding: Padding = 0
    dilation: PerAxis = 1
    groups: int = 1
    bias: bool = True


@dataclass(frozen=True)
class ConvTranspose:
    """A transposed convolution with so many filters; see `conv_transpose`."""

    filters: int
    kernel: PerAxis
    stride: PerAxis = 1
    padding: Padding = 0
    output_padding: PerAxis = 0
    dilation: PerAxis = 1
    groups: int = 1
    bias: bool = True


@dataclass(frozen=True)
class Pool:
    """A pooling; see `pool`."""

    kernel: PerAxis
    kind: Kind = "max"
    stride: PerAxis | None = None
    padding: Padding = 0
    dilation: PerAxis = 1
    ceil_mode: bool = False


@dataclass(frozen=True)
class GlobalPool:
    """A pooling of each whole map to one cell; the axes stay, with size 1."""

    kind: Kind = "avg"


@dataclass(frozen=True)
class Dense:
    """A fully connected layer; it wants a flat input, (n,)."""

    units: int
    bias: bool = True


@dataclass(frozen=True)
class Flatten:
    """All cells in one row."""


@dataclass(frozen=True)
class Activation:
    """A function of each cell."""

    name: str = "relu"


@dataclass(frozen=True)
class BatchNorm:
    """A batch normalisation, with a scale and a shift for each channel."""


Layer: TypeAlias = Conv | ConvTranspose | Pool | GlobalPool | Dense | Flatten | Activation | BatchNorm
