"""What is seen of an operation step by step: which cells it reads and writes, and what it writes.

A transposed convolution adds to what is there, so its numbers are sums so far. All numbers are the engine's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import zip_longest
from typing import Any, Literal, TypeAlias

from ..engine import ShapeError, array, conv, conv_transpose, pool
from ..figures.model import Animation, Cell, Frame, Grid
from ..figures.numerals import cell_text
from ..frozen import frozen
from ..number import Number
from .geometry import Map
from .traces import Layout, Marks, Motion, layouts, meets_input, trace
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


@frozen
class Setting:
    """An operation with a square window; the same along both axes."""

    operation: Operation
    size: int
    stride: int
    dilation: int
    padding: int


@frozen
class Scene:
    """What is seen of an operation, whichever it is.

    Attributes
    ----------
    sizes
        Rows and columns of the input.
    padding_drawn, steps, ceil_mode
        As of a `traces.Motion`.
    image, kernel
        The numbers of the input, and the kernel that a convolution would use; None where no numbers are
        seen.
    flip, counts_padding
        What the paper takes for granted: whether kernels are turned, and padded cells count in a mean.
    """

    sizes: Pair
    padding_drawn: bool = True
    steps: int | None = None
    image: Map | None = None
    kernel: Map | None = None
    ceil_mode: bool = False
    flip: bool = False
    counts_padding: bool = False


def motion_of(scene: Scene, setting: Setting) -> Motion:
    """Return how the window of a setting moves in a scene."""
    return Motion(
        scene.sizes,
        scene.padding_drawn,
        scene.steps,
        scene.ceil_mode,
        setting.operation == TRANSPOSED,
        setting.size,
        setting.stride,
        setting.dilation,
        setting.padding,
    )


@frozen
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
        if layouts(self._motion) is None:
            raise ShapeError("the window does not fit the map")
        if setting.operation in POOLINGS:
            if not meets_input(self._motion):
                raise ShapeError("a window lies wholly in the padding, where there is nothing to pool")
        elif kernel is not None and len(kernel) != setting.size:
            raise ShapeError("the kernel that is shown has another size")

    @property
    def _motion(self) -> Motion:
        return motion_of(self.scene, self.setting)

    @property
    def layouts(self) -> tuple[Layout, Layout]:
        """How input and output are drawn."""
        found = layouts(self._motion)
        assert found is not None  # noqa: S101 - looked at above
        return found

    @property
    def marks(self) -> tuple[Marks, ...]:
        """What every step that is seen reads and writes."""
        return trace(self._motion)

    @property
    def meets_input(self) -> bool:
        """Whether every window holds a cell of the input, so that it could be pooled."""
        return meets_input(self._motion)

    @property
    def _slide(self) -> Slide:
        return self._motion.slide

    def values(self) -> Iterator[Mapping[tuple[int, Cell], str]]:
        """Yield what every step that is seen writes; nothing where no numbers are seen."""
        if self.scene.image is None:
            yield from ({} for _ in self.marks)
        elif self.setting.operation == TRANSPOSED:
            yield from self._stamped()
        else:
            output = self.output()
            for _, written in self.marks:
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

    def _stamped(self) -> Iterator[Mapping[tuple[int, Cell], str]]:
        """Yield the sums so far of the cells that each step of a transposed convolution writes."""
        scene, setting = self.scene, self.setting
        _, target = self.layouts
        image = array(scene.image)
        seen = array([[0] * scene.sizes[1]] * scene.sizes[0])
        up, left = (setting.padding - sides[0] for sides in target.around)  # cut off, and not drawn
        for read, written in self.marks:
            (place,) = read
            seen = seen.copy()
            seen[place] = image[place]
            full = conv_transpose([seen], [[scene.kernel]], stride=setting.stride, dilation=setting.dilation)
            yield {
                (0, (row, column)): cell_text(full[0, row + up, column + left])
                for row, column in sorted(written)
            }

    def window(self, cell: Pair) -> list[Number | None]:
        """Return the numbers in the window of an output cell; None where there is no cell of the input."""
        padded = self._slide.padded([self.scene.image], None)[0]
        return [padded[place] for place in self._slide.window(cell)]

    def divisor(self, cell: Pair) -> int:
        """Return by how many cells the mean of a window is divided; what hangs over the end never counts."""
        (top, bottom), (left, right) = self._slide.padding if self.scene.counts_padding else ((0, 0), (0, 0))
        height, width = self.scene.sizes
        cells = [
            (row - self.setting.padding, column - self.setting.padding)
            for row, column in self._slide.window(cell)
        ]
        return sum(-top <= row < height + bottom and -left <= column < width + right for row, column in cells)

    def weights(self) -> list[Number]:
        """Return the weights that a convolution lays over a window, row by row."""
        weights = [weight for row in self.scene.kernel or () for weight in row]
        return weights[::-1] if self.scene.flip else weights

    def as_if(self, operation: Operation) -> Timeline:
        """Return the same setting with another operation."""
        return replace(self, setting=replace(self.setting, operation=operation))

    def animation(self, origin: int) -> Animation:
        """Draw the timeline."""
        source, target = self.layouts
        kernel = self.scene.kernel
        return Animation(
            (source.grid("X", self.scene.image),),
            (target.grid("Y"),),
            tuple(
                Frame(read, written, values)
                for (read, written), values in zip(self.marks, self.values(), strict=True)
            ),
            (Grid(kernel, "K"),) if kernel is not None else (),
            origin=origin,
        )


def alike(seen: Timeline, settings: Iterable[Setting]) -> Iterator[Setting]:
    """Yield those of some settings that cannot be told from what is seen."""
    drawn, marks = seen.layouts, seen.marks
    for setting in settings:
        motion = motion_of(seen.scene, setting)
        if layouts(motion) == drawn and trace(motion) == marks:
            try:
                other = Timeline(seen.scene, setting)
            except ShapeError:
                continue
            if all(mine == yours for mine, yours in zip_longest(seen.values(), other.values())):
                yield setting
