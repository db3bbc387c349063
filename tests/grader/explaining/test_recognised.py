"""Every misconception is named, or there is a reason; made-up maps get no finding. `make recognised` does more."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest

from convexam.generator import registry
from convexam.generator.model import Conventions
from convexam.generator.streams import Stream, derive
from convexam.grader.explaining.explain import explain
from convexam.grader.explaining.recognised import Outcome, outcomes, unfiltered

from ...shipped import shipped_bank
from .samples import conv, problem

BANK = shipped_bank()
SCRIPT: dict[str, Any] = runpy.run_path(str(Path(__file__).parents[3] / "scripts" / "recognised.py"))


def test_outcomes() -> None:
    """Upside down and turned are the same here; mirrored, the kernel stays as it is; there is no padding."""
    found = outcomes(problem(conv("1 2 3;4 5 6;7 8 9", "1 1;10 10", bias=3)))
    assert found["bias_forgotten"] == (Outcome.NAMED, ())
    assert found["flip_columns_only"] == (Outcome.RIGHT, ())
    assert found["extra_flip"] == (Outcome.NOT_ALONE, ("flip_rows_only",))
    assert found["ignore_padding"] == (Outcome.ABSENT, ())


def missed(kind: str, draws: int) -> dict[str, int]:
    tallies = SCRIPT["tallies"](kind, draws)
    return {name: count for name, tally in tallies.items() if (count := tally.outcomes[Outcome.MISSED])}


@pytest.mark.parametrize("kind", registry.NAMES)
def test_none_is_missed(kind: str) -> None:
    assert missed(kind, 6) == {}


@pytest.mark.sweep
@pytest.mark.parametrize("kind", registry.NAMES)
def test_none_is_missed_in_many(kind: str) -> None:
    assert missed(kind, 400) == {}


def findings(draws: int) -> tuple[int, int]:
    """Count made-up answers to all entries with maps, and those that get a finding."""
    made, found = zip(*(SCRIPT["findings"](spec.id, draws) for spec in BANK), strict=True)
    return sum(made), sum(found)


def test_made_up_maps_get_no_finding() -> None:
    made, found = findings(1)
    assert made > 80
    assert found == 0


@pytest.mark.sweep
def test_at_most_one_made_up_map_in_a_thousand_gets_a_finding() -> None:
    made, found = findings(100)
    assert found * 1000 <= made


def test_a_variant_under_other_conventions() -> None:
    up = Conventions(rounding="ceil")
    found = unfiltered(BANK["pool/max-small"], Stream(derive(b"any", [])), up)
    assert found is not None
    assert found.case.conventions == up
    assert explain(found, registry.get("pool").ask(found.case), {}).finding is None
