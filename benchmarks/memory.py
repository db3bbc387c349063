"""Memory of whole commands and their workers on the demo exam, against importing all dependencies at once.

The ratio compares what the processes of a command hold at one moment, libraries and other files left out, as
programs share them; after it stands what the largest process held at its highest, all included.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from .growth import answer, roster
from .processes import RUN, Used, megabytes, run
from .rounds import Effort, Row
from .starting import EAGER


def rows(effort: Effort) -> Iterator[Row]:
    """Run every command once: memory hardly depends on what else the machine does."""
    floor = run(("-c", EAGER))
    yield _row("all dependencies at once", floor, floor)
    with TemporaryDirectory() as name:
        for what, arguments in _commands(Path(name), effort.papers):
            yield _row(what, run(arguments), floor)


def _commands(folder: Path, papers: Sequence[int]) -> Iterator[tuple[str, Sequence[object]]]:
    """Yield commands in an order in which one makes what the next ones need."""
    for count in papers:
        students, exam, answers = folder / f"{count}.csv", folder / f"{count}", folder / f"{count}-answers"
        roster(students, count)
        drawn = (*RUN, "generate", "--seed", 7, "--students", students, "--out")
        yield f"generate, web pages: {count}", (*drawn, exam, "--format", "html")
        yield (
            f"generate, web pages and PDFs: {count}",
            (*drawn, folder / f"{count}-pdf", "--format", "html,pdf"),
        )
        answer(exam, answers)
        yield f"grade, submissions: {count}", (*RUN, "grade", exam, answers)
        yield f"export moodle, papers: {count}", (*RUN, "export", "moodle", exam)


def _row(what: str, used: Used, floor: Used) -> Row:
    ratio = used.together / floor.together
    amounts = f"{megabytes(used.together)}, {megabytes(used.largest)}"
    return Row(what, amounts, "1" if used is floor else f"{ratio:.2f}", value=ratio)
