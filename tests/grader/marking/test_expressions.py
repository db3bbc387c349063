"""Expressions as people type them."""

from __future__ import annotations

import sys
from fractions import Fraction
from types import FrameType

import pytest

from convexam.generator.document import Symbol
from convexam.generator.expressions.names import Family
from convexam.generator.model import Field
from convexam.grader.marking.compare import mark_field
from convexam.grader.marking.expressions import read_expression
from convexam.grader.marking.unreadable import Unreadable
from convexam.grader.model import Verdict

INDEXED = (Family("I", 1), Family("w", 1), Family("b", 0))
TWO = (Family("I", 2), Family("w", 2))
LETTERS = tuple(Family(letter, 0) for letter in "abcdefghi")
ONE_DIMENSIONAL = (Family("x", 1), Family("w", 1))


@pytest.mark.parametrize(
    "text",
    [
        "I1w1 + 2*I13*w2 - b",
        "I_1 w_1 + 2 I_{13} w_2 - b",
        "I[1]w[1] + I[13]*2*w[2] − b",
        "-b + w2·I13·2 + w1·I1",
        "I1 × w1 + 2I13 × w2 – b",
        "I1 x w1 + 2 x I13 X w2 - b",
        "I₁w₁ + 2I₁₃w₂ − b",
        r"I_1 \cdot w_{1} + 2\times I_{13}\,w_2 - b",
        "i1 W1 + 2 I13 w02 - B",
        "(I1 w1 + I13 w2) + (I13 w2 - b)",
        "I1(w1) + (2)(I13)w2 - 1b",
        "4/2*I13*w2 + I1w1 - b^1",
        "Y_{0,0} = I1w1 + 2I13w2 - b",
        "= I1w1 + 2I13w2 - b;",
        "Answer: I1w1 + 2I13w2 - b",
        "I(1)w(1) + 2 I(13) w(2) - b",
        r"$I_{1}w_{1} + 2I_{13} \cdot w_{2} - b$",
        r"\left(I_1\,w_1 + \frac{4}{2} I_{13} w_2\right) - b",
        "I1•w1 + 2,0•I13•w2 − b",
        "I１w１ ＋ 2I13w2 － b",
    ],
)
def test_the_same_expression(text: str) -> None:
    assert read_expression(text, INDEXED) == "I1*w1 + 2*I13*w2 - b"


@pytest.mark.parametrize(
    ("text", "known", "read"),
    [
        ("I99", INDEXED, "I99"),
        ("b − b", INDEXED, "0"),
        ("w1²", INDEXED, "w1^2"),
        ("1/3*b", INDEXED, "1/3*b"),
        ("(I1 + I2)(w1 - w2)", INDEXED, "I1*w1 - I1*w2 + I2*w1 - I2*w2"),
        ("I[0,1]w[0,0]", TWO, "I[0,1]*w[0,0]"),
        ("I_{0,1} w_{0, 0}", TWO, "I[0,1]*w[0,0]"),
        ("I01w00", TWO, "I[0,1]*w[0,0]"),
        ("I(0,1) w_(0, 0)", TWO, "I[0,1]*w[0,0]"),
        ("I_0,1 w₀,₀", TWO, "I[0,1]*w[0,0]"),
        ("I [0,1] w [0,0]", TWO, "I[0,1]*w[0,0]"),
        ("½b + 0,25 I1", INDEXED, "1/4*I1 + 1/2*b"),
        ("b(2)", INDEXED, "2*b"),
        ("I1(2)", INDEXED, "2*I1"),
        ("I[0][1] w_00", TWO, "I[0,1]*w[0,0]"),
        ("I_{10,2}", TWO, "I[10,2]"),
        ("i*1 + h*2 + 3g", LETTERS, "3*g + 2*h + i"),
        ("9A + ai", LETTERS, "a*i + 9*a"),
        ("w1x1 + X2w2", ONE_DIMENSIONAL, "x1*w1 + x2*w2"),
    ],
)
def test_read(text: str, known: tuple[Family, ...], read: str) -> None:
    assert read_expression(text, known) == read
    assert read_expression(read, known) == read


