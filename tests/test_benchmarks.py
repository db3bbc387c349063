"""Every benchmark runs; how fast anything is, only `make bench` says."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAPERS = ("papers", "tables", "tags", "web_pages")


@pytest.mark.parametrize(
    "name",
    [
        *("marking", "reading", "diagnosis", "grading", "animation"),
        *(pytest.param(name, marks=pytest.mark.sweep) for name in (*PAPERS, "exporting", "starting")),
    ],
)
def test_it_runs(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(ROOT)
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "src"))
    table = importlib.import_module("benchmarks.__main__")
    rounds = importlib.import_module("benchmarks.rounds")
    assert name in table.ALL
    _, *lines = table.lines(name, rounds.TINY)
    assert len(lines) >= 4
