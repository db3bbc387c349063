"""Numbers as decimals, and amounts that are rounded without losing anything."""

from __future__ import annotations

from fractions import Fraction

import pytest

from convexam.generator.export.decimals import decimal, portions


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (12, "12"),
        (0, "0"),
        (Fraction(-5, 2), "-2.5"),
        (Fraction(1, 3), "0.333333333333"),
        (Fraction(-2, 3), "-0.666666666667"),
        (Fraction(1, 10**9), "0.000000001"),
        (10**20, "1" + 20 * "0"),
        (Fraction(-1, 10**13 * 3), "0"),
    ],
)
def test_decimals_have_no_exponent_and_no_sign_of_nothing(number: int | Fraction, written: str) -> None:
    assert decimal(number) == written


@pytest.mark.parametrize("parts", [1, 3, 7, 17, 64])
def test_portions_add_up(parts: int) -> None:
    rounded = portions([Fraction(4, parts)] * parts)
    assert sum(rounded) == 4
    assert all(abs(each - Fraction(4, parts)) <= Fraction(1, 10**12) for each in rounded)
