"""What is seen of an operation step by step: which cells it reads and writes, and what it writes.

A window that slides reads a block of cells and writes one; a transposed convolution reads one cell and
writes a block, which it adds to what is there. The timelines follow from the engine.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice, product, zip_longest
from typing import Any, Literal, TypeAlias

from ..engine import ShapeError, array, conv, conv_transpose, effective_kernel, pool, transposed_out_size
from ..figures.model import Animation, Cell, Frame, Grid
from ..figures.numerals import cell_text
from ..number import Number
from .geometry import Map
from .worked import Pair, Slide

Operation: TypeAlias = Literal["convolution", "max pooling", "average pooling", "transposed convolution"]
OPERATIONS: tuple[Operation, ...] = (
    "convolution",
    "max pooling",
    "average pooling",
    "transposed convolution",
)
POOLINGS: tuple[Operation, ...] = ("max pooling", "average pooling")
TRANSPOSED: Operation = "transposed convolution"

Marks: TypeAlias = tuple[frozenset[Cell], frozenset[Cell]]
"""The cells that a step reads, and those that it writes, as they are drawn."""


@dataclass(frozen=True)
class Setting:
    """An operation with a square window; the same along both axes."""

    operation: Operation
    size: int
    stride: int
    dilation: int
    padding: int


@dataclass(frozen=True)
class Scene:
    """What is seen of an operation, whichever it is.

    Attributes
    ----------
    sizes
        Rows and columns of the input.
    padding_drawn
        Whether the cells around are drawn: the padding of an input, or what a transposed convolution cuts
        off its output. Otherwise only cells inside are seen.
    steps
        How many steps are seen, the first ones; None for all.
    image, kernel
        The numbers of the input, and the kernel that a convolution would use; None where no numbers are
        seen.
    ceil_mode, flip, counts_padding
        What the paper takes for granted: rounding up, turning kernels, padded cells in a mean.
    """

    sizes: Pair
    padding_drawn: bool = True
    steps: int | None = None
    image: Map | None = None
    kernel: Map | None = None
    ceil_mode: bool = False
    flip: bool = False
    counts_padding: bool = False


@dataclass(frozen=True)
class Layout:
    """Where a map lies among the cells that are drawn of it.

    Attributes
    ----------
    sizes
        Rows and columns of the map.
    around
        Cells that are drawn around it: ((top, bottom), (left, right)).
    """

    sizes: Pair
    around: tuple[Pair, Pair] = ((0, 0), (0, 0))

    def grid(self, label: str, numbers: Map | None = None) -> Grid:
        """Draw the map, with empty cells around it."""
        (top, bottom), (left, right) = self.around
        rows, columns = top + self.sizes[0] + bottom, left + self.sizes[1] + right
        inside = {
            (top + row, left + column): numbers[row][column] if numbers else None
            for row, column in product(*map(range, self.sizes))
        }
        cells = list(product(range(rows), range(columns)))
        return Grid(
            tuple(tuple(inside.get((row, column)) for column in range(columns)) for row in range(rows)),
            label,
            faint=frozenset(cell for cell in cells if cell not in inside),
        )

    @property
    def cells(self) -> list[Cell]:
        """The cells of the map, row by row."""
        rows, columns = self.sizes
        return list(product(range(rows), range(columns)))

    def drawn(self, cells: Sequence[Cell]) -> frozenset[Cell]:
        """Return those of some cells, counted from the first of the map, that are drawn, and where."""
        (top, bottom), (left, right) = self.around
        height, width = self.sizes
        return frozenset(
            (top + row, left + column)
            for row, column in cells
            if -top <= row < height + bottom and -left <= column < width + right
        )


@dataclass(frozen=True)
class Timeline:
    """One setting, seen in one scene.

    Raises
    ------
    ShapeError
        If the setting is not possible there.
    """

    scene: Scene
    setting: Setting

    def __post_init__(self) -> None:
        setting, kernel = self.setting, self.scene.kernel
        if setting.operation in POOLINGS:
            if setting.padding >= setting.size:
                raise ShapeError("the padding of a pooling has fewer cells than its window")
        elif kernel is not None and len(kernel) != setting.size:
            raise ShapeError("the kernel that is shown has another size")
        self.layouts  # noqa: B018 - raises where the window does not fit

    @property
    def _slide(self) -> Slide:
        setting = self.setting
        return _slide(setting.size, setting.stride, setting.dilation, setting.padding, self.scene.ceil_mode)

    @property
    def layouts(self) -> tuple[Layout, Layout]:
        """How input and output are drawn."""
        setting, scene = self.setting, self.scene
        layout = _stamped_layouts if setting.operation == TRANSPOSED else _slid_layouts
        found = layout(
            scene.sizes,
            (setting.size, setting.stride, setting.dilation, setting.padding),
            scene.padding_drawn,
            scene.ceil_mode,
        )
        if found is None:
            raise ShapeError(f"{setting} does not fit an input of {scene.sizes} cells")
        return found

    def marks(self) -> Iterator[Marks]:
        """Yield what every step that is seen reads and writes."""
        yield from islice(self._all_marks(), self.scene.steps)

    def _all_marks(self) -> Iterator[Marks]:
        source, target = self.layouts
        setting = self.setting
        if setting.operation == TRANSPOSED:
            stamp = list(
                product(
                    range(0, effective_kernel(setting.size, setting.dilation), setting.dilation), repeat=2
                )
            )
            for row, column in source.cells:
                top, left = (place * setting.stride - setting.padding for place in (row, column))
                written = target.drawn([(top + down, left + across) for down, across in stamp])
                yield source.drawn([(row, column)]), written
            return
        slide = self._slide
        for cell in target.cells:
            window = [(row - setting.padding, column - setting.padding) for row, column in slide.window(cell)]
            yield source.drawn(window), target.drawn([cell])

    def values(self) -> Iterator[Mapping[tuple[int, Cell], str]]:
        """Yield what every step that is seen writes; nothing where no numbers are seen."""
        steps = list(self.marks())
        if self.scene.image is None:
            yield from ({} for _ in steps)
        elif self.setting.operation == TRANSPOSED:
            yield from self._stamped(steps)
        else:
            output = self.output()
            for _, written in steps:
                yield {(0, cell): cell_text(output[cell]) for cell in written}

    def output(self) -> Any:
        """Return the output map, (rows, columns), of a window that slides, where numbers are seen."""
        scene, setting, slide = self.scene, self.setting, self._slide
        image = [scene.image]
        if setting.operation == "convolution":
            rows, columns = slide.positions(scene.sizes)
            output = conv(
                image,
                [[scene.kernel]],
                stride=setting.stride,
                padding=slide.frame(scene.sizes),
                dilation=setting.dilation,
                flip=scene.flip,
            )
            return output[0, :rows, :columns]
        return pool(
            image,
            setting.size,
            kind="max" if setting.operation == "max pooling" else "avg",
            stride=setting.stride,
            padding=setting.padding,
            dilation=setting.dilation,
            ceil_mode=scene.ceil_mode,
            count_include_pad=scene.counts_padding,
        )[0]

    def first_window(self) -> list[Number | None]:
        """Return the numbers in the first window; None in the padding."""
        padded = self._slide.padded([self.scene.image], None)[0]
        return [padded[cell] for cell in self._slide.window((0, 0))]

    def weights(self) -> list[Number]:
        """Return the weights that a convolution lays over a window, row by row."""
        weights = [weight for row in self.scene.kernel or () for weight in row]
        return weights[::-1] if self.scene.flip else weights

    def as_if(self, operation: Operation) -> Timeline:
        """Return the same setting with another operation."""
        return replace(self, setting=replace(self.setting, operation=operation))

    def _stamped(self, steps: Sequence[Marks]) -> Iterator[Mapping[tuple[int, Cell], str]]:
        """Yield the sums so far of the cells that each step of a transposed convolution writes."""
        scene, setting = self.scene, self.setting
        _, target = self.layouts
        image = array(scene.image)
        seen = array([[0] * scene.sizes[1]] * scene.sizes[0])
        (top, _), (left, _) = target.around
        for read, written in steps:
            (place,) = read
            seen = seen.copy()
            seen[place] = image[place]
            full = conv_transpose([seen], [[scene.kernel]], stride=setting.stride, dilation=setting.dilation)[
                0
            ]
            yield {
                (0, (row, column)): cell_text(
                    full[row - top + setting.padding, column - left + setting.padding]
                )
                for row, column in sorted(written)
            }

    def animation(self, origin: int) -> Animation:
        """Draw the timeline."""
        source, target = self.layouts
        kernel = self.scene.kernel
        return Animation(
            (source.grid("X", self.scene.image),),
            (target.grid("Y"),),
            tuple(
                Frame(read, written, values)
                for (read, written), values in zip(self.marks(), self.values(), strict=True)
            ),
            (Grid(kernel, "K"),) if kernel is not None else (),
            origin=origin,
        )


def looks_like(one: Timeline, other: Timeline) -> bool:
    """Say whether two settings cannot be told apart in their scene."""
    return (
        one.layouts == other.layouts
        and all(mine == yours for mine, yours in zip_longest(one.marks(), other.marks()))
        and all(mine == yours for mine, yours in zip_longest(one.values(), other.values()))
    )


Window: TypeAlias = tuple[int, int, int, int]
"""Size, stride, dilation, padding."""


def _slide(size: int, stride: int, dilation: int, padding: int, ceil_mode: bool) -> Slide:  # noqa: FBT001
    sides = _twice(padding)
    return Slide(_twice(size), _twice(stride), (sides, sides), _twice(dilation), ceil_mode)


# Thousands of settings are compared on the same few maps.
@lru_cache(maxsize=20_000)
def _slid_layouts(
    sizes: Pair,
    window: Window,
    drawn: bool,  # noqa: FBT001 - part of the key
    ceil_mode: bool,  # noqa: FBT001
) -> tuple[Layout, Layout] | None:
    """Return how input and output of a window that slides are drawn; None where it does not fit."""
    slide = _slide(*window, ceil_mode)
    try:
        positions = slide.positions(sizes)
    except ShapeError:
        return None
    return Layout(sizes, slide.frame(sizes)) if drawn else Layout(sizes), Layout(positions)


@lru_cache(maxsize=20_000)
def _stamped_layouts(
    sizes: Pair,
    window: Window,
    drawn: bool,  # noqa: FBT001
    ceil_mode: bool,  # noqa: ARG001, FBT001 - as its twin
) -> tuple[Layout, Layout] | None:
    """Return how input and output of a transposed convolution are drawn; None where nothing is left."""
    size, stride, dilation, padding = window
    try:
        rows, columns = (
            transposed_out_size(length, size, stride=stride, padding=padding, dilation=dilation)
            for length in sizes
        )
    except ShapeError:
        return None
    sides = _twice(padding)
    return Layout(sizes), Layout((rows, columns), (sides, sides)) if drawn else Layout((rows, columns))


def _twice(number: int) -> Pair:
    return number, number
