"""How the matrix of a convolution is written out, and how its entries are counted, step by step."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from fractions import Fraction
from math import prod
from typing import Any

from .. import latex
from ..document import Message, Symbol, say
from ..engine import array
from ..figures.model import Grid
from ..language import phrase
from ..model import Step
from ..networks.count_steps import result, times
from ..number import Number
from ..sliding.worked import TURNED, size_formulas, span_steps, sum_formulas
from ..sliding.worked import result as ending
from ..values import nested
from .matrix import Unrolled


def size_work(unrolled: Unrolled, *, flat: bool, rows: bool) -> Iterator[Step]:
    """Count outputs and inputs; `flat` is a sequence, and `rows` writes vectors as rows."""
    maps, channels = unrolled.kernels.shape[:2]
    yield from span_steps(zip(unrolled.slide.kernel, unrolled.slide.dilation, strict=True))
    yield say("The window has this many positions:")
    if flat:
        *_, positions = size_formulas(unrolled.sizes, unrolled.slide, ("", phrase("positions")))
        yield positions
    else:
        yield from size_formulas(unrolled.sizes, unrolled.slide)
    inputs = _factors(channels, unrolled.sizes, flat=flat)
    outputs = _factors(maps, unrolled.outputs, flat=flat)
    if len(inputs) > 1:
        yield result("inputs", inputs)
        yield result("outputs", outputs)
    yield _orientation(prod(inputs), prod(outputs), rows=rows)


def _factors(count: int, sizes: tuple[int, int], *, flat: bool) -> list[int]:
    factors = [sizes[1]] if flat else list(sizes)
    return [count, *factors] if count > 1 else factors


def _orientation(inputs: int, outputs: int, *, rows: bool) -> Message:
    if rows:
        return say(
            "In $y=xA$ every input has a row of $A$ and every output a column: "
            "$A$ is {{ inputs }} × {{ outputs }}.",
            inputs=inputs,
            outputs=outputs,
        )
    return say(
        "In $y=Ax$ every output has a row of $A$ and every input a column: "
        "$A$ is {{ outputs }} × {{ inputs }}.",
        inputs=inputs,
        outputs=outputs,
    )


def matrix_work(unrolled: Unrolled, *, rows: bool) -> Iterator[Step]:
    """Say where the kernel's entries stand, and draw the matrix with its first output marked."""
    if unrolled.turned:
        yield TURNED
        yield Grid(nested(unrolled.laid()[0, 0]), "K'")
    if rows:
        yield say(
            "A column holds what its output is computed with: the kernel's entries, each in the row of the "
            "input that it is multiplied by. All other entries are 0. The column of the first output is "
            "marked; the next column is the same, moved down by {{ step }}, as the window moves.",
            step=_step(unrolled),
        )
    else:
        yield say(
            "A row holds what its output is computed with: the kernel's entries, each in the column of the "
            "input that it is multiplied by. All other entries are 0. The row of the first output is "
            "marked; the next row is the same, moved right by {{ step }}, as the window moves.",
            step=_step(unrolled),
        )
    if unrolled.sizes[0] > 1:
        yield say(
            "Where the window goes back to the left for the next row of the image, the entries move further."
        )
    if any(map(any, unrolled.slide.frame(unrolled.sizes))):
        yield say(
            "An entry that would meet a zero beside the input falls away: that zero has no place in $x$."
        )
    yield _drawn(unrolled.matrix(), rows=rows)


def _step(unrolled: Unrolled) -> int:
    return unrolled.slide.stride[1]


def _drawn(matrix: Any, *, rows: bool) -> Grid:
    """Draw the matrix: the first output marked, zeros standing back."""
    laid = matrix.T if rows else matrix
    places = [(row, column) for row in range(len(laid)) for column in range(len(laid[0]))]
    return Grid(
        nested(laid),
        "A",
        marked=frozenset(place for place in places if place[1 if rows else 0] == 0),
        faint=frozenset(place for place in places if not laid[place]),
    )


