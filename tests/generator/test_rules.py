"""Rules of comparison: what counts as the key, and how the key is written."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from convexam.generator.model import Exact, Rounded, Rule
from convexam.generator.rules import equal, written


@pytest.mark.parametrize(
    ("rule", "key", "text"),
    [
        (Exact(), -7, "-7"),
        (Exact(), 100, "100"),
        (Exact(), Fraction(1018, 9), "1018/9"),
        (Exact(), Fraction(-1, 2), "-1/2"),
        (Exact(), "same", "same"),
        (Exact(), (3, 4, 4), ("3", "4", "4")),
        (Rounded(2), Fraction(1, 2), "0.50"),
        (Rounded(2), Fraction(-1, 2), "-0.50"),
        (Rounded(2), 3, "3.00"),
        (Rounded(2), 0, "0.00"),
        (Rounded(0), 100, "100"),
        (Rounded(0), -1200, "-1200"),
        (Rounded(1), 100, "100.0"),
        (Rounded(3), Fraction(2, 3), "0.667"),
        (Rounded(2), Fraction(-1, 1000), "0.00"),
        (Rounded(2), Fraction(1, 8), "0.13"),
        (Rounded(2), Fraction(-1, 8), "-0.13"),
        (Rounded(0), Fraction(1, 2), "1"),
        (Rounded(7), Fraction(1, 10**7), "0.0000001"),
        (Rounded(8), 0, "0.00000000"),
        (Rounded(1), 12345678901234567890, "12345678901234567890.0"),
        (Rounded(2), "same", "same"),
        (Rounded(1), ((1, Fraction(1, 3)), (-2, 0)), (("1.0", "0.3"), ("-2.0", "0.0"))),
    ],
    ids=str,
)
def test_written(rule: Rule, key: Any, text: Any) -> None:
    assert written(rule, key) == text


@pytest.mark.parametrize(
    ("rule", "answer", "key", "right"),
    [
        (Exact(), 2, Fraction(4, 2), True),
        (Exact(), Fraction(1, 3), Fraction(333, 1000), False),
        (Rounded(2), Fraction(33, 100), Fraction(1, 3), True),
        (Rounded(2), Fraction(1, 3), Fraction(1, 3), True),
        (Rounded(2), Fraction(34, 100), Fraction(1, 3), False),
        (Rounded(2), Fraction(32, 100), Fraction(1, 3), False),
        (Rounded(2), Fraction(12, 100), Fraction(1, 8), True),
        (Rounded(2), Fraction(13, 100), Fraction(1, 8), True),
        (Rounded(2), Fraction(11, 100), Fraction(1, 8), False),
        (Rounded(0), 3, Fraction(7, 2), True),
        (Rounded(0), 4, Fraction(7, 2), True),
        (Rounded(0), 5, Fraction(7, 2), False),
    ],
    ids=str,
)
def test_equal(rule: Rule, answer: Any, key: Any, right: bool) -> None:
    assert equal(rule, answer, key) is right
