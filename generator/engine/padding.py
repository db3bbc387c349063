"""Padding by number or by name, and the cells that a dilated kernel spans."""

from __future__ import annotations

from collections.abc import Sequence

from .arguments import AxisPadding, ShapeError, whole


def effective_kernel(kernel: int, dilation: int = 1) -> int:
    """Return how many cells a dilated kernel spans: d(k - 1) + 1 (section 5.1 of the guide)."""
    return dilation * (kernel - 1) + 1


def resolve_padding(
    padding: AxisPadding, size: int | None, kernel: int, *, stride: int = 1, dilation: int = 1
) -> tuple[int, int]:
    """Return the cells added before and after one axis.

    ``same`` padding makes o = ceil(i / s); where its total is odd, ``same_upper`` puts the odd cell
    after the axis and ``same_lower`` before it, as the ONNX operators define. A `size` of None is
    unknown, which only ``same`` padding minds.

    Raises
    ------
    ShapeError
        If the padding is none of the above, or negative.
    """
    if isinstance(padding, str):
        return _named_padding(padding, size, effective_kernel(kernel, dilation), stride)
    sides = padding if isinstance(padding, (tuple, Sequence)) else (padding, padding)
    if len(sides) != 2:
        raise ShapeError(f"padding of one axis is a number or (before, after), not {padding!r}")
    return whole("padding", sides[0], least=0), whole("padding", sides[1], least=0)


def _named_padding(name: str, size: int | None, span: int, stride: int) -> tuple[int, int]:
    if name == "valid":
        return 0, 0
    if name not in ("same_upper", "same_lower"):
        raise ShapeError(f"padding is called 'valid', 'same_upper' or 'same_lower', not {name!r}")
    if size is None:
        raise ShapeError(f"padding {name!r} depends on the size of the input: give the size as well")
    out = -(-size // stride)
    total = max((out - 1) * stride + span - size, 0)
    less, more = total // 2, total - total // 2
    return (less, more) if name == "same_upper" else (more, less)
