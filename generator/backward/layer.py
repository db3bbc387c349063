"""The way back through one convolution or pooling of a single map: what a gradient becomes on it.

Every gradient is written with a d: dY stands for the derivatives of a loss L by the cells of Y. Windows are
placed on the padded input, so that padding is cells like any other until it is cut off at the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction
from functools import cached_property
from typing import Any, Literal, TypeAlias

from ..engine import array, conv_grad_bias, conv_grad_input, conv_grad_weight, pool_grad, relu
from ..engine.later import np
from ..frozen import frozen
from ..number import Number
from ..sliding.filtering import Filtering
from ..sliding.geometry import Map, all_cells, beside, map_size
from ..sliding.pooling import Pooling
from ..sliding.worked import Pair, Slide
from ..sums import Sum, Term

Operation: TypeAlias = Literal["conv", "max", "avg"]
Loss: TypeAlias = Literal["sum", "squared"]
Subject: TypeAlias = Literal["weight", "bias", "input"]


@frozen
class Backward:
    """A layer through which gradients go back.

    Attributes
    ----------
    operation
        A convolution, max pooling or average pooling.
    image
        Its input, a single map.
    kernel
        Of a convolution; of a pooling, zeros of the size of its window, which nobody looks at.
    bias
        Of a convolution.
    slide
        How the window moves; it reaches the end exactly.
    turned
        Whether the kernel is turned by 180 degrees first: convolution in the mathematical sense.
    slips
        Wrong turns.
    """

    operation: Operation
    image: Map
    kernel: Map
    bias: Number
    slide: Slide
    turned: bool
    slips: frozenset[str] = frozenset()

    # -- forward --------------------------------------------------------------------------------

    @property
    def filtering(self) -> Filtering:
        """The convolution."""
        return Filtering((self.image,), ((self.kernel,),), (self.bias,), self.slide, self.turned)

    def output(self) -> Any:
        """Return the output map, before any activation."""
        if self.operation == "conv":
            return self.filtering.output()[0]
        return Pooling((self.image,), self.operation, self.slide, counts_padding=True).output()[0]

    @property
    def cells(self) -> list[Pair]:
        """The cells of the output map, row by row."""
        return all_cells(self.slide.positions(map_size(self.image)))

    @cached_property
    def frame(self) -> Any:
        """The padded input, (1, rows, columns)."""
        return self.slide.padded((self.image,))

    # -- backward -------------------------------------------------------------------------------

    def at_output(self, output: Any, loss: Loss, *, target: Any, rectified: bool) -> Any:
        """Return dY of a loss: its own derivative, and that of ReLU if there is one, cell by cell."""
        output = array(output)
        active = self._of_loss(output, loss, target, rectified=rectified)
        if not rectified or "relu_mask_forgotten" in self.slips:
            return active
        if "relu_on_gradient" in self.slips:
            return relu(active)
        return np.where(output > 0, active, 0)

    def _of_loss(self, output: Any, loss: Loss, target: Any, *, rectified: bool) -> Any:
        """Return the derivative of a loss by what comes out at last."""
        if loss == "sum" or "outer_derivative_forgotten" in self.slips:
            return array(np.ones(output.shape, dtype=int))
        error = (relu(output) if rectified else output) - array(target)
        return -error if "target_minus_output" in self.slips else error

    def at_weight(self, grad: Any) -> Any:
        """Return dW."""
        grad = array(grad)
        if "forward_for_backward" in self.slips:
            return self.output() - self.bias
        turned = self.turned != ("gradient_turned" in self.slips)
        frame, stride = self._read
        weight = conv_grad_weight(frame, [grad], self.slide.kernel, stride=stride, flip=turned)[0, 0]
        return self._transposed(self._averaged(weight, grad.size))

    def at_bias(self, grad: Any) -> Number:
        """Return db."""
        grad = array(grad)
        if "bias_gradient_one" in self.slips:
            return 1
        if "bias_one_cell" in self.slips:
            return grad[0, 0]  # type: ignore[no-any-return]
        return self._averaged(conv_grad_bias([grad]), grad.size)[0]  # type: ignore[no-any-return]

    def at_input(self, grad: Any) -> Any:
        """Return dX."""
        frame, stride = self._read
        found = array(np.zeros(self.frame.shape, dtype=int))
        back = self._at_frame([grad], frame, stride)
        found[:, : back.shape[1], : back.shape[2]] = back
        (top, _), (left, _) = self.slide.padding
        rows, columns = map_size(self.image)
        return self._transposed(found[0, top : top + rows, left : left + columns])

    def _at_frame(self, grad: Any, frame: Any, stride: Pair) -> Any:
        """Return the gradient of the cells that windows read."""
        if self.operation == "conv":
            turned = self.turned != ("backward_kernel_turned" in self.slips)
            return conv_grad_input(grad, [[self.kernel]], frame.shape, stride=stride, flip=turned)
        window = self.slide.kernel
        if "gradient_to_all" in self.slips:
            return pool_grad(frame, grad, window, kind="avg", stride=stride) * (window[0] * window[1])
        return pool_grad(frame, grad, window, kind=self.operation, stride=stride)

    @property
    def _read(self) -> tuple[Any, Pair]:
        """The part of the padded input that windows read on the way back, and the stride between them."""
        if "stride_not_dilated" not in self.slips:
            return self.frame, self.slide.stride
        rows, columns = replace(self.slide, stride=(1, 1)).window(self.cells[-1])[-1]
        return self.frame[:, : rows + 1, : columns + 1], (1, 1)

    def _averaged(self, total: Any, count: int) -> Any:
        return total * Fraction(1, count) if "mean_over_positions" in self.slips else total

    def _transposed(self, gradient: Any) -> Any:
        return gradient.T if "gradient_transposed" in self.slips else gradient

    def require_smooth(self, *, rectified: bool) -> None:
        """Refuse numbers at which there is no derivative.

        Raises
        ------
        ValueError
            If ReLU meets a 0, or a window has two largest numbers.
        """
        if rectified and 0 in self.output():
            raise ValueError(
                "ReLU has no derivative at 0: no output cell may be 0, however the kernel is laid"
            )
        for cell in self.cells if self.operation == "max" else ():
            numbers = [self.frame[0][place] for place in self.slide.window(cell)]
            if numbers.count(max(numbers)) > 1:
                raise ValueError("a window has two largest numbers: which of them gets the gradient is open")

    # -- one entry written out ------------------------------------------------------------------

    def links(self) -> Iterator[tuple[Pair, Pair, Pair]]:
        """Yield an output cell, an entry of the window and the padded cell that they join."""
        taps = all_cells(self.slide.kernel)
        for cell in self.cells:
            for tap, place in zip(taps[::-1] if self.turned else taps, self.slide.window(cell), strict=True):
                yield cell, tap, place

    def met(self, subject: Subject, entry: Pair) -> list[tuple[Pair, Pair]]:
        """Return the output cells in which an entry takes part, each with what the entry meets there.

        A weight meets a cell of the padded input; a cell of the input meets an entry of the window.
        """
        if subject == "weight":
            return [(cell, place) for cell, tap, place in self.links() if tap == entry]
        (top, _), (left, _) = self.slide.padding
        at = entry[0] + top, entry[1] + left
        return [(cell, tap) for cell, tap, place in self.links() if place == at]

    def terms(self, subject: Subject, entry: Pair, grad: Any) -> list[tuple[Number, Number]]:
        """Return the products that add up to one entry of a gradient: dY, and what it is multiplied by."""
        grad = array(grad)
        return [(grad[cell], self._factor(subject, place)) for cell, place in self.met(subject, entry)]

    def _factor(self, subject: Subject, place: Pair) -> Number:
        if subject == "weight":
            return self.frame[0][place]  # type: ignore[no-any-return]
        if self.operation == "conv":
            return self.kernel[place[0]][place[1]]
        return Fraction(1, self.slide.kernel[0] * self.slide.kernel[1])

    def made_of(self, subject: Subject, entry: Pair, grad: Map) -> Sum | None:
        """Return the products that add up to one entry of a gradient; max pooling has none."""
        if subject == "bias":
            return Sum(tuple(Term(number) for row in grad for number in row))
        if subject == "input" and self.operation == "max":
            return None
        (top, _), (left, _) = self.slide.padding
        found = []
        for cell, place in self.met(subject, entry):
            back, factor = grad[cell[0]][cell[1]], self._factor(subject, place)
            if subject == "input":
                found.append(Term(back, factor, beside(grad, cell)))
            else:
                found.append(Term(factor, back, beside(self.image, (place[0] - top, place[1] - left))))
        return Sum(tuple(found))

    def factors(self, subject: Subject, entries: Iterable[Pair], grad: Any) -> list[tuple[Number, Number]]:
        """Return all that is multiplied for a gradient; to add or to look at a number counts as times 1."""
        if subject == "bias":
            return [(number, 1) for number in array(grad).ravel()]
        if self.operation == "max":
            return [(1, 1) for _ in self.links()]
        return [pair for entry in entries for pair in self.terms(subject, entry, grad)]

    def winner(self, cell: Pair) -> Pair:
        """Return the cell that holds the largest number of a window."""
        return max(self.slide.window(cell), key=lambda place: self.frame[0][place])
