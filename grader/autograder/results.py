"""``results.json``: what Gradescope reads from an autograder, as values, and their JSON Schema.

What is not said is not written: no value is ever null.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Field as Bounds

from ...generator.frozen import frozen
from ...generator.reading.schema import dump, json_schema, parse_value, record

SCHEMA = 1
"""Of what stands under ``convexam`` in ``extra_data``."""


class Visibility(StrEnum):
    """When students see a part of the results."""

    HIDDEN = "hidden"
    AFTER_DUE_DATE = "after_due_date"
    AFTER_PUBLISHED = "after_published"
    VISIBLE = "visible"


Format: TypeAlias = Literal["text", "html", "simple_format", "md", "ansi"]
Status: TypeAlias = Literal["passed", "failed"]
Name: TypeAlias = Annotated[str, Bounds(min_length=1)]


@record
class OneTest:
    """One test: a question, or one of its answers.

    Attributes
    ----------
    number, name
        Where it stands in the list, and what it is called.
    score, max_score
        What was earned, and what could be; without them the test only tells something.
    status
        Whether it passed; by default whether the score is the largest one.
    output
        What is told of it.
    tags
        Words to find it by.
    visibility
        When students see it.
    name_format, output_format
        How name and output are written.
    extra_data
        For programs.
    """

    number: Name
    name: Name
    score: float | None = None
    max_score: Annotated[float, Bounds(ge=0)] | None = None
    status: Status | None = None
    output: str | None = None
    tags: tuple[Name, ...] | None = None
    visibility: Visibility | None = None
    name_format: Format | None = None
    output_format: Format | None = None
    extra_data: Mapping[str, Any] | None = None


@record
class Leader:
    """A line of a leaderboard.

    Attributes
    ----------
    name, value, order
        What is compared, and whether large values come first.
    """

    name: Name
    value: float | str
    order: Literal["asc", "desc"] | None = None


@record
class Results:
    """What an autograder says of one submission.

    Attributes
    ----------
    score
        The points of the paper; they stand in the place of the sum of the tests.
    tests
        The questions and their answers.
    output
        What everybody sees at once: how the answers were read.
    extra_data
        For programs: the paper, and the release that marked.
    visibility
        Of tests that do not say it themselves.
    stdout_visibility
        Of what the autograder prints.
    output_format, test_output_format, test_name_format
        How texts are written.
    execution_time
        In seconds.
    leaderboard
        What classes compete in; none do here.
    """

    score: Annotated[float, Bounds(ge=0)]
    tests: tuple[OneTest, ...] = ()
    output: str | None = None
    extra_data: Mapping[str, Any] | None = None
    visibility: Visibility | None = None
    stdout_visibility: Visibility | None = None
    output_format: Format | None = None
    test_output_format: Format | None = None
    test_name_format: Format | None = None
    execution_time: Annotated[float, Bounds(ge=0)] | None = None
    leaderboard: tuple[Leader, ...] | None = None


@frozen
class Graded:
    """What became of a submission.

    Attributes
    ----------
    results
        What the platform is told.
    log
        What only the instructor reads, line by line.
    """

    results: Results
    log: tuple[str, ...] = field(default_factory=tuple)


def results_bytes(results: Results) -> bytes:
    """Return ``results.json``.

    Raises
    ------
    DataError
        If it were not what the schema allows.
    """
    data = _said(dump(results))
    parse_value(Results, data, "results.json")
    return (json.dumps(data, indent=1, ensure_ascii=False, allow_nan=False) + "\n").encode()


def results_schema() -> dict[str, Any]:
    """Return the JSON Schema of ``results.json`` (draft 2020-12)."""
    schema: dict[str, Any] = _never_null(json_schema(Results))
    return schema


def _said(data: Any) -> Any:
    """Leave out what is not said."""
    if isinstance(data, dict):
        return {key: _said(value) for key, value in data.items() if value is not None}
    return [_said(value) for value in data] if isinstance(data, list) else data


def _never_null(schema: Any) -> Any:
    """Take null away from what may be left out."""
    if isinstance(schema, list):
        return [_never_null(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    made = {key: _never_null(each) for key, each in schema.items() if (key, each) != ("default", None)}
    forms = [form for form in made.get("anyOf", ()) if form != {"type": "null"}]
    if len(forms) == 1:
        del made["anyOf"]
        return made | forms[0]
    return made | {"anyOf": forms} if forms else made
