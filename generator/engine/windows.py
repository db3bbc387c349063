"""The one primitive: everything that slides over an image is a reduction over its windows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .arguments import Padding, PerAxis, ShapeError
from .exact import Array, array
from .later import np
from .padding import effective_kernel
from .shapes import Axis, axes


def windows(
    x: Any,
    kernel: PerAxis,
    *,
    stride: PerAxis = 1,
    padding: Padding = 0,
    dilation: PerAxis = 1,
    ceil_mode: bool = False,
    fill: Any = 0,
) -> Array:
    """Return all windows of an image.

    Parameters
    ----------
    x
        The image, (C, *spatial).
    kernel, stride, padding, dilation, ceil_mode
        As in `pool`.
    fill
        What stands in the padding.

    Returns
    -------
    Array
        (C, *out, *kernel), read-only: ``[c, i, j, u, v]`` is ``x[c, i*s + u*d - p, j*s + v*d - p]``.
    """
    x = array(x)
    return slide(
        x,
        axes(x.shape[1:], kernel, stride=stride, padding=padding, dilation=dilation, ceil_mode=ceil_mode),
        fill,
    )


def slide(x: Array, along: Sequence[Axis], fill: Any = 0) -> Array:
    """Return the windows of an image along axes that are already worked out; see `windows`."""
    spans = [effective_kernel(a.kernel, a.dilation) for a in along]
    # The frame ends with the last window: in ceil mode that adds cells, with a remainder it takes some.
    ends = [(a.out - 1) * a.stride + span - a.size - a.before for a, span in zip(along, spans, strict=True)]
    pairs = [(a.before, end) for a, end in zip(along, ends, strict=True)]
    framed = pad(x, pairs, fill) if any(map(any, pairs)) else x
    lead = x.ndim - len(along)
    if x.shape[lead:] != tuple(a.size for a in along):  # or foreign memory would be read
        raise ShapeError(f"an image of {x.shape[lead:]} has no windows along {tuple(a.size for a in along)}")
    steps = framed.strides[lead:]
    shape = (*x.shape[:lead], *(a.out for a in along), *(a.kernel for a in along))
    strides = (
        *framed.strides[:lead],
        *(a.stride * step for a, step in zip(along, steps, strict=True)),
        *(a.dilation * step for a, step in zip(along, steps, strict=True)),
    )
    return np.lib.stride_tricks.as_strided(framed, shape, strides, writeable=False)


def pad(x: Array, pairs: Sequence[tuple[int, int]], fill: Any = 0) -> Array:
    """Put `fill` around an image; a negative number takes cells away instead.

    Parameters
    ----------
    x
        An array whose last axes are meant, one for each pair.
    pairs
        (before, after) for each of these axes.
    fill
        What stands in the new cells.

    Raises
    ------
    ShapeError
        If no cell is left.
    """
    lead = x.ndim - len(pairs)
    sizes = [size + sum(pair) for size, pair in zip(x.shape[lead:], pairs, strict=True)]
    if min(sizes) < 1:
        raise ShapeError(f"padding {pairs} leaves nothing of an image of shape {x.shape}")
    result = np.full((*x.shape[:lead], *sizes), fill, dtype=x.dtype)
    source: list[Any] = [...]
    target: list[Any] = [...]
    for size, (before, after) in zip(x.shape[lead:], pairs, strict=True):
        first = max(0, -before)
        last = max(first, min(size, size + after))
        source.append(slice(first, last))
        target.append(slice(first + before, last + before))
    result[tuple(target)] = x[tuple(source)]
    return result
