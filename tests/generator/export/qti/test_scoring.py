"""What an engine makes of our items: right, wrong, mistaken and blank, by a reader that knows the format only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

import pytest

from convexam.generator.export.qti.version import V21
from convexam.generator.policy import Release

from ....exported import qti_package
from ....lms.readers.qti.schemas import schemas
from ....lms.readers.qti21 import Item, Value, read_package
from . import made

PACKAGE = qti_package(made.EXAM, [made.variant()], Release.EVERYTHING, V21)
Responses = Mapping[str, str | Sequence[str] | None]


@cache
def items() -> dict[str, Item]:
    return {item.identifier.rpartition("_")[2]: item for item in read_package(PACKAGE).items}


def outcomes(item: str, responses: Responses) -> dict[str, Value]:
    return items()[item].process(responses)


MAP = {"Y_0_0": "12", "Y_0_1": "-2.5", "Y_1_0": "0", "Y_1_1": "0.333"}
TABLE = {"shape_0": "6", "shape_1": "25", "count": "66", "R-SCORE": "0"}
CHOICES = {"one": "A", "where": "right", "all": ["A", "a-b", "3x3"]}


@pytest.mark.parametrize(
    ("item", "responses", "score"),
    [
        ("map", MAP, 2),
        ("map", {}, 0),
        ("map", {**MAP, "Y_1_0": None}, 1.5),
        ("map", {**MAP, "Y_0_0": "-12"}, 1.75),
        ("map", {**MAP, "Y_0_0": "13"}, 1.5),
        ("map", {**MAP, "Y_0_0": "7"}, 1.5 + 0.5 / 3),
        ("map", {**MAP, "Y_1_1": "0.3338"}, 2),
        ("map", {**MAP, "Y_1_1": "0.334"}, 1.5),
        ("table", TABLE, 3),
        ("table", {**TABLE, "shape_1": "24"}, 3),
        ("table", {**TABLE, "shape_1": "23"}, 2.5),
        ("table", {**TABLE, "count": "60"}, 2.5),
        ("choices", {}, 0),
        ("choices", {"one": "A"}, 1 / 3),
        ("choices", {"one": "3x3"}, 1 / 6),
        ("choices", {"where": "left"}, 0),
        ("choices", {"all": ["A", "a-b", "3x3"]}, 1 / 3),
        ("choices", {"all": ["A", "a-b", "none"]}, 1 / 9),
        ("choices", {"all": ["none"]}, 0),
        ("choices", {**CHOICES, "all": ["none"]}, 2 / 3),
        ("choices", CHOICES, 1),
        ("order", {"order_1": "B", "order_2": "A"}, 2),
        ("order", {"order_1": "B", "order_2": "B"}, 1),
        ("words", {"TEXT": "Anything."}, 0),
    ],
)
def test_scores(item: str, responses: Responses, score: float) -> None:
    named = {name: _identifiers(items()[item], name, answer) for name, answer in responses.items()}
    assert outcomes(item, named)["SCORE"] == pytest.approx(score, abs=1e-11)


def _identifiers(item: Item, name: str, answer: str | Sequence[str] | None) -> str | Sequence[str] | None:
    """Write names of options, where there are any, as the identifiers that a page has for them."""
    found = next(each for each in item.interactions if each.identifier == name)
    if not found.choices or answer is None:
        return answer
    known = dict(zip(_options(name), (choice.identifier for choice in found.choices), strict=True))
    return known[answer] if isinstance(answer, str) else [known[each] for each in answer]


def _options(name: str) -> list[str]:
    blanks = (blank for item in made.items() for blank in item.blanks)
    return [option for option, _ in next(blank for blank in blanks if blank.name == name).options]


def test_full_points_are_full_points() -> None:
    identifiers = {name: _identifiers(items()["choices"], name, answer) for name, answer in CHOICES.items()}
    assert outcomes("choices", identifiers)["SCORE"] == items()["choices"].max_score


@pytest.mark.parametrize(
    ("typed", "finding", "shown"),
    [("12", "OK", []), ("-12", "M1", ["HINT_1"]), ("13", "NONE", []), ("", "NONE", [])],
)
def test_a_known_mistake_is_named_and_told(typed: str, finding: str, shown: list[str]) -> None:
    found = outcomes("map", {"Y_0_0": typed})
    assert found["FB_Y_0_0"] == finding
    assert [each.outcome for each in items()["map"].shown(found)] == [*shown, "SOLUTION"]


def test_no_two_names_are_the_same() -> None:
    assert {each.identifier for each in items()["table"].interactions} == {
        *("shape_0", "shape_1", "count"),
        "R-SCORE",
    }


def test_the_package_is_valid() -> None:
    official = schemas()
    if official is None:
        pytest.skip("CONVEXAM_QTI_SCHEMAS names no folder")
    assert official.errors(PACKAGE) == []
