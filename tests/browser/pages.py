"""Pages to be looked at: everything that is written for a browser, with every kind of question."""

from __future__ import annotations

import runpy
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

from convexam.generator.mistakes import wrong_answers
from convexam.generator.model import Value
from convexam.generator.papers import Paper

from ..cli.conftest import filled_in, the_paper
from ..shipped import shipped_bank
from ..test_leaks import every_kind

SHIPPED = Path(__file__).parents[2] / "question_bank" / "activation.yaml"
MARKED = Path(__file__).parents[2] / "docs" / "gallery" / "feedback.html"
CLASS = Path(__file__).parents[2] / "scripts" / "class_report.py"
FIGURES = Path(__file__).parents[2] / "docs" / "gallery" / "figures.html"
PAGES = ("paper", "dutch", "solutions", "feedback", "marked", "preview", "audit", "figures", "report")


WIDE, NARROW = 1280, 320
"""Widths of windows in CSS pixels: a computer's, and the narrowest that WCAG asks for (1280 at 400 %)."""

OTHER_FIELDS = (
    "      - {id: order, use: concepts/training-order}",
    "      - {id: row, use: conv1d/zero-padding}",
)
"""Sorts of boxes that the first entries of all kinds do not have."""

BOXES = """\
format: convexam-exam/1
id: boxes
title: Boxes
sections:
  - title: All
    items:
      - {id: grid, use: activation/relu-map}
      - {id: map, use: conv2d/one-channel}
      - {id: row, use: conv1d/zero-padding}
      - {id: number, use: activation/two-regressions}
      - {id: one, use: bandit/lecture-network}
      - {id: several, use: concepts/properties}
      - {id: order, use: concepts/training-order}
      - {id: record, use: identify_operation/plain-window}
      - {id: words, use: short_text/explain-convolution}
"""


@dataclass(frozen=True)
class Desk:
    """An exam as it is written by ``generate``.

    Attributes
    ----------
    folder
        What ``generate`` wrote.
    paper
        The only paper, with its key.
    """

    folder: Path
    paper: Paper

    @property
    def form(self) -> Path:
        """The page that students get."""
        return self.folder / "handout" / f"{self.paper.code}.html"


FEW = """\
format: convexam-bank/1
questions:
  - id: few
    type: conv2d
    title: An entry with too few variants
    difficulty: 1
    points: 1
    tags: [by-hand]
    params:
      input: {shape: [1, 2, 2], from: 0, to: 1}
      kernel: {shape: [1, 1, 2, 2], one_of: [1]}
      stride: 1
    prompt:
      en: Filter {{ X }} with {{ K }}.
"""
"""An entry that the audit blames."""


def convexam(*words: object, code: int = 0) -> None:
    """Call the command line."""
    command = [sys.executable, "-m", "convexam", *map(str, words)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == code, done.stderr


def set_out(exam: Path, seed: int = 42) -> Desk:
    """Draw an exam."""
    out = exam.with_name(f"{exam.stem}-{seed}")
    convexam("generate", "--exam", exam, "--seed", seed, "--out", out, "--format", "html")
    return Desk(out, the_paper(out))


def every_kind_of_question(folder: Path) -> Path:
    """Write the exam file with every kind of question."""
    exam = folder / "every-kind.yaml"
    lines = [*every_kind(shipped_bank()), *OTHER_FIELDS]
    exam.write_text("\n".join(lines), encoding="utf-8")
    return exam


def a_box_of_each_sort(folder: Path) -> Path:
    """Write a short exam file, whose items are named after their boxes."""
    exam = folder / "boxes.yaml"
    exam.write_text(BOXES, encoding="utf-8")
    return exam


def write_pages(desk: Desk) -> Mapping[str, Path]:
    """Write all that instructors see as well: page by name."""
    folder = desk.folder.parent
    answers = folder / "ada.yaml"
    answers.write_text(filled_in(desk.paper, dict(_mixed(desk.paper))), encoding="utf-8")
    dutch = folder / "dutch.yaml"
    dutch.write_text(BOXES.replace("title: Boxes", "title: Vakjes\nlanguage: nl"), encoding="utf-8")
    few = folder / "few.yaml"
    few.write_text(FEW, encoding="utf-8")
    (folder / "report.html").write_text(runpy.run_path(str(CLASS))["page"](24), encoding="utf-8")
    convexam("grade", desk.folder, answers, code=3)
    convexam("preview", a_box_of_each_sort(folder), "--draws", 1, "--out", folder / "preview.html")
    convexam("audit", few, SHIPPED, "--draws", 20, "--workers", 1, "--html", folder / "audit.html", code=1)
    return {
        "paper": desk.form,
        "dutch": set_out(dutch).form,
        "solutions": desk.folder / "solutions" / f"{desk.paper.code}.solutions.html",
        "feedback": desk.folder / "marks" / "ada.feedback.html",
        "marked": MARKED,
        "preview": folder / "preview.html",
        "audit": folder / "audit.html",
        "figures": FIGURES,
        "report": folder / "report.html",
    }


def _mixed(paper: Paper) -> Iterator[tuple[str, Mapping[str, Value | None]]]:
    """Of each four questions answer one rightly, one with a misconception, one with words, one not at all."""
    for number, problem in enumerate(paper.problems):
        mistakes = dict(wrong_answers(problem.spec.type, problem.case))
        if number % 4 == 1 and mistakes:
            yield problem.item, next(iter(mistakes.values()))
        elif number % 4 in (2, 3):
            answer = "around seven?" if number % 4 == 2 else None
            yield problem.item, dict.fromkeys(problem.key, answer)


def unfold(page: Page) -> None:
    """Open everything that is folded."""
    page.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true; })")