def output_work(matrix: Any, x: Sequence[Number], origin: int) -> Iterator[Step]:
    """Write every output as the sum of its products."""
    yield say(
        "Each output is the sum of the inputs, each times its entry of $A$. Products with 0 are left out:"
    )
    for place, (row, total) in enumerate(zip(matrix, matrix @ array(x), strict=True), origin):
        pairs = [(number, weight) for number, weight in zip(x, row, strict=True) if weight]
        yield from sum_formulas(latex.indexed("y", place), pairs, bias=0, total=total, digits=None)


def count_work(unrolled: Unrolled, asked: Collection[str], digits: int | None) -> Iterator[Step]:
    """Count what is asked."""
    matrix = unrolled.matrix()
    entries, filled = matrix.size, int((matrix != 0).sum())
    if set(asked) & {"nonzeros", "zeros", "zero_share"}:
        yield from _nonzeros_work(unrolled, filled)
    if set(asked) & {"zeros", "zero_share"}:
        yield Symbol(rf"\text{{zeros}}={times(*matrix.shape)}-{filled}={entries - filled}")
    if "zero_share" in asked:
        share = Fraction(100 * (entries - filled), entries)
        quotient = rf"\frac{{{entries - filled}}}{{{entries}}}\cdot 100\,\%"
        yield Symbol(rf"\text{{share of zeros}}={quotient}={ending(share, digits)}\,\%")
    if "parameters" in asked:
        maps, channels, *window = unrolled.kernels.shape
        yield say(
            "All positions use the same weights, so only the entries of the kernels are "
            "free; those that happen to be 0 are among them:"
        )
        factors = [factor for factor in (maps, channels, *window) if factor > 1] or [1]
        yield result("parameters", factors)
    if "dense" in asked:
        yield say(
            "A dense layer has a weight for every input of every output, so no entry of its matrix is fixed:"
        )
        yield result("weights", matrix.shape)


def _nonzeros_work(unrolled: Unrolled, filled: int) -> Iterator[Step]:
    """Count the outputs at which each entry of the kernel meets an input."""
    maps, channels, *_ = unrolled.kernels.shape
    laid, (down, across) = unrolled.laid()[0, 0], unrolled.reached()
    taps = [(u, v) for u in range(len(down)) for v in range(len(across)) if laid[u, v]]
    copies = [count for count in (maps, channels) if count > 1]
    if ({*down}, {*across}) == tuple({count} for count in unrolled.outputs):
        yield say(
            "The window always lies inside the input, so every output has an entry for each weight "
            "that is not 0:"
        )
        positions = [count for count in unrolled.outputs if count > 1]
        yield result("non-zeros", [*copies, *positions, len(taps)])
        return
    yield say(
        "A weight stands in $A$ once for every position of the window in which it lies on a cell of the "
        "input, not on padding."
    )
    if len(down) == 1:
        yield (
            say("Count these positions for each weight, from the first to the last, and add up:")
            if len(taps) == len(across)
            else say(
                "Count these positions for each weight that is not 0, from the first to the last, and add up:"
            )
        )
        terms = "+".join(str(across[v]) for _, v in taps)
    elif len(taps) == len(down) * len(across):
        yield say(
            "Count these positions for each row of the window, and for each of its columns, from the first "
            "to the last; multiply the two sums:"
        )
        terms = rf"({'+'.join(map(str, down))})\cdot ({'+'.join(map(str, across))})"
    else:
        yield say(
            "Count these positions for each weight that is not 0, row by row of the kernel, and add up:"
        )
        terms = "+".join(rf"{down[u]}\cdot {across[v]}" for u, v in taps)
    if copies and len(down) == 1:
        terms = f"({terms})"
    front = "".join(rf"{count}\cdot " for count in copies)
    yield Symbol(rf"\text{{non-zeros}}={front}{terms}={filled}")
