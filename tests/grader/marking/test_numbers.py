"""Spellings of numbers: what each is worth, what is refused and why, and that nothing takes long."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convexam.generator.number import Number
from convexam.grader.marking.numbers import (
    MAX_BITS,
    Unreadable,
    parse_number,
    read_integer,
    read_number,
)
from convexam.grader.marking.tokens import Notation

from ...quick import is_quick

READERS: list[Callable[[str], Number]] = [read_integer, read_number]
HALF = Fraction(1, 2)

EITHER = {
    "0": 0,
    "12": 12,
    " 12\r\n": 12,
    "+12": 12,
    "-7": -7,
    "−7": -7,
    "–7": -7,
    "- 7": -7,
    "012": 12,
    "-0": 0,
    "12.": 12,
    "12.0": 12,
    "24/2": 12,
    "1/9": Fraction(1, 9),
    "-1/9": Fraction(-1, 9),
    "1⁄9": Fraction(1, 9),
    "12.5": Fraction(25, 2),
    "12,5": Fraction(25, 2),
    ".5": HALF,
    ",5": HALF,
    "0.125": Fraction(1, 8),
    "0,125": Fraction(1, 8),
    "1.7290": Fraction(1729, 1000),
    "1234.5": Fraction(2469, 2),
    "1234.5678": Fraction(12345678, 10000),
    "1234.000": 1234,
    "1 729": 1729,
    "1\u202f729": 1729,
    "1\u00a0729": 1729,
    "1'729": 1729,
    "1’729": 1729,
    "1,729,000": 1729000,
    "1.729.000": 1729000,
    "1 729 000": 1729000,
    "1,729.5": Fraction(3459, 2),
    "1.729,5": Fraction(3459, 2),
    "1 729,5": Fraction(3459, 2),
    "1 729.500": Fraction(3459, 2),
    "１２": 12,
    "－３．５": Fraction(-7, 2),
    "½": HALF,
    "-½": -HALF,
    "12½": Fraction(25, 2),
    "12 ½": Fraction(25, 2),
    "-12½": Fraction(-25, 2),
    "1 1/2": Fraction(3, 2),
    "-1 1/2": Fraction(-3, 2),
    "2 * 1 1/3": Fraction(8, 3),
    "1_729": 1729,
    "1 729/2": Fraction(1729, 2),
    "2²": 4,
    "-2²": -4,
    "-2^2": -4,
    "(-2)^2": 4,
    "(-2)²": 4,
    "2^3^2": 512,
    "2**3**2": 512,
    "2^-1": HALF,
    "2⁻¹": HALF,
    "2^10": 1024,
    "2¹⁰": 1024,
    "0^0": 1,
    "4.48e2": 448,
    "4.48E+2": 448,
    "5e-3": Fraction(1, 200),
    "4.48x10^2": 448,
    "4.48 X 10**2": 448,
    "4,48·10²": 448,
    "4.48 × 10^(2)": 448,
    "4.5*10⁻²": Fraction(9, 200),
    "1.729e3": 1729,
    "1,729e3": 1729,
    "1,729*10^3": 1729,
    "1.729·10³": 1729,
    "1 729e3": 1729000,
    "6/2*10^3": 3000,
    "2+3*4": 14,
    "(2+3)*4": 20,
    "3*3*3+1": 28,
    "8/4/2": 1,
    "8-4-2": 2,
    "5--3": 8,
    "5*-3": -15,
    "7÷2": Fraction(7, 2),
    "3×4": 12,
    "\ufeff12\u200b": 12,
    "((((3))))": 3,
    "\u202812\u0085": 12,
}


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize(("text", "value"), EITHER.items(), ids=map(ascii, EITHER))
def test_is_read_as_meant(read: Callable[[str], Number], text: str, value: Number) -> None:
    assert read(text) == value
    assert isinstance(read(text), int) == (Fraction(value).denominator == 1)


@pytest.mark.parametrize("text", ["1,729", "1.729", "1 729", "01,729", "１,７２９"])
def test_a_group_of_three_digits_is_thousands_in_a_whole_number(text: str) -> None:
    assert read_integer(text) == 1729


@pytest.mark.parametrize("text", ["4307.808", "-4307,808", "12345.678"])
def test_where_only_the_last_thousands_are_set_off_a_whole_number_is_not_guessed(text: str) -> None:
    with pytest.raises(Unreadable, match=r"can mean two numbers; write \d+ or \d+\.\d+"):
        read_integer(text)
    assert read_number(text) == Fraction(text.replace(",", "."))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.729", Fraction(1729, 1000)),
        ("12.500", Fraction(25, 2)),
        ("0,500", HALF),
        ("1234,500", Fraction(2469, 2)),
    ],
)
def test_a_point_is_decimal_in_other_numbers(text: str, value: Fraction) -> None:
    assert read_number(text) == value


@pytest.mark.parametrize("text", ["1,729", "-1,729", "12,500", "999,999", "1,729/2", "01,729"])
def test_a_comma_that_can_mean_two_things_is_not_guessed(text: str) -> None:
    with pytest.raises(Unreadable, match=r"can mean two numbers; write \d+ or \d+\.\d+"):
        read_number(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,729", Fraction(1729, 1000)),
        ("12,500", Fraction(25, 2)),
        ("0.500", HALF),
        ("1.729,5", Fraction(3459, 2)),
        ("1.5", Fraction(3, 2)),
        ("1.729.000", 1729000),
        ("1.729e3", 1729),
    ],
)
def test_a_comma_is_decimal_where_the_language_has_it(text: str, value: Fraction) -> None:
    assert read_number(text, ",") == value


@pytest.mark.parametrize("text", ["1.729", "-1.729", "12.500"])
def test_there_a_point_can_mean_two_things(text: str) -> None:
    with pytest.raises(Unreadable, match=r"can mean two numbers; write \d+ or \d+,\d+"):
        read_number(text, ",")


def test_whole_numbers_are_read_alike_in_every_language() -> None:
    assert read_integer("1.729", ",") == read_integer("1,729", ",") == 1729


REFUSED = {
    "about 1": ("expected a whole number, found the word 'about'", 0),
    "12 or 13": ("expected a whole number, found the word 'or'", 3),
    "12+0j": ("expected a whole number, found the word 'j'", 4),
    "nan": ("expected a whole number, found the word 'nan'", 0),
    "-inf": ("expected a whole number, found the word 'inf'", 1),
    "True": ("expected a whole number, found the word 'True'", 0),
    "12 px": ("expected a whole number, found the word 'px'", 3),
    "3x4": ("expected a whole number, found the word 'x'", 1),
    "0x1F": ("expected a whole number, found the word 'x'", 1),
    "12e": ("expected a whole number, found the word 'e'", 2),
    "factorial(9)": ("expected a whole number, found the word 'factorial'", 0),
    "9!": ("expected a whole number, found '!'", 1),
    "50%": ("expected a whole number, found '%'", 2),
    "1_00": ("the points, commas or spaces in '1_00' make no number; write it without them", 0),
    "= 12": ("expected a whole number, found '='", 0),
    "1, 2": ("expected a whole number, found ','", 1),
    "-": ("expected a whole number, found the end of the answer", 1),
    "1-": ("expected a whole number, found the end of the answer", 2),
    "": ("expected a whole number, found nothing", 0),
    "--7": ("expected a whole number, found '-'", 1),
    "*7": ("expected a whole number, found '*'", 0),
    "²": ("expected a whole number, found '²'", 0),
    "1)": ("expected a whole number, found ')'", 1),
    "2(3)": ("expected a whole number, found '('", 1),
    "(1": ("a parenthesis is not closed", 0),
    "12 13": ("expected one number, found another: '13'", 3),
    "1 7290": ("expected one number, found another: '7290'", 2),
    "1\n729": ("expected a whole number, found a second line", 1),
    "\n7\r\n-1\n": ("expected a whole number, found a second line", 2),
    "7\u2028-1": ("expected a whole number, found a second line", 1),
    "1 3/2": ("expected one number, found another: '3'", 2),
    "1/2 1/2": ("expected one number, found another: '1'", 4),
    "1 1/2/3": ("expected one number, found another: '1'", 2),
    "1 1/2²": ("expected one number, found another: '1'", 2),
    "1.5 1/2": ("expected one number, found another: '1'", 4),
    "1 100/200": ("'1 100/200' can mean two numbers; write 1100/200 or 1 + 100/200", 0),
    "3±1": ("character U+00B1 PLUS-MINUS SIGN is not allowed", 1),
    "с1": ("character U+0441 CYRILLIC SMALL LETTER ES is not allowed", 0),
    "٣": ("character U+0663 ARABIC-INDIC DIGIT THREE is not allowed", 0),
    "1\x002": ("character U+0000 is not allowed", 1),
    "\u202e21": ("character U+202E RIGHT-TO-LEFT OVERRIDE is not allowed", 0),
    "\ud800": ("character U+D800 is not allowed", 0),
    "1,2,3": ("the points, commas or spaces in '1,2,3' make no number; write it without them", 0),
    "1.2.3": ("the points, commas or spaces in '1.2.3' make no number; write it without them", 0),
    "1,00,000": ("the points, commas or spaces in '1,00,000' make no number; write it without them", 0),
    "1234 567": ("the points, commas or spaces in '1234 567' make no number; write it without them", 0),
    "1/0": ("a division by zero", 1),
    "1/(2-2)": ("a division by zero", 1),
    "0^-1": ("a division by zero", 1),
    "2^½": ("a power has to be a whole number", 1),
    "2⁺⁻": ("the power '⁺⁻' is no whole number", 1),
    "2^65": ("a power beyond 64", 1),
    "2^-65": ("a power beyond 64", 1),
    "1e41": ("a power of ten beyond 40", 0),
    "9" * 41: ("a number of more than 40 digits", 0),
    "(2^64)^16": ("the number is too large to be an answer", 6),
    "1" + "+1" * 75: ("more than 150 numbers and signs", 150),
    "(" * 31 + "1": ("nested more than 30 deep", 30),
    "1" + " " * 400: ("the number is longer than 400 characters", 400),
}


@pytest.mark.parametrize(("text", "told"), REFUSED.items(), ids=[ascii(text[:20]) for text in REFUSED])
def test_is_refused_with_a_reason_and_a_position(text: str, told: tuple[str, int]) -> None:
    with pytest.raises(Unreadable) as caught:
        parse_number(text, Notation(thousands=True))
    assert (str(caught.value.reason), caught.value.position) == told


def test_other_numbers_are_asked_for_by_their_name() -> None:
    with pytest.raises(Unreadable, match="expected a number, found the word 'about'"):
        read_number("about 1")


HOSTILE = {
    "tower": "10**100**100",
    "tower of nines": "9**9**9**9",
    "tower in parentheses": "(((9^9)^9)^9)^9",
    "long tower": "^".join("2" * 75),
    "huge exponent": "1e999999",
    "huge negative exponent": "0.111*10^-960000000",
    "exponent of many digits": "1e" + "9" * 390,
    "superscript of many digits": "2" + "⁹" * 390,
    "50 000 parentheses": "(" * 50_000,
    "closed parentheses": "(" * 190 + "1" + ")" * 190,
    "minus signs": "-" * 100_000 + "1",
    "a million digits": "9" * 1_000_000,
    "digits in groups": "999 " * 99,
    "growing product": "*".join(["9" * 40] * 9),
    "growing sum": "+".join(f"1/{'9' * 39}{digit}" for digit in range(9)),
    "spaces": " " * 399,
    "spaces before a power of ten": "1" + " " * 390 + "x",
    "points": "1." * 199,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_takes_no_time(text: str) -> None:
    def reading() -> None:
        for read in READERS:
            with pytest.raises(Unreadable):
                read(text)

    assert is_quick(0.1, reading)


def test_never_echoes_a_long_answer() -> None:
    with pytest.raises(Unreadable) as caught:
        read_integer("a" * 400)
    assert len(str(caught.value.reason)) < 120


@given(st.integers(-(10**40) + 1, 10**40 - 1))
def test_whole_numbers_survive(number: int) -> None:
    assert read_integer(str(number)) == read_number(str(number)) == number


@given(st.integers(1000, 10**12), st.sampled_from([",", ".", " ", "'", "\u202f", "’"]))
def test_grouped_whole_numbers_survive(number: int, mark: str) -> None:
    assert read_integer(f"{number:,}".replace(",", mark)) == number


@given(st.fractions(max_denominator=10**9).filter(lambda number: abs(number) < 10**12))
def test_fractions_survive(number: Fraction) -> None:
    assert read_number(str(number)) == number


@given(st.integers(0, 999), st.text("0123456789", min_size=1, max_size=9), st.sampled_from(".,"))
def test_decimals_are_exact_or_refused_as_ambiguous(front: int, decimals: str, mark: str) -> None:
    text = f"{front}{mark}{decimals}"
    if mark == "," and len(decimals) == 3 and front > 0:
        with pytest.raises(Unreadable, match="two numbers"):
            read_number(text)
    else:
        assert read_number(text) == Fraction(f"{front}.{decimals}")


Sum = tuple[str, Fraction]


def _combine(parts: st.SearchStrategy[Sum]) -> st.SearchStrategy[Sum]:
    def write(sign: str, left: Sum, right: Sum) -> Sum:
        a, b = left[1], right[1]
        value = {"+": a + b, "-": a - b, "*": a * b, "/": a / b if b else a}[sign]
        return f"({left[0]}) {sign if b else '+'} ({right[0]})", value if b else a

    return st.builds(write, st.sampled_from("+-*/"), parts, parts)


@given(st.recursive(st.integers(-99, 99).map(lambda n: (str(n), Fraction(n))), _combine, max_leaves=12))
def test_arithmetic_is_exact(written: Sum) -> None:
    text, value = written
    assert parse_number(text, Notation(thousands=False)) == value


@given(st.one_of(st.text(max_size=500), st.text("0123456789+-*/^()., 'eEx²½", max_size=60)))
def test_every_text_is_a_bounded_number_or_unreadable(text: str) -> None:
    for read in READERS:
        outcome = _outcome(read, text)
        if isinstance(outcome, Unreadable):
            assert outcome.reason
            assert outcome.position is None or 0 <= outcome.position <= len(text)
        else:
            number = Fraction(outcome)
            assert max(number.numerator.bit_length(), number.denominator.bit_length()) <= MAX_BITS


def _outcome(read: Callable[[str], Number], text: str) -> Number | Unreadable:
    try:
        return read(text)
    except Unreadable as error:
        return error
