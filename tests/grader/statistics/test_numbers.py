"""Means, spreads, quantiles and correlations against values worked by hand and against another library."""

from __future__ import annotations

import statistics
from fractions import Fraction
from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convexam.grader.statistics.numbers import (
    correlation,
    deviation,
    mean,
    quantile,
    rank_correlation,
    ranks,
    variance,
)

numbers = st.lists(st.fractions(-50, 50, max_denominator=36), min_size=3, max_size=40)


def fractions(*values: int) -> list[Fraction]:
    return [Fraction(value) for value in values]


@given(numbers)
def test_mean_and_variance_are_those_of_the_standard_library(values: list[Fraction]) -> None:
    assert mean(values) == statistics.mean(values)
    assert variance(values) == statistics.variance(values)


@pytest.mark.parametrize("values", [[], fractions(3)])
def test_less_than_two_numbers_have_no_spread(values: list[Fraction]) -> None:
    assert variance(values) is None
    assert deviation(values) is None


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [
        (fractions(7), Fraction(1, 4), Fraction(7)),
        (fractions(1, 2), Fraction(1, 2), Fraction(3, 2)),
        (fractions(4, 1, 3, 2), Fraction(1, 4), Fraction(7, 4)),
        (fractions(1, 2, 3, 4, 5), Fraction(3, 4), Fraction(4)),
        (fractions(1, 2, 3), Fraction(1), Fraction(3)),
    ],
)
def test_quantiles_are_those_of_spreadsheets(
    values: list[Fraction], share: Fraction, expected: Fraction
) -> None:
    assert quantile(values, share) == expected


@given(numbers)
def test_the_middle_quantile_is_the_median(values: list[Fraction]) -> None:
    assert quantile(values, Fraction(1, 2)) == statistics.median(values)


@given(st.lists(st.tuples(st.fractions(0, 1, max_denominator=9), st.integers(0, 9)), min_size=2, max_size=30))
def test_the_correlation_is_that_of_the_standard_library(pairs: list[tuple[Fraction, int]]) -> None:
    xs, ys = [x for x, _ in pairs], [Fraction(y) for _, y in pairs]
    if len(set(xs)) == 1 or len(set(ys)) == 1:
        assert correlation(xs, ys) is None
        return
    found = correlation(xs, ys)
    other = statistics.correlation([float(x) for x in xs], [float(y) for y in ys])
    assert found is not None
    assert isclose(found, other, abs_tol=1e-9)
    assert -1 <= found <= 1


def test_a_correlation_worked_by_hand() -> None:
    # x: -2 -1 0 1 2, y: 0 -1 -1 1 1 (mean 0): sum of products 4, of squares 10 and 4
    assert correlation(fractions(1, 2, 3, 4, 5), fractions(2, 1, 1, 3, 3)) == pytest.approx(4 / 40**0.5)


def test_numbers_that_no_float_holds_are_no_trouble() -> None:
    great = [Fraction(10) ** 400 * number for number in (1, 2, 4)]
    assert correlation(great, fractions(1, 2, 4)) == 1


def test_equal_numbers_share_their_ranks() -> None:
    assert ranks(fractions(30, 10, 10, 20, 10)) == [Fraction(rank) for rank in (5, 2, 2, 4, 2)]


def test_ranks_hear_only_the_order() -> None:
    assert rank_correlation(fractions(1, 2, 3, 4), fractions(1, 10, 100, 1000)) == 1
    assert rank_correlation(fractions(1, 2, 3, 4), fractions(9, 7, 5, 1)) == -1


def test_spearman_by_its_other_formula() -> None:
    # without equal numbers: 1 - 6 * sum of squared differences of ranks / (n (n^2 - 1)), here 1 - 6 * 6 / 120
    assert rank_correlation(fractions(1, 2, 3, 4, 5), fractions(2, 1, 4, 5, 3)) == pytest.approx(1 - 48 / 120)
