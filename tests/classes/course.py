"""A course with an exam of six questions: a roster, and the papers that `generate` draws for it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from convexam.generator.csv_text import csv_bytes
from convexam.generator.handout import handout
from convexam.generator.papers import Paper, Student
from convexam.generator.record import ExamRecord, read_exam, read_paper
from convexam.generator.streams import Stream, practice_secret

EXAM = """\
format: convexam-exam/1
id: class-exam
title: An exam of a class
sections:
  - items:
      - {id: q1, use: conv2d/first-map, points: 4}
      - {id: q2, use: pool/average-small, points: 2}
      - {id: q3, pick: 1, type: output_shape, tags: [one-layer], difficulty: 1, points: 2}
      - {id: q4, use: param_count/convolution, points: 2}
      - {id: q5, use: concepts/parallel-or-not, points: 1}
      - {id: q6, use: short_text/max-pooling, points: 3}
"""

FIRST = (
    *("Ada", "Zoë", "José", "Søren", "Anne-Marie", "D'Arcy", "Noor", "Łukasz", "Wei", "Xin_Yi", "Ana María"),
    *("Grace", "Alan", "Emmy", "Kurt", "Mary", "Édouard", "İpek", "Ngọc", "Olena", "Tariq", "Åsa", "Jan"),
)
LAST = (
    *("Lovelace", "Müller", "García", "van den Berg", "O'Neill", "de l'Hôpital", "Nguyễn", "Kowalska-Wójcik"),
    *("Chen", "Hopper", "Turing", "Noether", "Gödel", "Shelley", "Yılmaz", "Ødegård", "Jansen", "1 de Witt"),
)


@dataclass(frozen=True)
class Course:
    """An exam that was handed out.

    Attributes
    ----------
    folder
        What `generate` wrote.
    record
        The record of the exam.
    papers
        By student, in the order of the roster.
    """

    folder: Path
    record: ExamRecord
    papers: Mapping[str, Paper]

    def pdf(self, student: str) -> bytes:
        """Return the paper of a student as a form to fill in."""
        files = dict(handout(self.record.exam, self.papers[student], ["pdf"]))
        return next(data for name, data in files.items() if name.endswith(".pdf"))


def stream(*names: str) -> Stream:
    """Return a stream that everything synthetic is drawn from, by names."""
    return Stream(practice_secret(8)).child("class", *names)


def roster(count: int) -> tuple[Student, ...]:
    """Return so many students; the second half has ids of Canvas."""
    students = []
    for number in range(1, count + 1):
        drawn = stream("student", str(number))
        name = f"{drawn.choice(FIRST)} {drawn.choice(LAST)}"
        ids = {"canvas": str(70_000 + 7 * number)} if number > count // 2 else {}
        student = f"s{number:04}"
        students.append(Student(student, name, f"{student}@students.example.org", ids))
    return tuple(students)


def drawn(folder: Path, students: tuple[Student, ...]) -> Course:
    """Write the exam and the roster, and let `generate` draw a paper for each student."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "exam.yaml").write_text(EXAM)
    systems = sorted({system for each in students for system in each.ids})
    rows = [
        (each.id, each.name, each.email, *(each.ids.get(system, "") for system in systems))
        for each in students
    ]
    (folder / "roster.csv").write_bytes(csv_bytes([("student", "name", "email", *systems), *rows]))
    exam = folder / "exam"
    files = ("--exam", folder / "exam.yaml", "--students", folder / "roster.csv", "--out", exam)
    called("generate", "--seed", 8, *files, "--format", "yaml", codes=(0,))
    return read(exam)


def read(folder: Path) -> Course:
    """Read back what `generate` wrote."""
    record = read_exam((folder / "record/exam.json").read_bytes(), "exam.json")
    papers = [
        read_paper(file.read_bytes(), file.name, file.stem, record)
        for file in (folder / "record/papers").iterdir()
    ]
    return Course(
        folder,
        record,
        {paper.student.id: paper for paper in sorted(papers, key=lambda each: each.student.id)},
    )


def command(*arguments: object) -> list[str]:
    """Return how `convexam` is called in a process of its own; see `environment`."""
    return [sys.executable, "-m", "convexam", *map(str, arguments)]


def environment() -> dict[str, str]:
    """Return what the process needs to find the same code."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}


def called(*arguments: object, codes: tuple[int, ...] = (0, 3)) -> str:
    """Call `convexam` in a process of its own and return all that it printed."""
    done = subprocess.run(command(*arguments), env=environment(), capture_output=True, text=True, check=False)
    assert done.returncode in codes, (done.returncode, done.stdout[-2000:], done.stderr[-4000:])
    return done.stdout + done.stderr
