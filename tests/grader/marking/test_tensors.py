"""Maps typed as text or lists: layouts that are read, layouts that are not guessed, cells that are bad."""

from __future__ import annotations

from fractions import Fraction

import pytest

from convexam.generator.document import say
from convexam.grader.marking.tensors import BadCell, Tensor, read_tensor, write_tensor
from convexam.grader.marking.unreadable import Unreadable

HALF = Fraction(1, 2)
SQUARE = ((10, -7), (15, 13))
ROW = ((1, 2, 3),)
DECIMALS = ((HALF, Fraction(3, 2)), (Fraction(5, 2), 3))

LAYOUTS: dict[str, tuple[str | list[object], Tensor]] = {
    "block": ("10 -7\n15 13", SQUARE),
    "block with a Unicode minus": ("10 −7\n15 13\n", SQUARE),
    "full-width digits": ("１０　－７\n１５　１３", SQUARE),
    "tabs and Windows line ends": ("10\t-7\r\n15\t13\r\n", SQUARE),
    "next-line characters": ("10 -7\u008515 13\u0085", SQUARE),
    "no-break spaces": ("10\u00a0-7\n15\u202f13", SQUARE),
    "blank cells of a spreadsheet": ("1\t\t3\n\t2\t", ((1, None, 3), (None, 2, None))),
    "a blank row of a spreadsheet": ("1\t2\n\t\n3\t4", ((1, 2), (None, None), (3, 4))),
    "tabs as spaces": ("10\t-7\n15 13", SQUARE),
    "tabs and spaces": ("1\t2 3\n4 5\t6", ((1, 2, 3), (4, 5, 6))),
    "an indented block": ("\t10\t-7\n\t15\t13", SQUARE),
    "thin spaces in thousands": ("1\u202f729 2\n3 4", ((1729, 2), (3, 4))),
    "commas before signs": ("10,-7\n15,13", SQUARE),
    "commas between decimals": ("0.5,1.5\n2.5,3", DECIMALS),
    "round brackets": ("((10, -7), (15, 13))", SQUARE),
    "one tuple": ("(1, 2, 3)", ROW),
    "parentheses in cells": ("(1/2) (3/2)\n(5/2) 3", DECIMALS),
    "texts in lists": ("[[\"10\", '-7'], ['15', '13']]", SQUARE),
    "one image": ("[[[10, -7], [15, 13]]]", SQUARE),
    "one image in lists": ([[["10", "-7"], ["15", "13"]]], SQUARE),
    "rows of bars on one line": ("10|-7;15|13", SQUARE),
    "numbered rows": ("1: 10 -7\n2: 15 13", SQUARE),
    "a code block": ("```\n10 -7\n15 13\n```", SQUARE),
    "empty head of a table": ("| | |\n|---|---|\n| 10 | -7 |\n| 15 | 13 |", SQUARE),
    "points tell points": ("0.5 1.500\n2.5 3.000", DECIMALS),
    "commas tell commas": ("0,5 1,500\n2,5 3,000", DECIMALS),
    "LaTeX in lists": ([[r"\frac{1}{2}", "3/2"], ["5/2", "$3$"]], DECIMALS),
    "ragged columns": ("  10   -7\n\n 15 13  \n", SQUARE),
    "semicolons between cells": ("10; -7\n15; 13", SQUARE),
    "semicolons between rows": ("10 -7; 15 13", SQUARE),
    "semicolons after rows": ("10 -7;\n15 13;", SQUARE),
    "bars": ("10 | -7\n15 | 13", SQUARE),
    "bars and a minus apart": ("10 | - 7\n15 | 13", SQUARE),
    "Markdown table": ("| 10 | -7 |\n|:---|---:|\n| 15 | 13 |", SQUARE),
    "commas and spaces": ("10, -7\n15, 13", SQUARE),
    "commas after spaces": ("10 ,-7\n15 ,13", SQUARE),
    "commas after rows": ("10, -7,\n15, 13,", SQUARE),
    "LaTeX rows": (r"10 & -7 \\ 15 & 13 \\", SQUARE),
    "nested lists": ("[[10, -7], [15, 13]]", SQUARE),
    "nested lists without spaces": ("[[10,-7],[15,13]]", SQUARE),
    "nested lists over lines": ("[[10, -7],\n [15, 13]]", SQUARE),
    "nested lists, one bracket short": ("[[10, -7], [15, 13]", SQUARE),
    "lists side by side": ("[10, -7], [15, 13]", SQUARE),
    "numpy": ("[[10 -7]\n [15 13]]", SQUARE),
    "MATLAB": ("[10 -7; 15 13]", SQUARE),
    "MATLAB with commas": ("[10, -7; 15, 13]", SQUARE),
    "braces": ("{{10, -7}, {15, 13}}", SQUARE),
    "real lists": ([["10", "-7"], ["15", "13"]], SQUARE),
    "MATLAB to YAML": (["10", "-7; 15", "13"], SQUARE),
    "a column of MATLAB to YAML": (["1; 2"], ((1,), (2,))),
    "arithmetic in a column of boxes": ([["1 / 2"], ["10 - 7"]], ((HALF,), (3,))),
    "numpy to YAML": ([["10 -7"], ["15 13"]], SQUARE),
    "list of lines": (["10 -7", "15 13"], SQUARE),
    "list of cells": (["1", "2", "3"], ROW),
    "one row": ("1 2 3", ROW),
    "one row of semicolons": ("1;2;3", ROW),
    "one row of commas": ("1,2,3", ROW),
    "one list": ("[1, 2, 3]", ROW),
    "one column": ("1\n2", ((1,), (2,))),
    "one cell": ("7", ((7,),)),
    "blank cells": ("1 _\n__ 2", ((1, None), (None, 2))),
    "blank cells between bars": ("1 |  | 3", ((1, None, 3),)),
    "blank cells between commas": ("1, , 3", ((1, None, 3),)),
    "blank cells in lists": ([["1", None], ["_", ""]], ((1, None), (None, None))),
    "all blank": ("_ _\n_ _", ((None, None), (None, None))),
    "fractions": ("1/9 -2/3", ((Fraction(1, 9), Fraction(-2, 3)),)),
    "spaced fractions between bars": ("1 / 9 | -2/3", ((Fraction(1, 9), Fraction(-2, 3)),)),
    "arithmetic": ("2*3 2² 12½", ((6, 4, Fraction(25, 2)),)),
    "decimal points": ("0.5 1.5\n2.5 3", DECIMALS),
    "decimal commas": ("0,5 1,5\n2,5 3", DECIMALS),
    "decimal commas and semicolons": ("0,5; 1,5\n2,5; 3", DECIMALS),
    "decimal commas in lists of texts": ([["0,5", "1,5"], ["2,5", "3"]], DECIMALS),
}


