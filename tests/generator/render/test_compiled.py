"""Compiled templates are kept in a folder, or not at all."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from convexam.generator.render.compiled import kept


def written(folder: Path, template: str = "{{ 6 * 7 }}") -> str:
    environment = Environment(loader=DictLoader({"page": template}), bytecode_cache=kept(folder))
    return environment.get_template("page").render()


@pytest.fixture(autouse=True)
def may_write(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)


def test_a_kept_template_is_used_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert written(tmp_path / "new") == "42"
    monkeypatch.setattr(Environment, "compile", lambda *_: pytest.fail("compiled again"))
    assert written(tmp_path / "new") == "42"


def test_a_template_that_changed_is_compiled_again(tmp_path: Path) -> None:
    assert [written(tmp_path), written(tmp_path, "changed")] == ["42", "changed"]


def test_nothing_is_kept_where_nothing_may_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    assert written(tmp_path / "file") == "42"  # no folder
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert written(tmp_path / "new") == "42"
    assert [file.name for file in tmp_path.iterdir()] == ["file"]
