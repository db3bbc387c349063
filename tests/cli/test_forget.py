"""Forgetting a student: nothing in the folder tells who it was, and the marks stay."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from convexam import cli
from convexam.cli.forgetting import Forgetting
from convexam.cli.marking import Marker
from convexam.grader.forgetting.person import Person
from convexam.grader.records.forgotten import Forgotten
from convexam.grader.records.store import opened

from .conftest import Run, filled_in, the_paper

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
STUDENTS = ("s-ada-01", "s-alan-02", "s-grace-03")
ROSTER = """\
student,name,email,canvas
s-ada-01,Ada Byron,ada@lovelace.example,99100201
s-alan-02,Alan Mathison,alan@bletchley.example,99100202
s-grace-03,Grace Murray,grace@navy.example,99100203
"""
WHO = "s-ada-01"
WORDS = "A weighted sum slides over the image."
TRACES = (WHO, "Byron", "ada@lovelace", "99100201", "from-ada", WORDS, "Well put", "Generous")


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("drawn")
    (folder / "roster.csv").write_text(ROSTER)
    return folder


@pytest.fixture
def exam(run: Run, drawn: Path, tmp_path: Path) -> Path:
    """An exam with papers of their own, marked by the machine and by people."""
    return _marked(run, drawn, tmp_path, "own")


def _marked(run: Run, drawn: Path, tmp_path: Path, name: str, text: str = EXAM) -> Path:
    if not (drawn / name).exists():
        folder, files = drawn / name, drawn / f"in-{name}"
        (drawn / f"{name}.yaml").write_text(text)
        whose = ("--exam", drawn / f"{name}.yaml", "--students", drawn / "roster.csv", "--seed", 1)
        assert run("generate", *whose, "--out", folder, "--format", "html,yaml").code == 0
        files.mkdir()
        for student in STUDENTS:
            (files / f"from-{student[2:]}.yaml").write_text(_answers(folder, student))
        run("grade", folder, files)
        waiting = folder / "marks/waiting.yaml"
        head, entry, tail = waiting.read_text().partition(f"student: {WHO}\n")
        tail = tail.replace("points:", "points: 3", 1).replace("remark:", "remark: Well put.", 1)
        waiting.write_text(head + entry + tail)
        run("grade", folder)
        assert run("override", folder, WHO, "c1", "1", "--reason", "Generous, for Ada Byron.").code == 0
    return Path(shutil.copytree(drawn / name, tmp_path / "exam"))


def _answers(folder: Path, student: str) -> str:
    words = WORDS if student == WHO else "So."
    owner = next(_owner(row) for row in _class(folder) if row["student"] == student)
    text = filled_in(the_paper(folder, owner), {"a1": {"text": words}, "b1": {"inputs": "13"}})
    return text.replace("answers:", f"student: {student}\nanswers:")


def _class(folder: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((folder / "record/papers.csv").read_text("utf-8-sig"))))


def _owner(row: dict[str, str]) -> str:
    return f"version-{row['version']}" if row.get("version") else row["student"]


def forget(run: Run, exam: Path, student: str = WHO) -> Any:
    return run("forget", exam, student, "--reason", f"{student} asked for it.", "--yes")


def traces(exam: Path) -> Iterator[tuple[str, str]]:
    """Yield every trace of the student in any byte of any file, or its name."""
    for file in sorted(exam.rglob("*")):
        data = file.read_bytes() if file.is_file() else b""
        yield from ((file.name, trace) for trace in TRACES if trace.encode() in data or trace in file.name)


def marks(exam: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((exam / "marks/marks.csv").read_text("utf-8-sig"))))


def stored(exam: Path, query: str) -> list[Any]:
    with sqlite3.connect(exam / "record/marks.sqlite") as store:
        return store.execute(query).fetchall()


def test_no_byte_of_the_folder_tells_who_it_was(run: Run, exam: Path) -> None:
    assert {trace for _, trace in traces(exam)} == set(TRACES)
    outcome = forget(run, exam)
    assert outcome.code == 0, outcome.err
    assert list(traces(exam)) == []
    assert "the next `generate` adds the student again" in outcome.out


def test_the_marks_stay_under_an_alias(run: Run, exam: Path) -> None:
    before = marks(exam)
    record = json.loads((exam / f"marks/{WHO}.json").read_text())
    forget(run, exam)
    after = marks(exam)
    assert [row["student"] for row in after] == [*STUDENTS[1:], "forgotten-1"]
    (was,) = (row for row in before if row["student"] == WHO)
    assert after[-1] | {"student": WHO} == was
    ((kept,),) = stored(exam, "SELECT record FROM forgotten")
    for new, old in zip(json.loads(kept)["items"], record["items"], strict=True):
        assert new["points"], new["finding"] == (old["points"], old["finding"])
        assert [field["verdict"] for field in new["fields"]] == [field["verdict"] for field in old["fields"]]


def test_the_statistics_of_the_class_stay(run: Run, exam: Path) -> None:
    run("report", exam)
    before = (exam / "marks/statistics.csv").read_bytes()
    forget(run, exam)
    assert (exam / "marks/statistics.csv").read_bytes() == before


def test_what_was_typed_last_and_not_graded_yet_stays_as_well(run: Run, exam: Path) -> None:
    waiting = exam / "marks/waiting.yaml"
    head, entry, tail = waiting.read_text().partition(f"student: {WHO}\n")
    waiting.write_text(head + entry + re.sub("points: .*", "points: 1", tail, count=1))
    assert forget(run, exam).code == 0
    assert [row["a1"] for row in marks(exam) if row["student"] == "forgotten-1"] == ["1"]


def test_marks_stay_where_the_exam_was_changed_meanwhile(run: Run, exam: Path, drawn: Path) -> None:
    before = {row["student"]: row["points"] for row in marks(exam)}
    changed, roster = exam.parent / "own.yaml", drawn / "roster.csv"
    changed.write_text(EXAM.replace("Words and numbers", "Numbers and words"))
    call = ("generate", "--exam", changed, "--students", roster, "--seed", 1, "--out", exam, "--force")
    assert run(*call, "--format", "yaml").code == 0
    assert forget(run, exam).code == 0
    assert {row["student"]: row["points"] for row in marks(exam)} == {
        "forgotten-1" if student == WHO else student: points for student, points in before.items()
    }


def test_the_fact_is_noted_without_the_name(run: Run, exam: Path) -> None:
    forget(run, exam)
    assert stored(exam, "SELECT alias, reason, person FROM forgotten") == [
        ("forgotten-1", "forgotten-1 asked for it.", None)
    ]


def test_others_are_left_alone(run: Run, exam: Path) -> None:
    files = [
        exam / f"marks/{student}{end}" for student in STUDENTS[1:] for end in (".json", ".feedback.html")
    ]
    before = [file.read_bytes() for file in files]
    forget(run, exam)
    assert [file.read_bytes() for file in files] == before
    assert "Alan Mathison" in (exam / "record/papers.csv").read_text()
    assert forget(run, exam, STUDENTS[1]).code == 0
    assert [row["student"] for row in marks(exam)] == [STUDENTS[2], "forgotten-1", "forgotten-2"]


def test_grading_steps_over_what_is_forgotten(run: Run, exam: Path) -> None:
    forget(run, exam)
    before = marks(exam)
    assert run("grade", exam).code == 3  # the words of the others wait
    assert marks(exam) == before


def test_rules_of_re_marking_step_over_what_is_forgotten(run: Run, exam: Path) -> None:
    rule = ("remark", exam, "b1", "--full-marks", "--workers", 1, "--apply", "--reason")
    assert run(*rule, "Ada Byron was right.").code in (0, 3)
    forget(run, exam)
    assert list(traces(exam)) == []
    before = marks(exam)
    run("remark", exam, "c1", "--drop", "--workers", 1, "--apply", "--reason", "It was on no slide.")
    after = marks(exam)
    assert after[-1] | {"c1": before[-1]["c1"]} == before[-1]
    assert [row["of"] for row in after] == ["7", "7", "9"]


def test_marks_stay_where_a_rule_was_made_and_nobody_marked_by_it_yet(
    run: Run, exam: Path, tmp_path: Path
) -> None:
    """`remark` was killed, or the disk was full, as soon as the rule was kept."""
    copy = shutil.copytree(exam, tmp_path / "copy")
    run("remark", copy, "c1", "--full-marks", "--workers", 1, "--apply", "--reason", "It was on no slide.")
    (rule,) = stored(copy, "SELECT text, reason FROM rule")
    with opened(exam / "record/marks.sqlite") as store:
        store.make_rule(*rule)
    forget(run, exam)
    assert [row["student"] for row in marks(exam)] == [*STUDENTS[1:], "forgotten-1"]


def test_a_file_that_comes_again_is_refused_and_leaves_no_trace(run: Run, exam: Path, drawn: Path) -> None:
    forget(run, exam)
    before = marks(exam)
    outcome = run("grade", exam, drawn / "in-own")
    assert outcome.code == 3
    assert "somebody who was forgotten" in outcome.err
    assert marks(exam) == before
    assert list(traces(exam)) == []


STEPS = [
    (Forgotten, "forget"),
    (Forgetting, "_rename_paper"),
    (Forgetting, "_shorten_class"),
    (Forgetting, "_without_rows"),
    (Marker, "finish"),
    (Marker, "report"),
    (Forgotten, "end"),
    (Forgotten, "tidy"),
]


@pytest.mark.parametrize(("owner", "step"), STEPS, ids=[step for _, step in STEPS])
def test_a_run_that_was_stopped_is_run_again(
    run: Run, exam: Path, monkeypatch: pytest.MonkeyPatch, owner: type, step: str
) -> None:
    """Stopped before each step; what the one before it did is done by then."""

    def stopped(*_arguments: Any, **_named: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(owner, step, stopped)
        patch.setattr("sys.argv", ["convexam", "forget", str(exam), WHO, "--reason", "x", "--yes"])
        with pytest.raises((KeyboardInterrupt, SystemExit)):
            cli.main()
    forget(run, exam)
    assert list(traces(exam)) == []
    assert [row["student"] for row in marks(exam)] == [*STUDENTS[1:], "forgotten-1"]


def test_what_people_put_into_the_folder_is_named(run: Run, exam: Path) -> None:
    (exam / "notes.txt").write_text("Ada Byron came late.")
    outcome = forget(run, exam)
    assert outcome.code == 3
    assert "notes.txt: still names the student" in outcome.err


def test_packages_and_gradebooks_that_name_the_student_are_removed(run: Run, exam: Path) -> None:
    """What a platform is given can be written anew; of questions alone nobody's name is told."""
    gradebook = exam.parent / "gradebook.csv"
    gradebook.write_text(
        "Student,ID,SIS Login ID,Section,Words and numbers (7)\n    Points Possible,,,,9\n"
        "Byron,99100201,s-ada-01,1,\nMathison,99100202,s-alan-02,1,\n"
    )
    assert run("export", "gradescope", exam).code == 0
    assert run("export", "moodle", exam).code == 0
    assert run("gradebook", "canvas", exam, gradebook).code == 3
    assert b"s-ada-01" in (exam / "lms/canvas-gradebook.csv").read_bytes()
    assert b"Byron" in ZipFile(exam / "lms/gradescope.zip").read("record/roster.json")
    outcome = forget(run, exam)
    assert outcome.code == 0, outcome.err
    assert [file.name for file in (exam / "lms").iterdir()] == ["words.moodle.xml"]
    assert "gradescope.zip: was removed, as it names the student" in outcome.out
    assert run("export", "gradescope", exam).code == 0
    with ZipFile(exam / "lms/gradescope.zip") as archive:
        told = b"".join(map(archive.read, archive.namelist()))
    assert [trace for trace in TRACES if trace.encode() in told] == []


