"""`convexam receipt` as students and learning platforms call it."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from convexam.generator import exam_file
from convexam.generator.compose import compose, exam_of
from convexam.generator.handout import handout
from convexam.generator.papers import EVERYONE, Exam, Paper
from convexam.generator.reading.schema import canonical_json
from convexam.generator.render.answer_file import answer_template, public_paper
from convexam.generator.render.paper import paper_html
from convexam.generator.streams import practice_secret

from ..shipped import shipped_bank
from .conftest import Run, filled_in, the_paper
from .pdf_filling import filled, typed

pytestmark = pytest.mark.xdist_group("receipt")  # one process makes the papers once

DUTCH = """\
format: convexam-exam/1
id: toets
title: Toets
language: nl
sections:
  - title: A
    items:
      - {id: q1, use: conv2d/first-map}
      - {id: q2, use: conv2d/first-map}
"""


@cache
def drawn(seed: int) -> tuple[Exam, Paper]:
    known = shipped_bank()
    file = exam_file.load(exam_file.SHIPPED, known)
    return exam_of(file, seed), compose(file, known, practice_secret(seed), EVERYONE)


def put(folder: Path, seed: int) -> Path:
    """Put the public paper into a folder."""
    exam, paper = drawn(seed)
    file = folder / f"{paper.code}.paper.json"
    file.write_bytes(canonical_json(public_paper(exam, paper)))
    return file


@pytest.fixture(scope="module")
def paper() -> Paper:
    return drawn(7)[1]


@pytest.fixture
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A student's folder: the public paper, and no record anywhere."""
    home = tmp_path / "home"
    home.mkdir()
    put(home, 7)
    monkeypatch.chdir(home)
    return home


def with_line(text: str, field: str, answer: str) -> str:
    """Put another answer in the place of the first one of a field."""
    before, after = text.split(f"    {field}: |\n", 1)
    lines = after.splitlines()
    rest = next((n for n, line in enumerate(lines) if not line.startswith("      ")), len(lines))
    return before + "\n".join([f"    {field}: {answer}", *lines[rest:]]) + "\n"


def test_a_good_file(run: Run, alone: Path, paper: Paper) -> None:
    (alone / "a.yaml").write_text(filled_in(paper))
    outcome = run("receipt", "a.yaml")
    assert (outcome.code, outcome.err) == (0, "")
    assert f"{paper.code} · Convolution by hand" in outcome.out
    assert "0 blank, 0 cannot be read. Nothing was marked." in outcome.out
    assert "not said in the file" in outcome.out


def test_blanks_are_no_trouble(run: Run, alone: Path) -> None:
    (alone / "a.yaml").write_text(answer_template(*drawn(7)))
    outcome = run("receipt", alone)
    assert outcome.code == 0
    assert "0 read, 9 blank" in outcome.out


def test_what_cannot_be_read_is_named_with_its_reason(run: Run, alone: Path, paper: Paper) -> None:
    (alone / "a.yaml").write_text(with_line(filled_in(paper), "y", "twelve\x1b"))
    outcome = run("receipt", "a.yaml")
    assert outcome.code == 3
    assert "cannot be read: " in outcome.out
    assert "\x1b" not in outcome.out + outcome.err


def test_what_was_understood_is_shown(run: Run, alone: Path, paper: Paper) -> None:
    (alone / "a.yaml").write_text(with_line(filled_in(paper), "y", "'2,50'"))
    outcome = run("receipt", "a.yaml")
    assert "2.5   (from: 2,50)" in outcome.out


