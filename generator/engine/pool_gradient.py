"""The gradient of pooling: a maximum hands it to the cell that won, a mean shares it out evenly.

Where several cells of a window are largest, the first one in row-major order gets all of it, as in
PyTorch.
"""

from __future__ import annotations

from math import prod
from typing import Any

from .arguments import Padding, PerAxis, ShapeError
from .exact import Array, array, normal, require_numbers, together
from .later import np
from .linear import quotient
from .pooling import Kind, pool_axes, window_counts
from .windows import slide


def pool_grad(
    x: Any,
    grad: Any,
    kernel: PerAxis,
    *,
    kind: Kind,
    stride: PerAxis | None = None,
    padding: Padding = 0,
    dilation: PerAxis = 1,
    ceil_mode: bool = False,
    count_include_pad: bool = False,
) -> Array:
    """Return dL/dx of `pool`, shaped like the image x.

    Parameters
    ----------
    x
        The image that was pooled, (C, *spatial).
    grad
        dL/dy, shaped like the output of `pool`.
    kernel, kind, stride, padding, dilation, ceil_mode, count_include_pad
        As in `pool`.

    Raises
    ------
    ShapeError
        If the shapes do not go together.
    """
    x, grad = together(array(x), array(grad))
    along = pool_axes(x.shape, kernel, stride, padding, dilation, ceil_mode=ceil_mode)
    counts = window_counts(along, kind, count_include_pad=count_include_pad)
    if grad.shape != (len(x), *counts.shape):
        expected = (len(x), *counts.shape)
        raise ShapeError(f"the gradient of an output of shape {expected} is needed, not one of {grad.shape}")
    spatial = x.shape[1:]
    cells = slide(np.arange(prod(spatial)).reshape(spatial), along, fill=-1).reshape(counts.size, -1)
    if kind == "avg":
        taken = np.broadcast_to(cells >= 0, (len(x), *cells.shape))
        grad = quotient(grad, counts)
    else:
        values = slide(require_numbers(x, "a maximum"), along, fill=-np.inf).reshape(len(x), *cells.shape)
        taken = np.arange(cells.shape[1]) == values.argmax(axis=2)[..., np.newaxis]
    result = np.zeros((len(x), prod(spatial)), dtype=x.dtype)
    for channel, window, tap in np.argwhere(taken):
        result[channel, cells[window, tap]] += grad.reshape(len(x), -1)[channel, window]
    return normal(result).reshape(x.shape)
