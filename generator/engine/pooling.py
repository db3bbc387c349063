"""Pooling: the largest or the mean value of every window, channel by channel."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Literal, TypeAlias

from .arguments import Padding, PerAxis, ShapeError
from .exact import Array, array, normal, require_numbers
from .later import np
from .linear import multilinear
from .shapes import Axis, axes
from .windows import pad, slide

Kind: TypeAlias = Literal["max", "avg"]


def pool(
    x: Any,
    kernel: PerAxis,
    *,
    kind: Kind,
    stride: PerAxis | None = None,
    padding: Padding = 0,
    dilation: PerAxis = 1,
    ceil_mode: bool = False,
    count_include_pad: bool = False,
) -> Array:
    """Pool an image.

    Parameters
    ----------
    x
        The image, (C, *spatial).
    kernel, stride, dilation
        The window, in cells; one number for all axes, or one for each. Without a stride, windows lie
        side by side: the stride is the kernel.
    kind
        The largest value of each window, or its mean.
    padding
        As in `conv`; it never wins a maximum.
    ceil_mode
        Round the output size up: the last window may hang over the end; see `out_size`.
    count_include_pad
        Whether padded cells count in the denominator of a mean. Cells that overhang the padding in ceil
        mode never do, as in PyTorch.

    Returns
    -------
    Array
        (C, *out); the mean of ints is an int or a Fraction.

    Raises
    ------
    ShapeError
        If the shapes do not go together, or a window lies wholly in the padding and has no value.
    TypeError
        If a maximum of symbols is asked.
    """
    x = array(x)
    along = pool_axes(x.shape, kernel, stride, padding, dilation, ceil_mode=ceil_mode)
    counts = window_counts(along, kind, count_include_pad=count_include_pad)
    taps = tuple(range(x.ndim, x.ndim + len(along)))
    if kind == "avg":
        return multilinear(lambda cells: slide(cells, along).sum(axis=taps), x, divisor=counts)
    return normal(slide(require_numbers(x, "a maximum"), along, fill=-np.inf).max(axis=taps))


def pool_axes(
    image: Sequence[int],
    kernel: PerAxis,
    stride: PerAxis | None,
    padding: Padding,
    dilation: PerAxis,
    *,
    ceil_mode: bool,
) -> tuple[Axis, ...]:
    """Work out every axis of the pooling of an image of this shape."""
    return axes(
        image[1:],
        kernel,
        stride=kernel if stride is None else stride,
        padding=padding,
        dilation=dilation,
        ceil_mode=ceil_mode,
    )


@lru_cache(maxsize=64)  # the same for all maps of a size
def window_counts(along: tuple[Axis, ...], kind: Kind, *, count_include_pad: bool) -> Array:
    """Count the cells of every window that take part in the pooling: shape (*out).

    Raises
    ------
    ShapeError
        If a window has none.
    ValueError
        If the kind is unknown.
    """
    if kind not in ("max", "avg"):
        raise ValueError(f"pooling is 'max' or 'avg', not {kind!r}")
    image = np.full([a.size for a in along], 1, dtype=object)
    fill = int(kind == "avg" and count_include_pad)
    padded = pad(image, [(a.before, a.after) for a in along], fill)
    framed = [a._replace(size=a.before + a.size + a.after, before=0, after=0) for a in along]
    counts: Array = slide(padded, framed).sum(axis=tuple(range(len(along), 2 * len(along))))
    if not counts.all():
        raise ShapeError("a window lies wholly in the padding, where there is nothing to pool: take less")
    counts.flags.writeable = False
    return counts
