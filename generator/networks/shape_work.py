"""Worked steps that lead from the shape before a layer to the shape behind it: shared by several kinds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from ..document import Message, Symbol, say
from ..engine import effective_kernel
from ..language import phrase
from ..model import Conventions, Step
from ..sliding.geometry import LEFT_OUT
from ..sliding.worked import span_steps
from .architecture import Conv, Layer, Pad, Pool, Shape, each
from .shape_rules import Window, out_shape, windows

_AXES = {1: (phrase("length"),), 2: (phrase("height"), phrase("width"))}


def shape_work(layer: Layer, shape: Shape, conventions: Conventions) -> Iterator[Step]:
    """Work out the shape behind a layer from the shape before it."""
    match layer:
        case Conv() | Pool():
            axes = windows(layer, shape[1:], conventions)
            yield from span_steps((axis.kernel, axis.dilation) for axis in axes)
            yield from _sizes(axes)
            yield _depth(layer, shape[0])
        case Pad(padding):
            sides = each(padding, len(shape) - 1)
            for name, size, (before, after) in zip(_AXES[len(shape) - 1], shape[1:], sides, strict=True):
                total = size + before + after
                yield Symbol(rf"\text{{{name}}}={size}+{before}+{after}={total}")
            yield say("Padding goes around every channel; their number stays {{ count }}.", count=shape[0])
        case "flatten":
            factors = r"\cdot ".join(map(str, shape))
            yield Symbol(f"{factors}={out_shape(layer, shape, conventions)[0]}")
        case "global_avg_pool" | "global_max_pool":
            yield say("One cell is left of every channel; their number stays {{ count }}.", count=shape[0])
        case str():
            yield say("This layer works on every value where it stands, and leaves the shape as it is.")
        case _:
            yield say("A dense layer puts out one value for each of its {{ n }} units.", n=layer.units)


def size_rules(layers: Iterable[Layer], conventions: Conventions) -> Iterator[Step]:
    """State the rules that the layers need: one for padding in numbers, one for 'same' padding."""
    sliding = [layer for layer in layers if isinstance(layer, (Conv, Pool))]
    same = [layer.padding in ("same_upper", "same_lower") for layer in sliding]
    if not all(same):
        yield from _number_rules(sliding, conventions)
    if any(same):
        yield say("With 'same' padding only the stride makes an axis shorter, to $\\lceil n/s\\rceil$ cells.")


def _number_rules(sliding: list[Conv | Pool], conventions: Conventions) -> Iterator[Step]:
    """State the rule for padding in numbers, with one number for each end where they differ."""
    if any(map(_is_uneven, sliding)):
        yield say(
            "Along an axis of $n$ cells with padding $p_1$ at the front and $p_2$ at the end, a window that "
            "spans $k$ cells and moves by $s$ cells at a time has this many positions:"
        )
        room = "n+p_1+p_2-k"
    else:
        yield say(
            "Along an axis of $n$ cells with padding $p$ at each end, a window that spans $k$ cells and "
            "moves by $s$ cells at a time has this many positions:"
        )
        room = "n+2p-k"
    ups = {
        conventions.rounding == "ceil" or (isinstance(layer, Pool) and layer.ceil_mode) for layer in sliding
    }
    for rounding in ("ceil" if up else "floor" for up in sorted(ups)):
        yield Symbol(rf"\left\l{rounding}\frac{{{room}}}{{s}}\right\r{rounding}+1")
    if True in ups:
        yield LEFT_OUT


def _is_uneven(layer: Conv | Pool) -> bool:
    return not isinstance(layer.padding, str) and any(before != after for before, after in layer.padding)


def _depth(layer: Conv | Pool, channels: int) -> Message:
    if isinstance(layer, Conv):
        return say("Each filter makes one output channel: {{ count }}.", count=layer.filters)
    return say("Every channel is pooled on its own; their number stays {{ count }}.", count=channels)


def _sizes(axes: tuple[Window, ...]) -> Iterator[Step]:
    """Work out every axis; equal ones are worked out once."""
    named = zip(axes, _AXES[len(axes)], strict=True)
    for axis, run in groupby(named, lambda pair: pair[0]):
        left = "=".join(rf"\text{{{name}}}" for _, name in run)
        yield Symbol(f"{left}={size_formula(axis)}")
        if _left_out(axis):
            yield say(
                "{{ left_out }} So {{ count }} are used.",
                left_out=LEFT_OUT,
                count=axis.positions(),
            )


def size_formula(axis: Window) -> str:
    """Write how many positions a window has, in LaTeX, up to where nothing is left out."""
    if axis.padding is None and axis.stride == 1:
        return str(axis.size)
    if axis.padding is None:
        return rf"{_quotient(str(axis.size), axis.stride, 'ceil')}={axis.positions()}"
    before, after = axis.padding
    added = "" if before == after == 0 else rf"+2\cdot {before}" if before == after else f"+{before}+{after}"
    room = f"{axis.size}{added}-{effective_kernel(axis.kernel, axis.dilation)}"
    rounding = "ceil" if axis.ceil else "floor"
    return f"{_quotient(room, axis.stride, rounding)}+1={axis.positions() + _left_out(axis)}"


def _quotient(room: str, stride: int, rounding: str) -> str:
    return room if stride == 1 else rf"\left\l{rounding}\frac{{{room}}}{{{stride}}}\right\r{rounding}"


def _left_out(axis: Window) -> int:
    """Return how many windows, rounded up, begin behind the input and its front padding."""
    if not axis.ceil or axis.padding is None:
        return 0
    before, after = axis.padding
    span = effective_kernel(axis.kernel, axis.dilation)
    return -(-(axis.size + before + after - span) // axis.stride) + 1 - axis.positions()
