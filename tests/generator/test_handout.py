"""What is written of a paper, by format."""

from __future__ import annotations

from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import pytest

from convexam.generator import handout as module
from convexam.generator import registry
from convexam.generator.figures.animation.gif import gif
from convexam.generator.model import Case
from convexam.generator.papers import Paper, Problem, Section, Spec, Student

from .figures.animations import BARE, STRIDED

SHOWN: dict[str, dict[str, Any]] = {
    "none": {"X": STRIDED.sources[0]},
    "one": {"A": BARE},
    "two": {"B": BARE, "A": STRIDED, "C": 3},
}


@pytest.fixture
def paper(monkeypatch: pytest.MonkeyPatch) -> Paper:
    monkeypatch.setattr(registry, "get", lambda name: SimpleNamespace(show=lambda _: SHOWN[name]))
    problems = tuple(
        Problem(
            f"q-{name}",
            Spec(id=name, type=name, title=name, prompt={"en": "x"}, points=Fraction(1), difficulty=1),
            Case(None),
            Fraction(1),
            {},
        )
        for name in SHOWN
    )
    return Paper("CODE", Student("s1"), (Section("", problems),))


def test_a_gif_for_each_animation(paper: Paper) -> None:
    assert dict(module._gifs(paper)) == {
        "CODE.q-one.gif": gif(BARE),
        "CODE.q-two.gif": gif(STRIDED),
        "CODE.q-two.2.gif": gif(BARE),
    }


def test_gifs_are_written_on_demand_only() -> None:
    assert "gif" not in module.FORMATS
    assert {*module.FORMATS, "gif"} == set(module.ALL_FORMATS)
