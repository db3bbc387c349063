"""Papers of the shipped bank, and what students hand in for them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from convexam.generator import bank, exam_file
from convexam.generator.compose import compose, exam_of
from convexam.generator.model import Field
from convexam.generator.papers import Paper, Problem, Student
from convexam.generator.record import ExamRecord, exam_bytes, paper_bytes, read_exam, read_paper
from convexam.generator.streams import practice_secret
from convexam.grader.marking.fields import write

FORTY_FIELDS = Path(__file__).with_name("forty-fields.yaml")
MIDTERM = exam_file.SHIPPED.with_name("midterm.yaml")
SECRET = practice_secret(42)
WHOLE = re.compile("-?[0-9]+")


@dataclass(frozen=True)
class HandedIn:
    """A paper as `grade` reads it from its record, and the key as its student would hand it in.

    Attributes
    ----------
    record
        The bytes of the paper's record.
    paper
        What stands in it.
    json
        What the page of the paper saves.
    yaml
        The same as an answer file that was filled in.
    """

    record: bytes
    paper: Paper
    json: bytes
    yaml: bytes

    @property
    def fields(self) -> int:
        """How many fields the paper has."""
        return sum(len(problem.fields) for problem in self.paper.problems)


@cache
def shipped_bank() -> bank.Bank:
    """Return the shipped bank, which takes a while to read."""
    return bank.load(bank.shipped_files())


def exam_bytes_of(file: Path) -> bytes:
    """Return the record of an exam as it stands on the disk."""
    known = shipped_bank()
    return exam_bytes(exam_file.load(file, known), known, SECRET, version="0", seed=42)


def exam_of_file(file: Path) -> ExamRecord:
    """Return the record of an exam."""
    return read_exam(exam_bytes_of(file), "exam.json")


def handed_in(file: Path, exam: ExamRecord, students: int) -> list[HandedIn]:
    """Draw a paper for each student; all answers are right."""
    known = shipped_bank()
    loaded = exam_file.load(file, known)
    return [
        _of(compose(loaded, known, SECRET, Student(f"student-{number}")), exam) for number in range(students)
    ]


def _of(drawn: Paper, exam: ExamRecord) -> HandedIn:
    record = paper_bytes(exam_of(exam.file, 42), exam.sha256, drawn)
    paper = read_paper(record, "paper.json", drawn.code, exam)
    return HandedIn(record, paper, answers_of(paper), _yaml(paper))


def answers_of(paper: Paper) -> bytes:
    """Write what the page of a paper saves when all answers are right."""
    head = {"format": "convexam-answers/1", "paper": paper.code, "student": paper.student.id}
    answers = {problem.item: _saved(problem) for problem in paper.problems}
    return json.dumps({**head, "answers": answers}, indent=1, ensure_ascii=False).encode()


def mistaken(saved: bytes) -> bytes:
    """Put every third whole number of what a page saved off by one."""
    document = json.loads(saved)
    answers = _mistaken(document["answers"], count())
    return json.dumps({**document, "answers": answers}, indent=1, ensure_ascii=False).encode()


def _mistaken(saved: Any, numbers: Iterator[int]) -> Any:
    if isinstance(saved, dict):
        return {name: _mistaken(each, numbers) for name, each in saved.items()}
    if isinstance(saved, list):
        return [_mistaken(each, numbers) for each in saved]
    return str(int(saved) + (next(numbers) % 3 == 0)) if WHOLE.fullmatch(saved) else saved


def _saved(problem: Problem) -> dict[str, Any]:
    return {field.name: _boxes(field, problem.key[field.name][0]) for field in problem.fields}


def _boxes(field: Field, value: Any) -> Any:
    """Return what the page saves: rows of a map, parts of a record, a list of options, otherwise a text."""
    match field.kind:
        case "tensor":
            return [list(map(str, row)) for row in value]
        case "record":
            return {part.name: str(each) for part, each in zip(field.parts, value, strict=True)}
        case "choices" | "order":
            return list(value)
        case _:
            return write(field, value)


def _yaml(paper: Paper) -> bytes:
    lines = ["format: convexam-answers/1", f"paper: {paper.code}", f"student: {paper.student.id}", "answers:"]
    for problem in paper.problems:
        lines.append(f"  {problem.item}:")
        for field in problem.fields:
            lines.append(f"    {field.name}: |")
            lines += [f"      {line}" for line in write(field, problem.key[field.name][0]).splitlines()]
    return ("\n".join(lines) + "\n").encode()
