"""``results.json``: our schema and our check accept what Gradescope documents, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from convexam.generator.errors import DataError
from convexam.generator.reading.schema import parse_value
from convexam.grader.autograder.results import (
    OneTest,
    Results,
    Visibility,
    results_bytes,
    results_schema,
)

from .conftest import SCHEMA

FULL: dict[str, Any] = {
    "score": 11.5,
    "execution_time": 0.3,
    "output": "read",
    "output_format": "md",
    "test_output_format": "text",
    "test_name_format": "text",
    "visibility": "after_due_date",
    "stdout_visibility": "hidden",
    "extra_data": {"convexam": {"schema": 1}},
    "leaderboard": [{"name": "speed", "value": 3, "order": "asc"}, {"name": "stars", "value": "***"}],
    "tests": [
        {
            "score": 0.5,
            "max_score": 1,
            "status": "failed",
            "name": "Y[0,0]",
            "name_format": "text",
            "number": "1.1",
            "output": "no",
            "output_format": "ansi",
            "tags": ["conv"],
            "visibility": "after_published",
            "extra_data": {},
        }
    ],
}
"""Everything that Gradescope documents."""


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(results_schema())
    assert results_schema()["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_it_is_the_one_that_is_kept() -> None:
    """`make schemas` writes it."""
    file = Path(__file__).parents[3] / "question_bank/schemas/convexam-gradescope-1.schema.json"
    assert json.loads(file.read_text(encoding="utf-8")) == results_schema()


def test_all_that_is_documented() -> None:
    assert list(SCHEMA.iter_errors(FULL)) == []
    assert parse_value(Results, FULL).tests[0].number == "1.1"
    assert results_schema()["properties"].keys() == FULL.keys()
    assert results_schema()["$defs"]["OneTest"]["properties"].keys() == FULL["tests"][0].keys()


def changed(test: dict[str, Any] | None = None, **top: Any) -> dict[str, Any]:
    return FULL | top | {"tests": [FULL["tests"][0] | (test or {})]}


@pytest.mark.parametrize(
    "data",
    [
        changed(visibility="never"),
        changed(stdout_visibility="yes"),
        changed(output_format="markdown"),
        changed(score=-1),
        changed(score="a"),
        changed(score=None),
        changed(more=1),
        changed(leaderboard=[{"name": "x", "value": 1, "order": "up"}]),
        changed({"number": 1.1}),
        changed({"status": "pending"}),
        changed({"tags": "conv"}),
        changed({"max_score": -1}),
        changed({"points": 1}),
        changed({"visibility": "published"}),
    ],
)
def test_all_else(data: dict[str, Any]) -> None:
    assert list(SCHEMA.iter_errors(data))
    with pytest.raises(DataError):
        parse_value(Results, data)


def test_what_is_not_said_is_not_written() -> None:
    made = results_bytes(Results(0, (OneTest("1", "x", visibility=Visibility.HIDDEN),)))
    assert b"null" not in made
    assert b'"max_score"' not in made


def test_what_the_schema_does_not_allow_is_never_written() -> None:
    with pytest.raises(DataError):
        results_bytes(Results(-1))
