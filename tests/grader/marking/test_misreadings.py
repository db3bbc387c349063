"""Texts that look like an answer and mean another one, or two, are not read as it."""

from __future__ import annotations

from typing import Any

import pytest

from convexam.generator.document import Symbol, say
from convexam.generator.expressions.names import Family
from convexam.generator.model import Field, FieldKind, Option
from convexam.grader.marking.fields import read
from convexam.grader.marking.unreadable import Unreadable

LETTERS = tuple(
    Option(letter, also=(text,))
    for letter, text in zip(
        "ABC", ("It shares weights.", "It has a bias.", "Pooling has no weights."), strict=True
    )
)
WORDS = tuple(map(Option, ("yes", "no", "max pooling", "average pooling")))
NAMES = (Family("I", 1), Family("w", 1))


def field(kind: FieldKind, **more: Any) -> Field:
    return Field("y", kind, Symbol("y"), **more)


@pytest.mark.parametrize(
    "sign", ["!=", "<=", ">=", "+=", "-=", "*=", "/=", "~=", " ? =", " - =", " + y =", "*y ="]
)
def test_what_is_said_about_y_is_not_y(sign: str) -> None:
    for asked, answer in (
        (field("integer"), "3"),
        (field("shape"), "3 x 4"),
        (field("tensor"), "[[1, 2], [3, 4]]"),
        (field("choice", options=LETTERS), "A"),
        (field("choices", options=LETTERS), "A, B"),
        (field("order", options=LETTERS), "A, B, C"),
    ):
        with pytest.raises(Unreadable):
            read(asked, f"y{sign} {answer}")


def test_a_fraction_of_python_is_one_number() -> None:
    assert read(field("integer"), "1/Fraction(1, 2)") == 2
    assert read(field("integer"), "3 - Fraction(-1, 1)") == 4
    with pytest.raises(Unreadable):
        read(field("integer"), "4^Fraction(1, 2)")
    assert read(field("tensor"), "[[Fraction(4, 2), 1], [3, Fraction(-4, 1)]]") == ((2, 1), (3, -4))


@pytest.mark.parametrize("text", ["1.5×10-3", "1.5 × 10−3", "-2·10-1", "1,5*10 - 12"])
def test_a_power_of_ten_that_lost_its_place(text: str) -> None:
    """Copied from a page, 10⁻³ becomes 10-3."""
    with pytest.raises(Unreadable, match="two numbers"):
        read(field("number"), text)


def test_a_difference_is_still_computed() -> None:
    assert read(field("integer"), "2*10-3") == 17
    assert read(field("number"), "2*3-1") == 5
    assert read(field("number"), "1.5*10^-3 - 1/2000") * 1000 == 1  # type: ignore[operator]


def test_a_factor_before_a_matrix_is_no_digit_of_it() -> None:
    square = r"\begin{bmatrix}1 & 2\\3 & 4\end{bmatrix}"
    column = r"\begin{pmatrix}1\\2\end{pmatrix}"
    assert read(field("tensor"), square) == ((1, 2), (3, 4))
    assert read(field("tensor"), column) == ((1,), (2,))
    for matrix in (square, column):
        for text in (
            f"2{matrix}",
            f"-{matrix}",
            f"{matrix}/2",
            f"{matrix}^T",
            f"{matrix}5",
            rf"\frac12{matrix}",
        ):
            with pytest.raises(Unreadable):
                read(field("tensor"), text)


def test_a_fraction_behind_a_space_is_a_cell_of_its_own() -> None:
    assert read(field("tensor", shape=(1, 2)), r"1 \frac{6}{2}") == ((1, 3),)
    assert read(field("tensor"), r"$1 \frac{1}{2} 2$") == read(field("tensor"), "1 1/2 2")
    assert read(field("tensor"), r"1 \frac{1}{2} & 2") == read(field("tensor"), "3/2 | 2")
    assert read(field("tensor"), r"1\frac{1}{2} 2") == read(field("tensor"), "3/2 2")


def test_a_column_of_mixed_numbers() -> None:
    assert read(field("tensor", shape=(2, 1)), "1 4/8\n1 000") == read(
        field("tensor", shape=(2, 1)), "1.5\n1000"
    )


@pytest.mark.parametrize("text", ["1,024,4,4", "(1,024)", "[1,024]", "10,000,4", "1 024 4", "3,4,1,000"])
def test_no_size_begins_with_zero(text: str) -> None:
    with pytest.raises(Unreadable):
        read(field("shape"), text)


def test_a_letter_is_no_article() -> None:
    with pytest.raises(Unreadable):
        read(field("choice", options=LETTERS), "A Pooling has no weights.")
    assert read(field("choice", options=LETTERS), "the Pooling has no weights.") == "C"


@pytest.mark.parametrize("text", ["I1 w1\nI2 w2", "w1\n2", "(w1)\n(w2)", r"w_1 \\ w_2"])
def test_two_lines_are_no_product(text: str) -> None:
    with pytest.raises(Unreadable):
        read(field("expression", names=NAMES), text)


def test_a_sum_may_go_over_lines() -> None:
    assert read(field("expression", names=NAMES), "w1\n + w2 *\n 2") == "w1 + 2*w2"


@pytest.mark.parametrize(
    "text",
    [
        "yes = no",
        "y = yes; y = no",
        "answer: yes answer: no",
        "y: no, y: yes",
        "average pooling answer: max pooling",
    ],
)
def test_an_option_is_no_name_of_the_answer(text: str) -> None:
    """Also where the question names the options: "yes or no?"."""
    asked = Field("y", "choice", say("max pooling or average pooling, yes or no"), options=WORDS)
    with pytest.raises(Unreadable):
        read(asked, text)
    assert read(asked, "y: yes") == "yes"
    assert read(asked, "Answer: y = no") == "no"


@pytest.mark.parametrize("text", ["0 -8", "-3 +4", "1/2 -1/2", "0  −2.5"])
def test_two_numbers_are_no_difference(text: str) -> None:
    for kind in ("integer", "number"):
        with pytest.raises(Unreadable):
            read(field(kind), text)
    assert read(field("integer"), "5 - 3") == read(field("integer"), "5-3") == 2
    assert read(field("integer"), "5 -3 = 2") == 2
