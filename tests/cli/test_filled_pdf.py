"""The way of a PDF: printed nowhere, filled in, handed in, marked."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from convexam import cli

from ..shipped import shipped_bank
from ..test_leaks import every_kind
from .conftest import Run, the_paper
from .pdf_filling import filled, typed

pytestmark = pytest.mark.xdist_group("filled PDF")  # one process makes the papers once


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("generated") / "exam"
    command = ["convexam", "generate", "--seed", "42", "--out", str(folder), "--format", "pdf"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.argv", command)
        with pytest.raises(SystemExit):
            cli.main()
    return folder


@pytest.fixture
def folder(generated: Path, tmp_path: Path) -> Path:
    return shutil.copytree(generated, tmp_path / "exam")


def handed_out(folder: Path) -> bytes:
    return (folder / "handout" / f"{the_paper(folder).code}.pdf").read_bytes()


def graded(run: Run, folder: Path, data: bytes) -> dict[str, Any]:
    file = folder.parent / "ada.pdf"
    file.write_bytes(data)
    run("grade", folder, file)
    record: dict[str, Any] = json.loads((folder / "marks/ada.json").read_text())
    return record


def verdicts(record: dict[str, Any]) -> dict[tuple[str, str], str]:
    return {
        (item["id"], field["name"]): field["verdict"] for item in record["items"] for field in item["fields"]
    }


@pytest.mark.parametrize("incremental", [False, True])
def test_a_form_that_is_filled_in_earns_full_marks(run: Run, folder: Path, incremental: bool) -> None:
    paper = the_paper(folder)
    record = graded(run, folder, filled(handed_out(folder), typed(paper), incremental=incremental))
    assert set(verdicts(record).values()) == {"RIGHT"}
    assert record["points"] == str(paper.points)
    assert record["problems"] == []


def test_the_last_that_was_saved_counts(run: Run, folder: Path) -> None:
    first = filled(handed_out(folder), {"a2/y": "-1"}, incremental=True)
    right = typed(the_paper(folder))["a2/y"]
    record = graded(run, folder, filled(first, {"a2/y": right}, incremental=True))
    assert verdicts(record)["a2", "y"] == "RIGHT"


def test_a_form_that_is_left_blank_is_blank(run: Run, folder: Path) -> None:
    record = graded(run, folder, handed_out(folder))
    assert set(verdicts(record).values()) == {"BLANK"}
    assert record["waiting"] == 0


def test_the_name_in_the_form_says_from_whom_it_is(run: Run, folder: Path) -> None:
    file = folder.parent / "upload.pdf"
    file.write_bytes(filled(handed_out(folder), {"student": "s0001"}))
    run("grade", folder, file)
    assert (folder / "marks/s0001.json").exists()


def test_a_pdf_without_fields_is_named(run: Run, folder: Path) -> None:
    outcome = run("grade", folder, next((folder / "solutions").glob("*.pdf")))
    assert outcome.code == 3
    assert "the PDF has no form fields; was it printed to a PDF?" in outcome.err


@pytest.mark.sweep
def test_every_kind_by_pdf(run: Run, tmp_path: Path) -> None:
    """All kinds of questions, typed into the PDF: right, and left blank."""
    file = tmp_path / "every.yaml"
    file.write_text("\n".join(every_kind(shipped_bank())), encoding="utf-8")
    folder = tmp_path / "exam"
    assert run("generate", "--seed", 42, "--exam", file, "--out", folder, "--format", "pdf").code == 0
    blank = graded(run, folder, handed_out(folder))
    assert set(verdicts(blank).values()) == {"BLANK"}
    full = verdicts(graded(run, folder, filled(handed_out(folder), typed(the_paper(folder)))))
    waiting = {name for name, verdict in full.items() if verdict == "UNMARKED"}
    assert {name for name, verdict in full.items() if verdict != "RIGHT"} == waiting
    assert 0 < len(waiting) < 3  # answers in words
