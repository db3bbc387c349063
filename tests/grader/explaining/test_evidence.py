"""How many answers would have been as plausible: estimates on the safe side."""

from __future__ import annotations

from typing import Any

import pytest

from convexam.generator.document import Symbol
from convexam.generator.model import Exact, Field, FieldKind, Option, Rounded, Rule
from convexam.grader.explaining.evidence import RARE, enough, plausible_values

from .samples import rows


def field(kind: FieldKind, rule: Rule = Exact(), options: str = "", **more: Any) -> Field:  # noqa: B008
    return Field("f", kind, Symbol("f"), rule, options=tuple(map(Option, options)), **more)


@pytest.mark.parametrize(
    ("asked", "answer", "key", "space"),
    [
        (field("tensor"), rows("1 2;3 9"), rows("1 2;3 4"), 10),  # one number, 0 to 9
        (field("tensor"), rows("9 2;3 8"), rows("1 2;3 4"), 100),
        (field("tensor"), rows("0 0;0 0"), rows("1 2;3 9"), 10),  # who writes zeros writes many
        (field("tensor"), rows("0 0;0 5"), rows("1 2;3 9"), 100),
        (field("tensor"), rows("1 9"), rows("1 2;3 4"), 100),  # another size: nothing is right
        (field("tensor"), rows("1 0;0 1"), rows("0 1;1 0"), 8),  # two zeros count once, and so do two ones
        (field("tensor", Rounded(1)), rows("1 9"), rows("1 2"), 91),
        (field("integer"), 250, 249, 251),
        (field("integer"), 0, 1, 2),
        (field("number", Rounded(2)), 1, 2, 201),
        (field("shape"), (5, 5, 4), (6, 6, 4), 6),  # both sizes are 5: one mistake
        (field("shape"), (5, 7, 4), (6, 6, 4), 48),
        (field("choice", options="ABC"), "A", "B", 3),
        (field("choices", options="ABC"), ("A",), ("B",), 8),
        (field("order", options="ABC"), ("A", "B", "C"), ("B", "A", "C"), 6),
        (field("expression"), "I1*w1 + I2*w2", "I1*w1 + I2*w3", 100),
        (field("record", parts=(field("integer"), field("choice", options="ABC"))), (5, "A"), (4, "B"), 18),
        (field("record", parts=(field("integer"), field("choice", options="ABC"))), (5, "A"), (5, "B"), 3),
    ],
)
def test_plausible_values(asked: Field, answer: Any, key: Any, space: int) -> None:
    assert plausible_values(asked, answer, key) == space


def test_many_digits_are_no_further_evidence() -> None:
    assert plausible_values(field("integer"), 10**12, 1) == plausible_values(field("integer"), 10**9, 1)


def test_enough() -> None:
    assert enough(3, 3 * RARE)
    assert not enough(3, 3 * RARE - 1)
