"""Numbers before an activation: maps with a bias, or units that add weighted inputs up.

They fit every given that has ``input`` (C, H, W), ``weights`` (units, n) or None, ``bias``, ``slope``,
``ask`` and ``functions``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .. import latex
from ..engine import array
from ..number import Number
from ..sliding.geometry import Map
from ..values import nested, whole
from .activations import Function


def sums(given: Any) -> tuple[Map, ...]:
    """Return the numbers that the functions are applied to: with weights and biases, as maps."""
    if given.weights is not None:
        units = nested(array(given.weights) @ array(given.input[0][0]))
        biases = given.bias or (0,) * len(units)
        return ((tuple(whole(z + bias) for z, bias in zip(units, biases, strict=True)),),)
    biases = given.bias or (0,) * len(given.input)
    return tuple(
        tuple(tuple(whole(z + bias) for z in row) for row in rows)
        for rows, bias in zip(given.input, biases, strict=True)
    )


def slope_of(given: Any, number: int) -> Number:
    """Return the slope that belongs to a map; 0 where there is none."""
    slope: Number = given.slope[number] if given.slope else 0
    return slope


def asked_of(given: Any) -> Iterator[tuple[str, Function]]:
    """Yield what is asked of which function; the sums are asked for once."""
    for asked in given.ask:
        for function in given.functions[:1] if asked == "sum" else given.functions:
            yield asked, function


def input_symbol(given: Any) -> str:
    """Call a row z and maps Z, where functions are applied to them as they stand, otherwise x and X."""
    symbol = "x" if given.weights is not None or any(given.bias) else "z"
    return symbol if len(given.input[0]) == 1 else symbol.upper()


def weights_symbol(given: Any) -> str:
    """Call the weights of one unit w, of several W."""
    return "W" if len(given.weights) > 1 else "w"


def sum_symbol(given: Any, number: int, origin: int) -> str:
    """Name the numbers before the function, of one map."""
    symbol = "z" if len(given.input[0]) == 1 else "Z"
    return symbol if len(given.input) == 1 else latex.indexed(symbol, number + origin)
