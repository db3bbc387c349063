"""Shapes backwards: which padding, kernel, stride or dilation of a layer gives this output?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, Literal, TypeAlias

from ..document import Lines, Message, Shown, Symbol, say
from ..draws import From, To
from ..frozen import frozen
from ..model import Conventions, Step
from ..reading.schema import Flag, record
from .architecture import Conv, Pool, Shape
from .layer_phrases import shape_phrase, window_line, window_parts
from .shape_work import shape_work

MOST_CANDIDATES = 12

OutShape: TypeAlias = Callable[[Conv | Pool], Shape | None]
"""The shape behind a layer, or None where its window does not fit."""


@record
class Find:
    """The number that is asked.

    Attributes
    ----------
    quantity
        What is hidden.
    low, high
        The bounds within which it is asked, both included.
    smallest
        Whether only the smallest number that fits is right.
    """

    quantity: Literal["padding", "kernel", "stride", "dilation"]
    low: From
    high: To
    smallest: Flag = False

    def __post_init__(self) -> None:
        if self.low < (0 if self.quantity == "padding" else 1):
            raise ValueError(f"no {self.quantity} is as small as {self.low}")
        if not 2 <= len(self.candidates) <= MOST_CANDIDATES:
            raise ValueError(f"between the bounds lie 2 to {MOST_CANDIDATES} numbers")

    @property
    def candidates(self) -> range:
        """All numbers within the bounds."""
        return range(self.low, self.high + 1)

    @property
    def symbol(self) -> Symbol:
        """What stands for the number."""
        return Symbol(self.quantity[0])


@frozen
class Search:
    """A layer of which one number is hidden, and the output that it has to give."""

    find: Find
    layer: Conv | Pool
    input: Shape
    output: Shape

    def with_number(self, number: int) -> Conv | Pool:
        """Return the layer with a number in the hidden place."""
        value: Any = ((number, number),) if self.find.quantity == "padding" else (number,)
        return replace(self.layer, **{self.find.quantity: value})

    def layers(self) -> tuple[Conv | Pool, ...]:
        """Return the layer with every number within the bounds."""
        return tuple(map(self.with_number, self.find.candidates))

    def fitting(self, out_shape: OutShape) -> tuple[int, ...]:
        """Return the numbers that give the output, the smallest first."""
        return tuple(
            number for number in self.find.candidates if out_shape(self.with_number(number)) == self.output
        )

    def shown(self) -> dict[str, Shown]:
        """Name what a prompt may show; the hidden number is replaced before anything is worded."""
        layer, axes = self.with_number(self.find.high), len(self.input) - 1
        parts = {**window_parts(layer, axes), self.find.quantity: self._hidden(axes)}
        return {
            **parts,
            "layer": window_line(layer, parts),
            "output": shape_phrase(self.output),
            "quantity": self.find.symbol,
            "bounds": Symbol(rf"{self.find.low}\le {self.find.symbol.latex}\le {self.find.high}"),
        }

    def _hidden(self, axes: int) -> Message | Symbol:
        match self.find.quantity:
            case "padding":
                zeros = say("zero padding") if isinstance(self.layer, Conv) else say("padding")
                if axes == 2:
                    return say("{{ padding }} of $p$ on every side", padding=zeros)
                return say("{{ padding }} of $p$ at each end", padding=zeros)
            case "kernel" if axes == 2:
                return Symbol(r"k\times k")
            case _:
                return self.find.symbol

    def work(self, out_shape: OutShape, conventions: Conventions) -> Iterator[Step]:
        """Try every number, and work out the first that fits."""
        right = self.fitting(out_shape)
        yield say(
            "Try ${{ quantity }}={{ number }}$, which gives the output that is asked for:",
            quantity=self.find.symbol,
            number=right[0],
        )
        yield from shape_work(self.with_number(right[0]), self.input, conventions)
        yield say("All numbers within the bounds, tried in the same way:")
        yield Lines(tuple(self._tried(number, out_shape) for number in self.find.candidates), ordered=False)
        if self.find.smallest and len(right) > 1:
            yield say("The smallest number that fits is asked: {{ number }}.", number=right[0])
        elif len(right) > 1:
            yield say("{{ count }} numbers fit, and each of them is a right answer.", count=len(right))

    def _tried(self, number: int, out_shape: OutShape) -> Message:
        outcome = out_shape(self.with_number(number))
        tried = Symbol(f"{self.find.symbol.latex}={number}")
        if outcome is None:
            return say("{{ tried }}: the window does not fit", tried=tried)
        if outcome == self.output:
            return say("{{ tried }}: {{ shape }}, **as asked**", tried=tried, shape=shape_phrase(outcome))
        return say("{{ tried }}: {{ shape }}", tried=tried, shape=shape_phrase(outcome))
