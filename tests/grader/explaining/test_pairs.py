"""Any two turns, one after the other, come to an end: with an answer, or with a reason why there is none."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest

from convexam.generator import registry
from convexam.generator.mistakes import misconceptions_of
from convexam.generator.model import Case
from convexam.generator.streams import Stream, derive
from convexam.grader.explaining.hypotheses import Singles
from convexam.grader.explaining.pairs import MOST_PAIRS, pairs
from convexam.grader.explaining.recognised import unfiltered

from ...shipped import shipped_bank
from .samples import conv, key, of, problem, rows, wrong

BANK = shipped_bank()


def solved_after(type_: str, case: Case[Any], *names: str) -> Any:
    """Take turns without the net that catches what must not happen."""
    changes = {each.name: each.change for each in misconceptions_of(type_, case.given)}
    changed: Case[Any] | None = case
    try:
        for name in names:
            changed = changes[name](changed) if changed is not None else None
        return changed and registry.get(type_).solve(changed, {})
    except ValueError:
        return None


def test_a_field_that_never_grows_has_no_depth() -> None:
    """Begun with no cell and multiplied, a field stays without a cell, however deep the stack."""
    case = of("receptive_field", stack={"kernel": 3, "reach": 7, "channels": 1}, ask=["depth", "weights"])
    for pair in permutations(("rf_product_of_kernels", "rf_starts_at_0")):
        assert solved_after("receptive_field", case, *pair) is None


@pytest.mark.sweep
@pytest.mark.parametrize("entry", [spec.id for spec in BANK])
def test_any_two_turns_come_to_an_end(entry: str) -> None:
    asked = unfiltered(BANK[entry], Stream(derive(b"pairs", [entry])))
    assert asked is not None
    type_, case = asked.spec.type, asked.case
    names = [each.name for each in misconceptions_of(type_, case.given)]
    for pair in permutations(names, 2):
        solved_after(type_, case, *pair)


def test_few_pairs_are_solved() -> None:
    asked = problem(conv(bias=7, padding=1, stride=2, dilation=2))
    found = wrong(asked, {"Y": rows("11 12;13 14")})
    assert len(list(pairs(found, Singles(found).all))) <= MOST_PAIRS


def test_large_maps_are_not_looked_at_for_long() -> None:
    large = "\n".join(" ".join(str(row * column % 7) for column in range(40)) for row in range(40))
    asked = problem(of("conv2d", input=[large], kernel=[["1 2 3\n4 5 6\n7 8 9"]], bias=1))
    answers = {"Y": tuple(tuple(cell + row for row, cell in enumerate(line)) for line in key(asked)["Y"])}
    found = wrong(asked, answers)
    assert len(list(pairs(found, Singles(found).all))) < 3
