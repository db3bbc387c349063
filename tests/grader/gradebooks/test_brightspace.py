"""Brightspace's grades: keys as exported, one grade item, and the end of the line."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

from convexam.generator.class_list import ClassList
from convexam.generator.errors import DataError
from convexam.generator.papers import Student
from convexam.grader.gradebooks.brightspace import fill_brightspace, item_of, new_item, read_brightspace
from convexam.grader.gradebooks.people import Fate, Filled
from convexam.grader.gradebooks.worth import Score, Worth
from convexam.grader.intake.directory import Directory

from . import readers

GRADES = """\
OrgDefinedId,Username,Last Name,First Name,Lab 1 Points Grade <Numeric MaxPoints:16 Weight:5>,\
Lab 2 Points Grade,Calculated Final Grade Numerator,End-of-Line Indicator
#123456,#ada,Lovelace,Ada,,,,#
#123457,#zoe,Müller,Zoë,7,,,#
#123458,#alan,Turing,Alan,5,,,#
#123459,#kurt,Gödel,Kurt,,,,#
#123460,#nobody,Nobody,A,3,,,#
"""
STUDENTS = (
    Student("123456"),
    Student("zoe"),
    Student("s1", ids={"brightspace": "123458"}),
    Student("kurt"),
)
MOST = Fraction(16)
SCORES = {
    "123456": Score(Fraction(23, 2), MOST),
    "zoe": Score(Fraction(40, 3), MOST),
    "s1": Score(Fraction(4), MOST, waiting=1),
}


def filled(
    text: str = GRADES, named: str | None = "lab 1", worth: Worth = Worth.POINTS, new: str | None = None
) -> Filled:
    book = read_brightspace(text.encode(), "grades.csv")
    students = book.people.students(Directory(ClassList(STUDENTS), [book.people.worksheet]))
    item = item_of(book, named, "Lab 1") if new is None else new_item(book, new)
    return fill_brightspace(book, item, students, SCORES, worth)


def test_the_importer_takes_the_points(golden: Callable[[str, str], None]) -> None:
    result = filled()
    golden("gradebooks/brightspace.csv", result.data.decode())
    assert readers.brightspace(result.data) == (
        "Lab 1",
        {"123456": Fraction("11.5"), "123457": Fraction("13.33")},
    )
    assert "#123456,#ada,11.5,#" in result.data.decode().splitlines()
    assert [(line.who, line.fate) for line in result.lines] == [
        ("123456", Fate.WRITTEN),
        ("zoe", Fate.WRITTEN),
        ("s1", Fate.WAITS),
        ("kurt", Fate.NOTHING),
        ("A Nobody", Fate.UNKNOWN),
    ]


@pytest.mark.parametrize("named", ["Lab 1", "LAB  1", None])
def test_an_item_is_found_by_its_name_or_the_exams_title(named: str | None) -> None:
    assert readers.brightspace(filled(named=named).data)[0] == "Lab 1"


def test_an_item_without_a_maximum_is_told() -> None:
    result = filled(named="Lab 2")
    assert readers.brightspace(result.data)[0] == "Lab 2"
    assert "does not say the maximum" in result.notes[0]
    with pytest.raises(DataError, match="names no maximum"):
        filled(named="Lab 2", worth=Worth.SCALED)


def test_a_maximum_has_to_go_with_the_exam() -> None:
    text = GRADES.replace("MaxPoints:16", "MaxPoints:100")
    with pytest.raises(DataError, match=r"grades\.csv:1:1: the platform's maximum is 100"):
        filled(text)
    assert readers.brightspace(filled(text, worth=Worth.SCALED).data)[1]["123456"] == Fraction("71.88")


def test_a_new_item() -> None:
    assert readers.brightspace(filled(new="Lab, 3").data)[0] == "Lab, 3"
    with pytest.raises(DataError, match="there is a grade item"):
        filled(new="lab 2")


def test_one_key_is_enough() -> None:
    text = "Username,Lab 1 Points Grade,End-of-Line Indicator\n#zoe,,#\n"
    assert readers.brightspace(filled(text, None).data) == ("Lab 1", {"zoe": Fraction("13.33")})


@pytest.mark.parametrize(
    ("text", "named", "told"),
    [
        (GRADES, "Lab 9", "the grade items with points are 'Lab 1', 'Lab 2'; 'Lab 9' is none of them"),
        (GRADES.replace("Lab 1", "Lab 3"), None, "name one with --item, or a new one with --new"),
        (GRADES.replace("#123457", "#123456"), "Lab 1", ":3:1: '123456' stands here and in line 2"),
        (GRADES.replace("#123457,#zoe", ","), "Lab 1", ":3:1: the row says neither"),
        (GRADES.replace("Last Name", "Username"), "Lab 1", "expected grades that Brightspace exported"),
        ("a,b\n1,2\n", "Lab 1", "the columns are 'a', 'b'"),
    ],
)
def test_other_files_and_names_are_refused(text: str, named: str | None, told: str) -> None:
    with pytest.raises(DataError, match=told):
        filled(text, named)


@pytest.mark.parametrize("title", ["", "Lab\t2", "Lab <Numeric MaxPoints:9>"])
def test_a_new_item_has_a_title_that_brightspace_reads(title: str) -> None:
    with pytest.raises(DataError, match="a title of one line"):
        filled(new=title)
