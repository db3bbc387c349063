"""Marks out: a class is marked, and what importers would take of our files is what marks.csv says."""

from __future__ import annotations

import csv
import shutil
from fractions import Fraction
from pathlib import Path

import pytest

from convexam.cli.filling import marked
from convexam.generator import in_turn
from convexam.generator.csv_text import csv_bytes
from convexam.generator.errors import OutputError
from convexam.generator.papers import Student
from convexam.grader.gradebooks.worth import Worth
from convexam.grader.records.store import opened

from ..classes import lms
from ..classes.synthetic import SyntheticClass, synthetic_class
from ..grader.gradebooks import readers
from .conftest import Run, filled_in, the_paper

MOST = 14


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory: pytest.TempPathFactory) -> SyntheticClass:
    """A class that handed in over two systems and on paper, not marked yet."""
    folder = tmp_path_factory.mktemp("class")
    made = synthetic_class(folder, 16)
    made.write(folder / "in")
    return made


@pytest.fixture(scope="module")
def exam(handed_in: SyntheticClass) -> Path:
    """The folder of the exam after `grade`."""
    from convexam import cli

    folder = handed_in.course.folder
    files = sorted(map(str, (folder.parent / "in").iterdir()))
    assert cli.command("grade").main([str(folder), *files, "--workers", "1"], standalone_mode=False) == 3
    return folder


@pytest.fixture
def students(handed_in: SyntheticClass) -> list[Student]:
    return [paper.student for paper in handed_in.course.papers.values()]


