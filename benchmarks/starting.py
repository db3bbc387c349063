"""Whole processes: `grade` on one JSON file against importing all dependencies at once."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from tempfile import TemporaryDirectory

from convexam.generator.exam_file import SHIPPED

from .rounds import Effort, Row, cost, rows_of
from .samples import exam_bytes_of, exam_of_file, handed_in
from .targets import Target

EAGER = """
import babel, click, jinja2, latex2mathml, numpy, pydantic, pypdf, rich, sympy, weasyprint, yaml, ziamath
"""
RUN = ("-m", "convexam")
_COMPILING = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}
TARGETS = {"grade, one JSON file": Target(5, at_most=0.3)}


def rows(effort: Effort) -> Iterator[Row]:
    """Run the processes in turns."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        _exam(folder)
        commands: dict[str, Sequence[object]] = {
            "all dependencies at once": ("-c", EAGER),
            "bare Python": ("-c", "pass"),
            "--version": (*RUN, "--version"),
            "grade, one JSON file": (*RUN, "grade", folder, folder / "Ada.json"),
        }
        for arguments in commands.values():
            _cpu_seconds(arguments)  # from now on all modules are compiled, as they are once installed
        taken: dict[str, list[float]] = {what: [] for what in commands}
        for _ in range(effort.rounds):
            for what, arguments in commands.items():
                taken[what].append(_cpu_seconds(arguments))
    floor = taken["all dependencies at once"]
    yield from rows_of({what: cost(each, floor) for what, each in taken.items()}, targets=TARGETS)


def _exam(folder: Path) -> None:
    """Write what `grade` needs of an exam, and a submission."""
    (sample,) = handed_in(SHIPPED, exam_of_file(SHIPPED), 1)
    papers = folder / "record" / "papers"
    papers.mkdir(parents=True)
    (folder / "record" / "exam.json").write_bytes(exam_bytes_of(SHIPPED))
    (papers / f"{sample.paper.code}.json").write_bytes(sample.record)
    (folder / "Ada.json").write_bytes(sample.json)


def _cpu_seconds(arguments: Sequence[object]) -> float:
    before, called = _of_children(), [sys.executable, *map(str, arguments)]
    subprocess.run(called, check=True, stdout=subprocess.DEVNULL, env=_COMPILING)  # noqa: S603
    return _of_children() - before


def _of_children() -> float:
    used = getrusage(RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
