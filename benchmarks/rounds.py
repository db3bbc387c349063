"""Jobs measured side by side: CPU time, in rounds, each job against the first one of the same round."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median
from time import process_time

LEAST_SECONDS = 0.02
"""CPU time that a job takes in a round, far above what the clock can tell apart."""


@dataclass(frozen=True)
class Cost:
    """What a job costs.

    Attributes
    ----------
    seconds
        CPU time of one call, the median of all rounds.
    ratio
        The median of its ratios to the first job.
    low, high
        The smallest and the largest of these ratios.
    """

    seconds: float
    ratio: float
    low: float
    high: float

    @property
    def per_second(self) -> float:
        """Calls per second and core."""
        return 1 / self.seconds

    def __str__(self) -> str:
        return f"{self.ratio:.2f} [{self.low:.2f}-{self.high:.2f}]"


def costs(
    jobs: Mapping[str, Callable[[], object]], rounds: int, least: float = LEAST_SECONDS
) -> dict[str, Cost]:
    """Measure jobs in turns, so that what else the machine does falls on all of them alike."""
    calls = {name: _calls(job, least) for name, job in jobs.items()}
    taken: dict[str, list[float]] = {name: [] for name in jobs}
    for _ in range(rounds):
        for name, job in jobs.items():
            taken[name].append(seconds(job, calls[name]))
    floor = next(iter(taken.values()))
    return {name: _cost(each, floor) for name, each in taken.items()}


def seconds(job: Callable[[], object], calls: int = 1) -> float:
    """Return the CPU time of one call, the mean of so many."""
    start = process_time()
    for _ in range(calls):
        job()
    return (process_time() - start) / calls


def _calls(job: Callable[[], object], least: float) -> int:
    job()  # what is made once is made
    return max(1, round(least / max(seconds(job), 1e-7)))


def _cost(taken: list[float], floor: list[float]) -> Cost:
    ratios = [own / other for own, other in zip(taken, floor, strict=True)]
    return Cost(median(taken), median(ratios), min(ratios), max(ratios))
