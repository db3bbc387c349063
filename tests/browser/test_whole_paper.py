"""A whole paper with every kind of question: typed in, reloaded in the middle, saved, marked."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from convexam.grader.marking.fields import as_saved

from .pages import Desk, convexam
from .student import Student, key_of

pytestmark = pytest.mark.sweep


def test_the_key_earns_full_marks(page: Page, desk: Desk, tmp_path: Path) -> None:
    student = Student(page, desk.form)
    page.get_by_label("Name").fill("Ada Lovelace")
    key = list(key_of(desk.paper))
    for number, (item, field, value) in enumerate(key):
        if number == len(key) // 2:
            page.reload()
        student.answer(item, field, value)
    page.get_by_text(
        f"{len(desk.paper.problems)} of {len(desk.paper.problems)} questions answered"
    ).wait_for()
    exam = shutil.copytree(
        desk.folder, tmp_path / "exam", ignore=shutil.ignore_patterns("marks", "marks.sqlite*")
    )
    file = student.save(tmp_path)
    saved = json.loads(file.read_text(encoding="utf-8"))["answers"]
    assert all(saved[item][field.name] == as_saved(field, value) for item, field, value in key)
    convexam("grade", exam, file, code=3)

    (file,) = (exam / "marks").glob("*.json")
    record: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    verdicts = {
        (item["id"], field["name"]): field["verdict"] for item in record["items"] for field in item["fields"]
    }
    expected = {(item, field.name): "UNMARKED" if field.kind == "text" else "RIGHT" for item, field, _ in key}
    assert verdicts == expected