@pytest.mark.parametrize(
    ("text", "known", "reason"),
    [
        ("q7", INDEXED, "at character 1: 'q' is none of the names of this question: I, b, w"),
        ("about twelve, I think", INDEXED, "at character 1: 'a' is none of the names of this question"),
        ("I w1", INDEXED, "at character 2: the index of I is missing"),
        ("I1w1 + b2", INDEXED, "at character 9: b has no index here; write a product with *"),
        ("I1 w1 2", INDEXED, "at character 7: write an operation before 2"),
        ("1/2 I1", INDEXED, "at character 5: behind a division, write * or brackets"),
        ("I1w1 = w2I2", INDEXED, "at character 6: '=' has no place in an expression"),
        ("I1/w1", INDEXED, "at character 3: only a division by a number other than 0 is read here"),
        ("I1/0", INDEXED, "at character 3: only a division by a number other than 0 is read here"),
        ("I1^-1", INDEXED, "at character 3: an exponent is a whole number from 0 to 8"),
        ("I1⁻¹", INDEXED, "at character 3: the power '⁻¹' is no whole number"),
        ("I123456", INDEXED, "at character 2: expected a name like I0, found I123456"),
        ("I1", TWO, "at character 2: expected a name like I[0,1], found I1"),
        ("I1 + w1 or b", INDEXED, "at character 9: 'o' is none of the names of this question"),
        ("х1", ONE_DIMENSIONAL, "character U+0445 CYRILLIC SMALL LETTER HA is not allowed"),
        ("x1 x w1", ONE_DIMENSIONAL, "at character 5: the index of x is missing"),
        ("1,000 b", INDEXED, "at character 2: ',' has no place in an expression"),
        (r"2\frac{1}{3} I1", INDEXED, r"at character 2: '\\' has no place in an expression"),
        (r"\sqrt{I1}", INDEXED, r"at character 1: '\\' has no place in an expression"),
        ("answer", INDEXED, "at character 1: 'a' is none of the names"),
        ("?", INDEXED, "at character 1: '?' has no place in an expression"),
    ],
)
def test_unreadable(text: str, known: tuple[Family, ...], reason: str) -> None:
    with pytest.raises(Unreadable) as found:
        read_expression(text, known)
    assert str(found.value.reason).startswith(reason)


@pytest.mark.parametrize(
    "text",
    [
        "(" * 4000,
        "-" * 900,
        "I1w1+" * 190,
        "(I1+I2+I3+w1+w2+w3+b)^8",
        "(I1+w1+b+I2+I3+w3+I4)" * 8,
        "((((I1+1)^8)^8)^8)^8",
        "(9999999999*b)^8" * 9,
        "I" * 1000,
        "9" * 1000,
        "b^8^8^8^8",
        "1/3*" * 140 + "b",
    ],
)
def test_hostile_answers_cost_nothing(text: str) -> None:
    """Work is counted in calls of functions; a read answer of sixty terms makes some ten thousands."""
    calls = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event == "call"

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        with pytest.raises(Unreadable):
            read_expression(text, INDEXED)
    finally:
        sys.setprofile(before)
    assert calls < 200_000


FIELD = Field("Y", "expression", Symbol("Y"), names=INDEXED)


@pytest.mark.parametrize(
    ("raw", "verdict"),
    [
        ("b + w1 I1", Verdict.RIGHT),
        ("I1w1", Verdict.WRONG),
        ("I1w2 + b", Verdict.WRONG),
        ("I99w1 + b", Verdict.WRONG),
        ("12", Verdict.WRONG),
        (" ", Verdict.BLANK),
        ("I1w1 + q", Verdict.UNREADABLE),
        (["I1w1", "b"], Verdict.UNREADABLE),
    ],
)
def test_marked(raw: object, verdict: Verdict) -> None:
    mark = mark_field(FIELD, ("I1*w1 + b",), raw)
    assert mark.verdict is verdict
    assert mark.credit == Fraction(verdict is Verdict.RIGHT)
