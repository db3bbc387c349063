"""`grade --json`: one document on standard output, valid by the shipped schema, however the run ends."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from convexam.cli.marking import Marker
from convexam.generator.mistakes import wrong_answers
from convexam.generator.papers import Paper
from convexam.grader import desk
from convexam.grader.intake.answers import Submission
from convexam.grader.model import Result
from convexam.grader.rules.ruled import ruled

from .conftest import Outcome, Run, filled_in, the_paper
from .crash import Child
from .test_human_marks import type_into

SCHEMA = Path(__file__).parents[2] / "question_bank/schemas/convexam-grades-1.schema.json"
STUDENTS = ("ada", "alan", "grace")
EXAM = """\
format: convexam-exam/1
id: words
title: Words and numbers
release: everything
sections:
  - items:
      - {id: a1, use: short_text/explain-convolution, points: 4}
      - {id: b1, use: param_count/dense-image, points: 3}
      - {id: c1, use: conv2d/first-map, points: 2}
"""


def strict(schema: Any) -> Any:
    """Allow no key that the contract does not name."""
    if isinstance(schema, list):
        return list(map(strict, schema))
    if not isinstance(schema, dict):
        return schema
    closed = {"additionalProperties": False} if "properties" in schema else {}
    return {key: strict(value) for key, value in schema.items()} | closed


@pytest.fixture(scope="module")
def validator() -> Any:
    schema = json.loads(SCHEMA.read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(strict(schema))


@pytest.fixture
def document(validator: Any) -> Callable[[Outcome], dict[str, Any]]:
    """Read what a run wrote: exactly one line, of characters that any terminal and any encoding takes."""

    def read(outcome: Outcome) -> dict[str, Any]:
        assert outcome.out.count("\n") == 1
        assert outcome.out.removesuffix("\n").isascii()
        assert outcome.out.removesuffix("\n").isprintable()
        found: dict[str, Any] = json.loads(outcome.out)
        assert [f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(found)] == []
        return found

    return read


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("drawn")


@pytest.fixture
def exam(run: Run, drawn: Path, tmp_path: Path) -> Path:
    """An exam without marks; it is drawn once."""
    if not (drawn / "exam").exists():
        (drawn / "exam.yaml").write_text(EXAM)
        (drawn / "roster.csv").write_text("student\n" + "\n".join(STUDENTS))
        files = ("--exam", drawn / "exam.yaml", "--students", drawn / "roster.csv")
        assert run("generate", *files, "--seed", 1, "--out", drawn / "exam", "--format", "yaml").code == 0
    return Path(shutil.copytree(drawn / "exam", tmp_path / "exam"))


def hand_in(exam: Path, student: str, **changes: dict[str, Any]) -> Path:
    file = exam.parent / f"{student}.yaml"
    file.write_text(filled_in(the_paper(exam, student), {"a1": {"text": "_"}} | changes), "utf-8")
    return file


Document = Callable[[Outcome], dict[str, Any]]


def test_who_names_a_file_is_told_of_its_student(run: Run, exam: Path, document: Document) -> None:
    files = {student: hand_in(exam, student) for student in STUDENTS}
    run("grade", exam, files["alan"], files["grace"])
    outcome = run("grade", exam, files["ada"], "--json")
    found = document(outcome)
    assert outcome.code == 0
    assert found["records"] == [json.loads((exam / "marks/ada.json").read_text("utf-8"))]
    assert [(each["file"], each["student"], each["counts"]) for each in found["arrived"]] == [
        (str(files["ada"]), "ada", True)
    ]
    assert (found["counts"]["students"], found["counts"]["records"]) == (3, 1)
    assert "ada" in outcome.err  # the table
    assert "Report: " in outcome.err


def test_who_names_none_is_told_of_all(run: Run, exam: Path, document: Document) -> None:
    case = the_paper(exam, "grace").problems[2].case
    flipped = dict(wrong_answers("conv2d", case))["extra_flip"]
    run("grade", exam, hand_in(exam, "ada"), hand_in(exam, "alan"), hand_in(exam, "grace", c1=flipped))
    found = document(run("grade", exam, "--json"))
    assert [record["student"] for record in found["records"]] == [*STUDENTS]
    assert found["arrived"] == []
    findings = [record["items"][2]["finding"] for record in found["records"]]
    assert findings[:2] == [None, None]
    assert findings[2]["names"] == ["extra_flip"]


def test_what_waits_is_listed(run: Run, exam: Path, document: Document) -> None:
    files = [
        hand_in(exam, "ada", a1={"text": "In my words."}, b1={"inputs": "many"}),
        hand_in(exam, "alan", c1={"Y": "1 2\n3 x"}),
    ]
    outcome = run("grade", exam, *files, "--json")
    found = document(outcome)
    assert outcome.code == 3
    waiting = [(each["student"], each["item"], each["field"], each["verdict"]) for each in found["waiting"]]
    assert waiting == [
        ("ada", "a1", "text", "UNMARKED"),
        ("ada", "b1", "inputs", "UNREADABLE"),
        ("alan", "c1", "Y", "UNREADABLE"),
    ]
    assert len(waiting) == sum(record["waiting"] for record in found["records"])
    assert len(waiting) == found["counts"]["waiting"]


def test_what_people_said_and_rules_changed_is_in_the_contract(
    run: Run, exam: Path, document: Document
) -> None:
    """Every key that a record can have is named by the schema: see `strict`."""
    run("grade", exam, hand_in(exam, "ada", a1={"text": "Words."}, b1={"inputs": "7"}, c1={"Y": "1 2"}))
    run("override", exam, "ada", "c1", "1", "--reason", "legible on paper")
    run("remark", exam, "b1", "--drop", "--reason", "misprinted", "--apply")
    type_into(exam, "ada", "a1", "3", "well said")
    (item, ruled, overridden) = document(run("grade", exam, "--json"))["records"][0]["items"]
    assert (item["fields"][0]["raw"], item["fields"][0]["remark"]) == ("Words.\n", "well said")
    assert ruled["rules"][0]["reason"] == "misprinted"
    assert overridden["override"] == "legible on paper"


def test_of_a_long_answer_the_beginning_is_told(run: Run, exam: Path, document: Document) -> None:
    words = "\u202egnol \x9b31m " + "é" * 3_000
    found = document(run("grade", exam, hand_in(exam, "ada", a1={"text": words}), "--json"))
    (field,) = found["records"][0]["items"][0]["fields"]
    assert [len(field[name]) for name in ("raw", "read")] == [200, 200]
    assert unicodedata.normalize("NFC", field["raw"]).endswith("éé ...")
    assert "é" * 3_000 in (exam / "marks/ada.json").read_text("utf-8")


def test_what_is_not_marked_is_told(run: Run, exam: Path, document: Document) -> None:
    odd = exam.parent / "odd\x1b[31m.yaml"
    odd.write_text("paper: [unclosed")
    outcome = run("grade", exam, odd, exam.parent / "nowhere.yaml", "--json")
    found = document(outcome)
    assert outcome.code == 3
    (arrived,) = found["arrived"]
    assert (arrived["outcome"], arrived["standing"], arrived["student"]) == ("no paper code", None, None)
    assert [Path(each["file"]).name for each in found["odd"]] == ["nowhere.yaml", r"odd\x1b[31m.yaml"]
    assert (found["counts"]["not_marked"], found["counts"]["odd"]) == (1, 2)


def test_the_same_call_says_the_same_bytes(run: Run, exam: Path, tmp_path: Path) -> None:
    files = [hand_in(exam, student, b1={"inputs": "7"}) for student in STUDENTS]
    other = shutil.copytree(exam, tmp_path / "other")
    outcomes = [
        run("grade", folder, *files, "--json", "--workers", workers)
        for folder, workers in ((exam, 1), (exam, 1), (other, 2))
    ]
    assert len({outcome.out for outcome in outcomes}) == 1


def test_calls_at_once_are_told_of_their_own(run: Run, exam: Path, document: Document) -> None:
    children = {student: Child("grade", exam, hand_in(exam, student), "--json") for student in STUDENTS}
    for student, child in children.items():
        found = document(child.outcome())
        assert [record["student"] for record in found["records"]] == [student]


def no_exam(exam: Path) -> None:
    shutil.rmtree(exam / "record")


def damaged(exam: Path) -> None:
    (exam / "record/exam.json").write_text("{\n")


def in_the_way(exam: Path) -> None:
    (exam / "marks").write_text("")


@pytest.mark.parametrize(
    ("before", "arguments", "code", "kind", "message"),
    [
        pytest.param(damaged, (), 1, "data", {"file": "record/exam.json", "line": 2}, id="damaged"),
        pytest.param(in_the_way, ("ada.yaml",), 1, "output", {}, id="no folder"),
        pytest.param(no_exam, (), 2, "misuse", {}, id="no exam"),
        pytest.param(None, (), 2, "misuse", {}, id="nothing marked"),
        pytest.param(None, ("--jsn",), 2, "misuse", {}, id="option"),
        pytest.param(None, ("--workers", "0"), 2, "misuse", {}, id="range"),
    ],
)
def test_a_failure_is_a_document(
    run: Run,
    exam: Path,
    document: Document,
    monkeypatch: pytest.MonkeyPatch,
    before: Callable[[Path], None] | None,
    arguments: tuple[str, ...],
    code: int,
    kind: str,
    message: dict[str, Any],
) -> None:
    hand_in(exam, "ada")
    if before is not None:
        before(exam)
    monkeypatch.chdir(exam.parent)
    outcome = run("grade", "exam", *arguments, "--json")
    error = document(outcome)["error"]
    assert (outcome.code, error["kind"]) == (code, kind)
    (told,) = error["messages"]
    assert told["message"] in outcome.err
    assert {"file": told["file"], "line": told["line"]} == (
        {"file": f"exam/{message['file']}", "line": message["line"]}
        if message
        else {"file": None, "line": None}
    )


@pytest.mark.parametrize(
    ("error", "code", "kind"), [(KeyboardInterrupt(), 130, "stopped"), (KeyError("x"), 70, "fault")]
)
def test_however_it_ends(
    run: Run,
    exam: Path,
    document: Document,
    monkeypatch: pytest.MonkeyPatch,
    error: BaseException,
    code: int,
    kind: str,
) -> None:
    def end(_: Marker) -> None:
        raise error

    monkeypatch.setattr(Marker, "hear", end)
    outcome = run("grade", exam, hand_in(exam, "ada"), "--json")
    assert (outcome.code, document(outcome)["error"]["kind"]) == (code, kind)


def test_a_fault_of_ours_in_one_file_still_tells_of_the_others(
    run: Run, exam: Path, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fragile(paper: Paper, submission: Submission, student: str, *others: Any) -> Result:
        if student == "alan":
            raise KeyError("a bug")
        return ruled(paper, submission, student, *others)

    monkeypatch.setattr(desk, "ruled", fragile)
    outcome = run("grade", exam, hand_in(exam, "ada"), hand_in(exam, "alan"), "--json")
    found = document(outcome)
    assert (outcome.code, found["counts"]["faults"]) == (70, 1)
    assert [record["student"] for record in found["records"]] == ["ada"]


@pytest.mark.parametrize("closed", ["2>&-", "<&- 2>&-"])
def test_a_caller_that_closed_the_other_streams(exam: Path, closed: str) -> None:
    """As daemons do; a progress bar for three students asked what standard error is."""
    files = [str(hand_in(exam, student)) for student in STUDENTS]
    grade = [sys.executable, "-m", "convexam", "grade", str(exam), *files, "--json"]
    done = subprocess.run(["sh", "-c", f'"$@" {closed}', "sh", *grade], capture_output=True, check=False)
    assert done.returncode in (0, 3)
    assert len(json.loads(done.stdout)["records"]) == len(STUDENTS)


def test_help_is_no_document(run: Run) -> None:
    outcome = run("grade", "--json", "--help")
    assert (outcome.code, outcome.out.startswith("Usage:")) == (0, True)