@pytest.fixture
def marks(exam: Path) -> dict[str, tuple[Fraction, bool]]:
    """Points of all who have some, to two decimals, and whether something waits."""
    with (exam / "marks/marks.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    found = {row["student"]: (Fraction(row["points"]), row["waiting"] != "0") for row in rows}
    assert len(found) > 10
    assert any(waits for _, waits in found.values())
    return found


def settled(marks: dict[str, tuple[Fraction, bool]]) -> dict[str, Fraction]:
    return {student: points for student, (points, waits) in marks.items() if not waits}


@pytest.fixture
def worksheet(tmp_path: Path, students: list[Student]) -> Path:
    """Moodle's worksheet of the whole class: participant 7 is the first on the roster, and so on."""
    header = (
        *("Identifier", "Full name", "Email address", "Status", "Grade", "Maximum grade"),
        *("Grade can be changed", "Last modified (submission)", "Last modified (grade)", "Feedback comments"),
    )
    rows = [
        (f"Participant {number}", each.name, each.email, "-", "", f"{MOST}.00", "Yes", "-", "-", "")
        for number, each in enumerate(students, 7)
    ]
    file = tmp_path / "grades.csv"
    file.write_bytes(csv_bytes([header, *rows]))
    return file


@pytest.fixture
def gradebook(tmp_path: Path, students: list[Student]) -> Path:
    """Canvas's gradebook of those who have an id there and of some who log in with their id or address."""
    rows = [
        (each.name, each.ids.get("canvas", 10 + at), each.id if at % 2 else each.email, "Sec 1", "", "")
        for at, each in enumerate(students)
    ]
    header = ("Student", "ID", "SIS Login ID", "Section", "An exam of a class (4711)", "Essay (4712)")
    file = tmp_path / "canvas.csv"
    points = ("    Points Possible", "", "", "", f"{MOST}.0", "10")
    file.write_bytes(csv_bytes([header, points, *rows]))
    return file


@pytest.fixture
def grades(tmp_path: Path, students: list[Student]) -> Path:
    """Brightspace's grades."""
    header = (
        "OrgDefinedId",
        "Username",
        f"Lab Points Grade <Numeric MaxPoints:{MOST}>",
        "End-of-Line Indicator",
    )
    rows = [(f"#{each.id}", f"#u{at}", "", "#") for at, each in enumerate(students)]
    file = tmp_path / "brightspace.csv"
    file.write_bytes(csv_bytes([header, *rows]))
    return file


def rounded(marks: dict[str, Fraction]) -> dict[str, Fraction]:
    return {student: Fraction(round(points * 100), 100) for student, points in marks.items()}


# -- Moodle ---------------------------------------------------------------------------------------


def test_moodle(
    run: Run,
    exam: Path,
    worksheet: Path,
    students: list[Student],
    marks: dict[str, tuple[Fraction, bool]],
    tmp_path: Path,
) -> None:
    before = worksheet.read_bytes()
    worksheet.chmod(0o640)
    archive = tmp_path / "pages.zip"
    outcome = run("gradebook", "moodle", exam, worksheet, "--feedback", archive)
    assert outcome.code == 3, outcome.err
    numbers = {str(number): each.id for number, each in enumerate(students, 7)}
    taken = readers.moodle(worksheet.read_bytes(), most=MOST)
    assert rounded({numbers[number]: points for number, points in taken.marks.items()}) == settled(marks)
    assert {numbers[number] for number, comment in taken.comments.items() if comment} == set(marks)
    assert worksheet.stat().st_mode & 0o777 == 0o640
    pages = readers.moodle_feedback(archive.read_bytes())
    assert {numbers[number] for number in pages} == set(marks)
    for number, (name, page) in pages.items():
        assert name == "class-exam.feedback.html"
        assert page == (exam / f"marks/{numbers[number]}.feedback.html").read_bytes()
    assert archive.stat().st_mode & 0o077 == 0
    (waits,) = (line for line in outcome.out.splitlines() if "waits for a person" in line)
    assert all(student in waits for student, (_, waiting) in marks.items() if waiting)

    (without,) = (line for line in outcome.out.splitlines() if "no marks, left as it is:" in line)
    assert any(each.id in without for each in students if each.id not in marks)
    assert outcome.out.splitlines()[-1] == "In Moodle: Submissions > Actions > Upload grading worksheet."

    once = worksheet.read_bytes()
    packed = archive.read_bytes()
    again = run("gradebook", "moodle", exam, worksheet, "--feedback", archive)
    assert again.code == 3
    assert "Upload grading worksheet" not in again.out  # it is as it was
    assert (worksheet.read_bytes(), archive.read_bytes()) == (once, packed)
    assert once != before


def test_out_leaves_the_worksheet(run: Run, exam: Path, worksheet: Path, tmp_path: Path) -> None:
    before = worksheet.read_bytes()
    assert run("gradebook", "moodle", exam, worksheet, "--out", tmp_path / "new.csv").code == 3
    assert worksheet.read_bytes() == before
    assert readers.moodle((tmp_path / "new.csv").read_bytes()).marks


def test_nobody_marks_while_pages_are_packed(exam: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages and scores would be of different marks."""
    monkeypatch.setattr(in_turn, "SECONDS", 0)
    with marked(exam, Worth.POINTS), pytest.raises(OutputError, match="another command"):
        exam_store(exam)


def exam_store(exam: Path) -> None:
    with opened(exam / "record/marks.sqlite"):
        pass


def test_another_maximum(run: Run, exam: Path, worksheet: Path) -> None:
    worksheet.write_bytes(worksheet.read_bytes().replace(b",14.00,", b",100.00,"))
    before = worksheet.read_bytes()
    refused = run("gradebook", "moodle", exam, worksheet)
    assert refused.code == 1
    assert f"{worksheet}:2:1: the platform's maximum is 100" in refused.err
    assert worksheet.read_bytes() == before
    assert run("gradebook", "moodle", exam, worksheet, "--scale").code == 3
    assert max(readers.moodle(worksheet.read_bytes()).marks.values()) > MOST


def test_a_worksheet_that_cannot_be_written_is_untouched(run: Run, exam: Path, worksheet: Path) -> None:
    before = worksheet.read_bytes()
    outcome = run("gradebook", "moodle", exam, worksheet, "--out", worksheet / "no.csv")
    assert outcome.code == 1
    assert "cannot be written" in outcome.err
    assert worksheet.read_bytes() == before


def test_who_has_marks_and_no_row_and_the_other_way_round(run: Run, exam: Path, worksheet: Path) -> None:
    lines = worksheet.read_bytes().split(b"\r\n")
    assert b"s0001@" in lines[1]
    lines[1] = b"Participant 900,Nomen Nescio,n@n.org,-,,14.00,Yes,-,-,"
    worksheet.write_bytes(b"\r\n".join(lines))
    out = run("gradebook", "moodle", exam, worksheet).out
    assert f"not in {worksheet}: s0001" in out
    assert "nobody of the class, left as it is: Nomen Nescio" in out


# -- Canvas and Brightspace -----------------------------------------------------------------------


@pytest.mark.parametrize("named", [(), ("--assignment", "4711")])
def test_canvas(
    run: Run,
    exam: Path,
    gradebook: Path,
    students: list[Student],
    marks: dict[str, tuple[Fraction, bool]],
    named: tuple[str, ...],
    tmp_path: Path,
) -> None:
    before = gradebook.read_bytes()
    file = tmp_path / "out.csv"
    assert run("gradebook", "canvas", exam, gradebook, *named, "--out", file).code == 3
    assignment, most, scores = readers.canvas(file.read_bytes())
    users = {each.ids.get("canvas", str(10 + at)): each.id for at, each in enumerate(students)}
    assert (assignment, most) == ("An exam of a class (4711)", Fraction(MOST))
    assert {users[user]: score for user, score in scores.items()} == settled(marks)
    assert gradebook.read_bytes() == before


def test_canvas_offers_a_new_assignment(run: Run, exam: Path, gradebook: Path, tmp_path: Path) -> None:
    outcome = run("gradebook", "canvas", exam, gradebook, "--new", "Resit", "--out", tmp_path / "o.csv")
    assert "NEW" in outcome.out
    assert readers.canvas((tmp_path / "o.csv").read_bytes())[:2] == ("Resit", Fraction(MOST))
    assert run("gradebook", "canvas", exam, gradebook, "--new", "Resit", "--scale").code == 2
    assert run("gradebook", "canvas", exam, gradebook, "--assignment", "Resit").code == 1


def test_brightspace(
    run: Run,
    exam: Path,
    grades: Path,
    marks: dict[str, tuple[Fraction, bool]],
    tmp_path: Path,
) -> None:
    file = tmp_path / "out.csv"
    assert run("gradebook", "brightspace", exam, grades, "--out", file).code == 3
    assert readers.brightspace(file.read_bytes()) == ("Lab", settled(marks))


def test_files_go_into_the_folder_for_its_owner_and_forgetting_removes_them(
    run: Run, exam: Path, gradebook: Path, tmp_path: Path
) -> None:
    copy = Path(shutil.copytree(exam, tmp_path / "copy"))
    assert run("gradebook", "canvas", copy, gradebook).code == 3
    file = copy / "lms/canvas-gradebook.csv"
    assert file.stat().st_mode & 0o077 == 0
    first = next(iter(readers.canvas(file.read_bytes())[2]))
    assert first
    outcome = run("forget", copy, "s0006", "--reason", "asked for it", "--yes")
    assert outcome.code == 0
    assert "canvas-gradebook.csv: was removed" in outcome.out
    assert not file.exists()


# -- what goes before -----------------------------------------------------------------------------


def test_marks_that_people_changed_are_brought_up_to_date_first(
    run: Run, exam: Path, worksheet: Path, tmp_path: Path
) -> None:
    copy = Path(shutil.copytree(exam, tmp_path / "copy"))
    (copy / "marks/s0006.feedback.html").unlink()
    outcome = run("gradebook", "moodle", copy, worksheet)
    assert "not up to date: call `grade` first; left as it is: s0006" in outcome.out
    assert run("grade", copy).code == 3
    assert "not up to date" not in run("gradebook", "moodle", copy, worksheet).out


def test_nothing_was_marked(run: Run, handed_in: SyntheticClass, worksheet: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(handed_in.course.folder, tmp_path / "copy"))
    (copy / "record/marks.sqlite").unlink(missing_ok=True)
    outcome = run("gradebook", "moodle", copy, worksheet)
    assert (outcome.code, "begin with `grade`" in outcome.err) == (2, True)


@pytest.mark.parametrize("name", ["moodle", "canvas", "brightspace"])
def test_grades_need_grades_and_one_thing_is_written(
    run: Run, exam: Path, worksheet: Path, name: str
) -> None:
    refused = run("gradebook", name, exam, worksheet, "--grades")
    assert (refused.code, "has no grades" in refused.err) == (2, True)
    assert run("gradebook", name, exam, worksheet, "--grades", "--scale").code == 2


def hostile(worksheet: Path) -> dict[str, tuple[bytes, str]]:
    rows = worksheet.read_bytes()
    return {
        "xlsx": (b"PK\x03\x04[Content_Types].xml", "found an office document"),
        "zip": (lms.archive([("a.csv", rows)]), "found an archive"),
        "nul": (rows.replace(b"Yes", b"Y\0s", 1), "a NUL character"),
        "page": (b"<!DOCTYPE html>\n<p>Session expired", "expected a CSV file"),
        "ragged": (rows + b"Participant 9000,x\r\n", ":18:1: the row has 2 cells and the header 10"),
        "twice": (rows + rows.split(b"\r\n")[-2] + b"\r\n", ":18:1: '22' stands here and in line 17"),
        "huge": (rows + b"x" * (4 << 20), "larger than 4 MB"),
        "other": (b"a,b\n1,2\n", "the columns are 'a', 'b'"),
    }


@pytest.mark.parametrize("what", ["xlsx", "zip", "nul", "page", "ragged", "twice", "huge", "other"])
def test_hostile_files(run: Run, exam: Path, worksheet: Path, what: str) -> None:
    data, told = hostile(worksheet)[what]
    worksheet.write_bytes(data)
    for name in ("moodle", "canvas", "brightspace"):
        outcome = run("gradebook", name, exam, worksheet)
        assert outcome.code == 1
        assert outcome.err.startswith(str(worksheet))
        assert "Traceback" not in outcome.err
        if name == "moodle":
            assert told in outcome.err
    assert worksheet.read_bytes() == data
    assert not (exam / "lms/canvas-gradebook.csv").exists()


GRADED = """\
format: convexam-exam/1
id: graded
title: Cijfers
language: nl
marking: {grade: {from: 1, to: 10, pass: 5.5, step: 0.1}}
sections:
  - items:
      - {id: c1, use: output_shape/convolution, points: 2}
      - {id: t1, use: short_text/max-pooling, points: 3}
"""


def test_grades_and_a_mark_that_no_longer_waits(run: Run, tmp_path: Path) -> None:
    (tmp_path / "exam.yaml").write_text(GRADED)
    (tmp_path / "roster.csv").write_text("student,email\ns1,ada@example.org\n")
    (tmp_path / "grades.csv").write_text(
        "Identificatie,Volledige naam,E-mailadres,Cijfer,Maximaal cijfer,Laatst gewijzigd (beoordeling),Feedback\n"
        'Deelnemer 4,Ada,ada@example.org,,"10,00",-,\n'
    )
    folder, book = tmp_path / "exam", tmp_path / "grades.csv"
    files = ("--exam", tmp_path / "exam.yaml", "--students", tmp_path / "roster.csv")
    assert run("generate", "--seed", 1, *files, "--out", folder, "--format", "yaml").code == 0
    (tmp_path / "ada.yaml").write_text(filled_in(the_paper(folder), {"t1": {"answer": "een antwoord"}}))
    assert run("grade", folder, tmp_path / "ada.yaml").code == 3
    names = ("Identificatie", "Cijfer", "Laatst gewijzigd (beoordeling)", "Deelnemer ", "Feedback")

    assert run("gradebook", "moodle", folder, book, "--grades").code == 3
    taken = readers.moodle(book.read_bytes(), names, 10)
    assert taken.marks == {}
    assert taken.comments["4"].startswith("2 van 5 punten; 1 antwoord wordt nog door iemand bekeken")

    assert run("override", folder, "s1", "t1", "1", "--reason", "goed genoeg").code == 0
    assert run("gradebook", "moodle", folder, book, "--grades").code == 0
    taken = readers.moodle(book.read_bytes(), names, 10)
    assert taken.marks == {"4": Fraction("6.4")}
    assert taken.comments["4"] == "3 van 5 punten."
    assert run("gradebook", "moodle", folder, book, "--scale").code == 0
    assert readers.moodle(book.read_bytes(), names, 10).marks == {"4": 6}
