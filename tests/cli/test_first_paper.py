"""The way of a new user: draw a paper, fill in its answer file, read the marks."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from convexam.generator.mistakes import wrong_answers
from convexam.generator.papers import Problem

from .conftest import Run, filled_in, key, the_paper

pytestmark = pytest.mark.xdist_group("first paper")  # one process draws it once

QUICK = ("--format", "html,yaml")


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Return the folder of a practice paper in all formats, drawn under settings of others, and what was said."""
    folder = tmp_path_factory.mktemp("drawn") / "exam"
    settings = {"PYTHONHASHSEED": "1", "LC_ALL": "tr_TR.UTF-8", "TZ": "Asia/Tokyo"}
    done = subprocess.run(
        [sys.executable, "-m", "convexam", "generate", "--seed", "42", "--out", str(folder)],
        env={**os.environ, **settings, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stderr == ""
    return folder, done.stdout


@pytest.fixture
def exam(drawn: tuple[Path, str], tmp_path: Path) -> Path:
    return Path(shutil.copytree(drawn[0], tmp_path / "exam"))


def marks(folder: Path, student: str) -> dict[str, Any]:
    record: dict[str, Any] = json.loads((folder / "marks" / f"{student}.json").read_text())
    return record


def hand_in(folder: Path, name: str, text: str) -> Path:
    file = folder.parent / f"{name}.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def of_item(folder: Path, item: str) -> Problem:
    return next(problem for problem in the_paper(folder).problems if problem.item == item)


def test_generate_writes_what_it_names(drawn: tuple[Path, str]) -> None:
    folder, said = drawn
    code = the_paper(folder).code
    written = {str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file()}
    assert written == {
        f"handout/{code}.html",
        f"handout/{code}.pdf",
        f"handout/{code}.answers.yaml",
        f"handout/{code}.paper.json",
        f"solutions/{code}.solutions.html",
        f"solutions/{code}.solutions.pdf",
        "record/exam.json",
        f"record/papers/{code}.json",
        "record/papers.csv",
        "record/lock",
    }
    for name in (f"{code}.html", f"{code}.pdf", f"{code}.answers.yaml", f"{code}.solutions.pdf", str(folder)):
        assert name in said


@pytest.mark.skipif(os.name != "posix", reason="other systems keep no such permissions")
def test_the_record_is_private(exam: Path) -> None:
    for file in (exam / "record").rglob("*"):
        assert file.stat().st_mode & 0o077 == 0, file


def test_the_key_earns_full_marks(run: Run, exam: Path) -> None:
    file = hand_in(exam, "ada", filled_in(the_paper(exam)))
    outcome = run("grade", exam, file)
    assert outcome.code == 0
    record = marks(exam, "ada")
    assert record["points"] == record["of"] == str(the_paper(exam).points)
    assert {field["verdict"] for item in record["items"] for field in item["fields"]} == {"RIGHT"}
    assert "ada" in outcome.out


def test_one_wrong_cell_is_lost_and_named(run: Run, exam: Path) -> None:
    rows = key(of_item(exam, "a1"))["Y"]
    assert isinstance(rows, tuple)
    first, *others = rows
    assert isinstance(first, tuple)
    changed = ((first[0], 99, *first[2:]), *others)
    run("grade", exam, hand_in(exam, "ada", filled_in(the_paper(exam), {"a1": {"Y": changed}})))
    item = marks(exam, "ada")["items"][0]
    cells = len(rows) * len(first)
    assert item["fields"][0]["verdict"] == "PARTIAL"
    assert item["fields"][0]["credit"] == f"{cells - 1}/{cells}"
    wrong = [
        (row, column)
        for row, verdicts in enumerate(item["fields"][0]["cells"])
        for column, verdict in enumerate(verdicts)
        if verdict == "WRONG"
    ]
    assert wrong == [(0, 1)]


def test_the_flipped_kernel_is_recognised_by_name(run: Run, exam: Path) -> None:
    problem = of_item(exam, "b1")
    wrong = dict(wrong_answers("conv2d", problem.case))["extra_flip"]
    run("grade", exam, hand_in(exam, "ada", filled_in(the_paper(exam), {"b1": wrong})))
    (item,) = [item for item in marks(exam, "ada")["items"] if item["id"] == "b1"]
    assert item["finding"]["names"] == ["extra_flip"]
    assert item["finding"]["fields"] == ["Y"]
    assert item["points"] == str(problem.points / 2)
    page = (exam / "marks/ada.feedback.html").read_text(encoding="utf-8")
    assert "You turned the kernel by 180°" in page


def test_garbage_waits_for_a_human_and_the_rest_is_marked(run: Run, exam: Path) -> None:
    text = filled_in(the_paper(exam), {"b1": {"Y": "around seven?"}})
    outcome = run("grade", exam, hand_in(exam, "ada", text))
    assert outcome.code == 3
    record = marks(exam, "ada")
    assert record["waiting"] == 1
    verdicts = {item["id"]: item["fields"][0]["verdict"] for item in record["items"]}
    assert verdicts.pop("b1") == "UNREADABLE"
    assert set(verdicts.values()) == {"RIGHT"}
    (field,) = next(item["fields"] for item in record["items"] if item["id"] == "b1")
    assert field["raw"] == "around seven?\n"
    assert field["reason"]


def test_an_untouched_answer_file_is_blank(run: Run, exam: Path) -> None:
    outcome = run("grade", exam, *exam.glob("handout/*.yaml"))
    assert outcome.code == 3
    assert "'student' is empty" in outcome.err
    (record,) = (json.loads(file.read_text()) for file in (exam / "marks").glob("*.json"))
    assert {field["verdict"] for item in record["items"] for field in item["fields"]} == {"BLANK"}


def test_marking_again_changes_nothing(run: Run, exam: Path) -> None:
    file = hand_in(exam, "ada", filled_in(the_paper(exam)))
    run("grade", exam, file)
    before = digests(exam / "marks")
    run("grade", exam, file)
    assert digests(exam / "marks") == before


def test_the_table_of_all_students_grows(run: Run, exam: Path) -> None:
    text = filled_in(the_paper(exam))
    for name in ("grace", "ada"):
        run("grade", exam, hand_in(exam, name, text.replace("answers:", f"student: {name}\nanswers:", 1)))
    table = (exam / "marks/marks.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(table.splitlines()))
    assert [row["student"] for row in rows] == ["ada", "grace"]
    assert {row["points"] for row in rows} == {str(the_paper(exam).points)}


def test_generating_again_says_that_all_is_there(run: Run, exam: Path) -> None:
    before = digests(exam)
    outcome = run("generate", "--seed", 42, "--out", exam, *QUICK)
    assert outcome.code == 0
    assert "are already in" in outcome.out
    assert digests(exam) == before


def test_a_filled_in_answer_file_is_never_overwritten(run: Run, exam: Path) -> None:
    (file,) = exam.glob("handout/*.answers.yaml")
    file.write_text("mine", encoding="utf-8")
    outcome = run("generate", "--seed", 42, "--out", exam, *QUICK)
    assert outcome.code == 0
    assert file.read_text(encoding="utf-8") == "mine"
    assert "was filled in and is left as it is" in outcome.out
    run("generate", "--seed", 42, "--out", exam, *QUICK, "--force")
    assert file.read_text(encoding="utf-8") != "mine"


def test_another_exam_is_never_overwritten(run: Run, exam: Path) -> None:
    before = digests(exam)
    outcome = run("generate", "--seed", 43, "--out", exam, *QUICK)
    assert outcome.code == 1
    assert "holds another exam" in outcome.err
    assert digests(exam) == before


def test_a_changed_page_is_left_and_named(run: Run, exam: Path) -> None:
    (page,) = exam.glob("handout/*.html")
    page.write_text("changed", encoding="utf-8")
    outcome = run("generate", "--seed", 42, "--out", exam, *QUICK)
    assert outcome.code == 1
    assert f"{page}: differs and is left as it is; --force overwrites it" in outcome.err
    assert page.read_text(encoding="utf-8") == "changed"


def test_the_same_seed_gives_the_same_bytes_everywhere(
    run: Run, drawn: tuple[Path, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two processes, two folders, other hash seeds, locales and time zones: PDF included."""
    for name, value in {"LC_ALL": "C", "TZ": "UTC"}.items():
        monkeypatch.setenv(name, value)
    run("generate", "--seed", 42, "--out", tmp_path)
    found = digests(tmp_path)
    assert found == digests(drawn[0])
    assert any(name.endswith(".pdf") for name in found)


def digests(folder: Path) -> dict[str, str]:
    return {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }
