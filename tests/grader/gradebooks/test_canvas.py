"""Canvas's gradebook: student columns as exported, one assignment, and no row without a score."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

import pytest

from convexam.generator.class_list import ClassList
from convexam.generator.errors import DataError
from convexam.generator.papers import Student
from convexam.grader.gradebooks.canvas import (
    assignment_of,
    fill_canvas,
    new_assignment,
    read_canvas,
)
from convexam.grader.gradebooks.people import Fate, Filled
from convexam.grader.gradebooks.worth import Score, Worth
from convexam.grader.intake.directory import Directory

from . import readers

GRADEBOOK = """\
Student,ID,SIS User ID,SIS Login ID,Section,CNN Lab 1 (4711),"Essay (draft), part 2 (4712)",Final Score
,,,,,Manual Posting,,
    Points Possible,,,,,16.00,10.00,(read only)
"Lovelace, Ada",123,S001,ada,Sec 1,,8,50
"=Müller, Zoë",124,,zoe,"Sec 1, Sec 2",7.00,,
"Turing, Alan",125,,alan,Sec 1,5.00,,
"Noether, Emmy",126,,emmy,Sec 1,EX,,
"Gödel, Kurt",127,,kurt,Sec 1,,,
"Nobody, A",128,,nobody,Sec 1,3,,
"Student, Test",999,,a1b2c3,Sec 1,,,
"""
STUDENTS = (
    Student("ada", ids={"canvas": "123"}),
    *map(Student, ("zoe", "alan", "emmy", "kurt", "mary")),
)
MOST = Fraction(16)
SCORES = {
    "ada": Score(Fraction(23, 2), MOST),
    "zoe": Score(Fraction(40, 3), MOST),
    "alan": Score(Fraction(4), MOST, waiting=2),
    "emmy": Score(Fraction(1), MOST),
    "mary": Score(Fraction(9), MOST),
}


def filled(
    text: str = GRADEBOOK,
    named: str | None = "4711",
    scores: Mapping[str, Score] = SCORES,
    worth: Worth = Worth.POINTS,
    new: str | None = None,
) -> Filled:
    book = read_canvas(text.encode(), "canvas.csv")
    students = book.people.students(Directory(ClassList(STUDENTS), [book.people.worksheet]))
    column = assignment_of(book, named, "CNN lab 1") if new is None else new_assignment(book, new, scores)
    return fill_canvas(book, column, students, scores, worth)


def test_the_importer_takes_the_scores(golden: Callable[[str, str], None]) -> None:
    result = filled()
    golden("gradebooks/canvas.csv", result.data.decode())
    assignment, most, scores = readers.canvas(result.data)
    assert (assignment, most) == ("CNN Lab 1 (4711)", MOST)
    assert scores == {"123": Fraction("11.5"), "124": Fraction("13.33")}
    assert {line.who: line.fate for line in result.lines} == {
        "ada": Fate.WRITTEN,
        "zoe": Fate.WRITTEN,
        "alan": Fate.WAITS,
        "emmy": Fate.EXCUSED,
        "kurt": Fate.NOTHING,
        "Nobody, A": Fate.UNKNOWN,
    }
    assert result.missing == ("mary",)


def test_what_says_who_is_who_stays_as_exported() -> None:
    lines = filled().data.decode().splitlines()
    assert lines[1] == "    Points Possible,,,,,16.00"
    assert lines[3] == '"=Müller, Zoë",124,,zoe,"Sec 1, Sec 2",13.33'


def test_semicolons_and_line_ends_stay() -> None:
    text = GRADEBOOK.replace('"Essay (draft), part 2 (4712)"', "Essay (4712)").replace('", ', "§")
    text = text.replace('"Sec 1, Sec 2"', "Sec 1").replace(", ", "§").replace(",", ";").replace("§", ", ")
    text = text.replace("16.00", "16,00")
    data = filled("\ufeff" + text.replace("\n", "\r\n")).data
    assert data.startswith(b"\xef\xbb\xbfStudent;ID;")
    assert data.count(b"\r\n") == data.count(b"\n") == 4
    assert readers.canvas(data)[2] == {"123": Fraction("11.5"), "124": Fraction("13.33")}


@pytest.mark.parametrize("named", ["CNN Lab 1 (4711)", "4711", "cnn  lab 1", None])
def test_an_assignment_is_named_in_many_ways(named: str | None) -> None:
    assert readers.canvas(filled(named=named).data)[0] == "CNN Lab 1 (4711)"


def test_titles_with_commas_and_brackets() -> None:
    scores = {"ada": Score(Fraction(1), Fraction(10))}
    data = filled(named="Essay (draft), part 2", scores=scores).data
    assert readers.canvas(data)[:2] == ("Essay (draft), part 2 (4712)", Fraction(10))


def test_the_only_assignment_need_not_be_named() -> None:
    text = "Student,ID,Section,Something else (7)\n    Points Possible,,,16\n" + "A,123,S,\n"
    assert readers.canvas(filled(text, None).data)[2] == {"123": Fraction("11.5")}


def test_a_new_assignment() -> None:
    data = filled(new="=CNN, Lab 2").data
    assert readers.canvas(data)[:2] == ("'=CNN, Lab 2", MOST)
    without = "".join(line for line in GRADEBOOK.splitlines(keepends=True) if "Points" not in line)
    assert readers.canvas(filled(without, new="Lab 2").data)[1] == 16
    with pytest.raises(DataError, match="there is an assignment"):
        filled(new="cnn lab 1")
    for title in ("", " ", "Lab\n2", "Lab \x1b[2J"):
        with pytest.raises(DataError, match="a title of one line"):
            filled(new=title)
    with pytest.raises(DataError, match="not the same for all"):
        filled(new="Lab 2", scores={**SCORES, "ada": Score(MOST, Fraction(15))})


def test_points_possible_have_to_go_with_the_exam() -> None:
    text = GRADEBOOK.replace("16.00", "100")
    with pytest.raises(DataError, match=r"canvas\.csv:3:1: the platform's maximum is 100 .* --scale"):
        filled(text)
    assert readers.canvas(filled(text, worth=Worth.SCALED).data)[2]["124"] == Fraction("83.33")


@pytest.mark.parametrize(
    ("text", "named", "told"),
    [
        (GRADEBOOK, "Lab 9", "the assignments are 'CNN Lab 1 .*'Lab 9' is none of them"),
        (GRADEBOOK.replace("Essay (draft), part 2", "CNN Lab 1"), "CNN Lab 1", "is several of them"),
        (GRADEBOOK.replace("CNN Lab 1", "CNN"), None, "name one with --assignment, or a new one with --new"),
        (GRADEBOOK.replace(",Section,", ",Group,"), "4711", "the columns are 'Student', 'ID'"),
        (GRADEBOOK.replace(",124,", ",123,"), "4711", ":5:1: '123' stands here and in line 4"),
        ("Identifier,Grade\nParticipant 1,2\n", "4711", "the columns are 'Identifier', 'Grade'"),
    ],
)
def test_other_files_and_names_are_refused(text: str, named: str | None, told: str) -> None:
    with pytest.raises(DataError, match=told):
        filled(text, named)


def test_points_that_are_not_stated_are_told() -> None:
    without = "".join(line for line in GRADEBOOK.splitlines(keepends=True) if "Points" not in line)
    assert "does not say the maximum" in filled(without).notes[0]
    graded = {"ada": Score(MOST, MOST, grade=Fraction(9))}
    assert filled(without, scores=graded, worth=Worth.GRADE).notes == ()
    assert filled().notes == ()
