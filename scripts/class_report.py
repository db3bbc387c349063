"""Draw docs/report.png: the report of a class that is made up, but drawn and marked as any other.

Sixty students with papers of their own make mistakes that the engine computes: misconceptions, slips, blanks.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from convexam.generator import bank, curriculum, exam_file
from convexam.generator.class_list import ClassList
from convexam.generator.compose import compose, exam_of
from convexam.generator.mistakes import wrong_answers
from convexam.generator.model import Field, Value
from convexam.generator.papers import Exam, Paper, Problem, Student
from convexam.generator.streams import practice_secret
from convexam.grader.intake.answers import read_submission
from convexam.grader.intake.arrival import Arrival
from convexam.grader.intake.directory import Directory
from convexam.grader.intake.handed_in import Outcome
from convexam.grader.marking.fields import write
from convexam.grader.marking.mark import mark_paper
from convexam.grader.marking.terms import terms_of
from convexam.grader.reports.class_data import ClassData
from convexam.grader.reports.class_report import class_report_html, class_statistics
from convexam.grader.reports.record import record_bytes
from convexam.grader.statistics.sheet import asked_of

PICTURE = Path(__file__).parents[1] / "docs" / "report.png"
SEED = 8
EXAM = """\
format: convexam-exam/1
id: class
title: Midterm exam
course: Convolutional neural networks
marking: {grade: {from: 1, to: 10, pass: 5.5, pass_at: 0.55, step: 0.1}}
sections:
  - title: Ideas
    items:
      - {id: a1, use: concepts/properties, points: 2}
  - title: By hand
    items:
      - {id: b1, use: conv2d/one-channel, points: 6}
      - {id: b2, use: pool/max-small, points: 2}
      - {id: b3, use: pipeline/conv-relu, points: 4}
      - {id: b4, use: conv_symbolic/end-of-a-row, points: 2}
  - title: Sizes and numbers of weights
    items:
      - {id: c1, use: output_shape/strided, points: 2}
      - {id: c2, use: param_count/convolution, points: 2}
      - {id: c3, use: network_table/two-convolutions, points: 8}
      - {id: c4, use: receptive_field/pooling-between, points: 3}
  - title: Telling operations apart
    items:
      - {id: d1, use: convolution_or_correlation/row, points: 4}
"""

HARD = {"a1": 0.4, "b1": 0.2, "b2": -2.5, "b3": 0.4, "b4": 0.3, "c1": -0.4, "c2": 0.1}
"""How hard questions are, on the scale of what students can do, which has mean 0 and deviation 1."""

POPULAR = {"b1": "extra_flip", "c2": "no_bias", "c1": "floor_for_ceil"}
"""Misconceptions that are held by more than others."""


def page(count: int = 60) -> str:
    """Return the report of a class of this size."""
    data = made_up(count)
    return class_report_html(data, class_statistics(data))


def made_up(count: int) -> ClassData:
    """Draw the papers of a class, and mark what most of its students hand in."""
    known = bank.load(bank.shipped_files())
    with TemporaryDirectory() as folder:
        file = Path(folder) / "exam.yaml"
        file.write_text(EXAM, encoding="utf-8")
        read = exam_file.load(file, known)
    exam = exam_of(read)
    students = tuple(Student(f"s{1000 + number}", f"Student {number}") for number in range(count))
    papers = [compose(read, known, practice_secret(SEED), student) for student in students]
    handed_in = [paper for paper in papers if _dice(paper.student).random() < 0.95]
    return ClassData(
        exam=exam,
        records=[_record(exam, paper) for paper in handed_in],
        papers={paper.code: asked_of(paper) for paper in papers},
        directory=Directory(ClassList(students)),
        arrivals=[
            Arrival(f"{paper.student.id}.yaml", "", Outcome.READ, paper.student.id) for paper in handed_in
        ],
        outcomes=curriculum.load().outcomes,
    )


def _record(exam: Exam, paper: Paper) -> dict[str, Any]:
    result = mark_paper(paper, read_submission(_file(paper), "x.yaml"), paper.student.id, terms_of(exam))
    data: dict[str, Any] = json.loads(record_bytes(result, paper, exam=exam.id, exam_sha256="", version=""))
    return data


def _dice(student: Student) -> Random:
    return Random(f"{SEED}/{student.id}")  # noqa: S311 - nothing is drawn that is to be secret


def _file(paper: Paper) -> bytes:
    dice = _dice(paper.student)
    ability = dice.gauss(0.45, 1)
    lines = ["format: convexam-answers/1", f"paper: {paper.code}", f"student: {paper.student.id}", "answers:"]
    for problem in paper.problems:
        lines.append(f"  {problem.item}:")
        for name, text in _answers(problem, ability, dice):
            lines += [f"    {name}: |", *(f"      {line}" for line in text.splitlines())]
    return "\n".join(lines).encode()


def _answers(problem: Problem, ability: float, dice: Random) -> Iterator[tuple[str, str]]:
    right = {name: values[0] for name, values in problem.key.items()}
    luck = ability - HARD.get(problem.item.partition(".")[0], 0) + dice.gauss(0, 0.7)
    typed = right if luck > 0 else _mistaken(problem, right, dice)
    blank = luck < -1.4
    for field in problem.fields:
        if blank and dice.random() < 0.8:
            yield field.name, ""
        elif typed is right and dice.random() < 0.1:
            yield field.name, write(field, _slipped(field, right[field.name], dice))
        elif dice.random() < 0.004:
            yield field.name, "see page 3"
        else:
            yield field.name, write(field, typed[field.name])


def _mistaken(problem: Problem, right: dict[str, Value], dice: Random) -> dict[str, Value]:
    """Return the answers of somebody with a misconception that shows here; the usual one more often."""
    wrong = {
        name: answers
        for name, answers in wrong_answers(problem.spec.type, problem.case)
        if answers != right and answers.keys() == right.keys()
    }
    if not wrong:
        return right
    popular = POPULAR.get(problem.item)
    if popular in wrong and dice.random() < 0.6:
        return wrong[popular]
    listed = [name for name in problem.spec.misconceptions if name in wrong]
    return wrong[dice.choice(listed if listed and dice.random() < 0.8 else sorted(wrong))]


def _slipped(field: Field, value: Any, dice: Random) -> Any:
    """Return an answer with one wrong number."""
    if field.kind == "tensor":
        rows = [list(row) for row in value]
        row = dice.choice(rows)
        row[dice.randrange(len(row))] += dice.choice([-2, -1, 1, 2])
        return tuple(map(tuple, rows))
    return value + dice.choice([-1, 1, 10]) if isinstance(value, int | Fraction) else value


def photograph() -> None:
    """Take a picture of the upper part of the page."""
    from papers import picture
    from playwright.sync_api import sync_playwright

    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        file, drawn = Path(folder) / "report.html", Path(folder) / "report.png"
        file.write_text(page(), encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        shown = browser.new_page(viewport={"width": 1100, "height": 1900})
        shown.goto(file.as_uri())
        shown.screenshot(path=drawn)
        browser.close()
        picture(drawn, PICTURE, colours=128)


if __name__ == "__main__":
    photograph()
