"""`grade` lists answers that are worth a look, also where the other one handed in nothing."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from .conftest import Run, filled_in, key, the_paper

EXAM = """\
format: convexam-exam/1
id: maps
title: Maps
sections:
  - items:
      - {id: b1, use: conv2d/one-channel, points: 6}
      - {id: b3, use: pipeline/conv-relu, points: 4}
"""


def rows(exam: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((exam / "marks/likeness.csv").read_text("utf-8-sig"))))


def test_answers_of_another_variant_are_listed(run: Run, tmp_path: Path) -> None:
    (tmp_path / "maps.yaml").write_text(EXAM)
    (tmp_path / "roster.csv").write_text("student\nada\nalan\ngrace\n")
    exam, files = tmp_path / "maps", tmp_path / "in"
    whose = ("--exam", tmp_path / "maps.yaml", "--students", tmp_path / "roster.csv", "--seed", 1)
    assert run("generate", *whose, "--out", exam, "--format", "yaml").code == 0
    files.mkdir()
    (files / "alan.yaml").write_text(filled_in(the_paper(exam, "alan")))
    run("grade", exam, files)
    assert rows(exam) == []

    copied = {problem.item: key(problem) for problem in the_paper(exam, "grace").problems}
    (files / "ada.yaml").write_text(filled_in(the_paper(exam, "ada"), copied))
    run("grade", exam, files)
    found = rows(exam)
    assert [(row["student"], row["other"], row["question"]) for row in found] == [
        ("ada", "grace", "b1"),
        ("ada", "grace", "b3"),
    ]
    assert found[0]["equal cells"].startswith("9 of 9 cells equal, ")
    assert {row["worth a look"] for row in found} == {"wrong here, right on the other paper"}
