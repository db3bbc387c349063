"""The command line as people call it, and answer files filled in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pytest

from convexam import cli
from convexam.cli.crews import Staff
from convexam.generator import registry
from convexam.generator.model import Value
from convexam.generator.papers import Paper, Problem
from convexam.generator.record import read_exam, read_paper
from convexam.generator.workers.crew import Crew
from convexam.generator.workers.pool import WorkerDied
from convexam.grader.marking.fields import write

T = TypeVar("T")


@dataclass(frozen=True)
class Outcome:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str


Run = Callable[..., Outcome]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Call ``convexam`` in this process."""

    def call(*arguments: object) -> Outcome:
        monkeypatch.setattr("sys.argv", ["convexam", *map(str, arguments)])
        with pytest.raises(SystemExit) as stop:
            cli.main()
        printed = capsys.readouterr()
        return Outcome(int(stop.value.code or 0), printed.out, printed.err)

    return call


class Deadly(Crew):
    """Workers that die of every task."""

    ahead = 1

    def submit(self, fn: Callable[..., T], /, *args: object, **kwargs: object) -> Future[T]:
        future: Future[T] = Future()
        future.set_exception(WorkerDied("out of memory"))
        return future


@pytest.fixture
def nobody_survives(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Staff, "crew", lambda *_arguments, **_more: Deadly())


def the_paper(folder: Path, student: str | None = None) -> Paper:
    """Read the record back: the only paper, or that of a student."""
    data = (folder / "record/exam.json").read_bytes()
    exam = read_exam(data, "exam.json")
    papers = [
        read_paper(file.read_bytes(), file.name, file.stem, exam)
        for file in sorted((folder / "record/papers").iterdir())
    ]
    return next(paper for paper in papers if student in (None, paper.student.id))


def key(problem: Problem) -> dict[str, Value]:
    return {name: values[0] for name, values in problem.key.items()}


def filled_in(paper: Paper, changes: Mapping[str, Mapping[str, Value | None]] | None = None) -> str:
    """Write an answer file with the key, but for the changes; a change to a text stands as it is."""
    lines = ["format: convexam-answers/1", f"paper: {paper.code}", "answers:"]
    for problem in paper.problems:
        values = key(problem) | dict((changes or {}).get(problem.item, {}))
        lines.append(f"  {problem.item}:")
        for field in registry.get(problem.spec.type).ask(problem.case):
            value = values[field.name]
            text = value if isinstance(value, str) else write(field, value) if value is not None else "_"
            lines.append(f"    {field.name}: |")
            lines += [f"      {line}" for line in text.splitlines()]
    return "\n".join(lines) + "\n"