def test_it_speaks_the_language_of_the_paper(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "toets.yaml").write_text(DUTCH)
    monkeypatch.chdir(tmp_path)
    run("generate", "--exam", "toets.yaml", "--seed", 1, "--format", "yaml", "--out", ".")
    code = the_paper(tmp_path).code
    Path("a.yaml").write_text(f"paper: {code}\nanswers:\n  q1: {{Y: x}}\n")
    outcome = run("receipt", "a.yaml")
    assert outcome.code == 3
    assert "kan niet worden gelezen: " in outcome.out
    assert "0 gelezen, 1 leeg, 1 niet te lezen. Er is niets nagekeken." in outcome.out
    data = json.loads(run("receipt", "a.yaml", "--json").out)
    reasons = [field["reason"] for item in data["receipts"][0]["items"] for field in item["fields"]]
    assert any("expected a number" in reason for reason in reasons)


def test_nothing_tells_right_from_wrong(run: Run, alone: Path, paper: Paper) -> None:
    texts = []
    for answer in ("3", "4"):
        (alone / "a.yaml").write_text(with_line(filled_in(paper), "y", answer))
        shown = run("receipt", "a.yaml").out.splitlines()
        texts.append([line for line in shown if not line.startswith(("   Y₃,₃", "sha256"))])
    assert texts[0] == texts[1]


