"""Jobs measured side by side: CPU time, in rounds, each job against the first one of the same round."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median
from time import process_time
from types import MappingProxyType
from typing import TypeAlias

Job: TypeAlias = Callable[[], object]


@dataclass(frozen=True)
class Effort:
    """How much is measured.

    Attributes
    ----------
    rounds
        How often every job has its turn.
    seconds
        CPU time of one turn, far above what the clock can tell apart.
    samples
        How many papers, or draws of an entry, are looked at.
    """

    rounds: int = 9
    seconds: float = 0.05
    samples: int = 12


TINY = Effort(rounds=1, seconds=0, samples=1)
"""Enough to see that everything still runs."""


@dataclass(frozen=True)
class Cost:
    """What a job costs.

    Attributes
    ----------
    seconds
        CPU time of one call, the median of all rounds.
    ratio, low, high
        To the first job: the median of all rounds, the smallest and the largest.
    """

    seconds: float
    ratio: float
    low: float
    high: float


@dataclass(frozen=True)
class Row:
    """A line of the table that is printed; `target` is what the ratio or the time should be."""

    what: str
    time: str
    ratio: str = ""
    target: str = ""


def costs(jobs: Mapping[str, Job], effort: Effort) -> dict[str, Cost]:
    """Measure jobs in turns, so that what else the machine does falls on all of them alike."""
    calls = {name: _calls(job, effort.seconds) for name, job in jobs.items()}
    taken: dict[str, list[float]] = {name: [] for name in jobs}
    for _ in range(effort.rounds):
        for name, job in jobs.items():
            taken[name].append(seconds(job, calls[name]))
    floor = next(iter(taken.values()))
    return {name: cost(each, floor) for name, each in taken.items()}


def seconds(job: Job, calls: int = 1) -> float:
    """Return the CPU time of one call, the mean of so many."""
    start = process_time()
    for _ in range(calls):
        job()
    return max(process_time() - start, 1e-9) / calls


def rows_of(
    measured: Mapping[str, Cost], per: int = 1, targets: Mapping[str, str] = MappingProxyType({})
) -> list[Row]:
    """Write costs down, some with their targets; a call of each job does the work of so many."""
    return [
        Row(
            what,
            duration(each.seconds / per),
            f"{each.ratio:.2f} [{each.low:.2f}-{each.high:.2f}]",
            targets.get(what, ""),
        )
        for what, each in measured.items()
    ]


def duration(time: float) -> str:
    """Write seconds as milliseconds or microseconds."""
    return f"{time * 1e3:.1f} ms" if time >= 1e-3 else f"{time * 1e6:.0f} us"


def _calls(job: Job, least: float) -> int:
    job()  # what is made once is made
    return max(1, round(least / seconds(job)))


def cost(taken: list[float], floor: list[float]) -> Cost:
    """Compare what a job took in each round with what the first one took."""
    ratios = [own / other for own, other in zip(taken, floor, strict=True)]
    return Cost(median(taken), median(ratios), min(ratios), max(ratios))
