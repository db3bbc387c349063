"""Figures as values: what is to be seen, before anybody draws it.

A figure holds what a student may see and nothing else, so that no drawing, no text alternative and no
animation made from it can tell more. Labels are symbols in LaTeX: a letter, perhaps with an index.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import TypeAlias

from ..frozen import frozen
from ..number import Number

Cell: TypeAlias = tuple[int, int]
"""Row and column, counted from 0."""


@frozen
class Grid:
    """Numbers in rows and columns: an image, a kernel, a feature map.

    Attributes
    ----------
    rows
        The cells; a number, a short text, or None for an empty cell. All rows are equally long.
    label
        The symbol, as LaTeX, that stands for the grid in a sentence and beside its drawing.
    marked
        Cells to stand out, such as a window.
    faint
        Cells to stand back, such as padding.
    counted_from
        The number of the first column, where the numbers of the columns are written below.
    """

    rows: tuple[tuple[Number | str | None, ...], ...]
    label: str = ""
    marked: frozenset[Cell] = frozenset()
    faint: frozenset[Cell] = frozenset()
    counted_from: int | None = None


@frozen
class Picture:
    """An image as grey cells.

    Attributes
    ----------
    rows
        The brightness of each cell.
    label
        As of a grid.
    black, white
        The numbers that are drawn black and white; what lies beyond is drawn like them.
    marked
        Cells to stand out, such as a window.
    """

    rows: tuple[tuple[Number, ...], ...]
    label: str = ""
    black: Number = 0
    white: Number = 255
    marked: frozenset[Cell] = frozenset()


@frozen
class Maps:
    """Feature maps in a stack, one behind the other.

    Attributes
    ----------
    count, height, width
        How many maps, and their rows and columns; None where that is not to be seen.
    caption
        A few words or numbers below.
    """

    count: int | None
    height: int | None
    width: int | None
    caption: str = ""


@frozen
class Units:
    """A column of units, such as a dense layer; `count` is None where that is not to be seen."""

    count: int | None
    caption: str = ""


@frozen
class Chain:
    """A network as stacks of maps and columns of units, with an arrow from each to the next.

    Attributes
    ----------
    stages
        What flows, the input first.
    layers
        What each arrow does, in a few words: one fewer than stages.
    """

    stages: tuple[Maps | Units, ...]
    layers: tuple[str, ...]
    label: str = ""


@frozen
class Edge:
    """A connection of a graph.

    Attributes
    ----------
    start, end
        Places of the two nodes, each in its layer, counted from 0.
    weight
        The symbol of its weight; connections that share a weight carry the same symbol and look alike.
        Empty where no weight is named.
    """

    start: int
    end: int
    weight: str = ""


@frozen
class Graph:
    """Units in layers and the connections between neighbouring layers.

    Attributes
    ----------
    layers
        The symbol of each node, the inputs first.
    edges
        The connections from each layer to the next: one fewer than layers.
    marked
        Nodes to stand out, each as (layer, place); connections between two of them stand out as well.
    faint
        Nodes to stand back, such as padding.
    """

    layers: tuple[tuple[str, ...], ...]
    edges: tuple[tuple[Edge, ...], ...]
    label: str = ""
    marked: frozenset[tuple[int, int]] = frozenset()
    faint: frozenset[tuple[int, int]] = frozenset()


@frozen
class Curve:
    """Points (x, y) joined by a line, from left to right; `label` names it."""

    points: tuple[tuple[Number, Number], ...]
    label: str = ""


@frozen
class Plot:
    """Curves over one axis, or bars side by side.

    Attributes
    ----------
    curves
        The curves; empty for a plot of bars.
    bars
        Name and height of each bar.
    x_label, y_label
        What the axes mean.
    """

    curves: tuple[Curve, ...] = ()
    bars: tuple[tuple[str, Number], ...] = ()
    x_label: str = ""
    y_label: str = ""
    label: str = ""


@frozen
class Frame:
    """One step of an animation.

    Attributes
    ----------
    read
        The cells that are marked in every source.
    written
        The cells that are marked in every target.
    values
        What stands in cells of the targets from this step on: by target and cell, a short text.
    """

    read: frozenset[Cell]
    written: frozenset[Cell]
    values: Mapping[tuple[int, Cell], str] = field(default_factory=dict, hash=False)


@frozen
class Animation:
    """A window that slides: one timeline, drawn as an animation, as a film strip, or told in words.

    Before the first step nothing is marked and all targets are empty, so a drawing that does not move
    shows no result.

    Attributes
    ----------
    sources
        What is read: an image, or its channels.
    targets
        What is written: output maps, with empty cells.
    frames
        The steps.
    kernels
        Drawn beside; they do not change.
    label
        As of a grid.
    origin
        From which number words count rows and columns; steps are counted from 1.
    printed
        How many frames a film strip shows at most, the first ones; None for all.
    """

    sources: tuple[Grid, ...]
    targets: tuple[Grid, ...]
    frames: tuple[Frame, ...]
    kernels: tuple[Grid, ...] = ()
    label: str = ""
    origin: int = 0
    printed: int | None = None


Drawing: TypeAlias = Grid | Picture | Chain | Graph | Plot
"""What a single drawing shows."""


@frozen
class Figures:
    """Several figures that belong together, side by side: the channels of one image, options A to D."""

    label: str
    members: tuple[Drawing, ...]


Figure: TypeAlias = Drawing | Figures | Animation
