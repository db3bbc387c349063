"""How much speaks for an explanation: could it fit by chance, and how much of the answers it accounts for.

A wrong answer that somebody made up fits one of many explanations sooner or later. So one that was searched
for among many is stated only where the answers that would have been as plausible outnumber those that were
tried by far.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from fractions import Fraction
from math import factorial, lcm, prod
from typing import Any

from ...generator.document import Message, say
from ...generator.model import Field, Key, Rounded
from ...generator.number import Number
from ..marking.compare import same
from .wrong import Wrong

RARE = 1000
"""How many plausible answers there are at least for each one that was tried."""

_MOST_VALUES = 100_000  # of one number; more digits than these are no further evidence
_A_TERM = 10  # how many ways to go wrong there are in a term of an expression


def enough(tried: int, space: int) -> bool:
    """Say whether hardly any made-up answer would be one of those that were tried."""
    return tried * RARE <= space


def plausible(wrong: Wrong) -> int:
    """Estimate how many answers would have been as plausible as those that are to be explained."""
    key = wrong.problem.key
    return prod(
        plausible_values(field, wrong.answers[field.name], key[field.name][0]) for field in wrong.unexplained
    )


def plausible_values(field: Field, answer: Any, key: Any) -> int:
    """Estimate how many values would have been as plausible as an answer that is wrong."""
    match field.kind:
        case "tensor":
            return plausible_cells(field, differing(field, answer, key), [*cells(answer), *cells(key)])
        case "record":
            parts = zip(field.parts, answer, key, strict=True)
            return prod(plausible_values(part, one, other) for part, one, other in parts if one != other)
        case "shape":
            return prod(_values(field, [size]) for size in set(answer) - set(key)) if answer else 1
        case "choice":
            return len(field.options)
        case "choices":
            return int(2 ** len(field.options))
        case "order":
            return factorial(len(field.options))
        case "expression":
            return int(_A_TERM ** len(set(answer.split(" + ")) ^ set(key.split(" + "))))
        case _:
            return _values(field, [answer, key])


def plausible_cells(field: Field, wrong: Iterable[Number], numbers: Iterable[Number]) -> int:
    """Estimate how many ways there were to fill cells with such numbers.

    Cells that hold the commonest number count once: one who writes zeros writes many of them.
    """
    count = Counter(wrong)
    if not count:
        return 1
    free = count.total() - max(count.values()) + 1
    return int(_values(field, list(numbers)) ** free)


def differing(field: Field, answer: Any, key: Any) -> list[Number]:
    """Return the cells of a map that differ from the key; of one of another size all cells."""
    if sizes(answer) != sizes(key):
        return list(cells(answer))
    pairs = zip(cells(answer), cells(key), strict=True)
    return [one for one, other in pairs if not same(field.rule, one, other)]


def lone_cell(wrong: Wrong) -> bool:
    """Say whether all that is wrong is one cell of a map; whatever is done to a whole map shows in more."""
    if len(wrong.unexplained) != 1 or wrong.unexplained[0].kind != "tensor":
        return False
    (field,) = wrong.unexplained
    answer: Any = wrong.answers[field.name]
    return len(differing(field, answer, wrong.problem.key[field.name][0])) == 1 < sum(sizes(answer))


def sizes(rows: Any) -> tuple[int, ...]:
    """Return the length of each row of a map."""
    return tuple(map(len, rows))


def _values(field: Field, numbers: list[Number]) -> int:
    """Count the numbers that lie as these do: from 0, or the least, to the greatest, as fine as they are."""
    low, high = min(0, *numbers), max(0, *numbers)
    unit = lcm(*(Fraction(number).denominator for number in numbers))
    if isinstance(field.rule, Rounded):
        unit = 10**field.rule.digits
    return max(2, min(int((high - low) * unit) + 1, _MOST_VALUES))


def cells(rows: Any) -> Iterator[Number]:
    """Return the cells of a map, row by row."""
    return (cell for row in rows for cell in row)


# -- what is said of it -------------------------------------------------------------------------


def evidence(wrong: Wrong, explained: Key) -> Message:
    """Say how many of the answers are among the values of an explanation, and how many are right."""
    if len(wrong.answered) > 1:
        fitting, right = wrong.agreeing(explained), wrong.agreeing(wrong.problem.key)
        return answers_that_agree(wrong, fitting) if fitting >= right else _elsewhere_right(wrong, right)
    (field,) = wrong.answered
    answer: Any = wrong.answers[field.name]
    if field.kind != "tensor":
        return say("The answer is exactly what this gives.")
    return cells_that_agree(field, answer, answer, wrong.problem.key[field.name][0])


def _elsewhere_right(wrong: Wrong, right: int) -> Message:
    return say(
        "This gives exactly what you wrote here; right answers: {{ right }} of {{ all }}.",
        right=right,
        all=len(wrong.answered),
    )


def answers_that_agree(wrong: Wrong, fitting: int) -> Message:
    """Say that so many of the answers agree with an explanation, and how many are right."""
    return say(
        "Answers that agree with this: {{ fitting }} of {{ all }}; right: {{ right }} of {{ all }}.",
        fitting=fitting,
        right=wrong.agreeing(wrong.problem.key),
        all=len(wrong.answered),
    )


def cells_that_agree(field: Field, answer: Any, explained: Any, key: Any) -> Message:
    """Say how many cells of a map agree with an explanation, and how many are right."""
    count = sum(sizes(answer))
    fitting = count - len(differing(field, answer, explained))
    if sizes(answer) != sizes(key):
        return say(
            "Cells that agree with this: {{ fitting }} of {{ all }}; the right map has another size.",
            fitting=fitting,
            all=count,
        )
    return say(
        "Cells that agree with this: {{ fitting }} of {{ all }}; right: {{ right }} of {{ all }}.",
        fitting=fitting,
        right=count - len(differing(field, answer, key)),
        all=count,
    )
