"""How long a wrong answer takes to be marked and explained, kind by kind."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import partial
from statistics import median
from typing import Any

from convexam.generator.compose import draw_problem
from convexam.generator.mistakes import wrong_answers
from convexam.generator.papers import Problem
from convexam.generator.streams import Stream, derive
from convexam.grader.marking.fields import write
from convexam.grader.marking.mark import mark_problem

from .rounds import Effort, Row, duration, seconds
from .samples import shipped_bank
from .targets import Target

DRAWS = 3


def rows(effort: Effort) -> Iterator[Row]:
    """Answer every draw as somebody with a misconception, and in a way that nothing explains."""
    taken: dict[str, list[float]] = defaultdict(list)
    all_of_them = [(problem, list(_wrong(problem))) for problem in _problems(effort)]
    for way in range(2):  # one problem after the other, as papers come in: nothing is known from just before
        for problem, ways in all_of_them:
            for answers in ways[way : way + 1]:
                taken[problem.spec.type].append(seconds(partial(mark_problem, problem, answers)))
    for kind, times in sorted(taken.items(), key=lambda each: -_most(each[1])):
        both = f"{duration(median(times))}, {duration(_most(times))}"
        yield Row(f"{kind}: median, 19 of 20 within", both)
    kind, worst = max(((kind, _most(times)) for kind, times in taken.items()), key=lambda each: each[1])
    bound = Target(6, at_most=10, unit=" ms")
    yield Row(f"a wrong answer explained, 19 of 20 ({kind})", duration(worst), "", bound, worst * 1e3)


def _most(times: list[float]) -> float:
    """Return what 19 of 20 take at most: each is measured once, and a single one may meet a collection."""
    return sorted(times)[len(times) * 19 // 20]


def _problems(effort: Effort) -> Iterator[Problem]:
    """Draw entries of every kind a few times each."""
    known = shipped_bank()
    seen: Counter[str] = Counter()
    for entry in known:
        seen[entry.type] += 1
        if seen[entry.type] <= effort.samples:
            for number in range(min(DRAWS, effort.samples)):
                stream = Stream(derive(b"benchmark", [entry.id, str(number)]))
                yield draw_problem(entry, stream, item="q", origin=known.origins[entry.id])


def _wrong(problem: Problem) -> Iterator[dict[str, Any]]:
    """Yield the answers of the first misconception, and answers of which each number is off by one."""
    key = {name: values[0] for name, values in problem.key.items()}
    mistaken = (answer for _, answer in wrong_answers(problem.spec.type, problem.case) if answer != key)
    for answer in (next(mistaken, None), {name: _off(value) for name, value in key.items()}):
        if answer is not None:
            asked = (field for field in problem.fields if field.name in answer)
            yield {field.name: write(field, answer[field.name]) for field in asked}


def _off(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(map(_off, value))
    return value if isinstance(value, str) else value + 1
