"""How often answers would be alike by chance: bounds, worked out from the numbers of the class itself.

What is right on one paper was drawn apart from what a student wrote on another, so an answer meets that key
as often as the numbers of the keys say. Of a map the cells are taken one by one; a number that stands in
several of them counts once, as maps of few different numbers are like each other. Anything else counts as a
whole, with the share of the papers on which it is right.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from math import comb, prod

from .written import Written

RARE = 1 / 1000
"""How many such likenesses are expected in a whole class at most, where one is stated."""


class Numbers:
    """How common numbers are in the keys or answers to one question."""

    def __init__(self, values: Iterable[Written]) -> None:
        self._of_maps = Counter(cell for value in set(values) for cell in value.cells if value.is_map)
        self._all = self._of_maps.total()

    def chance(self, answer: Written, equal: Collection[int], wrong: int) -> float:
        """Bound how likely a map has these cells of an answer, out of so many that could show it."""
        if answer.is_sequence:
            return 1.0
        different = {answer.cells[place] for place in equal}
        shares = ((self._of_maps[cell] + 1) / (self._all + 1) for cell in sorted(map(str, different)))
        return min(1.0, comb(wrong, len(equal)) * prod(shares))


def expected(chances: Iterable[float], comparisons: Sequence[int], questions: int) -> float:
    """Bound how many pairs of a class are so much alike by chance, in the questions that tell most.

    Parameters
    ----------
    chances
        Of each question in which the pair is alike.
    comparisons
        How many pairs there are that could be alike in 0, 1, 2 ... questions.
    questions
        In how many this pair could be.
    """
    product, least = 1.0, float("inf")
    for count, chance in enumerate(sorted(chances), 1):
        product *= chance
        if count < len(comparisons):
            least = min(least, comparisons[count] * comb(questions, count) * product)
    return least
