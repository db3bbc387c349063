"""What stands around an answer is taken away where it says nothing of its own, and nowhere else."""

from __future__ import annotations

from fractions import Fraction

import pytest

from convexam.generator.document import Symbol, say
from convexam.generator.language import ENGLISH, language
from convexam.generator.model import Field
from convexam.grader.marking.bare import bare
from convexam.grader.marking.fields import read
from convexam.grader.marking.pasted_latex import without_latex
from convexam.grader.marking.unreadable import Unreadable

CELL = Field("y", "integer", Symbol("Y_{2,3}"))
MEMORY = Field("memory", "number", say("Memory of the parameters ({{ unit }})", unit="MB"))
SHARE = Field("zero_share", "number", say("Share of zeros in $A$, in percent"))
MAP = Field("Y1", "tensor", Symbol("Y^{(1)}"))


@pytest.mark.parametrize(
    ("field", "raw", "value"),
    [
        (CELL, "y = 3", 3),
        (CELL, "Y: 3", 3),
        (CELL, "Y_{2,3} = 3", 3),
        (CELL, "Y[2,3] = 3", 3),
        (CELL, "$Y_{2,3} = 3$", 3),
        (CELL, "Y₂,₃ = 3", 3),
        (CELL, "= 3", 3),
        (CELL, "The answer is 3.", 3),
        (CELL, "Het antwoord is: 3", 3),
        (CELL, "Y = 1*2 + 1 = 3", 3),
        (CELL, "[3]", 3),
        (CELL, ["3"], 3),
        (CELL, {"3": None}, 3),
        (CELL, "__3__", 3),
        (CELL, "**3**", 3),
        (CELL, "“3”", 3),
        (CELL, "np.int64(3)", 3),
        (CELL, "tensor([[3]])", 3),
        (MEMORY, "12 MB", 12),
        (MEMORY, "12.5MB", Fraction(25, 2)),
        (MEMORY, "parameters: 12 MB", 12),
        (SHARE, "88.07%", Fraction(8807, 100)),
        (SHARE, "88.07 percent", Fraction(8807, 100)),
        (MAP, "Y1 = [[1, 2]]", ((1, 2),)),
        (MAP, "Y:\n1 2", ((1, 2),)),
        (MAP, "ans =\n\n     1     2\n", ((1, 2),)),
        (MAP, "Y = np.array([[1., 2.]], dtype=float32)", ((1, 2),)),
        (MAP, "tensor([[[[1., 2.]]]], device='cuda:0', dtype=torch.float64)", ((1, 2),)),
        (MAP, "[[Fraction(1, 2), Fraction(2, 1)]]", ((Fraction(1, 2), 2),)),
    ],
)
def test_what_stands_around_is_taken_away(field: Field, raw: object, value: object) -> None:
    assert read(field, raw) == value


@pytest.mark.parametrize(
    ("field", "raw", "reason"),
    [
        (CELL, "x = 3", "found the word 'x'"),
        (CELL, "Y_{3,2} = 3", "found the word 'Y'"),
        (CELL, "Y = ", "found the word 'Y'"),
        (CELL, "=", "found nothing"),
        (CELL, "not 3", "found the word 'not'"),
        (CELL, "3 or 4", "found the word 'or'"),
        (CELL, "3 not", "found the word 'not'"),
        (CELL, "y = 3, x = 4", "found ','"),
        (CELL, "1 + 1 = 3", "the numbers on the two sides of = differ"),
        (CELL, "3 = Y", "found the word 'Y'"),
        (CELL, "[1,2]", "found '['"),
        (CELL, ["1", "2"], "found a list"),
        (CELL, "1=" * 9 + "1", "found '='"),
        (MEMORY, "12 GB", "found the word 'GB'"),
        (MEMORY, "12 mb", "found the word 'mb'"),
        (MEMORY, "12 MiB", "found the word 'MiB'"),
        (MEMORY, "12%", "a percentage can be meant as it stands or as a share of 1"),
        (MAP, "Y2 = [[1, 2]]", "the brackets do not make rows"),
    ],
)
def test_what_says_something_stays(field: Field, raw: object, reason: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read(field, raw)
    assert reason in str(caught.value.reason)


def test_the_words_of_a_label_are_those_of_the_paper() -> None:
    field = Field("n", "integer", say("a whole number"))
    assert bare("geheel getal: 12", field, language("nl")) == "12"
    assert bare("geheel getal: 12", field, ENGLISH) == "geheel getal: 12"


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"\frac{1}{3}", "(1/3)"),
        (r"-\tfrac12", "-(1/2)"),
        (r"2\frac{1}{3}", "(2+1/3)"),
        (r"2^\frac{1}{3}", "2^(1/3)"),
        (r"\frac{-1}{3}", "((-1)/(3))"),
        (r"$1.5 \cdot 10^{4}$", "1.5 * 10^(4)"),
        (r"1{,}5", "1,5"),
        (r"1\,729", "1\u2009729"),
        (r"\left[\begin{array}{cc}1 & 2 \\[2pt] 3 & 4\end{array}\right]", "[1 & 2 \n 3 & 4]"),
        (r"\begin{pmatrix}1\\2\end{pmatrix}", "[1\n2]"),
        (r"50\%", "50%"),
        (r"\sqrt{2}", r"\sqrt{2}"),
        (r"5\frac{3}{2}", r"5\frac{3}{2}"),
        ("1/3", "1/3"),
    ],
)
def test_latex(latex: str, text: str) -> None:
    assert without_latex(latex).strip() == text
