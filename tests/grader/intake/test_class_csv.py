"""The CSV of a class: each row a submission, whatever a spreadsheet made of the file."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import replace

import pytest

from convexam.generator.document import say
from convexam.generator.errors import DataError
from convexam.generator.model import Field
from convexam.generator.papers import Paper, Student
from convexam.generator.render.class_csv import class_csv
from convexam.grader.intake.answers import Submission
from convexam.grader.intake.class_csv import MOST_BYTES, is_kept_row, with_rows
from convexam.grader.intake.submissions import read_kept, read_submissions
from convexam.grader.marking.fields import Lost, Raw, read
from convexam.grader.marking.mark import mark_paper

from ...quick import is_quick
from ..conftest import answers_of

CODE = "HT7ASFGHX8CNFK"


@pytest.fixture
def code(paper: Paper) -> str:
    return paper.code


def table(rows: Sequence[Sequence[str]], separator: str = ",") -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows(rows)
    return text.getvalue().encode()


def read_all(data: bytes, name: str) -> list[Submission]:
    return list(read_submissions(data, name))


def cell(text: str) -> Raw:
    (found,) = read_all(table([["paper", "q/f"], ["", text]]), "class.csv")
    return found.answers["q"]["f"]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_the_header_says_what_separates_cells(code: str, separator: str, mark: str) -> None:
    rows = [["Paper", "STUDENT", "q1/Y", "q.2/size"], [code.lower(), "ada", "0,5 1;2 3", "max, 3, 1"]]
    (found,) = read_all(mark.encode() + table(rows, separator), "class.csv")
    assert (found.paper, found.student, found.problems) == (code, "ada", ())
    assert found.answers == {"q1": {"Y": "0,5 1;2 3"}, "q.2": {"size": "max, 3, 1"}}


def test_a_class_csv_is_known_by_its_first_line_too(code: str) -> None:
    assert read_all(table([["paper", "q/f"], [code, "1"]]), "class")[0].row is not None


def test_answers_of_one_student_may_be_called_csv(code: str) -> None:
    (found,) = read_all(f'{{"paper": "{code}", "answers": {{"q": {{"f": "1"}}}}}}'.encode(), "ada.csv")
    assert (found.paper, found.row) == (code, None)
    with pytest.raises(DataError, match="the PDF is damaged"):
        read_all(b"%PDF-1.7\n", "ada.csv")


def test_every_row_is_a_submission_of_its_own(code: str) -> None:
    data = table([["paper", "q/f"], [code, "1"], ["", ""], [code, "2"], [code, "1"]])
    found = read_all(data, "class.csv")
    assert [each.source for each in found] == ["class.csv row 2", "class.csv row 4", "class.csv row 5"]
    assert found[0].sha256 == found[2].sha256 != found[1].sha256
    for each in found:
        assert each.row is not None
        (again,) = read_all(each.row.data, "class.csv")
        assert (again.sha256, again.answers) == (each.sha256, each.answers)


@pytest.mark.parametrize(
    "cells",
    [
        ["ada", "1", "{code}", "-1 2; =3"],
        ["ada", "", "{code}", "12-Jan"],
        ["ada", "'=1", "{code}"],
        ["ada", "1", "{code}", "2", "too", "many"],
        ["ada", "1", "{code}", "2", "", ""],
        ["ada", "a text\nof two lines, with a comma", "{code}", '"quoted"'],
    ],
)
def test_what_is_kept_of_a_row_is_read_as_the_row_was(code: str, cells: list[str]) -> None:
    row = [each.format(code=code) for each in cells]
    (found,) = read_all(table([["student", "q/f", "PAPER", "q/g"], row]), "in/class.csv")
    assert found.row is not None
    again = read_kept(found.row.data, found.source)
    assert replace(again, row=found.row) == found


def test_the_digest_of_a_row_is_that_of_its_answers(code: str) -> None:
    rows = [["paper", "q/f", "q/g"], [code, "-1 2; =3", ""]]
    plain, other = (read_all(table(rows, each), "a.csv")[0] for each in ",;")
    assert plain.sha256 == other.sha256


CELLS = {
    "-1 2": "-1 2",
    "'-1 2": "-1 2",
    "'=1+1": "=1+1",
    "_": "_",
    " 1 2 \r\n 3 4 ": "1 2 \r\n 3 4",
    "mar": "mar",
    "max 3": "max 3",
    "1-2": "1-2",
}


@pytest.mark.parametrize(("text", "raw"), CELLS.items())
def test_a_cell_is_read_as_typed(text: str, raw: str) -> None:
    assert cell(text) == raw


@pytest.mark.parametrize(
    "text", ["1-2-2026", "01/02/2026", "2026-02-01", "1-feb", "feb-01", "2-mrt.", "3 mei"]
)
def test_a_fraction_that_became_a_date_waits(text: str) -> None:
    found = cell(text)
    assert isinstance(found, Lost)
    assert "looks like a date" in str(found.reason)


def test_an_answer_too_long_is_lost() -> None:
    assert isinstance(cell("1 " * 3000), Lost)


MAPS = {
    "1 2; 3 4": ((1, 2), (3, 4)),
    "1 2\n3 4": ((1, 2), (3, 4)),
    "1 2; 3 4;": ((1, 2), (3, 4)),
    "1; 2; 3": ((1,), (2,), (3,)),
    "1 2 3": ((1, 2, 3),),
    "-1;-2": ((-1,), (-2,)),
}


@pytest.mark.parametrize(("text", "value"), MAPS.items())
def test_semicolons_end_the_rows_of_a_map(text: str, value: object) -> None:
    for shape in (None, (len(value), len(value[0]))):  # type: ignore[arg-type,index]
        field = Field("f", "tensor", say("Y"), shape=shape)
        assert read(field, with_rows(field, cell(text))) == value


PROBLEMS = {
    "no code": (["", "1", "2"], "there is no paper code"),
    "a wrong code": (["HELLO", "1", "2"], "'HELLO' is no paper code"),
    "a short row": ([CODE, "1"], "the rest was read as blank"),
    "a long row": ([CODE, "1", "0", "5"], "is a comma not in quotes?"),
}


@pytest.mark.parametrize(("cells", "problem"), PROBLEMS.values(), ids=PROBLEMS)
def test_what_is_odd_about_a_row_is_said(code: str, cells: list[str], problem: str) -> None:
    cells = [code if cell == CODE else cell for cell in cells]
    (found,) = read_all(table([["paper", "q/f", "q/g"], cells]), "class.csv")
    assert problem in "\n".join(map(str, found.problems))
    assert isinstance(found.answers["q"]["f"], Lost) is (len(cells) > 3)


def test_nothing_in_a_row_that_is_too_long_is_blank(code: str) -> None:
    (found,) = read_all(table([["paper", "q/f", "q/g"], [code, "", "", "5"]]), "class.csv")
    assert {type(raw) for raw in found.answers["q"].values()} == {Lost}


def test_empty_cells_beyond_the_header_do_not_matter(code: str) -> None:
    (found,) = read_all(table([["paper", "q/f", "", ""], [code, "1", "", ""]]), "class.csv")
    assert (found.problems, found.answers) == ((), {"q": {"f": "1"}})


REFUSED = {
    "empty": (b"", "the file is empty"),
    "blank": (b",,\n\n", "the file is empty"),
    "no paper": (b"code,q/f\nX,1\n", "there is no column 'paper'"),
    "twice": (b"paper,q/f,q/f\n", "'q/f' stands twice"),
    "paper twice": (b"paper,Paper\n", "'paper' stands twice"),
    "no field": (b"paper,q1\n", "'q1' is no name of a column"),
    "a box": (b"paper,q1/Y/1\n", "'q1/Y/1' is no name of a column"),
    "a gap": (b"paper,,q/f\n", "is no name of a column"),
    "marks": (b"student,paper,points\n", "'points' is no name of a column"),
    "NUL": (b"paper,q/f\n\0,1\n", "a NUL character"),
    "UTF-16": ("paper,q/f\n".encode("utf-16"), "found UTF-16 text; save it with the encoding UTF-8"),
    "Windows": ("paper,q/f\nX,½\n".encode("cp1252"), "not UTF-8"),
    "a quote": (b'paper,q/f\nX,"1"2\n', "not a CSV file"),
    "too large": (b"paper,q/f\n" + b"x" * MOST_BYTES, "more than 2 MB"),
    "one cell": (b"paper,q/f\n" + b"x" * 200_000, "field larger than field limit"),
    "rows": (b"paper,q/f\n" + b"x\n" * 6_000, "more than 5000 rows"),
    "columns": (b"paper" + b"".join(b",q/f%d" % n for n in range(3_000)), "at most 2000 are read"),
    "empty columns": (b"paper,q/f,q/f" + b"," * 1_000_000, "stands twice"),
    "bad columns": (b"paper" + b",x" * 300_000, "stands twice"),
}


@pytest.mark.parametrize(("data", "message"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_class_csv_is_refused(data: bytes, message: str) -> None:
    def reading() -> None:
        with pytest.raises(DataError, match=message) as error:
            read_all(data, "class.csv")
        assert len(str(error.value)) < 4_000

    assert is_quick(2, reading)


def test_the_template_asks_for_every_field_and_is_blank(paper: Paper) -> None:
    data = class_csv([(each, each.student) for each in (paper, replace(paper, sections=paper.sections[:1]))])
    found = read_all(data, "class.csv")
    assert [(each.paper, each.answers, each.problems) for each in found] == [(paper.code, {}, ())] * 2
    header = data.decode("utf-8-sig").splitlines()[0].split(",")
    fields = [f"{problem.item}/{name}" for problem in paper.problems for name in answers_of(problem)]
    assert header == ["paper", "student", *fields]
    ada = Student("ada")
    assert "student" not in class_csv([(replace(paper, student=ada), ada)]).decode()


def test_the_key_typed_in_earns_full_marks(paper: Paper) -> None:
    answers = {
        f"{problem.item}/{name}": text.replace("\n", "; ")
        for problem in paper.problems
        for name, text in answers_of(problem).items()
    }
    data = table([["paper", *answers, "other/f"], [paper.code, *answers.values(), ""]])
    (found,) = read_all(data, "class.csv")
    result = mark_paper(paper, found, "ada")
    assert (result.points, result.waiting, result.problems) == (paper.points, 0, ())


def test_a_column_that_was_not_asked_has_to_be_empty(paper: Paper) -> None:
    data = table([["paper", "other/f"], [paper.code, "1"]])
    (found,) = read_all(data, "class.csv")
    (problem,) = mark_paper(paper, found, "ada").problems
    assert str(problem) == "there is no question 'other' on this paper"


def test_a_file_that_is_called_like_a_row_is_none() -> None:
    """Else it would be marked as an answer file, and be no answer file when it is read again."""
    data = b"# hello,paper\nformat: convexam-answers/1\npaper: 0KEM6YG17NRN4E\nanswers:\n  a1:\n    y: 1\n"
    assert not is_kept_row(data)
    assert read_kept(data, "x row 3").row is None
    assert is_kept_row(b"\xef\xbb\xbfstudent,paper,a1/y\r\n")