def test_nothing_is_looked_through_while_the_store_is_open(
    run: Run, exam: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who closes a file loses all locks on it that their process holds: so POSIX wants it."""
    real = Forgetting.still_named

    def still_named(self: Forgetting, person: Person) -> list[Path]:
        with opened(exam / "record/marks.sqlite"):
            return real(self, person)

    monkeypatch.setattr(Forgetting, "still_named", still_named)
    assert forget(run, exam).code == 0


def test_archives_that_people_put_into_the_folder_are_looked_into(run: Run, exam: Path) -> None:
    for name, text in (("pages.zip", "Well done, Ada Byron. " * 9), ("others.zip", "Well done.")):
        with ZipFile(exam / name, "w", ZIP_DEFLATED) as archive:
            archive.writestr("page.html", text)
    (exam / "damaged.zip").write_bytes((exam / "pages.zip").read_bytes()[40:])
    outcome = forget(run, exam)
    assert outcome.code == 3
    assert "pages.zip: still names the student" in outcome.err
    assert "others.zip" not in outcome.err


def test_a_reason_that_names_the_student_beside_another_is_mended(run: Run, exam: Path) -> None:
    reason = "Swapped papers with Ada Byron (s-ada-01)."
    assert run("override", exam, STUDENTS[1], "c1", "1", "--reason", reason).code == 0
    assert forget(run, exam).code == 0
    assert list(traces(exam)) == []
    (record,) = (json.loads((exam / f"marks/{STUDENTS[1]}.json").read_text()),)
    assert record["items"][2]["override"] == "Swapped papers with forgotten-1 (forgotten-1)."


def test_what_others_handed_in_is_not_changed_and_told(run: Run, exam: Path, drawn: Path) -> None:
    file = exam.parent / "again.yaml"
    file.write_text((drawn / "in-own/from-alan-02.yaml").read_text().replace("So.", "As Ada Byron said."))
    run("grade", exam, file)
    outcome = forget(run, exam)
    assert outcome.code == 3
    assert "marks.sqlite: still names the student" in outcome.err


def test_an_unknown_student_is_a_misuse(run: Run, exam: Path) -> None:
    outcome = forget(run, exam, "s-ada-02")
    assert outcome.code == 2
    assert "did you mean 's-ada-01'?" in outcome.err


def test_who_was_forgotten_is_unknown_and_nobody_else_is_offered(run: Run, exam: Path) -> None:
    """A run that was stopped at its very end is called again like this."""
    assert forget(run, exam).code == 0
    outcome = forget(run, exam)
    assert outcome.code == 2
    assert outcome.err.strip().endswith(
        f"there is no student '{WHO}' in this exam; those who were forgotten are not known any more"
    )


def test_somebody_who_handed_in_nothing_is_forgotten_as_well(run: Run, drawn: Path, tmp_path: Path) -> None:
    exam = _marked(run, drawn, tmp_path, "own")
    shutil.rmtree(exam / "marks")
    for file in (exam / "record").glob("marks.sqlite*"):
        file.unlink()
    assert forget(run, exam).code == 0
    assert list(traces(exam)) == []


def test_of_papers_that_many_have_only_the_student_goes(run: Run, drawn: Path, tmp_path: Path) -> None:
    text = EXAM.replace("title:", "variants: 2\ntitle:")
    exam = _marked(run, drawn, tmp_path, "versions", text)
    (row,) = (row for row in _class(exam) if row["student"] == WHO)
    (exam / "print").mkdir()
    for name in (f"{row['paper']}.{WHO}.pdf", "words.pdf"):  # as `generate --print --names` calls them
        (exam / "print" / name).write_text("Ada Byron")
    assert {trace for _, trace in traces(exam)} == set(TRACES)
    handouts = sorted(file.name for file in (exam / "handout").iterdir())
    outcome = forget(run, exam)
    assert "words.pdf: was removed" in outcome.out
    assert list((exam / "print").iterdir()) == []
    assert list(traces(exam)) == []
    assert sorted(file.name for file in (exam / "handout").iterdir()) == handouts
    assert [row["student"] for row in marks(exam)] == [*STUDENTS[1:], "forgotten-1"]
    assert run("grade", exam, drawn / "in-versions").code == 3  # nobody on the class list sent this


def test_rows_that_were_typed_in_are_emptied_and_the_others_keep_their_places(run: Run, exam: Path) -> None:
    file = exam / "marker/class.csv"
    rows = list(csv.reader(io.StringIO(file.read_text("utf-8-sig"))))
    for row in rows[1:]:
        row[2] = "13"
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerows(rows)
    codes = [row[0] for row in rows[1:]]
    forget(run, exam)
    lines = file.read_text("utf-8-sig").splitlines()
    place = next(number for number, line in enumerate(lines) if not line)
    assert [line.split(",")[0] for line in lines] == ["paper", *codes[: place - 1], "", *codes[place:]]


def test_an_id_that_is_a_word_of_a_record_spoils_none(run: Run, drawn: Path, tmp_path: Path) -> None:
    (drawn / "words.csv").write_text("student,name\npoints,Verdict Right\nanswers,Another One\n")
    exam, files = tmp_path / "exam", tmp_path / "in"
    (tmp_path / "exam.yaml").write_text(EXAM)
    whose = ("--exam", tmp_path / "exam.yaml", "--students", drawn / "words.csv", "--seed", 1)
    assert run("generate", *whose, "--out", exam, "--format", "yaml").code == 0
    files.mkdir()
    for student in ("points", "answers"):
        text = filled_in(the_paper(exam, student), {"b1": {"inputs": "13"}})
        (files / f"{student}.yaml").write_text(text)
    run("grade", exam, files)
    before = (exam / "marks/answers.json").read_bytes()
    outcome = run("forget", exam, "points", "--reason", "asked for it", "--yes")
    assert outcome.code in (0, 3), outcome.err
    assert (exam / "marks/answers.json").read_bytes() == before
    assert run("grade", exam, files / "answers.yaml").code == 3  # words wait
    assert [row["student"] for row in marks(exam)] == ["answers", "forgotten-1"]
