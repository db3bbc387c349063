"""Marking by hand: what waits stands in one file, and what a person types there stays."""

from __future__ import annotations

import csv
import json
import re
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from convexam.cli import marking as marking_module
from convexam.cli import marks as marks_module
from convexam.cli import waiting as waiting_module
from convexam.grader.records.store import Store

from ..grader.records.earlier import as_format_2
from .conftest import Run, filled_in, the_paper

STUDENTS = ("ada", "alan", "grace")
EXAM = """\
format: convexam-exam/1
id: words
title: Words and numbers
sections:
  - items:
      - {id: a1, use: short_text/explain-convolution, points: 4}
      - {id: b1, use: param_count/dense-image, points: 3}
      - {id: c1, use: output_shape/convolution, points: 2}
"""


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("drawn")
    (folder / "exam.yaml").write_text(EXAM)
    (folder / "roster.csv").write_text("student\n" + "\n".join(STUDENTS))
    return folder


@pytest.fixture
def exam(run: Run, drawn: Path, tmp_path: Path) -> Path:
    """An exam without marks; it is drawn once."""
    if not (drawn / "exam").exists():
        files = ("--exam", drawn / "exam.yaml", "--students", drawn / "roster.csv")
        call = ("generate", *files, "--seed", 1, "--out", drawn / "exam", "--format", "yaml")
        assert run(*call).code == 0
    return Path(shutil.copytree(drawn / "exam", tmp_path / "exam"))


def hand_in(exam: Path, student: str, words: str = "In my words.", *, number: str | None = None) -> Path:
    """Write an answer file: words, the right numbers but perhaps one, and the right shape."""
    changes: dict[str, Any] = {"a1": {"text": words}}
    if number is not None:
        changes["b1"] = {"inputs": number}
    file = exam.parent / f"{student}.yaml"
    file.write_text(filled_in(the_paper(exam, student), changes))
    return file


def waiting(exam: Path) -> Path:
    return exam / "marks/waiting.yaml"


def type_into(exam: Path, student: str, question: str, points: str, remark: str = "") -> None:
    """Type points and a remark beside the answer of a student, as a person does in an editor."""
    text = waiting(exam).read_text()
    start = text.index(f"- question: {question}\n")
    start = text.index(f"  - student: {student}\n", start)
    head, entry = text[:start], text[start:]
    entry = re.sub(
        r"    points:.*\n    remark:.*\n", f"    points: {points}\n    remark: {remark}\n", entry, count=1
    )
    waiting(exam).write_text(head + entry)


