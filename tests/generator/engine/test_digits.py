import math
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mpmath import iv, mp, mpf

from convexam.generator.engine import (
    ShapeError,
    cross_entropy_digits,
    exp_digits,
    log_loss_digits,
    rounded,
    sigmoid_digits,
    softmax_digits,
    tanh_digits,
)
from convexam.generator.engine.bounds import exp_bounds, ln_bounds

from ...quick import is_quick

F = Fraction


@pytest.mark.parametrize(
    ("number", "digits", "expected"),
    [
        (F(5, 2), 0, F(3)),
        (F(-5, 2), 0, F(-3)),
        (F(1, 8), 2, F(13, 100)),
        (F(-1, 8), 2, F(-13, 100)),
        (F(1, 3), 3, F(333, 1000)),
        (F(2, 3), 3, F(667, 1000)),
        (F(0), 2, F(0)),
        (7, 1, F(7)),
    ],
    ids=str,
)
def test_rounded(number: Fraction, digits: int, expected: Fraction) -> None:
    assert rounded(number, digits) == expected


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        pytest.param(lambda: softmax_digits([1, 2, 3], 4), ("0.0900", "0.2447", "0.6652"), id="softmax"),
        pytest.param(lambda: softmax_digits([0] * 8, 2), ("0.13",) * 8, id="exact tie"),
        pytest.param(lambda: softmax_digits([0, -(10**9)], 3), ("1", "0"), id="far apart"),
        pytest.param(lambda: softmax_digits([7], 3), ("1",), id="one class"),
        pytest.param(lambda: (sigmoid_digits(0, 0),), ("1",), id="half rounds up"),
        pytest.param(lambda: (sigmoid_digits(1, 10),), ("0.7310585786",), id="sigmoid"),
        pytest.param(lambda: (tanh_digits(F(1, 2), 12),), ("0.462117157260",), id="tanh"),
        pytest.param(lambda: (tanh_digits(F(-1, 2), 12),), ("-0.462117157260",), id="tanh is odd"),
        pytest.param(lambda: (cross_entropy_digits([0, 0, 0], 2, 4),), ("1.0986",), id="E57 uniform"),
        pytest.param(
            lambda: (log_loss_digits([F(3, 5)] * 3 + [F(2, 5)] * 2, 4),), ("0.6730",), id="E57 arm 0"
        ),
        pytest.param(lambda: (log_loss_digits([F(4, 5)] * 4 + [F(1, 5)], 4),), ("0.5004",), id="E57 arm 1"),
        pytest.param(
            lambda: (log_loss_digits([F(3, 5)] * 3 + [F(2, 5)] * 2 + [F(4, 5)] * 4 + [F(1, 5)], 4),),
            ("0.5867",),
            id="E57 both arms",
        ),
        pytest.param(lambda: (log_loss_digits([1, 1], 4),), ("0",), id="no loss"),
        pytest.param(lambda: (cross_entropy_digits([5], 0, 4),), ("0",), id="nothing to choose"),
        pytest.param(lambda: (cross_entropy_digits([0, 100], 0, 2),), ("100",), id="confident and wrong"),
        pytest.param(
            lambda: (cross_entropy_digits([[0, 0], [1, 0]], [0, 1], 4),), ("1.0032",), id="mean over samples"
        ),
    ],
)
def test_known_digits(found: Any, expected: tuple[str, ...]) -> None:
    assert found() == tuple(map(Fraction, expected))


rationals = st.fractions(min_value=-12, max_value=12, max_denominator=50)


def reference(value: Any, digits: int) -> Fraction:
    """Round what mpmath computes to 60 digits: another implementation, without proof."""
    with localcontext() as context:
        context.prec = 80
        return Fraction(Decimal(mp.nstr(value, 60)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP))


def real(number: Fraction) -> Any:
    return mpf(number.numerator) / number.denominator


@settings(max_examples=60)
@given(st.lists(rationals, min_size=2, max_size=5), st.integers(1, 12))
def test_agrees_with_mpmath(z: list[Fraction], digits: int) -> None:
    with mp.workdps(70):
        powers = [mp.exp(real(value)) for value in z]
        shares = [power / mp.fsum(powers) for power in powers]
        if len(set(z)) > 1:
            assert softmax_digits(z, digits) == tuple(reference(share, digits) for share in shares)
        assert cross_entropy_digits(z, 0, digits) == reference(-mp.log(shares[0]), digits)
        if z[0]:
            assert sigmoid_digits(z[0], digits) == reference(1 / (1 + mp.exp(-real(z[0]))), digits)
            assert tanh_digits(z[0], digits) == reference(mp.tanh(real(z[0])), digits)


