"""What is asked of a gradient: which answers, in the order in which they are computed, and how large.

It fits a given that has ``of``, ``with_respect_to``, ``input``, ``kernel`` or ``window``, ``stride``,
``padding``, ``loss``, ``relu``, ``rate`` and ``cell``.
"""

from __future__ import annotations

from typing import Any

from ..sliding.geometry import map_size
from ..sliding.worked import Pair, Slide

GRADIENTS = {"weight": "dW", "bias": "db", "input": "dX"}
STEPPED = {"weight": "W_new", "bias": "b_new"}

NEEDS = {"dY": "Y", "dW": "dY", "db": "dY", "dX": "dY", "W_new": "dW", "b_new": "db"}
"""What each answer is computed from, if that is asked as well."""


def slide_of(given: Any) -> Slide:
    """Return how the window moves; unless stated, that of a pooling by its own size."""
    window = given.window or map_size(given.kernel)
    return Slide(window, given.stride or ((1, 1) if given.of == "conv" else window), given.padding)


def asked(given: Any) -> list[str]:
    """Name what is asked, in the order in which it is computed."""
    names: list[str] = []
    if given.loss is not None:
        names = ["Y", "dY"] if given.relu or given.loss == "squared" else ["dY"]
    names += [GRADIENTS[subject] for subject in given.with_respect_to]
    return names + [STEPPED[subject] for subject in given.with_respect_to if given.rate is not None]


def needed(given: Any, name: str) -> tuple[str, ...]:
    """Name what an answer is computed from, if that is asked as well."""
    return tuple(before for before in asked(given) if before == NEEDS.get(name))


def size_of(given: Any, name: str) -> Pair:
    """Return the rows and columns of an answer."""
    slide = slide_of(given)
    if name in ("dW", "W_new"):
        return slide.kernel
    if name == "dX":
        return map_size(given.input)
    return (1, 1) if name in ("db", "b_new") else slide.positions(map_size(given.input))


def is_number(given: Any, name: str) -> bool:
    """Say whether an answer is one number: a bias, or the one entry that is asked."""
    return name in ("db", "b_new") or (given.cell is not None and name not in ("Y", "dY"))
