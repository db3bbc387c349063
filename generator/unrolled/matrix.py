"""A convolution unrolled into a sparse matrix with one row for each output, and wrong ways to unroll it."""

from __future__ import annotations

from typing import Any

from ..engine import array, conv_matrix
from ..engine.later import np
from ..frozen import frozen
from ..sliding.worked import Pair, Slide


@frozen
class Unrolled:
    """A convolution of maps that are written as one vector: channel after channel, row after row.

    A sequence is a map of one row.

    Attributes
    ----------
    sizes
        Rows and columns of the input.
    kernels
        (M, C, h, w).
    slide
        How the window moves.
    turned
        Whether the kernels are turned by 180 degrees first.
    """

    sizes: Pair
    kernels: Any
    slide: Slide
    turned: bool

    @property
    def outputs(self) -> Pair:
        """Rows and columns of the output."""
        return self.slide.positions(self.sizes)

    def matrix(self) -> Any:
        """Return A of y = Ax, (cells of the output, cells of the input)."""
        return self._moved_by(self.slide.stride)

    def first_rows(self) -> Any:
        """Return the matrix of as many outputs, whose window moves by one cell whatever the stride."""
        return self._moved_by((1, 1))

    def _moved_by(self, stride: Pair) -> Any:
        matrix, (maps, *found) = conv_matrix(
            self.kernels,
            (len(self.kernels[0]), *self.sizes),
            stride=stride,
            padding=self.slide.frame(self.sizes),
            flip=self.turned,
        )
        rows, columns = self.outputs  # in ceil mode no window starts behind the input
        kept = matrix.reshape(maps, *found, -1)[:, :rows, :columns]
        return kept.reshape(-1, matrix.shape[1])

    def circulant(self) -> Any:
        """Return the matrix whose window comes in again at the front where it leaves at the end."""
        channels = len(self.kernels[0])
        axes = zip(self.sizes, self.slide.kernel, self.slide.stride, strict=True)
        longer = [(-(-size // step) - 1) * step + window for size, window, step in axes]
        straight, _ = conv_matrix(
            self.kernels, (channels, *longer), stride=self.slide.stride, flip=self.turned
        )
        places = [
            (np.arange(long) - before) % size
            for long, (before, _), size in zip(longer, self.slide.padding, self.sizes, strict=True)
        ]
        inputs = np.arange(channels * self.sizes[0] * self.sizes[1]).reshape(channels, *self.sizes)
        targets = inputs[:, places[0]][:, :, places[1]]
        matrix = array(np.zeros((len(straight), inputs.size), dtype=int))
        for column, target in zip(straight.T, targets.ravel(), strict=True):
            matrix[:, target] += column
        return matrix

    def reached(self) -> tuple[list[int], list[int]]:
        """Count, for each row and for each column of the window, in how many places it lies on the input."""
        outputs = self.outputs
        rows, columns = (
            [
                sum(before <= place * step + tap < before + size for place in range(count))
                for tap in range(window)
            ]
            for size, window, step, (before, _), count in zip(
                self.sizes, self.slide.kernel, self.slide.stride, self.slide.padding, outputs, strict=True
            )
        )
        return rows, columns

    def laid(self) -> Any:
        """Return the kernels as they are laid over a window."""
        kernels = array(self.kernels)
        return kernels[..., ::-1, ::-1] if self.turned else kernels
