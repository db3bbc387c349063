"""Whole processes: every command at its simplest, against importing all dependencies at once.

Every call has a folder of its own, so that `grade` marks each time. Those that answer at once are measured
against bare Python.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from convexam.cli import COMMANDS
from convexam.cli.exports.gradescope import record_files
from convexam.generator.bank import shipped_files
from convexam.generator.exam_file import SHIPPED

from .processes import RUN, computed
from .rounds import Effort, Row, cost, rows_of
from .samples import exam_bytes_of, exam_of_file, handed_in
from .targets import Target

EAGER = """
import babel, click, jinja2, latex2mathml, numpy, pydantic, pypdf, rich, sympy, weasyprint, yaml, ziamath
"""
SEED = ("generate", "--seed", "42", "--out", "new")
CALLS: Mapping[str, Sequence[str]] = {
    "kinds": ("kinds",),
    "explain, a kind": ("explain", "conv2d"),
    "schema bank": ("schema", "bank"),
    "show, an entry": ("show", "conv2d/first-map"),
    "check, a bank file": ("check", str(shipped_files()[0])),
    "grade, one JSON file": ("grade", "exam", "Ada.json"),
    "the same, pages that tell marks only": ("grade", "exam", "Ada.json", "--release", "marks"),
    "autograde, one JSON file": ("autograde", "gradescope", "."),
    "generate, HTML": (*SEED, "--format", "html"),
    "generate, HTML, PDF and YAML": SEED,
    "export gradescope": ("export", "gradescope", "exam"),
    "export moodle": ("export", "moodle", "exam"),
}
TARGETS = {"grade, one JSON file": Target(5, at_most=0.3)}


def rows(effort: Effort) -> Iterator[Row]:
    """Run the processes in turns, each in a folder that no other one changed."""
    helps = {f"{name} --help": (name, "--help") for name in COMMANDS}
    short = {"--version": ("--version",), "--help": ("--help",), **helps}
    ours = {what: (*RUN, *arguments) for what, arguments in {**short, **CALLS}.items()}
    programs = {"all dependencies at once": ("-c", EAGER), "bare Python": ("-c", "pass"), **ours}
    with TemporaryDirectory() as name:
        folder = Path(name)
        _exam(folder / "before")
        for arguments in programs.values():
            _cpu_seconds(arguments, folder)  # compiles modules, as they are once installed
        taken: dict[str, list[float]] = {what: [] for what in programs}
        for _ in range(effort.rounds):
            for what, arguments in programs.items():
                taken[what].append(_cpu_seconds(arguments, folder))
    yield from _rows(taken, "all dependencies at once", CALLS, TARGETS)
    yield from _rows(taken, "bare Python", short, dict.fromkeys(short, Target(5, at_most=8)))


def _rows(
    taken: Mapping[str, list[float]], floor: str, wanted: Iterable[str], targets: Mapping[str, Target]
) -> list[Row]:
    """Write down what was taken against a floor, which comes first."""
    return rows_of({what: cost(taken[what], taken[floor]) for what in (floor, *wanted)}, targets=targets)


def _exam(folder: Path) -> None:
    """Write what `grade` needs of an exam, a submission, and the same as it stands on Gradescope."""
    exam = exam_of_file(SHIPPED)
    (sample,) = handed_in(SHIPPED, exam, 1)
    papers = folder / "exam" / "record" / "papers"
    papers.mkdir(parents=True)
    (folder / "exam" / "record" / "exam.json").write_bytes(exam_bytes_of(SHIPPED))
    (papers / f"{sample.paper.code}.json").write_bytes(sample.record)
    (folder / "Ada.json").write_bytes(sample.json)
    (folder / "submission").mkdir()
    (folder / "submission" / "Ada.json").write_bytes(sample.json)
    for name, data in record_files(folder / "exam", exam):
        file = folder / "source" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)


def _cpu_seconds(arguments: Sequence[str], folder: Path) -> float:
    """Run a process in a copy of the folder."""
    work = folder / "now"
    shutil.copytree(folder / "before", work)
    used = computed(arguments, cwd=work)
    shutil.rmtree(work)
    return used