def record(exam: Path, student: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((exam / f"marks/{student}.json").read_text())
    return found


def points(exam: Path, student: str) -> dict[str, str]:
    with (exam / "marks/marks.csv").open(encoding="utf-8-sig") as stream:
        return next(row for row in csv.DictReader(stream) if row["student"] == student)


def rows(exam: Path, table: str) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(exam / "record/marks.sqlite")
    found = connection.execute(f"SELECT * FROM {table} ORDER BY id").fetchall()
    connection.close()
    return found


def everything(exam: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted((exam / "marks").iterdir())}


def draw_again(run: Run, exam: Path, text: str) -> None:
    """Draw the exam into the same folder, after its file was changed."""
    (exam.parent / "exam.yaml").write_text(text)
    (exam.parent / "roster.csv").write_text("student\n" + "\n".join(STUDENTS))
    files = ("--exam", exam.parent / "exam.yaml", "--students", exam.parent / "roster.csv")
    call = ("generate", *files, "--format", "yaml", "--seed", 1, "--out", exam, "--force")
    assert run(*call).code == 0


class TestWaiting:
    def test_what_waits_is_marked_question_by_question(self, run: Run, exam: Path) -> None:
        files = [hand_in(exam, student, number="about 7") for student in STUDENTS]
        outcome = run("grade", exam, *files)
        assert outcome.code == 3
        assert f"6 answers wait for you in {waiting(exam)}" in outcome.out
        text = waiting(exam).read_text()
        order = re.findall(r"(?:question|student): (\w+)", text)
        assert order == ["a1", *STUDENTS, "b1", *STUDENTS]
        assert waiting(exam).stat().st_mode & 0o077 == 0

        type_into(exam, "ada", "a1", "2,5", "Good: but #2 is missing")
        type_into(exam, "ada", "b1", "1/2")
        outcome = run("grade", exam)
        assert outcome.code == 3
        assert "2 marks of yours were taken" in outcome.out
        assert "4 answers wait for you" in outcome.out
        assert (points(exam, "ada")["points"], points(exam, "ada")["a1"]) == ("7", "2.5")
        assert points(exam, "ada")["waiting"] == "0"
        (field,) = record(exam, "ada")["items"][0]["fields"]
        assert (field["against"], field["remark"]) == ("human", "Good: but #2 is missing")
        assert "marked:\n\n- question: a1" in waiting(exam).read_text()

    def test_nothing_waits_and_there_is_no_file(self, run: Run, exam: Path) -> None:
        assert run("grade", exam, hand_in(exam, "ada", words="_")).code == 0
        assert not waiting(exam).exists()

    def test_when_all_is_marked_nothing_waits(self, run: Run, exam: Path) -> None:
        run("grade", exam, hand_in(exam, "ada"))
        type_into(exam, "ada", "a1", "4")
        outcome = run("grade", exam)
        assert (outcome.code, outcome.err) == (0, "")
        assert record(exam, "ada")["points"] == "9"
        again = everything(exam)
        assert run("grade", exam).code == 0
        assert everything(exam) == again

    def test_without_answers_something_must_have_been_marked(self, run: Run, exam: Path) -> None:
        outcome = run("grade", exam)
        assert outcome.code == 2
        assert "nothing was marked yet" in outcome.err

    def test_the_file_itself_is_no_answer_file(self, run: Run, exam: Path) -> None:
        run("grade", exam, hand_in(exam, "ada"))
        outcome = run("grade", exam, waiting(exam))
        assert "a file of convexam's own, of the format convexam-waiting/1" in outcome.err


class TestMarksStay:
    @pytest.fixture
    def marked(self, run: Run, exam: Path) -> Path:
        run("grade", exam, hand_in(exam, "ada"))
        type_into(exam, "ada", "a1", "3", "well said")
        assert run("grade", exam).code == 0
        return exam

    def test_when_the_file_is_marked_again(self, run: Run, marked: Path) -> None:
        before = everything(marked)
        assert run("grade", marked, marked.parent / "ada.yaml").code == 0
        assert everything(marked) == before

    def test_in_another_file_with_the_same_answer(self, run: Run, marked: Path) -> None:
        run("grade", marked, hand_in(marked, "ada", "In my words.   ", number="1"))
        assert (points(marked, "ada")["a1"], points(marked, "ada")["waiting"]) == ("3", "0")

    def test_another_answer_waits_and_the_first_one_is_remembered(self, run: Run, marked: Path) -> None:
        assert run("grade", marked, hand_in(marked, "ada", "In other words.")).code == 3
        assert points(marked, "ada")["a1"] == "0"
        again = hand_in(marked, "ada")
        again.write_text(again.read_text() + "# once more\n")
        run("grade", marked, again)
        assert (points(marked, "ada")["a1"], points(marked, "ada")["waiting"]) == ("3", "0")

    def test_when_the_exam_is_paid_in_another_way(self, run: Run, marked: Path) -> None:
        """The papers are the same, only the record of the exam is another; overrides stay as well."""
        run("override", marked, "ada", "c1", "1", "--reason", "copied")
        (marked.parent / "ada.yaml").unlink()
        draw_again(run, marked, EXAM + "marking: {rounding: {questions: 2}}\n")
        for command in ("feedback", "override"):
            call = ("ada", "b1", "1", "--reason", "x") if command == "override" else ()
            outcome = run(command, marked, *call)
            assert (outcome.code, "`grade`" in outcome.err) == (2, True)
        assert "ada" in (marked / "marks/marks.csv").read_text()
        outcome = run("grade", marked)
        assert (outcome.code, outcome.err) == (0, "")
        assert "The exam or its rules were changed, so 1 file was marked again." in outcome.out
        assert (points(marked, "ada")["a1"], points(marked, "ada")["c1"]) == ("4", "1")
        type_into(marked, "ada", "a1", "1/2")
        outcome = run("grade", marked)
        assert (outcome.code, "was changed" in outcome.out) == (0, False)
        assert points(marked, "ada")["a1"] == "0"

    def test_no_answer_is_marked_as_one_to_another_question(self, run: Run, marked: Path) -> None:
        code = the_paper(marked, "ada").code
        (marked.parent / "blank.yaml").write_text(f"format: convexam-answers/1\npaper: {code}\nanswers:\n")
        draw_again(run, marked, EXAM.replace("output_shape/convolution", "output_shape/strided"))
        outcome = run("grade", marked)
        assert outcome.code == 3
        assert "ada.yaml: the exam now asks something else in c1; it was not marked again" in outcome.err
        assert "ada" not in (marked / "marks/marks.csv").read_text()
        assert run("grade", marked, marked.parent / "blank.yaml").code == 3
        assert points(marked, "ada")["points"] == "0"
        outcome = run("grade", marked, marked.parent / "ada.yaml")  # named again, it is marked as it is
        assert "blank.yaml: blank, so another file counts" in outcome.err
        assert (
            "ada.yaml: the exam now asks something else in c1 than when it was marked before" in outcome.err
        )
        assert points(marked, "ada")["points"] == "6"

    def test_they_can_be_changed_and_taken_back(self, run: Run, marked: Path) -> None:
        type_into(marked, "ada", "a1", "1")
        assert run("grade", marked).code == 0
        assert points(marked, "ada")["a1"] == "1"
        type_into(marked, "ada", "a1", "")
        assert run("grade", marked).code == 3
        assert points(marked, "ada")["waiting"] == "1"
        assert [row[6] for row in rows(marked, "judgement")] == ["3", "1", None]

    def test_a_remark_without_points_is_kept_and_waits(self, run: Run, exam: Path) -> None:
        run("grade", exam, hand_in(exam, "ada"))
        type_into(exam, "ada", "a1", "", "ask her")
        assert run("grade", exam).code == 3
        assert "remark: ask her" in waiting(exam).read_text()
        assert "ask her" not in json.dumps(record(exam, "ada"))

    def test_when_the_file_is_deleted(self, run: Run, marked: Path) -> None:
        before = everything(marked)
        shutil.rmtree(marked / "marks")
        assert run("grade", marked).code == 0
        assert everything(marked) == before

    def test_after_a_store_of_the_release_before(self, run: Run, marked: Path) -> None:
        as_format_2(marked / "record/marks.sqlite")
        waiting(marked).unlink()
        assert run("grade", marked).code == 0
        type_into(marked, "ada", "a1", "2")
        assert run("grade", marked).code == 0
        assert points(marked, "ada")["a1"] == "2"


class TestFaults:
    def test_nothing_is_changed_by_a_faulty_file(self, run: Run, exam: Path) -> None:
        run("grade", exam, hand_in(exam, "ada"), hand_in(exam, "alan"))
        type_into(exam, "ada", "a1", "3")
        type_into(exam, "alan", "a1", "5")
        before = everything(exam)
        outcome = run("grade", exam, hand_in(exam, "grace"))
        assert outcome.code == 1
        assert outcome.err.startswith("Nothing was marked yet: first mend what you typed.\n")
        assert re.search(
            r"waiting\.yaml:\d+:13: expected points from 0 to 4, such as 0\.5, 1/2 or 50%, found '5'",
            outcome.err,
        )
        assert everything(exam) == before
        assert rows(exam, "judgement") == []
        type_into(exam, "alan", "a1", "4")
        run("grade", exam)
        assert (points(exam, "ada")["a1"], points(exam, "alan")["a1"]) == ("3", "4")

    def test_somebody_types_while_it_runs(
        self, run: Run, exam: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        run("grade", exam, hand_in(exam, "ada"))
        real = marks_module.Marks.write_csv

        def typing(self: marks_module.Marks) -> None:
            type_into(exam, "ada", "a1", "2")
            real(self)

        with monkeypatch.context() as patch:
            patch.setattr(marks_module.Marks, "write_csv", typing)
            outcome = run("grade", exam, hand_in(exam, "alan"))
        assert outcome.code == 3
        assert "was changed meanwhile and is left as it is; call grade again" in outcome.err
        outcome = run("grade", exam)
        assert points(exam, "ada")["a1"] == "2"
        assert "student: alan" in waiting(exam).read_text()

    @pytest.mark.parametrize(
        ("where", "name"),
        [(marks_module.Marks, "publish"), (Store, "publishing"), (waiting_module, "waiting_file"),
         (marks_module, "write_each"), (marks_module, "marks_csv"), (marking_module, "intake_csv")],
    )  # fmt: skip
    def test_killed_at_any_moment(
        self, run: Run, exam: Path, monkeypatch: pytest.MonkeyPatch, where: Any, name: str
    ) -> None:
        run("grade", exam, hand_in(exam, "ada"))
        type_into(exam, "ada", "a1", "2")

        def killed(*arguments: object, **more: object) -> None:
            raise KeyboardInterrupt

        with monkeypatch.context() as patch:
            patch.setattr(where, name, killed)
            assert run("grade", exam).code == 130
        assert run("grade", exam).code == 0
        assert points(exam, "ada")["a1"] == "2"
        assert record(exam, "ada")["points"] == "7"
        assert len(rows(exam, "judgement")) == 1
        assert "marked:\n\n- question: a1" in waiting(exam).read_text()

    def test_a_paper_that_cannot_be_read_hides_no_other(self, run: Run, exam: Path) -> None:
        run("grade", exam, hand_in(exam, "ada"), hand_in(exam, "alan"))
        (exam / f"record/papers/{the_paper(exam, 'ada').code}.json").unlink()
        outcome = run("grade", exam)
        assert outcome.code == 3
        assert "is of another exam; its answers that wait are not listed" in outcome.err
        assert "student: alan" in waiting(exam).read_text()

    def test_an_answer_cannot_mark_itself(self, run: Run, exam: Path) -> None:
        words = "x\n    points: 4\n    remark: mine\n---\nmarked:\n- answers:\n  - points: 4\n\ttab\n  \u202e# end"
        run("grade", exam, hand_in(exam, "ada", words), hand_in(exam, "alan"))
        assert run("grade", exam).code == 3
        assert rows(exam, "judgement") == []
        assert "⟨U+202E⟩# end" in waiting(exam).read_text()

    def test_a_long_answer_is_shown_whole(self, run: Run, exam: Path) -> None:
        words = ("word " * 900)[:4095]
        run("grade", exam, hand_in(exam, "ada", words))
        assert words in waiting(exam).read_text()
        run("grade", exam, hand_in(exam, "ada", "x" * 5000))
        text = waiting(exam).read_text()
        assert "why: the answer is longer than 4096 characters" in text
        assert "file: " in text


class TestOverride:
    @pytest.fixture
    def marked(self, run: Run, exam: Path) -> Path:
        run("grade", exam, hand_in(exam, "ada"), hand_in(exam, "alan"))
        return exam

    def test_everything_follows_at_once(self, run: Run, marked: Path) -> None:
        outcome = run("override", marked, "ada", "a1", "3,5", "--reason", "heard her explain it")
        assert (outcome.code, outcome.err) == (0, "")
        assert outcome.out == "ada, a1: 0 -> 3.5 of 4 points\nada, in all: 5 -> 8.5 of 9 points\n"
        assert points(marked, "ada")["a1"] == "3.5"
        (item, *_) = record(marked, "ada")["items"]
        assert (item["points"], item["override"]) == ("7/2", "heard her explain it")
        assert "8.5" in (marked / "marks/ada.feedback.html").read_text()

    def test_it_stays_whatever_is_marked_later(self, run: Run, marked: Path) -> None:
        run("override", marked, "ada", "b1", "1", "--reason", "copied from alan")
        run("grade", marked, marked.parent / "ada.yaml")
        assert points(marked, "ada")["b1"] == "1"
        outcome = run("grade", marked, hand_in(marked, "ada", "_", number="7"))
        assert points(marked, "ada")["b1"] == "1"
        assert "ada.yaml: the points that you set stay: b1" in outcome.err
        run("override", marked, "ada", "b1", "--withdraw", "--reason", "another file")
        assert "you set" not in run("grade", marked, hand_in(marked, "ada", "_")).err

    def test_nothing_waits_in_its_question(self, run: Run, marked: Path) -> None:
        run("override", marked, "ada", "a1", "3", "--reason", "why not")
        outcome = run("grade", marked)
        assert "1 answer waits for you" in outcome.out
        assert "student: ada" not in waiting(marked).read_text()

    def test_it_can_be_changed_and_taken_back(self, run: Run, marked: Path) -> None:
        run("override", marked, "ada", "b1", "1", "--reason", "first")
        run("override", marked, "ada", "b1", "2", "--reason", "second")
        assert points(marked, "ada")["b1"] == "2"
        outcome = run("override", marked, "ada", "b1", "--withdraw", "--reason", "third")
        assert "ada, b1: 2 -> 3 of 3 points" in outcome.out
        assert [row[4:6] for row in rows(marked, "override")] == [
            ("1", "first"),
            ("2", "second"),
            (None, "third"),
        ]

    @pytest.mark.parametrize(
        ("call", "message"),
        [
            (
                ("adda", "a1", "1", "--reason", "x"),
                "there are no marks of 'adda' in this exam; did you mean 'ada'?",
            ),
            (("grace", "a1", "1", "--reason", "x"), "there are no marks of 'grace' in this exam; mark what"),
            (("ada", "a2", "1", "--reason", "x"), "no question 'a2' on this paper; there are: a1, b1, c1"),
            (("ada", "a1", "5", "--reason", "x"), "expected points from 0 to 4"),
            (("ada", "a1", "lots", "--reason", "x"), "expected points from 0 to 4"),
            (("ada", "a1", "--reason", "x"), "name the POINTS, or --withdraw"),
            (("ada", "a1", "1", "--withdraw", "--reason", "x"), "name the POINTS, or --withdraw"),
            (("ada", "a1", "--withdraw", "--reason", "x"), "nobody has set the points of a1 of ada"),
            (("ada", "a1", "1", "--reason", "  "), "--reason: expected 1 to 500 characters"),
            (("ada", "a1", "1"), "Missing option '--reason'"),
        ],
    )
    def test_misuse(self, run: Run, marked: Path, call: tuple[str, ...], message: str) -> None:
        before = everything(marked)
        outcome = run("override", marked, *call)
        assert outcome.code == 2
        assert message in outcome.err
        assert everything(marked) == before
        assert rows(marked, "override") == []

    def test_before_anything_was_marked(self, run: Run, exam: Path) -> None:
        outcome = run("override", exam, "ada", "a1", "1", "--reason", "x")
        assert outcome.code == 2
        assert "nothing was marked yet" in outcome.err


@pytest.mark.parametrize("kind", ["file", "row", "long row"])
def test_files_are_written_again_without_the_answers_at_hand(
    run: Run, exam: Path, kind: str, roster_row: Callable[[Path, str], Path]
) -> None:
    """The kept bytes say all that the file said, or the row of a class."""
    if kind == "file":
        file = hand_in(exam, "ada", number="a few")
    else:
        file = roster_row(exam, ",,," if kind == "long row" else "")
    run("grade", exam, file)
    before = everything(exam)
    file.unlink()
    for name in ("ada.json", "ada.feedback.html"):
        (exam / "marks" / name).unlink()
    run("grade", exam)
    assert everything(exam) == before


@pytest.fixture
def roster_row() -> Callable[[Path, str], Path]:
    """Write the CSV of a class with a row for ada, whose columns are in an odd order."""

    def write(exam: Path, more: str) -> Path:
        code = the_paper(exam, "ada").code
        file = exam.parent / "class.csv"
        file.write_text(
            f"student,b1/inputs,paper,a1/text,c1/shape\nada,a few,{code},words,1x2x3{more}{'x' * bool(more)}\n"
        )
        return file

    return write
