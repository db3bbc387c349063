"""Gradients without any calculus: the second key of everything that goes backwards.

Each number is moved a little up and down, the loss is computed anew both times, and the difference is
divided by how far the number was moved. A loss that is linear or quadratic in that number gives the exact
derivative so; one with corners does as long as no corner is crossed, and the step is chosen for that. The
forward pass is that of `scatter`, so no line is shared with the engine.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import pairwise, product
from typing import TypeAlias

from ..frozen import frozen
from ..number import Number
from ..sliding.scatter import filtered, pooled
from .layer import Backward

Rows: TypeAlias = Sequence[Sequence[Number]]


@frozen
class Differences:
    """A layer and a loss of its output.

    Attributes
    ----------
    layer
        Whose numbers are moved; only they are read, none of its methods.
    loss
        The loss of an output map.
    rectified
        Whether the loss has corners where a cell of the output is 0.
    """

    layer: Backward
    loss: Callable[[Rows], Number]
    rectified: bool = False

    def at_output(self) -> Rows:
        """Return dY."""
        return slopes(self.output(), self.loss, self._step())

    def at_weight(self) -> Rows:
        """Return dW."""
        return slopes(self.layer.kernel, lambda kernel: self.loss(self.output(kernel=kernel)), self._step())

    def at_input(self) -> Rows:
        """Return dX."""
        return slopes(self.layer.image, lambda image: self.loss(self.output(image=image)), self._step())

    def at_bias(self) -> Rows:
        """Return db, as a map of one cell."""
        start = [[self.layer.bias]]
        return slopes(start, lambda bias: self.loss(self.output(bias=bias[0][0])), self._step())

    def output(
        self, image: Rows | None = None, kernel: Rows | None = None, bias: Number | None = None
    ) -> Rows:
        """Return the output map, with some numbers of the layer replaced."""
        layer, slide = self.layer, self.layer.slide
        image = layer.image if image is None else image
        if layer.operation != "conv":
            return pooled(
                [image],
                slide.kernel,
                largest=layer.operation == "max",
                stride=slide.stride,
                padding=slide.padding,
                overhang=False,
                counts_padding=True,
            )[0]
        return filtered(
            [image],
            [[layer.kernel if kernel is None else kernel]],
            [layer.bias if bias is None else bias],
            stride=slide.stride,
            padding=slide.padding,
            dilation=(1, 1),
            turned=layer.turned,
        )[0]

    def _step(self) -> Fraction:
        """Return how far a number may be moved without crossing a corner of the loss."""
        image = _cells(self.layer.image)
        if self.layer.operation == "max":
            gaps = (after - before for before, after in pairwise(sorted(set(image))))
            return Fraction(min(gaps, default=1)) / 3
        if not self.rectified:
            return Fraction(1)
        factors = [abs(Fraction(number)) for number in (*image, *_cells(self.layer.kernel))]
        nearest = min(abs(Fraction(number)) for number in _cells(self.output()))
        return nearest / (2 * max(Fraction(1), *factors))


def _cells(rows: Rows) -> list[Number]:
    return [cell for row in rows for cell in row]


def slopes(start: Rows, loss: Callable[[Rows], Number], step: Fraction) -> Rows:
    """Return how a loss changes with each number."""
    rows, columns = range(len(start)), range(len(start[0]))
    found = {
        cell: (loss(_moved(start, cell, step)) - loss(_moved(start, cell, -step))) / (2 * step)
        for cell in product(rows, columns)
    }
    return tuple(tuple(found[row, column] for column in columns) for row in rows)


def _moved(start: Rows, cell: tuple[int, int], by: Fraction) -> Rows:
    return [
        [number + by if (row, column) == cell else number for column, number in enumerate(numbers)]
        for row, numbers in enumerate(start)
    ]


def loss_of(*, grad: Rows | None, target: Rows | None, rectified: bool) -> Callable[[Rows], Number]:
    """Return the loss of an output map.

    It is the one that changes with the output as `grad` says, if that is given; otherwise half the squared
    differences from a target, added up, or the sum of the cells, after ReLU if there is one.
    """

    def loss(output: Rows) -> Number:
        cells = _cells(output)
        if grad is not None:
            return sum(cell * slope for cell, slope in zip(cells, _cells(grad), strict=True))
        if rectified:
            cells = [max(cell, 0) for cell in cells]
        if target is None:
            return sum(cells)
        pairs = zip(cells, _cells(target), strict=True)
        return sum((cell - wanted) ** 2 for cell, wanted in pairs) * Fraction(1, 2)

    return loss


def descended(start: Rows, slope: Rows, rate: Number) -> Rows:
    """Return where a step of gradient descent leads."""
    return tuple(
        tuple(number - rate * change for number, change in zip(*rows, strict=True))
        for rows in zip(start, slope, strict=True)
    )
