"""A small exam for platforms: a question that they mark, and one that a person does."""

from __future__ import annotations

from pathlib import Path

from .conftest import Run

EXAM = """\
format: convexam-exam/1
id: lab
title: Lab
variants: {variants}
sections:
  - title: A
    items:
      - {{id: q1, use: pool/max-small, points: 2}}
      - {{id: q2, use: short_text/kernel-size}}
"""


def lab(run: Run, folder: Path, *, students: int = 3, variants: str = "per-student") -> Path:
    """Generate it, and return the folder with its papers."""
    exam, roster, out = folder / "lab.yaml", folder / "roster.csv", folder / "lab"
    exam.write_text(EXAM.format(variants=variants))
    roster.write_text("\n".join(["student", *(f"s{number}" for number in range(1, students + 1)), ""]))
    made = run("generate", "--exam", exam, "--students", roster, "--format", "yaml", "--out", out)
    assert made.code == 0, made.err
    return out
