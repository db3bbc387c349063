"""The way back through a layer, written out line by line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from .. import latex
from ..document import Lines, Symbol, say
from ..engine import array
from ..engine.later import np
from ..figures.model import Grid
from ..language import phrase
from ..model import Step
from ..number import Number
from ..sliding.filtering import WRITTEN_OUT, cell_symbol
from ..sliding.geometry import all_cells
from ..sliding.worked import Pair, grids, padded_figure, result, solved_grid, sum_formulas
from ..values import nested
from .layer import Backward, Loss, Subject


def loss_formula(loss: Loss, *, rectified: bool) -> Symbol:
    """Write a loss of the output Y."""
    cell = r"\max(0,Y_{i,j})" if rectified else "Y_{i,j}"
    if loss == "sum":
        return Symbol(rf"L=\sum_{{i,j}}{cell}")
    return Symbol(rf"L=\tfrac{{1}}{{2}}\sum_{{i,j}}({cell}-T_{{i,j}})^2")


def output_work(layer: Backward, loss: Loss, target: Any, *, rectified: bool, origin: int) -> Iterator[Step]:
    """Go forward to Y, and back from the loss to dY."""
    output = layer.output()
    if rectified or loss == "squared":
        yield say("**Forward.** Each cell of $Y$ is the sum of the products of its window, plus the bias:")
        for cell in layer.cells:
            yield from sum_formulas(
                cell_symbol("Y", cell, origin).latex,
                layer.filtering.factors(0, cell),
                bias=layer.bias,
                total=output[cell],
                digits=None,
            )
        yield solved_grid(output, "Y", None)
    back = layer.at_output(output, loss, target=target, rectified=rectified)
    yield say("**Back to $Y$.** By the chain rule, $dY$ is a product of derivatives:")
    yield Symbol(_chain_rule(loss, rectified=rectified))
    if rectified:
        yield say(
            "ReLU has the derivative 1 where $Y$ is positive and 0 where it is negative, so the gradient "
            "stops at the negative cells of $Y$."
        )
    if loss == "squared":
        for cell in layer.cells:
            yield Symbol(_error_formula(cell, output, target, back, rectified=rectified, origin=origin))
    yield solved_grid(back, "dY", None)


def _chain_rule(loss: Loss, *, rectified: bool) -> str:
    outer = "1" if loss == "sum" else r"(A_{i,j}-T_{i,j})" if rectified else r"Y_{i,j}-T_{i,j}"
    if not rectified:
        return rf"dY_{{i,j}}=\frac{{\partial L}}{{\partial Y_{{i,j}}}}={outer}"
    inner = r"\frac{\partial A_{i,j}}{\partial Y_{i,j}}"
    return (
        rf"dY_{{i,j}}=\frac{{\partial L}}{{\partial A_{{i,j}}}}\cdot {inner}={outer}\cdot {inner},"
        r"\quad A_{i,j}=\max(0,Y_{i,j})"
    )


def _error_formula(cell: Pair, output: Any, target: Any, back: Any, *, rectified: bool, origin: int) -> str:
    left, value, wanted = cell_symbol("dY", cell, origin).latex, output[cell], array(target)[cell]
    if not rectified:
        return f"{left}={latex.number(value)}{latex.added(-wanted)}={latex.number(back[cell])}"
    active, slope = (value, 1) if value > 0 else (0, 0)
    error = f"{latex.number(active)}{latex.added(-wanted)}"
    return rf"{left}=({error})\cdot {slope}={latex.number(back[cell])}"


def gradient_work(
    layer: Backward, subject: Subject, grad: Any, *, origin: int, cell: Pair | None
) -> Iterator[Step]:
    """Write one gradient out: of one entry first, with what takes part in it marked."""
    if subject == "bias":
        yield from _bias_work(layer, grad)
    elif layer.operation == "max":
        yield from _routing_work(layer, grad, origin)
    else:
        yield from _entries_work(layer, subject, grad, origin, cell)


def _bias_work(layer: Backward, grad: Any) -> Iterator[Step]:
    numbers = list(array(grad).ravel())
    total = latex.number(numbers[0]) + "".join(map(latex.added, numbers[1:]))
    yield say("**The bias** takes part in every cell of $Y$ with the factor 1, so $db$ is the sum of $dY$:")
    yield Symbol(f"db={total}={latex.number(layer.at_bias(grad))}")


_RULES = {
    "weight": phrase(
        "**The weights.** A weight meets one cell of the input in every window. For {{ entry }} these "
        "cells are marked in {{ X }}. Multiply each by the cell of {{ dY }} that belongs to its window, "
        "and add the products."
    ),
    "input": phrase(
        "**The input.** An input cell takes part in every output cell whose window it lies in. For "
        "{{ entry }} these are marked in {{ dY }}. Multiply each by the weight that met the input cell in "
        "its window, marked in {{ W }}, and add the products."
    ),
    "mean": phrase(
        "**The input.** An input cell takes part in every output cell whose window it lies in. For "
        "{{ entry }} these are marked in {{ dY }}. Divide each by the number of cells of the window, "
        "and add up."
    ),
}


def _entries_work(
    layer: Backward, subject: Subject, grad: Any, origin: int, cell: Pair | None
) -> Iterator[Step]:
    symbol, compute = _named(layer, subject)
    gradient = compute(grad)
    entries = [cell] if cell else all_cells(gradient.shape)
    first = max(entries, key=lambda entry: len(layer.met(subject, entry)))
    yield _instruction(layer, subject, grad, cell_symbol(symbol, first, origin), first, origin)
    shown = entries if len(entries) <= WRITTEN_OUT else [first]
    for entry in shown:
        yield from sum_formulas(
            cell_symbol(symbol, entry, origin).latex,
            layer.terms(subject, entry, grad),
            bias=0,
            total=gradient[entry],
            digits=None,
        )
    if len(shown) < len(entries):
        yield say("Every other entry is found in the same way.")
    if cell is None:
        yield solved_grid(gradient, symbol, None)


def _named(layer: Backward, subject: Subject) -> tuple[str, Callable[[Any], Any]]:
    return ("dW", layer.at_weight) if subject == "weight" else ("dX", layer.at_input)


def _instruction(layer: Backward, subject: Subject, grad: Any, entry: Symbol, at: Pair, origin: int) -> Step:
    """Say how one entry is found, with the figures that show it."""
    met = layer.met(subject, at)
    outputs, others = frozenset(cell for cell, _ in met), frozenset(place for _, place in met)
    back = Grid(nested(grad), "dY", marked=outputs if subject == "input" else frozenset())
    (image,) = grids(padded_figure((layer.image,), layer.slide, origin=origin))
    if subject == "weight":
        return say(_RULES["weight"], entry=entry, X=replace(image, marked=others), dY=back)
    if layer.operation == "avg":
        return say(_RULES["mean"], entry=entry, dY=back)
    return say(_RULES["input"], entry=entry, dY=back, W=Grid(layer.kernel, "W", marked=others))


def _routing_work(layer: Backward, grad: Any, origin: int) -> Iterator[Step]:
    """Say which cell each window hands its gradient to."""
    grad, winners = array(grad), {cell: layer.winner(cell) for cell in layer.cells}
    image = Grid(layer.image, "X", marked=frozenset(winners.values()))
    yield say(
        "**The input.** The gradient of a window goes to its largest number alone, because the output is "
        "that number. The largest numbers are marked in {{ X }}.",
        X=image,
    )
    yield Lines(
        tuple(
            say(
                "The window of {{ cell }} has its maximum {{ number }} at {{ place }}: it gets {{ grad }}.",
                cell=cell_symbol("Y", cell, origin),
                number=layer.frame[0][place],
                place=cell_symbol("X", place, origin),
                grad=grad[cell],
            )
            for cell, place in winners.items()
        ),
        ordered=False,
    )
    if len(set(winners.values())) < len(winners):
        yield say("A cell that is the maximum of several windows gets the sum of their gradients.")
    yield say("All other cells of $dX$ are 0.")
    yield solved_grid(layer.at_input(grad), "dX", None)


def step_work(
    rate: Number, start: Any, gradient: Any, *, subject: Subject, origin: int, cell: Pair | None
) -> Iterator[Step]:
    """Write a step of gradient descent out."""
    letter = "b" if subject == "bias" else "W"
    yield Symbol(rf"{letter}'={letter}-\alpha\cdot d{letter}")
    starts: Any = array(start)
    slopes: Any = array(gradient)
    stepped: Any = array(starts - rate * slopes)
    for entry in np.ndindex(starts.shape):
        row, column = cell or entry or (0, 0)
        left = "b'" if subject == "bias" else cell_symbol("{W'}", (row, column), origin).latex
        before, slope, after = (numbers[entry] for numbers in (starts, slopes, stepped))
        terms = rf"{latex.number(before)}-{latex.number(rate)}\cdot {latex.factor(slope)}"
        yield Symbol(f"{left}={terms}={result(after, None)}")
    if stepped.ndim:
        yield solved_grid(stepped, "W'", None)
