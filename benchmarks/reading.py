"""Answer files in YAML against the event parser; expressions against sympy; hostile expressions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from typing import Any

import yaml
from sympy import expand
from sympy.core.cache import clear_cache
from sympy.parsing.sympy_parser import parse_expr

from convexam.generator.expressions.names import Family
from convexam.generator.reading.reader import read_yaml
from convexam.grader.intake.answers import read_submission
from convexam.grader.marking.expressions import read_expression
from convexam.grader.marking.unreadable import Unreadable

from .rounds import Effort, Row, costs, duration, rows_of, seconds
from .samples import FORTY_FIELDS, exam_of_file, handed_in
from .targets import Target

NAMES = (Family("I", 1), Family("w", 1), Family("b", 0))
HOSTILE = (
    "2**9**9**9",
    "(" * 1000,
    "-" * 299 + "b",
    "9" * 1000,
    "1/3*" * 140 + "b",
    "I1*" * 140 + "b",
    "(I1+I2+I3+I4+I5+I6+w1+w2+w3+w4+w5)^8",
    "(I1+w1+b+1)^8*(I2+w2+b)^8",
    "((((I1+1)^8)^8)^8)^8",
    "(9999999999*b)^8" * 9,
)


def rows(effort: Effort) -> Iterator[Row]:
    """Measure all three."""
    yield from _yaml(effort)
    yield from _expressions(effort)
    worst = max((min(seconds(partial(_refused, text)) for _ in range(5)), text) for text in HOSTILE)
    what = f"hostile expressions, the worst: {worst[1][:24]}"
    yield Row(what, duration(worst[0]), "", Target(7, at_most=10, unit=" ms"), worst[0] * 1e3)


def _yaml(effort: Effort) -> list[Row]:
    (sample,) = handed_in(FORTY_FIELDS, exam_of_file(FORTY_FIELDS), 1)
    text = sample.yaml.decode()
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

    def events() -> None:
        for _ in yaml.parse(text, Loader=loader):
            pass

    jobs = {
        "events of a YAML answer file": events,
        "its tree": lambda: read_yaml(sample.yaml, "answers.yaml"),
        "its submission": lambda: read_submission(sample.yaml, "answers.yaml"),
        "PyYAML's own loader": lambda: _loaded(loader(text)),
    }
    return rows_of(costs(jobs, effort), targets={"its submission": Target(6, at_most=1.5)})


def _loaded(loader: Any) -> object:
    try:
        return loader.get_single_data()
    finally:
        loader.dispose()


def _expressions(effort: Effort) -> list[Row]:
    """Read expressions that differ, as those of a class do."""
    texts = [
        f"w{n}*I{n + 1} + b + {n + 2}*I{n}*w{n + 1} - (I{n} + {n})*w{n}" for n in range(1, 1 + effort.samples)
    ]

    def sympy(*, cold: bool) -> None:
        for text in texts:
            if cold:
                clear_cache()
            expand(parse_expr(text))  # the peer, on texts of ours: what people type never gets here

    jobs = {
        "an expression, sympy's parse and expand": lambda: sympy(cold=False),
        "sympy with an empty cache": lambda: sympy(cold=True),
        "an expression, ours": lambda: [read_expression(text, NAMES) for text in texts],
    }
    return rows_of(costs(jobs, effort), len(texts), {"an expression, ours": Target(7, at_most=0.25)})


def _refused(text: str) -> None:
    with suppress(Unreadable):
        read_expression(text, NAMES)
        raise AssertionError(text)
