"""Compute gradients of one convolution or pooling of a single map by hand.

What an entry says under ``params`` (drawn) or ``given`` (fixed):

``of``
    ``conv``, ``max`` or ``avg``: a convolution, max pooling or average pooling.
``with_respect_to``
    A list of ``weight``, ``bias`` and ``input``; of a pooling, ``[input]``.
``input``
    The map that comes in: ``{shape: [H, W], from: -3, to: 5}``; fixed: a block of rows.
``kernel``, ``bias``
    Of a convolution: ``{shape: [h, w], one_of: [-1, 0, 1, 2]}``; fixed: a block of rows. The bias is a
    number, default 0.
``window``
    The size of the window of a pooling, once or for each axis.
``stride``, ``padding``
    Once or for each axis; without a stride a convolution moves by 1 and a pooling by its window. Only a
    convolution is padded, with zeros. The last window has to end with the padded input.
``grad``
    The gradient dY that comes back from the output: what its numbers are drawn from, ``{from: -2, to: 3}``;
    fixed: a block of rows.
``loss``
    Instead of ``grad``, for a convolution: ``sum``, the sum of all output cells, or ``squared``, half the sum
    of the squared differences from a ``target``, which is said like ``grad``. Then dY is asked as well, and
    so is Y where dY depends on it.
``relu``
    Whether ReLU stands between the convolution and its loss.
``rate``
    A learning rate, ``{one_of: [1/10, 1/2]}``; fixed: a number. Then a step of gradient descent is asked.
``cell``
    Ask for one entry of the gradient only; drawn ``any``, fixed (row, column), counted from 0.
``show_shape``
    Print the empty maps in their right size; by default the size is part of the question.

No two numbers of a window may both be its maximum, and no output cell of a convolution may be 0 before ReLU,
however the kernel is laid: there is no derivative there.

A prompt may show: ``X``, ``W``, ``b``, ``Y``, ``dY``, ``T``, ``window``, ``stride``, ``padding``,
``operation``, ``rate``, ``loss``, ``cell``, and ``notation``, the sentence that says what dY means.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from math import prod
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Field as Bounds

from ..backward.answers import GRADIENTS, STEPPED, asked, is_number, needed, size_of, slide_of
from ..backward.differences import Differences, descended, loss_of
from ..backward.effort import effort_of, remaining_of
from ..backward.layer import Loss, Operation, Subject
from ..backward.parts import check_parts
from ..backward.steps import gradient_work, loss_formula, output_work, step_work
from ..backward.values import backward_of, is_turned, layer_of, picked, values
from ..backward.wrong_gradients import MISCONCEPTIONS
from ..document import Shown, Symbol, say
from ..draws import Entries, Ints, TensorRange, draw_entries, draw_filled, draw_int, draw_tensor
from ..engine import array
from ..figures.model import Grid
from ..model import Case, Effort, Field, Key, QuestionType, Refused, Step, Value
from ..reading.schema import Exact, Flag, Whole, record
from ..sliding.filtering import cell_symbol, operation_phrase
from ..sliding.geometry import (
    MOST_PRODUCTS,
    Map,
    PaddingRange,
    Pair,
    PerAxis,
    Sides,
    draw_padding,
    draw_pair,
    map_size,
    padding_phrase,
    pair_phrase,
    size_phrase,
)
from ..sliding.worked import Slide
from ..streams import Stream
from ..sums import Sum
from ..values import nested

Subjects: TypeAlias = Annotated[tuple[Subject, ...], Bounds(min_length=1)]


@record
class Params:
    """What an entry draws from."""

    of: Operation
    with_respect_to: Subjects
    input: TensorRange
    kernel: TensorRange | None = None
    bias: Ints = 0
    window: PerAxis | None = None
    stride: PerAxis | None = None
    padding: PaddingRange = 0
    grad: Entries | None = None
    loss: Loss | None = None
    target: Entries | None = None
    relu: Flag = False
    rate: Entries | None = None
    cell: Literal["any"] | None = None
    show_shape: Flag = False

    def __post_init__(self) -> None:
        for range_ in (self.input, *([self.kernel] if self.kernel else [])):
            if len(range_.shape) != 2:
                raise ValueError("'input' needs the shape [H, W], and 'kernel' the shape [h, w]")
        check_parts(self)


@record
class Given:
    """What decides the answer."""

    of: Operation
    with_respect_to: Subjects
    input: Map
    kernel: Map | None = None
    bias: Exact = 0
    window: Pair | None = None
    stride: Pair | None = None
    padding: Sides = ((0, 0), (0, 0))
    grad: Map | None = None
    loss: Loss | None = None
    target: Map | None = None
    relu: Flag = False
    rate: Exact | None = None
    cell: tuple[Whole, Whole] | None = None
    show_shape: Flag = False

    def __post_init__(self) -> None:
        check_parts(self)
        slide, size = slide_of(self), map_size(self.input)
        positions = slide.positions(size)
        forward = max(prod(positions) * prod(slide.kernel), prod(size))
        if forward * max(map(prod, (size, slide.kernel, positions))) > MOST_PRODUCTS:
            raise ValueError("the maps are too large for a gradient by hand")
        if slide.left_over(size) != (0, 0):
            raise ValueError("the last window needs to end with the padded input; change 'stride' or a size")
        for name, rows in (("grad", self.grad), ("target", self.target)):
            if rows is not None and map_size(rows) != positions:
                raise ValueError(f"'{name}' needs the size of the output: {positions[0]} x {positions[1]}")
        if self.rate is not None and self.rate <= 0:
            raise ValueError("'rate' needs to be above 0")
        if self.cell is not None:
            height, width = size_of(self, GRADIENTS[self.with_respect_to[0]])
            if not (0 <= self.cell[0] < height and 0 <= self.cell[1] < width):
                raise ValueError("'cell' lies outside the gradient")
        for turned in (False, True):
            layer_of(self, turned=turned).require_smooth(rectified=self.relu)


# -- drawing and asking -------------------------------------------------------------------------


def draw(params: Params, stream: Stream) -> Given:
    """Draw the numbers; refuse what does not fit, and numbers at which there is no derivative."""
    image = draw_tensor(params.input, stream.child("input"))
    kernel = draw_tensor(params.kernel, stream.child("kernel")) if params.kernel else None
    window = map_size(kernel) if kernel else draw_pair(params.window or 1, stream.child("window"))
    usual = (1, 1) if params.of == "conv" else window
    stride = draw_pair(params.stride, stream.child("stride")) if params.stride else usual
    try:
        padding = draw_padding(
            params.padding,
            stream.child("padding"),
            sizes=map_size(image),
            kernel=window,
            stride=stride,
            dilation=(1, 1),
        )
        positions = Slide(window, stride, padding).positions(map_size(image))

        def filled(name: str, entries: Entries | None) -> Any:
            return draw_filled(entries, positions, stream.child(name)) if entries else None

        given = Given(
            of=params.of,
            with_respect_to=params.with_respect_to,
            input=image,
            kernel=kernel,
            bias=draw_int(params.bias, stream.child("bias")),
            window=window if params.window else None,
            stride=stride,
            padding=padding,
            grad=filled("grad", params.grad),
            loss=params.loss,
            target=filled("target", params.target),
            relu=params.relu,
            rate=draw_entries(params.rate, 1, stream.child("rate"))[0] if params.rate else None,
            show_shape=params.show_shape,
        )
    except ValueError as error:
        raise Refused(str(error)) from error
    if params.cell is None:
        return given
    cells, name = stream.child("cell"), GRADIENTS[params.with_respect_to[0]]
    row, column = (cells.child(str(axis)).below(length) for axis, length in enumerate(size_of(given, name)))
    return replace(given, cell=(row, column))


def show(case: Case[Given]) -> Mapping[str, Shown]:
    """Name what a prompt may show."""
    given, slide = case.given, slide_of(case.given)
    shown: dict[str, Shown] = {
        "X": Grid(given.input, "X"),
        "Y": Symbol("Y"),
        "stride": pair_phrase(slide.stride),
        "padding": padding_phrase(slide.padding),
        "window": size_phrase(slide.kernel),
        "operation": operation_phrase(case.conventions),
        "notation": say(
            "Gradients are written with a d: $dY$ holds the derivatives $\\partial L/\\partial Y_{i,j}$ of a "
            "loss $L$ with respect to the cells of $Y$, and so on."
        ),
    }
    if given.kernel is not None:
        shown |= {"W": Grid(given.kernel, "W"), "b": given.bias}
    if given.grad is not None:
        shown["dY"] = Grid(given.grad, "dY")
    if given.target is not None:
        shown["T"] = Grid(given.target, "T")
    if given.loss is not None:
        shown["loss"] = loss_formula(given.loss, rectified=given.relu)
    if given.rate is not None:
        shown["rate"] = given.rate
    if given.cell is not None:
        shown["cell"] = _symbol(case, GRADIENTS[given.with_respect_to[0]])
    return shown


def essential(case: Case[Given]) -> tuple[str, ...]:
    """Name what nobody can do without."""
    given, slide = case.given, slide_of(case.given)
    names = {
        "X": True,
        "W": given.kernel is not None,
        "operation": given.kernel is not None,
        "window": given.window is not None,
        "stride": given.window is not None or slide.stride != (1, 1),
        "padding": any(map(any, given.padding)),
        "b": bool(given.bias) and ("Y" in asked(given) or "b_new" in asked(given)),
        "dY": given.grad is not None,
        "loss": given.loss is not None,
        "T": given.target is not None,
        "rate": given.rate is not None,
        "cell": given.cell is not None,
    }
    return tuple(name for name, is_needed in names.items() if is_needed)


def ask(case: Case[Given]) -> tuple[Field, ...]:
    """Ask for the gradients, on the way there for Y and dY where they are not given, and for the step."""
    given = case.given
    return tuple(
        Field(
            name,
            "number" if is_number(given, name) else "tensor",
            _symbol(case, name),
            shape=size_of(given, name) if given.show_shape and not is_number(given, name) else None,
            needs=needed(given, name),
        )
        for name in asked(given)
    )


def _symbol(case: Case[Given], name: str) -> Symbol:
    symbol = name.replace("_new", "'")
    if case.given.cell is None or name in ("Y", "dY"):
        return Symbol(symbol)
    return cell_symbol(f"{{{symbol}}}", case.given.cell, case.conventions.origin)


# -- the key and the way to it ------------------------------------------------------------------


def solve(case: Case[Given], taken: Mapping[str, Value]) -> Key:
    """Go forward and back with the engine; what is taken replaces what comes out."""
    return {name: (value,) for name, value in values(case, taken).items()}


def second(case: Case[Given]) -> Key:
    """Move every number a little and see what the loss does, without the engine."""
    given, layer = case.given, layer_of(case.given, turned=is_turned(case))
    loss = loss_of(grad=given.grad, target=given.target, rectified=given.relu)
    moved = Differences(layer, loss, given.relu)
    found = {"Y": moved.output(), "dY": moved.at_output()}
    computed = {"weight": moved.at_weight, "bias": moved.at_bias, "input": moved.at_input}
    starts = {"weight": layer.kernel, "bias": ((layer.bias,),)}
    for subject in given.with_respect_to:
        slope = found[GRADIENTS[subject]] = computed[subject]()
        if given.rate is not None:
            found[STEPPED[subject]] = descended(starts[subject], slope, given.rate)
    row, column = given.cell or (0, 0)
    return {
        name: (found[name][row][column] if is_number(given, name) else nested(found[name]),)
        for name in asked(given)
    }


def effort(case: Case[Given]) -> Effort:
    """Count the products of non-zero numbers forward and back, the look-ups of a pooling, and the step."""
    return effort_of(case.given, backward_of(case), values(case, {}))


def remaining(case: Case[Given], taken: Mapping[str, Value], name: str) -> int:
    """Count the products of non-zero numbers on the way back, or the entries of the step that change."""
    return remaining_of(case.given, backward_of(case), values(case, taken), name)


def work(case: Case[Given]) -> Iterator[Step]:
    """Go forward where that is needed, and back, one gradient after the other."""
    given, origin = case.given, case.conventions.origin
    layer, key = backward_of(case), values(case, {})
    if given.loss is not None:
        yield from output_work(layer, given.loss, given.target, rectified=given.relu, origin=origin)
    grad = given.grad if given.grad is not None else key["dY"]
    for subject in given.with_respect_to:
        yield from gradient_work(layer, subject, grad, origin=origin, cell=given.cell)
    if given.rate is not None:
        yield say("**The step** goes against the gradient, as far as the learning rate says:")
        for subject in given.with_respect_to:
            start = given.bias if subject == "bias" else picked(given, "dW", array(given.kernel))
            slope = key[GRADIENTS[subject]]
            yield from step_work(given.rate, start, slope, subject=subject, origin=origin, cell=given.cell)


def made_of(case: Case[Given], field: str, cell: tuple[int, int]) -> Sum | None:
    """Return the products of an entry of the output or of a gradient."""
    given, layer = case.given, backward_of(case)
    subject = next((subject for subject in given.with_respect_to if GRADIENTS[subject] == field), None)
    if subject is None:
        return layer.filtering.made_of(0, cell) if (field, layer.operation) == ("Y", "conv") else None
    grad = given.grad if given.grad is not None else values(case, {})["dY"]
    return layer.made_of(subject, given.cell or cell, grad)


TYPE = QuestionType(
    name="gradient",
    version=1,
    params=Params,
    given=Given,
    draw=draw,
    show=show,
    ask=ask,
    solve=solve,
    second=second,
    effort=effort,
    work=work,
    misconceptions=MISCONCEPTIONS,
    manual=__doc__,
    essential=essential,
    pace=8,
    made_of=made_of,
    remaining=remaining,
)
