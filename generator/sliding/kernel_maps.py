"""One image, filtered with several kernels, each by itself: what the options of a question are made of."""

from __future__ import annotations

from functools import lru_cache

from ..document import Message, say
from ..frozen import frozen
from ..values import nested
from .filtering import Filtering
from .geometry import Map, Pair, map_size
from .kernels import SIZE
from .worked import Slide


def kernel_slide(padding: int) -> Slide:
    """Return how a kernel moves, with so many cells of padding on every side."""
    sides = (padding, padding)
    return Slide((SIZE, SIZE), padding=(sides, sides))


@frozen
class KernelMaps:
    """An image and the kernels.

    Attributes
    ----------
    image, kernels
        Numbers; all kernels have `SIZE` rows and columns.
    padding
        Zeros on every side of the image.
    turned
        Whether kernels are turned by 180 degrees first.
    """

    image: Map
    kernels: tuple[Map, ...]
    padding: int
    turned: bool

    @property
    def slide(self) -> Slide:
        """How the kernels move."""
        return kernel_slide(self.padding)

    @property
    def filtering(self) -> Filtering:
        """The image filtered with all kernels, one output map for each."""
        stacks = tuple((kernel,) for kernel in self.kernels)
        return Filtering((self.image,), stacks, (0,) * len(stacks), self.slide, self.turned)

    @property
    def maps(self) -> tuple[Map, ...]:
        """The output maps, in the order of the kernels."""
        return _output(self)

    def patch(self, cell: Pair) -> Map:
        """Return the numbers in the window of an output cell."""
        row, column = cell
        padded = nested(self.slide.padded([self.image])[0])
        return tuple(line[column : column + SIZE] for line in padded[row : row + SIZE])

    def window(self, cell: Pair) -> frozenset[Pair]:
        """Return the cells of the image in the window of an output cell."""
        rows, columns = map_size(self.image)
        touched = ((row - self.padding, column - self.padding) for row, column in self.slide.window(cell))
        return frozenset(
            (row, column) for row, column in touched if 0 <= row < rows and 0 <= column < columns
        )

    def border_sentence(self) -> Message:
        """Say what becomes of the outermost rows and columns."""
        if self.padding:
            return say(
                "There is a ring of zeros around the image, so the filtered picture has the same size."
            )
        rows, columns = self.slide.positions(map_size(self.image))
        return say(
            "There is no padding: the filtered picture has no cells for the outermost rows and columns, and "
            "{{ rows }} × {{ columns }} are left.",
            rows=rows,
            columns=columns,
        )

    def operation_sentence(self) -> Message:
        """Say whether kernels are turned."""
        if self.turned:
            return say("Filtering turns the kernel by 180° before it slides over the image (convolution).")
        return say("Filtering slides the kernel over the image as it stands (cross-correlation).")


@lru_cache(maxsize=64)  # a question asks for the same maps when it is drawn, shown and solved
def _output(maps: KernelMaps) -> tuple[Map, ...]:
    output: tuple[Map, ...] = nested(maps.filtering.output())
    return output
