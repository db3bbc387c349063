"""Single slips: a product left out, a sign lost, a neighbouring pixel taken, the bias forgotten.

One wrong number among right ones is traced to a slip if exactly one makes it, no two slips in that number
make it as well, and it is out by more than a miscount. So sums of many small products are hardly ever
explained, totals of tables mostly; but of two slips never one is named, and few other errors pass for a slip.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import product
from typing import Any

from ...generator import latex, registry
from ...generator.document import Message, Shown, Symbol, say
from ...generator.frozen import frozen
from ...generator.language import phrase
from ...generator.model import Exact, Field, Rule
from ...generator.number import Number
from ..marking.compare import same
from ..model import Explanation, Finding
from .expression_slips import slipped_in_expression
from .single_slips import Slip, may_be_miscounted, slips, two_slips_make
from .wrong import Wrong

FEWEST_RIGHT = 3
"""Numbers that have to be right beside the wrong one: then it is a slip, and no guess."""


@frozen
class _Number:
    """A number that was answered: where it stands, what the key says, and whether it is right."""

    field: Field
    cell: tuple[int, int]
    answer: Number
    key: Number
    right: bool


def slipped(wrong: Wrong) -> Explanation | None:
    """Name the slip that made the only wrong number, or the only wrong term of an expression."""
    return slipped_in_expression(wrong) or _slipped_in_number(wrong)


def _slipped_in_number(wrong: Wrong) -> Explanation | None:
    numbers = [number for field in wrong.fields for number in _numbers(wrong, field)]
    bad = [number for number in numbers if not number.right]
    if len(bad) != 1 or len(numbers) <= FEWEST_RIGHT:
        return None
    (number,) = bad
    if not set(wrong.names) <= {number.field.name} or not _stands_on_right_ones(wrong, number.field):
        return None
    if (slip := _slip(wrong, number)) is None:
        return None
    where, evidence = _where(wrong, number), _evidence(wrong, len(numbers) - 1)
    names = (number.field.name,)
    discreet = tuple(Message(_DISCREET[name], {"where": where}) for name in [slip.name] if name in _DISCREET)
    finding = Finding((slip.name,), names, (_sentence(slip, where),), evidence, discreet)
    return Explanation(finding, names)


def _evidence(wrong: Wrong, right: int) -> Message:
    if wrong.answered == wrong.fields and not wrong.own:
        return say("All other {{ count }} numbers are right.", count=right)
    return say("{{ count }} other numbers are right.", count=right)


def _numbers(wrong: Wrong, field: Field) -> Iterator[_Number]:
    """Yield the numbers of an answer of the size of the key, but not what follows from another wrong one."""
    read: Any = wrong.answers.get(field.name, wrong.gaps.get(field.name))
    if read is None or field.name in wrong.own or field.kind not in ("tensor", "number", "integer"):
        return
    keys: Any = wrong.problem.key[field.name]
    if field.kind != "tensor":
        yield _Number(field, (0, 0), read, keys[0], any(same(field.rule, read, key) for key in keys))
        return
    sized = [list(_cells(field, read, key)) for key in keys if _size(key) == _size(read)]
    if sized:
        best = max(sized, key=lambda cells: sum(cell.right for cell in cells))
        row = len(keys[0]) == 1  # that of a row may be written as a column
        yield from (replace(cell, cell=(0, sum(cell.cell))) if row else cell for cell in best)


def _cells(field: Field, read: Any, key: Any) -> Iterator[_Number]:
    rows, columns = _size(key)
    for row, column in product(range(rows), range(columns)):
        answer, right = read[row][column], key[row][column]
        if answer is not None:
            yield _Number(field, (row, column), answer, right, same(field.rule, answer, right))


def _size(rows: Any) -> tuple[int, int]:
    return len(rows), len(rows[0])


def _stands_on_right_ones(wrong: Wrong, field: Field) -> bool:
    """Say whether all that an answer builds on was answered, and is right."""
    needs = {each.name: each.needs for each in wrong.fields}
    names = list(needs[field.name])
    for name in names:
        names += (earlier for earlier in needs[name] if earlier not in names)
    return {*names} <= {*wrong.answers} - {*wrong.names} - {*wrong.own}


def _slip(wrong: Wrong, number: _Number) -> Slip | None:
    """Return the only slip that makes a number, unless two slips or bad adding may have made it as well."""
    problem, field = wrong.problem, number.field
    made_of = registry.get(problem.spec.type).made_of
    made = made_of(problem.case, field.name, number.cell) if made_of else None
    if made is None or made.number != number.key:  # a record may have a key of its own
        return None
    low, high = _bounds(field.rule, number.answer)
    fitting = {(slip.name, slip.values): slip for slip in slips(made) if low <= slip.number <= high}
    if len(fitting) != 1 or two_slips_make(made, low, high):
        return None
    (slip,) = fitting.values()
    return None if may_be_miscounted(made, slip.number) else slip


def _bounds(rule: Rule, answer: Number) -> tuple[Number, Number]:
    """Return between which numbers what an answer stands for lies."""
    half = 0 if isinstance(rule, Exact) else Fraction(1, 2 * 10**rule.digits)
    return answer - half, answer + half


# -- what a student reads -----------------------------------------------------------------------


def _where(wrong: Wrong, number: _Number) -> Shown:
    """Say where a number stands, counted as the paper counts."""
    label, origin = number.field.label, wrong.problem.case.conventions.origin
    row, column = (place + origin for place in number.cell)
    if number.field.kind != "tensor":
        return label if isinstance(label, Symbol) else say("“{{ label }}”", label=label)
    key: Any = wrong.problem.key[number.field.name][0]
    if len(key) == 1:
        return say("cell {{ place }} of {{ map }}", place=column, map=label)
    return say("row {{ row }}, column {{ column }} of {{ map }}", row=row, column=column, map=label)


SENTENCES = {
    "product_left_out": phrase("In {{ where }}, the product {{ term }} is missing."),
    "number_left_out": phrase("In {{ where }}, the number {{ term }} is missing."),
    "product_sign_lost": phrase("In {{ where }}, the product {{ term }} was added with the wrong sign."),
    "number_sign_lost": phrase("In {{ where }}, the number {{ term }} was added with the wrong sign."),
    "neighbour_taken": phrase(
        "In {{ where }}, the number {{ taken }} was taken in place of its neighbour {{ number }}."
    ),
    "bias_left_out": phrase("In {{ where }}, the bias {{ number }} is missing."),
    "bias_sign_lost": phrase("In {{ where }}, the bias {{ number }} was added with the wrong sign."),
    "divisor_forgotten": phrase("In {{ where }}, the sum was not divided by {{ number }}."),
    "largest_overlooked": phrase("In {{ where }}, the largest number, {{ number }}, was overlooked."),
    "window_moved": phrase(
        "In {{ where }}, the largest number was taken from a window that is moved by one cell."
    ),
}

_DISCREET = {"largest_overlooked": phrase("In {{ where }}, the largest number was overlooked.")}
"""Without the number, where it is the key."""


def _sentence(slip: Slip, where: Shown) -> Message:
    shown: dict[str, Shown] = {"where": where}
    if slip.name.startswith(("product", "number")):
        shown["term"] = Symbol(r"\cdot ".join(map(latex.factor, slip.values)))
    elif slip.name == "neighbour_taken":
        shown["taken"], shown["number"] = slip.values
    elif slip.values:
        (shown["number"],) = slip.values
    return Message(SENTENCES[slip.name], shown)
