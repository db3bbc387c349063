"""Policies as they are written in files: what is understood, what is refused and where."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from convexam.generator import checking
from convexam.generator.compose import compose
from convexam.generator.errors import DataError
from convexam.generator.papers import EVERYONE
from convexam.generator.policy import FREE, CarryForward, Credit, Grade, Marking, Rounding
from convexam.generator.reading.schema import dump, parse_value
from convexam.generator.streams import practice_secret

from ..shipped import shipped_bank
from .conftest import Desk, entry


@pytest.mark.parametrize(
    ("data", "marking"),
    [
        ({}, Marking()),
        ({"carry_forward": "false"}, Marking(carry_forward=None)),
        ({"carry_forward": "true"}, Marking(carry_forward=FREE)),
        ({"carry_forward": {"penalty": "0.25"}}, Marking(carry_forward=CarryForward(Fraction(1, 4)))),
        ({"rounding": {"total": "0.5"}}, Marking(rounding=Rounding(total=Fraction(1, 2)))),
        (
            {"negative": "true", "grade": {"from": "1", "to": "10", "pass": "5.5"}},
            Marking(negative=True, grade=Grade(Fraction(1), Fraction(10), Fraction(11, 2))),
        ),
    ],
)
def test_marking_is_read_and_stored(data: dict[str, Any], marking: Marking) -> None:
    assert parse_value(Marking, data) == marking
    assert parse_value(Marking, dump(marking)) == marking


@pytest.mark.parametrize(
    ("marking", "fault"),
    [
        ("{grade: {from: 1, to: 10, pass: 11}}", "grade 'pass' is 11, which is not from 1 to 10"),
        ("{grade: {from: 5, to: 1, pass: 5.5}}", "grade 'pass' is 5.5, which is not from 5 to 1"),
        ("{grade: {from: 1, to: 1}}", "grade 'from' and 'to' are the same grade"),
        ("{grade: {from: 1, to: 10, step: 0.4}}", "grade steps of 0.4 do not lead from 1 to 10"),
        ("{grade: {from: 1, to: 10, step: 0}}", "grade.step expected more than 0, found '0'"),
        ("{grade: {from: 1, to: 10, pass_at: 1/2}}", "grade 'pass_at' is the share of the points that passes"),
        ("{grade: {from: 1, to: 10, pass: 6, pass_at: 1}}", "grade 'pass_at' is a share of the points between"),
        ("{grade: {from: 1, to: 10, pass: 6, pass_at: 55}}", "grade.pass_at expected at most 1, found '55'"),
        ("{grade: {from: 1}}", "grade 'to' is missing"),
        ("{carry_forward: maybe}", "carry_forward expected true, false or a mapping such as {penalty: 1/4}"),
        ("{carry_forward: }", "carry_forward expected true, false or a mapping such as {penalty: 1/4}"),
        ("{carry_forward: {penalty: 2}}", "carry_forward.penalty expected at most 1, found '2'"),
        ("{negative: 1}", "negative expected true or false, found '1'"),
        ("{credit: {maps: cells}}", "credit.maps expected per-cell or all-or-nothing, found 'cells'"),
        ("{credit: {wrong_choice: 3/2}}", "credit.wrong_choice expected at most 1, found '3/2'"),
        ("{credit: {metod: 1/2}}", "credit.metod unknown key 'metod'; did you mean 'method'?"),
        ("{rounding: {questions: -1}}", "rounding.questions expected more than 0, found '-1'"),
        ("{out_of: 9}", "out_of a paper is worth 8 points, so nobody could have 9"),
    ],
)  # fmt: skip
def test_contradictions_are_found_at_their_place(desk: Desk, marking: str, fault: str) -> None:
    known = desk.bank(entry("map/a"))
    with pytest.raises(DataError) as caught:
        desk.exam(known, "id: p, use: map/a", "id: q, use: map/a", head=f"marking: {marking}\n")
    (found,) = caught.value.faults
    assert f"{found.path} {found.message}".startswith(f"$.marking.{fault}")
    assert found.place.line == 4


def test_bonus_points_may_be_left_over(desk: Desk) -> None:
    known = desk.bank(entry("map/a"))
    exam = desk.exam(known, "id: p, use: map/a", "id: q, use: map/a", head="marking: {out_of: 7}\n")
    assert exam.marking.out_of == 7


def test_problems_know_how_they_are_paid(desk: Desk) -> None:
    more = "stride: 1\n  credit: {maps: all-or-nothing}"
    known = desk.bank(entry("map/a", more=more), entry("map/b"))
    exam = desk.exam(
        known,
        "id: p, use: map/a, credit: {maps: per-cell}",
        "id: q, use: map/a",
        "id: r, use: map/b",
        head="marking: {credit: {method: 1/2}}\n",
    )
    paid = [problem.credit for problem in compose(exam, known, practice_secret(1), EVERYONE).problems]
    half = Fraction(1, 2)
    assert paid == [
        Credit(maps="per-cell", method=half),
        Credit(maps="all-or-nothing", method=half),
        Credit(method=half),
    ]


@pytest.mark.parametrize(
    ("head", "credit", "others", "places"),
    [
        ("{credit: {wrong_choice: 1/3}}", "{}", (), ["4 $.marking.credit.wrong_choice"]),
        ("{credit: {wrong_choice: 1/3}}", "{}", ("pool/max-small",), ["4 $.marking.credit.wrong_choice"]),
        ("{credit: {wrong_choice: 1/3}}", "{}", ("concepts/grids",), []),
        ("{credit: {wrong_choice: 1/3}, negative: true}", "{}", (), []),
        ("{}", "{wrong_choice: 1/4}", (), ["8 $.sections[0].items[0].credit.wrong_choice"]),
        ("{}", "{wrong_choice: 0}", (), []),
        ("{}", "{correct_guessing: true}", (), []),
        (
            "{credit: {correct_guessing: false}}",
            "{}",
            ("concepts/grids",),
            ["4 $.marking.credit.correct_guessing"],
        ),
        ("{credit: {correct_guessing: false}}", "{}", ("pool/max-small",), []),
        (
            "{credit: {correct_guessing: false}}",
            "{}",
            ("concepts/grids, credit: {correct_guessing: false}",),
            [],
        ),
        ("{}", "{}", ("concepts/grids",), []),
    ],
)
def test_a_setting_without_effect_is_found(
    desk: Desk, head: str, credit: str, others: tuple[str, ...], places: list[str]
) -> None:
    """Of a single choice nothing can be taken off, unless questions may come to less than 0 points.

    And what entries correct is corrected, whatever the exam says for all questions.
    """
    shipped = shipped_bank()
    items = [f"id: q{number}, use: {name}" for number, name in enumerate(others)]
    one = f"id: one, use: concepts/learned-kernels, credit: {credit}"
    exam = desk.exam(shipped, one, *items, head=f"marking: {head}\n")
    faults = checking.settings_without_effect(desk.folder / "exam.yaml", exam, shipped)
    assert [f"{fault.place.line} {fault.path}" for fault in faults] == places


def test_a_fault_in_the_credit_of_an_entry_has_its_place(desk: Desk) -> None:
    with pytest.raises(DataError) as caught:
        desk.bank(entry("map/a", more="stride: 1\n  credit: {shape: 1/2}"))
    (fault,) = caught.value.faults
    assert fault.path == "$.questions[0].credit.shape"
    assert fault.message.startswith("unknown key 'shape'; did you mean 'shapes'?")


def test_what_the_starter_shows_are_the_defaults_and_a_grade() -> None:
    starter = Path(__file__).parents[2] / "templates" / "starters" / "exam.yaml"
    lines = starter.read_text(encoding="utf-8").splitlines()
    first = lines.index("# marking:")
    text = "\n".join(line.removeprefix("# ") for line in lines[first : first + 6])
    marking = parse_value(Marking, yaml.load(text, yaml.BaseLoader)["marking"])
    assert marking.grade is not None
    assert replace(marking, grade=None, credit=Credit()) == Marking()
    assert marking.credit == Credit(maps="per-cell", method=Fraction())
    assert marking.credit.within(Credit(correct_guessing=True)).off_for_wrong(2) == 1  # takes nothing back
