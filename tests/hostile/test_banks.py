"""Banks of strangers: each is refused with a clear fault, soon; and nothing that a prompt names is fetched."""

from __future__ import annotations

import socket
from io import BytesIO
from pathlib import Path
from typing import Any, NoReturn

import pytest
from pypdf import PdfReader

from ..cli.conftest import Run
from .banks import FETCHES, REFUSED, bank

EXAM = """\
format: convexam-exam/1
id: stranger
title: Stranger
sections:
  - items:
      - {id: q1, use: stranger/a}
"""


ACTS = ("<img", "<link", 'href="file:', 'href="http', 'href="javascript', "<style>@import")


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_bank_has_a_clear_fault(name: str, run: Run, tmp_path: Path) -> None:
    text, says = REFUSED[name]
    file = tmp_path / "bank.yaml"
    file.write_text(text)
    outcome = run("check", file, "--only-bank")
    assert outcome.code == 1
    assert says in outcome.out + outcome.err
    assert len(outcome.out + outcome.err) < 500_000


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Let nothing be connected to, and tell what was asked for."""
    asked: list[Any] = []

    def refuse(_socket: socket.socket, address: object) -> NoReturn:
        asked.append(address)
        raise OSError("nothing may be fetched")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    return asked


def test_nothing_that_a_prompt_names_is_fetched(run: Run, tmp_path: Path, offline: list[Any]) -> None:
    (tmp_path / "exam.yaml").write_text(EXAM)
    out = tmp_path / "out"
    (tmp_path / "banks").mkdir()
    (tmp_path / "banks/bank.yaml").write_text(bank(FETCHES))
    options = ("--seed", 1, "--bank", tmp_path / "banks", "--format", "html,pdf")
    made = run("generate", "--exam", tmp_path / "exam.yaml", *options, "--out", out)
    assert made.code == 0, made.err
    assert offline == []
    pages = [file.read_text() for file in out.rglob("*.html")]
    forms = [PdfReader(BytesIO(file.read_bytes())) for file in out.rglob("*.pdf")]
    assert pages
    assert forms
    for page in pages:
        assert not [wanted for wanted in ACTS if wanted in page]
    for form in forms:
        text = "".join(page.extract_text() for page in form.pages)
        assert "root:" not in text
        assert form.attachments == {}
        assert not [
            note.get_object()
            for page in form.pages
            for note in page.get("/Annots", [])
            if "/URI" in str(note.get_object())
        ]
