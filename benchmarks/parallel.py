"""`generate` with one worker and with two, on an idle machine: the same files, and how much sooner."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

from .processes import RUN, computed
from .rounds import Effort, Row, cost
from .targets import Target

VARIANTS = 40
WORKERS = (1, 2)


@dataclass(frozen=True)
class Run:
    """How long a run took, what it computed, and what it wrote."""

    wall: float
    cpu: float
    files: dict[str, bytes]


def rows(effort: Effort) -> Iterator[Row]:
    """Generate the midterm for a class, in all formats; a ratio says how much longer one worker takes."""
    variants = VARIANTS if effort.samples > 1 else 1
    turns = max(1, effort.rounds // 9)
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "secret").write_text("5a" * 32)
        (folder / "roster.csv").write_text("\n".join(["student", *(f"s{n}" for n in range(variants))]))
        runs: dict[int, list[Run]] = {workers: [] for workers in WORKERS}
        for turn in range(turns):
            for workers in WORKERS:
                runs[workers].append(_run(folder, workers, turn))
    first = runs[1][0].files
    if any(run.files != first for each in runs.values() for run in each):
        raise ValueError("the files depend on the number of workers")
    for what, target in (("wall", Target(3, at_least=1.8)), ("cpu", "")):
        alone = [getattr(run, what) for run in runs[1]]
        for workers, each in runs.items():
            taken = [getattr(run, what) for run in each]
            ratio = cost(alone, taken)
            yield Row(
                f"{variants} variants, {workers} at work, {what}",
                f"{sum(taken) / len(taken):.1f} s",
                f"{ratio.ratio:.2f} [{ratio.low:.2f}-{ratio.high:.2f}]",
                target if workers > 1 else "",
                ratio.ratio,
            )


def _run(folder: Path, workers: int, turn: int) -> Run:
    out = folder / f"{workers}-{turn}"
    files = ("--students", str(folder / "roster.csv"), "--secret", str(folder / "secret"), "--out", str(out))
    command = [
        *RUN,
        "generate",
        "--exam",
        "midterm",
        *files,
        "--workers",
        str(workers),
    ]
    begin = monotonic()
    cpu = computed(command)
    wall = monotonic() - begin
    written = {str(file.relative_to(out)): file.read_bytes() for file in out.rglob("*") if file.is_file()}
    return Run(wall, cpu, written)
