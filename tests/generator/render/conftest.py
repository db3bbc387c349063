"""A small paper of made-up kinds: every way to ask, and no solver to fall back on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from convexam.generator import registry
from convexam.generator.document import Shown, Symbol, say
from convexam.generator.figures.model import Figures, Grid
from convexam.generator.model import Case, Field, QuestionType, Rounded, Step, Value
from convexam.generator.papers import Exam, Paper, Problem, Section, Spec, Student

X = Grid(((2, 0, -1, 3), (1, 4, 2, 0), (-3, 1, 5, 2), (0, 2, -2, 1)), "X")
K = Grid(((1, -1, 0), (2, 0, -1), (0, 1, 1)), "K")
CHANNELS = Figures("Z", (Grid(((1, 2),), "Z_{0}"), Grid(((Fraction(1, 9), 4),), "Z_{1}")))


def never(*_: Any) -> Any:
    raise AssertionError("a paper must not need a key")


def kind(name: str, shown: Mapping[str, Shown], fields: tuple[Field, ...]) -> QuestionType[None, None]:
    return QuestionType(
        name,
        1,
        type(None),
        type(None),
        never,
        lambda _: shown,
        lambda _: fields,
        never,
        never,
        never,
        written_steps,
        (),
        "",
    )


def written_steps(case: Case[tuple[Step, ...]]) -> tuple[Step, ...]:
    return case.given


KINDS = {
    "map": kind(
        "map",
        {"X": X, "K": K, "b": 1, "padding": say("no padding")},
        (Field("Y", "tensor", Symbol("Y"), shape=(2, 2)),),
    ),
    "hidden": kind("hidden", {"Z": CHANNELS}, (Field("Y", "tensor", Symbol("Y")),)),
    "sizes": kind(
        "sizes",
        {"share": Fraction(1, 9)},
        (
            Field("s", "shape", say("Shape of the output")),
            Field("n", "integer", say("Number of parameters")),
            Field("p", "number", Symbol("p"), Rounded(3)),
        ),
    ),
}


def problem(item: str, kind: str, prompt: str, points: str, steps: tuple[Step, ...], **key: Value) -> Problem:
    worth = Fraction(points)
    spec = Spec(id=kind, type=kind, title=f"About {item}", prompt={"en": prompt}, points=worth, difficulty=1)
    return Problem(item, spec, Case(steps), worth, {name: (value,) for name, value in key.items()})


@pytest.fixture(autouse=True)
def _made_up_kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "get", KINDS.__getitem__)


@pytest.fixture
def exam() -> Exam:
    return Exam(
        "demo",
        "CNN midterm",
        course="8DC00",
        date="12 March 2027",
        instructions="Write *clearly*.",
        minutes=60,
        practice_seed=42,
    )


@pytest.fixture
def paper() -> Paper:
    marked = replace(X, marked=frozenset((row, column) for row in range(3) for column in range(3)))
    return Paper(
        "39212EAM13HG3N",
        Student("s0001", "Željko O'Brien"),
        (
            Section(
                "By hand",
                (
                    problem(
                        "a1",
                        "map",
                        "Filter {{ X }} with {{ K }}, {{ padding }}, bias $b = {{ b }}$. Fill in $Y$.",
                        "4",
                        (say("The first window:"), marked, Symbol(r"Y_{0,0} = 2\cdot 1 + 0\cdot(-1) = 9")),
                        Y=((9, 17), (-13, 2)),
                    ),
                    problem(
                        "a2", "hidden", "Filter {{ Z }}.", "5/2", (say("Add."),), Y=((7, Fraction(1, 3)),)
                    ),
                ),
            ),
            Section(
                "",
                (
                    problem(
                        "b.1",
                        "sizes",
                        "Use {{ share }} in $$\\left\\lfloor\\frac{H+2p-k}{s}\\right\\rfloor+1.$$",
                        "1",
                        (),
                        s=(16, 15, 15),
                        n=448,
                        p=Fraction(2, 3),
                    ),
                ),
            ),
        ),
    )


@pytest.fixture
def everyones(paper: Paper) -> Paper:
    return replace(paper, student=Student("everyone"))