@pytest.mark.parametrize(("raw", "tensor"), LAYOUTS.values(), ids=LAYOUTS)
def test_is_read_as_meant(raw: str | list[object], tensor: Tensor) -> None:
    assert read_tensor(raw, None) == tensor


@pytest.mark.parametrize(
    ("raw", "shape", "tensor"),
    [
        ("1,2\n3,4", (2, 2), ((1, 2), (3, 4))),
        ("1,2;3,4", (2, 2), ((1, 2), (3, 4))),
        ("100,200,300", (1, 3), ((100, 200, 300),)),
        ("1,5\n2,5", (2, 1), ((Fraction(3, 2),), (Fraction(5, 2),))),
        ("0,5, 1,5", (1, 2), ((HALF, Fraction(3, 2)),)),
        ("0,5, 1,5", (1, 4), ((0, 5, 1, 5),)),
        ("[0,5, 1,5]", (1, 2), ((HALF, Fraction(3, 2)),)),
    ],
)
def test_a_size_that_the_paper_shows_tells_decimal_commas(
    raw: str, shape: tuple[int, int], tensor: Tensor
) -> None:
    assert read_tensor(raw, shape) == tensor
    with pytest.raises(Unreadable, match="commas can be decimal or separate cells"):
        read_tensor(raw, (7, 7))


UNREADABLE: dict[str, tuple[str | list[object], str]] = {
    "ragged": ("1 2\n3", "row 2 has 1 cell and row 1 has 2; write _ for a blank cell"),
    "ragged lists": ([["1"], ["2", "3"]], "row 2 has 2 cells and row 1 has 1"),
    "decimal or separator": ("1,2\n3,4", "the commas can be decimal or separate cells"),
    "decimal or separator, mixed": ("1, 2,3", "the commas can be decimal or separate cells"),
    "decimal or separator in brackets": ("[0,5, 1,5]", "the commas can be decimal or separate cells"),
    "a column of mixed numbers, or rows": ([["1 1/2"], ["2 1/2"]], "the spaces can separate cells or belong"),
    "rows or cells": ("1 2, 3 4", "the commas can be decimal or separate cells"),
    "decimals or rows": ("1,2;3,4", "the commas can be decimal or separate cells"),
    "thousands or cells": ("100,200,300", "the commas can be decimal or separate cells"),
    "tabs as spaces or around a blank cell": (
        "1\t\t2\n3\t\t4",
        "the tabs and spaces leave open what is a cell",
    ),
    "tabs that are lost": ("1\t\t3\n4\t5", "the tabs and spaces leave open what is a cell"),
    "tabs and thousands": ("1 000\t2", "the tabs and spaces leave open what is a cell"),
    "minus apart": ("10 - 7\n15 13", "row 1: there is a space beside '-', and spaces separate cells"),
    "division apart": ("1 2\n1 / 9", "row 2: there is a space beside '/', and"),
    "division torn": ("1/ 9", "row 1: there is a space beside '/', and"),
    "power torn": ("2 ^2", "row 1: there is a space beside '^', and"),
    "only words": ("I forgot", "expected a number, found the word 'I'"),
    "only question marks": ("_ ?", "expected a number, found '?'"),
    "two channels": ("[[[1, 2], [3, 4]], [[5, 6], [7, 8]]]", "the brackets do not make rows"),
    "words before brackets": ("Y = [[1, 2], [3, 4]]", "the brackets do not make rows"),
    "brackets without an end": ("[[1, 2], [3, 4", "the brackets do not make rows"),
    "two channels in lists": ([[["1"]], [["2"]]], "the lists do not make rows"),
    "lists beside texts": (["1", ["2"]], "the lists do not make rows"),
    "keys in a list": ([{"a": "1"}], "the lists do not make rows"),
    "too many rows": ("1\n" * 65, "the map has 65 rows; at most 64 are read"),
    "too many columns": ("1 " * 65, "row 1 has 65 cells; at most 64 are read"),
}


