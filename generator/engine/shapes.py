"""How large things come out: the only place where an output size is computed.

Notation: input size i, kernel k, stride s, padding p on one side, dilation d, output size o.

Source: V. Dumoulin and F. Visin, "A guide to convolution arithmetic for deep learning",
arXiv:1603.07285; its relationships 1 to 15 are special cases of the formulas below.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from .arguments import AxisPadding, Padding, PerAxis, ShapeError, each_axis, whole
from .padding import effective_kernel, resolve_padding


class Axis(NamedTuple):
    """A window that slides along one axis; all numbers count cells."""

    size: int
    kernel: int
    stride: int
    dilation: int
    before: int
    after: int
    out: int


def axis(
    size: int,
    kernel: int,
    *,
    stride: int = 1,
    padding: AxisPadding = 0,
    dilation: int = 1,
    ceil_mode: bool = False,
) -> Axis:
    """Work out one axis; see `out_size`."""
    size, kernel = whole("size", size), whole("kernel", kernel)
    stride, dilation = whole("stride", stride), whole("dilation", dilation)
    before, after = resolve_padding(padding, size, kernel, stride=stride, dilation=dilation)
    span = effective_kernel(kernel, dilation)
    room = size + before + after - span
    out = room // stride + 1
    if ceil_mode:
        out = min(-(-room // stride) + 1, -(-(size + before) // stride))
    if out < 1:
        raise ShapeError(
            f"a window that spans {span} (kernel {kernel}, dilation {dilation}) does not fit into "
            f"{before} + {size} + {after} = {before + size + after} cells: "
            "take a smaller kernel or dilation, or more padding"
        )
    return Axis(size, kernel, stride, dilation, before, after, out)


def axes(
    sizes: Sequence[int],
    kernel: PerAxis,
    *,
    stride: PerAxis = 1,
    padding: Padding = 0,
    dilation: PerAxis = 1,
    ceil_mode: bool = False,
) -> tuple[Axis, ...]:
    """Work out every axis; see `out_size`."""
    count = len(sizes)
    if count == 0:
        raise ShapeError("an image (C, *spatial) needs at least one spatial axis")
    each = zip(
        sizes,
        each_axis("kernel", kernel, count),
        each_axis("stride", stride, count),
        each_axis("padding", padding, count),
        each_axis("dilation", dilation, count),
        strict=True,
    )
    return tuple(axis(i, k, stride=s, padding=p, dilation=d, ceil_mode=ceil_mode) for i, k, s, p, d in each)


def out_size(
    size: int,
    kernel: int,
    *,
    stride: int = 1,
    padding: AxisPadding = 0,
    dilation: int = 1,
    ceil_mode: bool = False,
) -> int:
    """Return the output size of a convolution or a pooling along one axis.

    o = floor((i + 2p - d(k - 1) - 1) / s) + 1, relationship 15 of the guide; relationships 1 to 7 are
    its cases with d = 1. In ceil mode the division is rounded up, so that the last window may hang over
    the end, but a window that would start behind input and front padding is dropped, as PyTorch does.

    Raises
    ------
    ShapeError
        If a number is not whole or too small, or the window does not fit.
    """
    return axis(size, kernel, stride=stride, padding=padding, dilation=dilation, ceil_mode=ceil_mode).out


def transposed_out_size(
    size: int,
    kernel: int,
    *,
    stride: int = 1,
    padding: AxisPadding = 0,
    output_padding: int = 0,
    dilation: int = 1,
) -> int:
    """Return the output size of a transposed convolution along one axis.

    o = s(i - 1) + d(k - 1) + 1 - 2p + a, relationships 8 to 14 of the guide: padding takes cells away,
    and `output_padding` adds a cells at the end.

    Raises
    ------
    ShapeError
        If a number is not whole or too small, the padding is not given in numbers, nothing is left, or
        `output_padding` reaches both stride and dilation, which PyTorch refuses as well.
    """
    size, kernel = whole("size", size), whole("kernel", kernel)
    stride, dilation = whole("stride", stride), whole("dilation", dilation)
    extra = whole("output_padding", output_padding, least=0)
    if isinstance(padding, str):
        raise ShapeError(f"a transposed convolution needs its padding in numbers, not {padding!r}")
    if extra >= max(stride, dilation):
        raise ShapeError(f"output_padding {extra} must be below stride {stride} or dilation {dilation}")
    before, after = resolve_padding(padding, size, kernel)
    full = stride * (size - 1) + effective_kernel(kernel, dilation)
    if full - before - after + extra < 1:
        raise ShapeError(f"padding {before} + {after} leaves nothing of {full} cells: take less padding")
    return full - before - after + extra
