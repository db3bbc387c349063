"""Gradients of convolution and pooling: how a loss L changes with input, kernels and biases.

`grad` is dL/dy, shaped like the output; each function returns dL of its name, shaped like that.

Source: I. Goodfellow, Y. Bengio and A. Courville, "Deep Learning", MIT Press 2016, section 9.5. That the
gradient of the input is a transposed convolution: Dumoulin and Visin, chapter 4.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from .arguments import Padding, PerAxis, ShapeError, each_axis, whole
from .convolution import columns, conv_axes, flipped
from .exact import Array, array, normal
from .linear import multilinear
from .padding import effective_kernel
from .shapes import Axis
from .transposed import conv_transpose


def conv_grad_input(
    grad: Any,
    weight: Any,
    input_shape: Sequence[int],
    *,
    stride: PerAxis = 1,
    padding: Padding = 0,
    dilation: PerAxis = 1,
    groups: int = 1,
    flip: bool = False,
) -> Array:
    """Return dL/dx of `conv`, shaped `input_shape` = (C, *spatial).

    Each output cell hands its gradient back to the cells of its window, times the kernel: a transposed
    convolution with the same kernels.

    Raises
    ------
    ShapeError
        If the shapes do not go together.
    """
    grad, weight = array(grad), array(weight)
    along = conv_axes(
        input_shape, weight.shape, stride=stride, padding=padding, dilation=dilation, groups=groups
    )
    _check_grad(grad, len(weight), along)
    return conv_transpose(
        grad,
        flipped(weight) if flip else weight,
        stride=[a.stride for a in along],
        padding=[(a.before, a.after) for a in along],
        output_padding=[_left_over(a) for a in along],
        dilation=[a.dilation for a in along],
        groups=groups,
    )


def conv_grad_weight(
    x: Any,
    grad: Any,
    kernel: PerAxis,
    *,
    stride: PerAxis = 1,
    padding: Padding = 0,
    dilation: PerAxis = 1,
    groups: int = 1,
    flip: bool = False,
) -> Array:
    """Return dL/dw of `conv`, (M, C / groups, *kernel).

    A weight meets one input cell in every window; the gradient sums these cells, each times the gradient
    of the window's output.

    Raises
    ------
    ShapeError
        If the shapes do not go together.
    """
    x, grad = array(x), array(grad)
    sizes = each_axis("kernel", kernel, x.ndim - 1)
    shape = (len(grad), len(x) // whole("groups", groups), *sizes)
    along = conv_axes(x.shape, shape, stride=stride, padding=padding, dilation=dilation, groups=groups)
    _check_grad(grad, len(grad), along)
    result = multilinear(partial(_grad_weight, along=along, groups=groups), x, grad)
    return flipped(result) if flip else result


def conv_grad_bias(grad: Any) -> Array:
    """Return dL/db of `conv`, (M,): the sum over each output map."""
    grad = array(grad)
    return normal(grad.reshape(len(grad), -1).sum(axis=1))


def _grad_weight(x: Array, grad: Array, along: Sequence[Axis], groups: int) -> Array:
    maps = grad.reshape(groups, len(grad) // groups, -1)
    products: Array = maps @ columns(x, along, groups).swapaxes(1, 2)
    return products.reshape(len(grad), len(x) // groups, *(a.kernel for a in along))


def _left_over(a: Axis) -> int:
    """Count the cells at the end that no window reaches."""
    return a.before + a.size + a.after - effective_kernel(a.kernel, a.dilation) - (a.out - 1) * a.stride


def _check_grad(grad: Array, maps: int, along: Sequence[Axis]) -> None:
    shape = (maps, *(a.out for a in along))
    if grad.shape != shape:
        raise ShapeError(f"the gradient of an output of shape {shape} is needed, not one of {grad.shape}")
