"""A rule is changed after answers were marked: shown first, then applied, and taken back without a trace."""

from __future__ import annotations

import csv
import json
import re
import shlex
import shutil
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from convexam.cli import marks as marks_module
from convexam.cli.marks import Marks
from convexam.generator.mistakes import wrong_answers
from convexam.generator.workers.here import Here
from convexam.grader.records.store import opened

from .conftest import Outcome, Run, filled_in, the_paper

EXAM = """\
format: convexam-exam/1
id: small
title: Small
marking: {{attempts: {attempts}, grade: {{from: 1, to: 10, pass: 5.5, step: 0.5}}}}
sections:
  - items:
      - {{id: a1, use: conv2d/one-channel, points: 4}}
      - {{id: b, pick: 1, type: pool, difficulty: 1, points: 2}}
      - {{id: c1, use: param_count/dense-image, points: 3}}
      - {{id: w1, use: short_text/medical-images, points: 3}}
"""
STUDENTS = ("ada", "bob", "cyd", "dan")
WHY = ("--reason", "The lecture flipped it.")
WORDLESS = {"w1": {"text": "_"}}
FLIP = ("a1", "--accept", "extra_flip", *WHY)


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Mark in this process, which takes no time to begin, and in a wide terminal."""
    monkeypatch.setattr(marks_module, "workers_at", lambda *_: Here())
    monkeypatch.setenv("COLUMNS", "160")


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("drawn")


def draw(run: Run, drawn: Path, attempts: str) -> Path:
    folder = drawn / attempts
    if not folder.exists():
        (drawn / "exam.yaml").write_text(EXAM.format(attempts=attempts))
        (drawn / "class.csv").write_text("student\n" + "\n".join(STUDENTS))
        files = ("--exam", drawn / "exam.yaml", "--students", drawn / "class.csv")
        assert run("generate", *files, "--seed", 3, "--out", folder, "--format", "yaml").code == 0
    return folder


@pytest.fixture
def unmarked(run: Run, drawn: Path, tmp_path: Path) -> Path:
    """An exam without marks; it is drawn once."""
    return Path(shutil.copytree(draw(run, drawn, "last"), tmp_path / "small"))


@pytest.fixture
def exam(run: Run, drawn: Path, tmp_path: Path) -> Path:
    """Ada has all right, bob flipped the kernel, cyd flipped it and left the table blank; dan is late."""
    marked = drawn / "marked" / "small"
    if not marked.exists():
        shutil.copytree(draw(run, drawn, "last"), marked)
        assert run("grade", marked, *(hand_in(marked, student) for student in STUDENTS[:3])).code == 3
    return Path(shutil.copytree(marked, tmp_path / "small"))


def hand_in(exam: Path, student: str, name: str = "") -> Path:
    paper = the_paper(exam, student)
    first, _, third, _ = paper.problems
    changes: dict[str, Any] = {"w1": {"text": f"Words of {student}."}}
    if student != "ada":
        changes["a1"] = dict(wrong_answers(first.spec.type, first.case))["extra_flip"]
    if student == "cyd":
        changes["c1"] = dict.fromkeys(third.key)
    file = exam.parent / f"{name or student}.yaml"
    file.write_text(filled_in(paper, changes))
    return file


def every_byte(exam: Path) -> dict[str, bytes]:
    return {str(file.relative_to(exam)): file.read_bytes() for file in exam.rglob("*") if file.is_file()}


def exports(exam: Path) -> dict[str, bytes]:
    return {name: data for name, data in every_byte(exam).items() if name.startswith("marks/")}


def record(exam: Path, student: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((exam / f"marks/{student}.json").read_bytes())
    return found


def points(exam: Path) -> dict[str, str]:
    return {name: record(exam, name)["points"] for name in STUDENTS if (exam / f"marks/{name}.json").exists()}


def squeezed(outcome: Outcome) -> str:
    return " ".join(outcome.out.split())


# -- shown ----------------------------------------------------------------------------------------


def test_it_is_shown_first_and_nothing_is_written(run: Run, exam: Path) -> None:
    before = every_byte(exam)
    shown = run("remark", exam, *FLIP)
    assert shown.code == 0
    assert "Rule 1: a1: accept extra_flip as well" in shown.out
    assert "3 students: 2 up, 0 down, 1 unchanged" in shown.out
    assert "bob a1" in squeezed(shown)
    assert "ada" not in shown.out
    assert "everybody 3" in squeezed(shown)
    assert "Nothing was changed." in shown.out
    assert every_byte(exam) == before


def test_the_whole_diff_goes_to_a_file(run: Run, exam: Path, tmp_path: Path) -> None:
    run("remark", exam, *FLIP, "--diff", tmp_path / "diff.csv")
    with (tmp_path / "diff.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [(row["student"], row["question"]) for row in rows] == [
        ("bob", "a1"), ("bob", ""), ("cyd", "a1"), ("cyd", ""),
    ]  # fmt: skip
    assert all(row["points_after"] == "4" for row in rows if row["question"])


def test_a_pick_is_shown_by_what_it_drew(run: Run, exam: Path) -> None:
    entries = {the_paper(exam, name).problems[1].spec.id for name in STUDENTS[:3]}
    assert len(entries) > 1
    shown = run("remark", exam, "b", "--drop", *WHY)
    assert all(f"b.1: {entry}" in shown.out for entry in entries)


# -- applied --------------------------------------------------------------------------------------


def test_everything_follows_when_it_is_applied(run: Run, exam: Path) -> None:
    before = record(exam, "bob")
    assert run("remark", exam, *FLIP, "--apply").code == 3  # words still wait
    after = record(exam, "bob")
    (item, *_) = after["items"]
    assert item["points"] == "4"
    assert [(rule["number"], rule["reason"]) for rule in item["rules"]] == [(1, "The lecture flipped it.")]
    assert Fraction(after["grade"]) > Fraction(before["grade"])
    assert f"bob,{after['paper']},9,12" in (exam / "marks/marks.csv").read_text("utf-8-sig")
    assert "The lecture flipped it." in (exam / "marks/bob.feedback.html").read_text()
    assert "The lecture flipped it." in (exam / "marks/ada.feedback.html").read_text()


def test_the_report_tells_the_rules_and_who_moved(run: Run, exam: Path) -> None:
    run("remark", exam, *FLIP, "--apply")
    run("remark", exam, "c1", "--points", "3", *WHY, "--apply")
    report = (exam / "marks/report.html").read_text()
    assert "a1: accept extra_flip as well" in report
    assert "bob: 7 → 9" in report


def test_what_a_rule_decides_no_longer_waits(run: Run, exam: Path) -> None:
    assert "question: w1" in (exam / "marks/waiting.yaml").read_text()
    assert run("remark", exam, "w1", "--drop", *WHY, "--apply").code == 0
    assert "question: w1" not in (exam / "marks/waiting.yaml").read_text()
    assert record(exam, "ada")["of"] == "9"


def test_undoing_leaves_no_trace(run: Run, exam: Path) -> None:
    before = exports(exam)
    for said in (FLIP, ("c1", "--drop", "--never-lower", *WHY), ("b", "--points", "5", *WHY)):
        run("remark", exam, *said, "--apply")
    assert exports(exam) != before
    for number in (2, 1, 3):
        shown = run("remark", exam, "--undo", number, "--reason", "No.")
        assert f"Undoing rule {number}: " in shown.out
        assert run("remark", exam, "--undo", number, "--reason", "No.", "--apply").code == 3
    assert exports(exam) == before
    listed = squeezed(run("remark", exam, "--list"))
    assert "undone by rule 4" in listed
    assert "undoes rule 2" in listed


def test_undoing_one_leaves_the_other(run: Run, exam: Path) -> None:
    plain = points(exam)
    run("remark", exam, *FLIP, "--apply")
    run("remark", exam, "c1", "--full-marks", *WHY, "--apply")
    both = points(exam)
    run("remark", exam, "--undo", 1, "--reason", "No.", "--apply")
    assert (both["cyd"], points(exam)["cyd"], plain["cyd"]) == ("9", points(exam)["cyd"], plain["cyd"])
    assert float(both["cyd"]) > float(points(exam)["cyd"]) > float(plain["cyd"])
    assert points(exam)["bob"] == plain["bob"]


def test_a_killed_run_is_finished_by_calling_it_again(
    run: Run, exam: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Path(shutil.copytree(exam, tmp_path / "other"))
    run("remark", other, *FLIP, "--apply")

    write, written = Marks.write, []

    def killed(self: Marks, name: str, data: bytes) -> None:
        written.append(name)
        if len(written) == 2:
            raise KeyboardInterrupt
        write(self, name, data)

    monkeypatch.setattr(Marks, "write", killed)
    assert run("remark", exam, *FLIP, "--apply").code == 130
    monkeypatch.undo()
    again = run("remark", exam, *FLIP, "--apply")
    assert "Rule 1 holds already" in again.out
    assert exports(exam) == exports(other)
    assert len(rules_of(exam)) == 1


def test_grade_finishes_it_too(run: Run, exam: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(exam, tmp_path / "other"))
    run("remark", other, *FLIP, "--apply")
    with opened(exam / "record/marks.sqlite") as store:
        store.make_rule('{"accept":{"misconception":"extra_flip"},"target":"a1"}\n', WHY[1])
    shown = run("remark", exam, "c1", "--drop", *WHY)
    assert "3 files are not marked and left out here: call `grade" in shown.err
    assert "0 students" in shown.out
    run("grade", exam)
    assert exports(exam) == exports(other)


def rules_of(exam: Path) -> list[Any]:
    with opened(exam / "record/marks.sqlite") as store:
        return list(store.rules())


def test_late_files_are_marked_under_the_rules_that_hold(run: Run, exam: Path) -> None:
    run("remark", exam, *FLIP, "--apply")
    run("grade", exam, hand_in(exam, "dan"))
    assert points(exam)["dan"] == points(exam)["bob"] == "9"
    assert record(exam, "dan")["items"][0]["rules"][0]["number"] == 1


def test_human_marks_and_overrides_survive(run: Run, exam: Path) -> None:
    waiting = exam / "marks/waiting.yaml"
    waiting.write_text(waiting.read_text().replace("    points:\n", "    points: 2\n", 1))
    run("grade", exam)
    run("override", exam, "cyd", "a1", "1", "--reason", "Copied.")
    before = points(exam)
    run("remark", exam, *FLIP, "--apply")
    run("remark", exam, "w1", "--points", "6", *WHY, "--apply")
    items = {item["id"]: item for item in record(exam, "ada")["items"]}
    assert (items["w1"]["points"], items["w1"]["of"]) == ("4", "6")
    assert record(exam, "cyd")["items"][0]["override"] == "Copied."
    assert points(exam)["cyd"] == before["cyd"]
    assert "Words of ada" in waiting.read_text().split("\nmarked:")[1]


def test_what_was_typed_meanwhile_is_heard_first(run: Run, exam: Path) -> None:
    waiting = exam / "marks/waiting.yaml"
    waiting.write_text(waiting.read_text().replace("    points:\n", "    points: 2\n", 1))
    run("remark", exam, *FLIP, "--apply")
    assert record(exam, "ada")["points"] == "11"


def test_the_best_of_several_files_is_the_best_under_the_rules(run: Run, drawn: Path, tmp_path: Path) -> None:
    exam = Path(shutil.copytree(draw(run, drawn, "best"), tmp_path / "best"))
    paper = the_paper(exam, "bob")
    files = [hand_in(exam, "bob", "flipped"), tmp_path / "other.yaml"]
    files[1].write_text(filled_in(paper, {"a1": dict.fromkeys(paper.problems[0].key), **WORDLESS}))
    flipped = dict(wrong_answers("conv2d", paper.problems[0].case))["extra_flip"]
    files[0].write_text(
        filled_in(paper, {"a1": flipped, "c1": dict.fromkeys(paper.problems[2].key), **WORDLESS})
    )
    run("grade", exam, *files)
    before = record(exam, "bob")
    shown = run("remark", exam, *FLIP)
    run("remark", exam, *FLIP, "--apply")
    after = record(exam, "bob")
    assert after["submission_sha256"] != before["submission_sha256"]
    assert f"{before['points']} -> {after['points']} of 12" in shown.out


def test_the_best_of_several_files_stays_the_best_by_what_people_said(
    run: Run, drawn: Path, tmp_path: Path
) -> None:
    """The machine alone would give the other file more, and a dropped question lowers nobody who had 0."""
    exam = Path(shutil.copytree(draw(run, drawn, "best"), tmp_path / "best"))
    paper = the_paper(exam, "bob")
    blank = {problem.item: dict.fromkeys(problem.key) for problem in paper.problems}
    files = [tmp_path / "words.yaml", tmp_path / "numbers.yaml"]
    files[0].write_text(filled_in(paper, blank | {"b.1": {}, "w1": {"text": "Good words."}}))
    files[1].write_text(filled_in(paper, blank | {"c1": {}}))
    run("grade", exam, files[0])
    waiting = exam / "marks/waiting.yaml"
    waiting.write_text(waiting.read_text().replace("    points:\n", "    points: 3\n", 1))
    run("grade", exam, files[1])
    before = record(exam, "bob")
    assert before["points"] == "5"
    drop = ("remark", exam, "a1", "--drop", *WHY)
    assert "5 of 12 -> 5 of 8" in run(*drop).out
    run(*drop, "--apply")
    assert record(exam, "bob")["submission_sha256"] == before["submission_sha256"]
    assert points(exam)["bob"] == "5"


# -- refused --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "code", "complaint"),
    [
        (("a1", "--drop"), 2, "--reason"),
        (("--drop", *WHY), 2, "name the TARGET"),
        (("a1", *WHY), 2, "say what is to change"),
        (("a1", "--drop", "--points", "2", *WHY), 1, "a rule makes one change"),
        (("a1", "--undo", "1", *WHY), 2, "beside it only --reason"),
        (("--undo", "1", *WHY), 2, "there is no rule 1; none was made"),
        (("a9", "--drop", *WHY), 1, "there is no item or entry 'a9'"),
        (("a1", "--accept", "extra_flop", *WHY), 1, "did you mean 'extra_flip'?"),
        (("a1", "--drop", "--paper", "nonsense", *WHY), 2, "is no paper code"),
        (("c1", "--key", "inputs=1", *WHY), 1, "name one with --paper"),
    ],
)
def test_what_makes_no_rule(run: Run, exam: Path, said: tuple[str, ...], code: int, complaint: str) -> None:
    before = every_byte(exam)
    for applied in ((), ("--apply",)):
        outcome = run("remark", exam, *said, *applied)
        assert outcome.code == code
        assert complaint in outcome.err
    assert rules_of(exam) == []
    assert set(every_byte(exam)) == set(before)


def test_before_anything_was_marked(run: Run, unmarked: Path) -> None:
    assert "begin with `grade`" in run("remark", unmarked, *FLIP).err


def test_one_paper_alone(run: Run, exam: Path) -> None:
    run("remark", exam, *FLIP, "--paper", the_paper(exam, "bob").code.lower(), "--apply")
    assert record(exam, "bob")["items"][0]["points"] == "4"
    assert "rules" not in record(exam, "cyd")["items"][0]


def test_the_documents_show_what_is_printed(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (Path(__file__).parents[2] / "docs/class.md").read_text(encoding="utf-8")
    (asked,) = (
        block for block in re.findall(r"```yaml\n(.*?)```", text, re.DOTALL) if "variants: 4" in block
    )
    section = text.split("## A wrong key found the week after")[1]
    (typed, *_), (shown, *_) = (
        re.findall(rf"```{kind}\n(.*?)```", section, re.DOTALL) for kind in ("sh", "text")
    )
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    class_of = {"s1000": False, "s1007": True, "s1012": False, "s1034": True}  # who turned the kernel
    Path("midterm.yaml").write_text(asked)
    Path("roster.csv").write_text("student\n" + "\n".join(class_of))
    run("generate", "--exam", "midterm.yaml", "--students", "roster.csv", "--seed", 5, "--out", "midterm", "--format", "yaml")  # fmt: skip
    for student, (name, turned) in zip("ABCD", class_of.items(), strict=True):
        paper = the_paper(Path("midterm"), f"version-{student}")
        wrong = dict(wrong_answers("conv2d", paper.problems[0].case))["extra_flip"]
        answers = filled_in(paper, {"q1": wrong} if turned else {})
        Path(f"{name}.yaml").write_text(answers.replace("answers:", f"student: {name}\nanswers:", 1))
    run("grade", "midterm", *(f"{name}.yaml" for name in class_of))
    first, *_ = typed.splitlines()
    outcome = run(*shlex.split(first)[1:])
    assert "\n".join(line.rstrip() for line in outcome.out.splitlines()).strip() == shown.strip()


def test_an_exam_of_which_nothing_counts_any_more_is_reported_and_mended(run: Run, exam: Path) -> None:
    for question in ("a1", "b.1", "c1", "w1"):
        dropped = run("remark", exam, question, "--drop", "--reason", "It was wrong", "--apply")
        assert dropped.code in (0, 3), dropped.err  # 3 while answers in words wait
    assert run("report", exam).code == 0
    assert run("remark", exam, "--undo", 1, *WHY).code in (0, 3)
