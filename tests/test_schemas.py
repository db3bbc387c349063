"""The JSON Schemas accept what the reader accepts, as an editor sees it."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

BANK = Path(__file__).parents[1] / "question_bank"
EXAMS = sorted((BANK / "exams").glob("*.yaml"))
BANKS = sorted(BANK.glob("*.yaml"))


@cache
def validator(name: str) -> Any:
    schema = json.loads((BANK / "schemas" / f"convexam-{name}-1.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


@pytest.mark.parametrize("file", BANKS, ids=lambda file: file.stem)
def test_shipped_banks(file: Path) -> None:
    errors = validator("bank").iter_errors(yaml.safe_load(file.read_text(encoding="utf-8")))
    assert [f"{error.json_path}: {error.message[:100]}" for error in errors] == []


@pytest.mark.parametrize("file", EXAMS, ids=lambda file: file.stem)
def test_shipped_exams(file: Path) -> None:
    errors = validator("exam").iter_errors(yaml.safe_load(file.read_text(encoding="utf-8")))
    assert [f"{error.json_path}: {error.message[:100]}" for error in errors] == []


def test_shipped_curricula() -> None:
    files = sorted((BANK / "curricula").glob("*.yaml"))
    assert files
    for file in files:
        data = yaml.safe_load(file.read_text(encoding="utf-8"))
        assert [error.message for error in validator("curriculum").iter_errors(data)] == []


def test_mistakes_are_underlined() -> None:
    data = yaml.safe_load(BANKS[0].read_text(encoding="utf-8"))
    data["questions"][0]["pionts"] = 3
    data["questions"][0]["params" if "params" in data["questions"][0] else "given"]["strdie"] = 1
    paths = {error.json_path for error in validator("bank").iter_errors(data)}
    assert any("questions[0]" in path for path in paths)


def test_there_are_files() -> None:
    assert BANKS
    assert EXAMS
