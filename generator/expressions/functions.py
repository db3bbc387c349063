"""The functions of formulas, by name: how many arguments each takes at least and at most.

All of them keep rational numbers rational. Roots, logarithms and exponentials do not: their digits would
have to be proved, so they are not among them.
"""

from __future__ import annotations

FUNCTIONS: dict[str, tuple[int, int]] = {
    "floor": (1, 1),
    "ceil": (1, 1),
    "round": (1, 2),  # halves away from zero; the second argument is a number of decimals
    "abs": (1, 1),
    "min": (2, 8),
    "max": (2, 8),
    "mod": (2, 2),  # what is left over by a division, of the sign of the divisor
    "positions": (2, 5),  # of a window: size, kernel, stride, padding on both sides, dilation
    "field": (2, 16),  # the receptive field of a stack: kernel and stride of each layer, the first one first
}

MOST_EXPONENT = 64
MOST_DECIMALS = 12
