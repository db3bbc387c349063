"""Where records of papers come from: of one that is not there, it is said why."""

from __future__ import annotations

from pathlib import Path

import pytest

from convexam.generator.errors import DataError
from convexam.grader.paper_records import Brought, Filed, InFolder


def said(records: Brought | InFolder, code: str) -> str:
    with pytest.raises(DataError) as caught:
        records.of(code)
    return caught.value.faults[0].message


def test_what_a_task_brought_is_there_until_the_next_one() -> None:
    records = Brought()
    for code in ("A", "B"):
        records.lay(code, Filed(code, b"{}"))
        assert records.of(code) == Filed(code, b"{}")
    assert said(records, "A") == "the record of the paper A was not found in time; hand the file in again"


def test_why_there_is_none_is_said_wherever_it_was_looked_for(tmp_path: Path) -> None:
    folder, records = InFolder(tmp_path), Brought()
    with pytest.raises(DataError) as caught:
        folder.of("A")
    records.lay("A", caught.value)
    assert said(records, "A") == said(folder, "A") == "the paper A is of another exam"