@pytest.mark.parametrize("width", [20, 40, 80, 200])
def test_it_fits_terminals(
    run: Run, alone: Path, paper: Paper, width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    (alone / "a.yaml").write_text(filled_in(paper))
    outcome = run("receipt", "a.yaml")
    assert outcome.code == 0
    assert max(map(len, outcome.out.splitlines())) <= width


OTHERS = {
    "a.pdf": b"%PDF-1.7\n",
    "a.zip": b"PK\x03\x04",
    "a.png": b"\x89PNG\r\n",
    "empty.yaml": b"",
    "a.txt": b"Dear Sir, this is my answer.",
    "paper.json": b'{"format": "convexam-paper/1", "paper": "X"}',
    "no-code.yaml": b"answers:\n  a1: {Y: 3}\n",
    "a.csv": b"student,points\n",
    "row.csv": b"paper,a1/Y\nHELLO,3\n",
}


@pytest.mark.parametrize("name", OTHERS)
def test_what_is_no_answer_file_is_named(run: Run, alone: Path, name: str) -> None:
    (alone / name).write_bytes(OTHERS[name])
    outcome = run("receipt", name)
    assert outcome.code == 1
    assert outcome.err.startswith(name)
    assert "Traceback" not in outcome.err
    data = json.loads(run("receipt", name, "--json").out)
    assert data["receipts"][0]["refused"]


def test_another_paper(run: Run, alone: Path, paper: Paper, tmp_path: Path) -> None:
    there = put(tmp_path, 8)
    other = drawn(8)[1]
    (alone / "a.yaml").write_text(filled_in(other))
    nearby = run("receipt", "a.yaml")
    assert nearby.code == 1
    assert f"neither {other.code}.paper.json nor {other.code}.html is beside it" in nearby.err
    named = run("receipt", "a.yaml", "--paper", f"{paper.code}.paper.json")
    assert named.code == 1
    assert f"this is for another paper: {other.code}, and the paper at hand is {paper.code}" in named.err
    assert run("receipt", "a.yaml", "--paper", there).code == 0


def test_the_paper_is_found_in_handout(run: Run, alone: Path, paper: Paper, tmp_path: Path) -> None:
    file = tmp_path / "elsewhere.yaml"
    file.write_text(filled_in(paper))
    (alone / "handout").mkdir()
    there = next(alone.glob("*.paper.json"))
    there.rename(alone / "x.json")
    assert run("receipt", file).code == 1
    (alone / "x.json").rename(alone / "handout" / there.name)
    assert run("receipt", file).code == 0


def test_the_page_of_the_paper_will_do(run: Run, alone: Path, paper: Paper) -> None:
    next(alone.glob("*.paper.json")).unlink()
    (alone / "paper.html").write_text(paper_html(*drawn(7)), encoding="utf-8")
    (alone / "a.yaml").write_text(filled_in(paper))
    assert run("receipt", "a.yaml", "--paper", "paper.html").code == 0
    Path("paper.html").rename(f"{paper.code}.html")
    assert run("receipt", "a.yaml").code == 0


def test_a_damaged_paper_is_named(run: Run, alone: Path, paper: Paper) -> None:
    there = next(alone.glob("*.paper.json"))
    there.write_text("{")
    (alone / "a.yaml").write_text(filled_in(paper))
    outcome = run("receipt", "a.yaml")
    assert outcome.code == 1
    assert f"a.yaml: {there.name}: this is not valid JSON" in outcome.err


def test_a_filled_in_pdf(run: Run, alone: Path, paper: Paper) -> None:
    (_, (_, blank)) = handout(*drawn(7), ["pdf"])
    (alone / "a.pdf").write_bytes(blank)
    assert "0 read, 9 blank, 0 cannot be read." in run("receipt", "a.pdf").out
    (alone / "a.pdf").write_bytes(filled(blank, typed(paper)))
    outcome = run("receipt", "a.pdf")
    assert outcome.code == 0
    assert "9 read, 0 blank, 0 cannot be read." in outcome.out


def test_a_paper_that_is_none(run: Run, alone: Path, paper: Paper) -> None:
    (alone / "a.yaml").write_text(filled_in(paper))
    (alone / "x.json").write_text("{}")
    outcome = run("receipt", "a.yaml", "--paper", "x.json")
    assert outcome.code == 1
    assert "Traceback" not in outcome.err
    assert run("receipt", "a.yaml", "--paper", "missing.json").code == 2
    assert run("receipt").code == 2


def test_questions_and_fields_that_nobody_asked_for(run: Run, alone: Path, paper: Paper) -> None:
    (alone / "a.yaml").write_text(filled_in(paper) + "  zz: {Y: 3}\n")
    outcome = run("receipt", "a.yaml")
    assert outcome.code == 3
    assert "there is no question 'zz' on this paper" in " ".join(outcome.out.split())


def test_the_rows_of_a_class(run: Run, alone: Path, paper: Paper) -> None:
    (alone / "class.csv").write_text(f"paper,student,a2/y\n{paper.code},ada,7\n{paper.code},grace,\n")
    outcome = run("receipt", "class.csv", "--json")
    found = json.loads(outcome.out)["receipts"]
    assert [each["source"] for each in found] == ["class.csv row 2", "class.csv row 3"]
    assert [each["counts"]["read"] for each in found] == [1, 0]


def shape(data: Any) -> Any:
    """Return the keys of plain data, all the way down."""
    if isinstance(data, dict):
        return {key: shape(value) for key, value in data.items()}
    return [shape(data[0])] if isinstance(data, list) and data else type(data).__name__


def test_the_json_has_the_documented_shape(run: Run, alone: Path, paper: Paper) -> None:
    (alone / "a.yaml").write_text("student: ada\n" + with_line(filled_in(paper), "y", "x"))
    outcome = run("receipt", "a.yaml", "--json")
    assert outcome.code == 3
    data = json.loads(outcome.out)
    assert data["format"] == "convexam-receipt/1"
    assert shape(data["receipts"]) == [
        {
            "source": "str", "sha256": "str", "refused": "list", "paper": "str", "exam": "str", "title": "str",
            "student": "str", "damaged": "bool", "problems": "list",
            "counts": {"read": "int", "blank": "int", "unreadable": "int"},
            "items": [{"id": "str", "number": "int", "title": "str", "fields": [
                {"name": "str", "label": "str", "kind": "str", "state": "str", "given": "str",
                 "understood": [["str"]], "reason": "str"}]}],
        }
    ]  # fmt: skip
    fields = {field["kind"]: field for item in data["receipts"][0]["items"] for field in item["fields"]}
    assert fields["number"]["state"] == "unreadable"
    assert fields["number"]["understood"] is None
    assert set(fields["record"]["understood"]) == {"operation", "size", "stride", "dilation", "padding"}