@settings(max_examples=80)
@given(st.fractions(min_value=-60, max_value=0, max_denominator=997), st.integers(3, 40))
def test_bounds_enclose(exponent: Fraction, precision: int) -> None:
    """The bounds overlap with those of an independent interval arithmetic."""
    iv.dps = 60
    low, high = exp_bounds(exponent, precision)
    true = iv.exp(iv.mpf(exponent.numerator) / exponent.denominator)
    assert low <= high
    assert iv.mpf(low.numerator) / low.denominator <= true
    assert true <= iv.mpf(high.numerator) / high.denominator
    assert high - low <= high * (abs(exponent) + 3) * F(10) ** (2 - precision)
    number = 1 - exponent
    low, high = ln_bounds(number, precision)
    true = iv.log(iv.mpf(number.numerator) / number.denominator)
    assert iv.mpf(low.numerator) / low.denominator <= true <= iv.mpf(high.numerator) / high.denominator


def test_exact_points() -> None:
    assert exp_bounds(F(0), 5) == (F(1), F(1))
    assert ln_bounds(F(1), 5) == (F(0), F(0))
    low, high = ln_bounds(1 + F(1, 10**50), 5)
    assert low == 0 < high


def test_a_near_tie_is_settled_by_more_precision() -> None:
    """tanh(x) for tiny x lies just below x, which is half-way between two decimals."""
    assert tanh_digits(F(5, 10**9), 8) == 0
    assert tanh_digits(F(5, 10**60), 59) == 0
    assert rounded(F(5, 10**60), 59) == F(1, 10**59)


@pytest.mark.parametrize(("side", "expected"), [(1, 1), (-1, 0)], ids=["just above", "just below"])
def test_a_hair_from_a_half(side: int, expected: int) -> None:
    hair = F(side, 10**40)
    assert sigmoid_digits(hair, 0) == expected
    with mp.workdps(60):  # ln(1 + exp(z)) = 1/2
        z = F(mp.nstr(mp.log(mp.expm1(mpf("0.5"))), 55))
    assert cross_entropy_digits([0, z + hair], 0, 0) == expected
    with mp.workdps(60):  # -ln p = 1/2
        p = F(mp.nstr(mp.exp(mpf("-0.5")), 55))
    assert log_loss_digits([p - hair], 0) == expected


def test_effort_is_bounded() -> None:
    def rounding() -> None:
        with pytest.raises(ArithmeticError, match="not settled"):
            softmax_digits([0, 0, -(10**9)], 0)  # 1/2 less a hair below 10**-400,000,000
        softmax_digits([F(1, 3), F(10**30, 7), -(10**40)], 100)

    assert is_quick(2, rounding)


@pytest.mark.parametrize(
    ("call", "error"),
    [
        pytest.param(lambda: softmax_digits([0.5, 1], 3), TypeError, id="floats"),
        pytest.param(lambda: sigmoid_digits(0.5, 3), TypeError, id="float"),  # type: ignore[arg-type]
        pytest.param(lambda: softmax_digits([1, 2], 101), ValueError, id="too many digits"),
        pytest.param(lambda: softmax_digits([1, 2], -1), ShapeError, id="negative digits"),
        pytest.param(lambda: cross_entropy_digits([1, 2], 2, 3), ShapeError, id="no such class"),
        pytest.param(lambda: cross_entropy_digits([[1, 2], [3, 4]], [0], 3), ShapeError, id="labels missing"),
        pytest.param(lambda: log_loss_digits([F(0)], 3), ValueError, id="probability 0"),
        pytest.param(lambda: log_loss_digits([F(3, 2)], 3), ValueError, id="probability above 1"),
    ],
)
def test_refuses(call: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        call()


def test_floats_agree() -> None:
    assert float(tanh_digits(F(1, 3), 15)) == pytest.approx(math.tanh(1 / 3), abs=1e-14)


@pytest.mark.parametrize(
    ("exponent", "digits", "expected"),
    [
        (0, 3, F(1)),
        (1, 5, F(271_828, 100_000)),
        (-1, 4, F(3679, 10_000)),
        (F(1, 2), 3, F(1649, 1000)),
        (20, 0, F(485_165_195)),
        (-20, 8, F(0)),
    ],
)
def test_exponentials(exponent: int | Fraction, digits: int, expected: Fraction) -> None:
    assert exp_digits(exponent, digits) == expected
