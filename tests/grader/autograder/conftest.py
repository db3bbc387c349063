"""A class with papers, and what one of its students hands in on Gradescope."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from convexam.cli import command
from convexam.cli.autograde import documents_in, grader_in
from convexam.cli.exam_records import exam_record
from convexam.cli.exports.gradescope import record_files
from convexam.generator.files import write_whole
from convexam.generator.policy import Release
from convexam.grader.autograder.harness import Grader
from convexam.grader.autograder.results import Graded, results_bytes, results_schema

EXAM = """\
format: convexam-exam/1
id: lab
title: Lab 1
sections:
  - items:
      - {id: words, use: short_text/explain-convolution, points: 4}
      - {id: dense, use: param_count/dense-image, points: 3}
      - {id: map, use: conv2d/first-map, points: 2}
      - {id: pick, use: concepts/properties, points: 2}
      - {id: third, use: output_shape/convolution, points: 1/3}
"""
ROSTER = """\
student,name,email,gradescope
s001,Ada Lovelace,ada@example.edu,
s002,Grace Hopper,grace@example.edu,
s003,Zoë Müller,,4711
"""
USERS = {
    "s001": {"email": "ada@example.edu", "id": 1, "name": "Ada Lovelace"},
    "s002": {"email": "GRACE@example.edu", "id": 2, "name": "Grace Hopper"},
    "s003": {"email": "zoe@elsewhere.example", "id": 4711, "name": "Zoë Müller"},
    "nobody": {"email": "mallory@example.org", "id": 5, "name": "Mallory"},
}
SCHEMA = jsonschema.Draft202012Validator(results_schema())


def metadata(*students: str) -> bytes:
    """Write what Gradescope says of a submission."""
    assignment = {"id": 7, "course_id": 8, "title": "Lab", "total_points": "20.0", "group_size": None}
    users = [USERS[student] for student in students]
    data = {"id": 9, "created_at": "2026-11-21T08:00:00.000000-08:00", "assignment": assignment}
    return json.dumps(data | {"users": users, "previous_submissions": []}).encode()


def packed(exam: Path, root: Path) -> Path:
    """Lay out the record of an exam as a package does; return its folder."""
    for name, data in record_files(exam, exam_record(exam)):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        write_whole(root / name, data)
    return root


def drawn(where: Path, text: str = EXAM, formats: str = "yaml") -> Path:
    """Draw an exam for the class; return its folder."""
    (where / "exam.yaml").write_text(text)
    (where / "roster.csv").write_text(ROSTER)
    options = ["--exam", where / "exam.yaml", "--students", where / "roster.csv", "--seed", "3"]
    call = [*map(str, options), "--format", formats, "--out", str(where / "exam")]
    assert command("generate").main(call, standalone_mode=False) == 0
    return where / "exam"


@pytest.fixture(scope="session")
def exam(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an exam, which is not to be changed."""
    return drawn(tmp_path_factory.mktemp("gradescope"))


@pytest.fixture(scope="session")
def grader(exam: Path, tmp_path_factory: pytest.TempPathFactory) -> Grader:
    return grader_in(packed(exam, tmp_path_factory.mktemp("package")))


Hand = Callable[..., Graded]


@pytest.fixture
def hand_in(grader: Grader, tmp_path: Path) -> Hand:
    """Hand files in; what comes of it is checked against the schema."""

    def graded(
        files: Mapping[str, str | bytes],
        *students: str,
        about: bytes | None = None,
        release: Release = Release.EVERYTHING,
        marks: Grader = grader,
    ) -> Graded:
        folder = tmp_path / "submission"
        for name, data in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data if isinstance(data, bytes) else data.encode())
        said = metadata(*students) if about is None else about
        found = replace(marks, release=release).graded(documents_in(folder), said)
        assert problems(found) == []
        return found

    return graded


def written(graded: Graded) -> Any:
    return json.loads(results_bytes(graded.results))


def problems(graded: Graded) -> list[str]:
    """Say what our schema has against results."""
    return [f"{error.json_path}: {error.message}" for error in SCHEMA.iter_errors(written(graded))]
