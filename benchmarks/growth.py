"""Classes of 100, 1,000 and 10,000: CPU time per student, and memory, against those of the smallest class.

A student costs what one more of them adds to a class of one, so that starting up is not counted. Half of the
students are right; of the others every third number is off by one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, astuple
from pathlib import Path
from shutil import rmtree
from statistics import median

from convexam.generator.record import read_exam, read_paper

from .processes import RUN, Used, megabytes, run
from .rounds import Effort, Point, Row, duration
from .samples import answers_of, mistaken
from .targets import Target

EXAM = Path(__file__).with_suffix(".yaml")
BUILD = Path(__file__).parents[1] / "build"
COMMANDS = ("generate", "grade", "export moodle")
CONSTANT = 1.1
"""What is constant may differ by that much: workers are renewed, and busy machines have no exact clock."""

SMALL = 100  # students; classes of so many are measured thrice, as starting up is a part of what they take
THRICE = 3


def rows(effort: Effort) -> Iterator[Row]:
    """Measure class by class; what was measured before an interruption is not measured again."""
    folder = BUILD / "-".join(map(str, ("growth", *effort.classes)))
    used = {size: _used(folder, size, min(effort.rounds, THRICE)) for size in (1, *effort.classes)}
    for command in COMMANDS:
        yield from _compared(command, {size: each[command] for size, each in used.items()})
    rmtree(folder)


def _compared(command: str, used: dict[int, Used]) -> Iterator[Row]:
    """Compare every class with the smallest, and the largest with the bound."""
    alone = used.pop(1)
    cost = {size: (each.seconds - alone.seconds) / (size - 1) for size, each in used.items()}
    memory = {size: each.together for size, each in used.items()}
    yield Row(f"{command}, one student alone", f"{duration(alone.seconds)}, {megabytes(alone.together)}")
    for what, unit, amounts, written, factor in (
        ("CPU time per student", "ms", cost, duration, 1e3),
        ("memory", "MB", memory, megabytes, 1e-6),
    ):
        first, *_, last = amounts
        for size, amount in amounts.items():
            ratio = amount / amounts[first]
            yield Row(
                f"{command}, {size:,} students: {what}",
                written(amount),
                "1" if size == first else f"{ratio:.2f}",
                Target(12, at_most=CONSTANT) if size == last else "",
                ratio,
                Point(f"{what}, {unit}", command, size, amount * factor),
            )


def _used(folder: Path, size: int, times: int) -> dict[str, Used]:
    """Return what every command takes for a class, measured unless that was done before."""
    file, place = folder / f"{size}.json", folder / str(size)
    if not file.exists():
        taken = []
        for _ in range(times if size <= SMALL else 1):
            rmtree(place, ignore_errors=True)
            place.mkdir(parents=True)
            taken.append(_measured(place, size))
        rmtree(place)
        usual = {command: _median([each[command] for each in taken]) for command in COMMANDS}
        file.write_text(json.dumps({command: asdict(each) for command, each in usual.items()}))
    return {command: Used(**each) for command, each in json.loads(file.read_text()).items()}


def _measured(place: Path, size: int) -> dict[str, Used]:
    """Run every command."""
    students, exam, answers = place / "class.csv", place / "exam", place / "answers"
    roster(students, size)
    drawn = (*RUN, "generate", "--seed", 7, "--exam", EXAM, "--students", students, "--format", "html")
    generated = run((*drawn, "--out", exam))
    answer(exam, answers)
    graded = run((*RUN, "grade", exam, answers))
    exported = run((*RUN, "export", "moodle", exam, "--out", place / "questions.xml"))
    return dict(zip(COMMANDS, (generated, graded, exported), strict=True))


def _median(taken: Sequence[Used]) -> Used:
    return Used(*(median(each) for each in zip(*map(astuple, taken), strict=True)))


def roster(file: Path, size: int) -> None:
    """Write the list of a class."""
    students = (f"s{number:05}" for number in range(size))
    file.write_text("".join(f"{line}\n" for line in ("student", *students)))


def answer(exam: Path, folder: Path) -> None:
    """Hand in for everybody."""
    folder.mkdir()
    record = read_exam((exam / "record" / "exam.json").read_bytes(), "exam.json")
    for number, file in enumerate(sorted((exam / "record" / "papers").iterdir())):
        right = answers_of(read_paper(file.read_bytes(), file.name, file.stem, record))
        (folder / f"{file.stem}.json").write_bytes(mistaken(right) if number % 2 else right)