@pytest.mark.parametrize(("raw", "reason"), UNREADABLE.values(), ids=UNREADABLE)
def test_is_not_guessed(raw: str | list[object], reason: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_tensor(raw, None)
    assert str(caught.value.reason).startswith(reason)


def test_a_size_that_the_paper_shows_tells_blank_cells_and_columns() -> None:
    assert read_tensor("1\t\t2\n3\t\t4", (2, 2)) == ((1, 2), (3, 4))
    assert read_tensor("1\t\t2\n3\t\t4", (2, 3)) == ((1, None, 2), (3, None, 4))
    assert read_tensor("1; 2; 3", (3, 1)) == ((1,), (2,), (3,))
    assert read_tensor([["1 1/2"], ["2 1/2"]], (2, 1)) == ((Fraction(3, 2),), (Fraction(5, 2),))


def test_the_decimal_sign_is_that_of_the_language_where_a_map_does_not_tell() -> None:
    assert read_tensor("1,500 2", None, ",") == ((Fraction(3, 2), 2),)
    ((bad, _),) = read_tensor("1.500 2", None, ",")
    assert isinstance(bad, BadCell)
    assert read_tensor("1.500 0.25", None, ",") == ((Fraction(3, 2), Fraction(1, 4)),)


def test_a_bad_cell_does_not_lose_the_others() -> None:
    bad = BadCell(
        "'1O'",
        say(
            "expected {{ expected }}, found {{ found }}",
            expected=say("a number"),
            found=say("the word {{ word }}", word="'O'"),
        ),
    )
    assert read_tensor("1O -7\n15 13", (2, 2)) == ((bad, -7), (15, 13))
    assert read_tensor("1O -7\n15 13", None) == ((bad, -7), (15, 13))


def test_a_bad_cell_in_a_map_of_another_size_says_nothing_about_the_others() -> None:
    with pytest.raises(Unreadable, match="row 1, column 1: expected a number, found the word 'Y'"):
        read_tensor("Y 10 -7\n_ 15 13", (2, 2))


def test_a_map_of_another_size_is_readable() -> None:
    assert read_tensor("1 2 3", (2, 2)) == ROW


def test_rows_that_ran_together_are_not_guessed() -> None:
    with pytest.raises(Unreadable, match="all 4 cells stand on one line; write one row a line"):
        read_tensor("10 -7 15 13", (2, 2))


def test_is_written_in_columns_that_begin_at_the_left() -> None:
    tensor = ((1, -10, None), (Fraction(1, 9), BadCell("'x'", say("no number")), 2))
    assert write_tensor(tensor) == "1   -10 _\n1/9 ?   2"


def test_the_largest_map_is_read() -> None:
    row = " ".join(["1"] * 64)
    assert read_tensor("\n".join([row] * 31), None) == ((1,) * 64,) * 31
    assert read_tensor([["1"] * 64] * 64, None) == ((1,) * 64,) * 64


@pytest.mark.parametrize(
    "text",
    [
        "| -7 -2 |\n| -4 -9 |",
        "|-7 -2|\n|-4 -9|",
        "| -7 | -2 |\n| -4 | -9 |",
        "-7 | -2\n-4 | -9",
        "|-7 -2\n-4 -9|",
    ],
)
def test_bars_may_be_borders(text: str) -> None:
    assert read_tensor(text, None) == ((-7, -2), (-4, -9))


@pytest.mark.parametrize("text", ["1 2 | 3 4", "| 1 -2 | 3 |", "1 & 2 3"])
def test_bars_and_spaces_do_not_mix(text: str) -> None:
    with pytest.raises(Unreadable, match=r"row 1: .* could be one cell or several"):
        read_tensor(text, None)
