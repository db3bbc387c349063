"""Is the right option as often first as last, and are all options different?

Only lettered options are looked at: their letters mean nothing, while words, such as the names of operations,
keep their order.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from .document import Shown
from .figures.model import Figures
from .model import Field, Value

FEWEST_DRAWS = 1000
"""Fewer draws say too little about where the right option stands."""

MOST_DEVIATIONS = 5
"""A position is faulty if it is right more or less often than chance by so many standard deviations."""


class Place(NamedTuple):
    """A position of the right option.

    Attributes
    ----------
    field
        The name of the field.
    options
        How many options it has.
    number
        The position, counted from 0.
    """

    field: str
    options: int
    number: int

    def words(self) -> str:
        """Name it for a report."""
        return f"{self.field}: {self.number + 1} of {self.options}"


def right_places(fields: Iterable[Field], key: Mapping[str, Value]) -> Iterator[Place]:
    """Yield where the right option of every lettered field stands."""
    for field in filter(_is_lettered, fields):
        names = [option.name for option in field.options]
        yield Place(field.name, len(names), names.index(str(key[field.name])))


def repeated(fields: Iterable[Field], shown: Mapping[str, Shown]) -> Iterator[str]:
    """Yield a complaint for every field with two options that read or look the same."""
    for field in fields:
        names = tuple(option.name for option in field.options)
        labels = [option.label for option in field.options if option.label is not None]
        figures = [
            replace(member, label="")
            for figure in shown.values()
            if isinstance(figure, Figures) and tuple(member.label for member in figure.members) == names
            for member in figure.members
        ]
        options: tuple[Sequence[object], ...] = (names, labels, figures)
        if any(listed.count(one) > 1 for listed in options for one in listed):
            yield f"two options of '{field.name}' are the same"


def lopsided(places: Counter[Place]) -> Iterator[str]:
    """Yield a complaint for every position that is right too often, or too seldom, to be drawn at random."""
    groups: defaultdict[tuple[str, int], int] = defaultdict(int)
    for (field, options, _), count in places.items():
        groups[field, options] += count
    for (field, options), draws in groups.items():
        for number in range(options):
            count = places[Place(field, options, number)]
            # Of n draws: the count has the mean n/k and the variance n(k - 1)/k²; both sides times k².
            off = options * count - draws
            if draws >= FEWEST_DRAWS and off**2 > MOST_DEVIATIONS**2 * draws * (options - 1):
                share = f"{count / draws:.1%}"
                where = f"at place {number + 1} of {options}"
                yield f"the right '{field}' stands {where} in {share} of the draws; draw the order of options"


def _is_lettered(field: Field) -> bool:
    return field.kind == "choice" and all(len(option.name) == 1 for option in field.options)
