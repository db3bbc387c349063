"""Jobs measured side by side: CPU time, in rounds, each job against the first one of the same round."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median
from time import process_time
from types import MappingProxyType
from typing import TypeAlias

from .targets import Target

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
    papers
        How many papers a command makes whose memory is looked at.
    classes
        How many students the classes have that grow.
    """

    rounds: int = 9
    seconds: float = 0.05
    samples: int = 12
    papers: tuple[int, ...] = (1, 20, 40)
    classes: tuple[int, ...] = (100, 1_000, 10_000)


TINY = Effort(rounds=1, seconds=0, samples=1, papers=(1,), classes=(2, 3))
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
class Point:
    """Where a figure stands in a plot."""

    plot: str
    curve: str
    x: float
    y: float


@dataclass(frozen=True)
class Row:
    """A line of a table.

    Attributes
    ----------
    what, time, ratio
        What was measured, and what came out.
    target
        What it should be: a bound of one of the twelve targets, or an aim of its own in words.
    value
        The figure that is compared with the bound.
    point
        Where it is to be seen in a plot.
    """

    what: str
    time: str
    ratio: str = ""
    target: Target | str = ""
    value: float | None = None
    point: Point | None = None


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
    measured: Mapping[str, Cost], per: int = 1, targets: Mapping[str, Target | str] = MappingProxyType({})
) -> list[Row]:
    """Write costs down, some with a target for their ratio; a call of each job does the work of so many."""
    return [
        Row(what, duration(each.seconds / per), _ratio(each), targets.get(what, ""), round(each.ratio, 4))
        for what, each in measured.items()
    ]


def _ratio(measured: Cost) -> str:
    """Write a ratio with the range of its rounds; the floor has none."""
    low, middle, high = map(number, (measured.low, measured.ratio, measured.high))
    return "1" if low == high == "1.00" else f"{middle} [{low}-{high}]"


def number(ratio: float) -> str:
    """Write a ratio, a small one to two digits."""
    return f"{ratio:.2f}" if ratio >= 0.1 else f"{ratio:.2g}"


def duration(time: float) -> str:
    """Write seconds with a unit that fits."""
    if time >= 1:
        return f"{time:.1f} s"
    return f"{time * 1e3:.1f} ms" if time >= 1e-3 else f"{time * 1e6:.0f} µs"


def _calls(job: Job, least: float) -> int:
    job()  # what is made once is made
    return max(1, round(least / seconds(job)))


def cost(taken: list[float], floor: list[float]) -> Cost:
    """Compare what a job took in each round with what the first one took."""
    ratios = [own / other for own, other in zip(taken, floor, strict=True)]
    return Cost(median(taken), median(ratios), min(ratios), max(ratios))
