"""A paper of the demo exam, and answer files for it."""

from __future__ import annotations

import pytest

from convexam.generator import exam_file, registry
from convexam.generator.compose import compose
from convexam.generator.model import Value
from convexam.generator.papers import EVERYONE, Paper, Problem
from convexam.generator.streams import practice_secret
from convexam.grader.marking.fields import write

from ..shipped import shipped_bank


@pytest.fixture(scope="session")
def paper() -> Paper:
    known = shipped_bank()
    return compose(exam_file.load(exam_file.SHIPPED, known), known, practice_secret(42), EVERYONE)


def key(problem: Problem) -> dict[str, Value]:
    return {name: values[0] for name, values in problem.key.items()}


def answers_of(problem: Problem) -> dict[str, str]:
    fields = registry.get(problem.spec.type).ask(problem.case)
    return {field.name: write(field, key(problem)[field.name]) for field in fields}
