"""Names of indeterminates: a letter, and none, one or two indices.

Their canonical form is ``b``, ``I13`` or ``I[0,1]``. A question tells which families of names it uses; the
order of the families is the order of the factors of a product.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TypeAlias

from .. import latex
from ..frozen import frozen

MOST_INDEX_DIGITS = 4
Place: TypeAlias = tuple[int, tuple[int, ...]]

_NAME = re.compile(r"([A-Za-z])(?:([0-9]+)|\[([0-9]+),([0-9]+)\])?")


@frozen
class Family:
    """All names of one letter and so many indices: I1, I2, ... are the family ``Family("I", 1)``."""

    letter: str
    indices: int


def name_of(letter: str, *indices: int) -> str:
    """Write a name in its canonical form."""
    if len(indices) == 2:
        return f"{letter}[{indices[0]},{indices[1]}]"
    return letter + "".join(map(str, indices))


@lru_cache(maxsize=1024)
def split(name: str) -> tuple[str, tuple[int, ...]]:
    """Return the letter and the indices of a name.

    Raises
    ------
    ValueError
        If it is no name.
    """
    match = _NAME.fullmatch(name)
    if match is None:
        raise ValueError(f"expected a letter, or a letter and its index, such as b or I13, found {name!r}")
    return match[1], tuple(int(index) for index in match.groups()[1:] if index is not None)


def families(names: Sequence[str]) -> tuple[Family, ...]:
    """Return the families of some names, in the order in which they come up."""
    parts = map(split, names)
    return tuple(dict.fromkeys(Family(letter, len(indices)) for letter, indices in parts))


def places(names: Iterable[str], known: Sequence[Family]) -> dict[str, Place]:
    """Return where names stand among others: by their families, then by their indices."""
    order = {(family.letter, family.indices): number for number, family in enumerate(known)}
    found = {name: split(name) for name in names}
    return {name: (order[letter, len(indices)], indices) for name, (letter, indices) in found.items()}


def as_latex(name: str) -> str:
    """Write a name as LaTeX: ``I_{13}``."""
    letter, indices = split(name)
    return latex.indexed(letter, *indices) if indices else letter
