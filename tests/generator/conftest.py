"""Small banks and exams, written as an instructor would."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent, indent

import pytest

from convexam.generator import bank, exam_file
from convexam.generator.bank import Bank
from convexam.generator.exam_file import ExamFile

ENTRY = """\
- id: {id}
  type: conv2d
  title: A map
  difficulty: {difficulty}
  points: 4
  tags: [{tags}]
  params:
    input: {{shape: [1, 4, 4], from: -3, to: 5}}
    kernel: {{shape: [1, 1, 2, 2], one_of: [-1, 1, 2]}}
    {more}
  prompt:
    en: Filter {{{{ X }}}} with {{{{ K }}}}, {{{{ padding }}}}.
"""


def entry(id: str, *, tags: str = "by-hand", difficulty: int = 1, more: str = "stride: 1") -> str:  # noqa: A002
    return ENTRY.format(id=id, tags=tags, difficulty=difficulty, more=more)


class Desk:
    """A folder with bank and exam files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def bank(self, *entries: str, name: str = "bank.yaml") -> Bank:
        return bank.load(
            [self.write(name, "format: convexam-bank/1\nquestions:\n" + indent("".join(entries), "  "))]
        )

    def exam(self, known: Bank, *items: str, head: str = "") -> ExamFile:
        listed = "".join(f"      - {{{item}}}\n" for item in items)
        text = f"format: convexam-exam/1\nid: quiz\ntitle: Quiz\n{head}sections:\n  - title: A\n    items:\n{listed}"
        return exam_file.load(self.write("exam.yaml", text), known)

    def write(self, name: str, text: str) -> Path:
        file = self.folder / name
        file.write_text(dedent(text), encoding="utf-8")
        return file


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)
