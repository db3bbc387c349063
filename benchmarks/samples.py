"""Papers of the shipped bank, and what students hand in for them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from convexam.generator import bank, exam_file
from convexam.generator.compose import compose, exam_of
from convexam.generator.model import Field, Value
from convexam.generator.papers import EVERYONE, Paper, Problem
from convexam.generator.record import exam_bytes, paper_bytes, read_exam, read_paper
from convexam.generator.streams import practice_secret
from convexam.grader.marking.fields import write

FORTY_FIELDS = Path(__file__).parent / "forty-fields.yaml"
MIDTERM = exam_file.SHIPPED.with_name("midterm.yaml")
SECRET = practice_secret(42)


@dataclass(frozen=True)
class Sample:
    """An exam, as its file says it."""

    file: Path

    @cached_property
    def paper(self) -> Paper:
        """A paper of it, read back from its record as `grade` does."""
        known = bank.load(bank.shipped_files())
        file = exam_file.load(self.file, known)
        data = exam_bytes(file, known, SECRET, version="0", seed=42)
        record = read_exam(data, "exam.json")
        drawn = compose(file, known, SECRET, EVERYONE)
        stored = paper_bytes(exam_of(file, 42), record.sha256, drawn)
        return read_paper(stored, "paper.json", drawn.code, record)

    @cached_property
    def answers(self) -> dict[str, dict[str, Any]]:
        """All answers, right, as the page of the paper saves them."""
        return {problem.item: saved(problem) for problem in self.paper.problems}

    @cached_property
    def json(self) -> bytes:
        """What the page of the paper saves."""
        return _file(self.paper, self.answers)

    @cached_property
    def yaml(self) -> bytes:
        """The same as an answer file that was filled in."""
        lines = ["format: convexam-answers/1", f"paper: {self.paper.code}", "student: Ada", "answers:"]
        for problem in self.paper.problems:
            lines.append(f"  {problem.item}:")
            for field in problem.fields:
                text = write(field, problem.key[field.name][0])
                lines += _block(field, text) if "\n" in text else [f"    {field.name}: {text}"]
        return ("\n".join(lines) + "\n").encode()


def _block(field: Field, text: str) -> list[str]:
    return [f"    {field.name}: |", *(f"      {line}" for line in text.splitlines())]


def _file(paper: Paper, answers: Mapping[str, Any]) -> bytes:
    head = {"format": "convexam-answers/1", "paper": paper.code, "student": "Ada"}
    return json.dumps({**head, "answers": answers}, indent=1, ensure_ascii=False).encode()


def saved(problem: Problem) -> dict[str, Any]:
    """Return the key of a problem as the page of a paper saves it: maps as lists of texts."""
    return {field.name: _saved(field, problem.key[field.name][0]) for field in problem.fields}


def _saved(field: Field, value: Value) -> Any:
    if field.kind == "tensor" and isinstance(value, tuple):
        return [list(map(str, row)) for row in value if isinstance(row, tuple)]
    return write(field, value)
