"""What it takes to go backwards by hand."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from math import prod
from typing import Any

from ..engine import array
from ..model import Effort
from ..sliding.filtering import digits_of
from ..sliding.geometry import all_cells
from .answers import GRADIENTS, NEEDS, STEPPED, asked, size_of
from .layer import Backward


def remaining_of(given: Any, layer: Backward, found: Mapping[str, Any], name: str) -> int:
    """Count the products of numbers other than 0 that an answer takes, of what was found before it."""
    subject = next((each for each in given.with_respect_to if GRADIENTS[each] == name), None)
    if subject is None:  # cells of dY, or entries of a gradient that the step takes
        return sum(map(bool, array(found["dY" if name == "dY" else NEEDS[name]]).ravel()))
    entries = [given.cell] if given.cell else all_cells(size_of(given, name))
    return sum(bool(one and other) for one, other in layer.factors(subject, entries, array(found["dY"])))


def effort_of(given: Any, layer: Backward, key: Mapping[str, Any]) -> Effort:
    """Count products of numbers other than 0, look-ups of a pooling, cells of dY, and entries of the step."""
    grad = array(given.grad if given.grad is not None else key["dY"])
    factors = []
    for subject in given.with_respect_to:
        entries = [given.cell] if given.cell else all_cells(size_of(given, GRADIENTS[subject]))
        factors += layer.factors(subject, entries, grad)
    if "Y" in asked(given):
        factors += [pair for cell in layer.cells for pair in layer.filtering.factors(0, cell)]
    products = [one * other for one, other in factors if one and other]
    more = grad.size if given.loss else 0
    if given.rate is not None:
        sizes = [prod(size_of(given, STEPPED[subject])) for subject in given.with_respect_to]
        more += 1 if given.cell else sum(sizes)
    return Effort(
        products=len(products) + more,
        negatives=sum(number < 0 for number in products),
        digits=max(map(digits_of, chain.from_iterable(array(value).ravel() for value in key.values()))),
    )
