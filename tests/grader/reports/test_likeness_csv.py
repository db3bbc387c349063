"""The list of what is worth a look: its words accuse nobody, and its numbers are not made more exact than they are."""

from __future__ import annotations

import csv

import pytest

from convexam.grader.likeness.alike import Alike, Kind, Likeness
from convexam.grader.likeness.files import HandedIn, Matter
from convexam.grader.likeness.sheets import Place
from convexam.grader.likeness.written import written
from convexam.grader.reports.likeness_csv import by_chance, likeness_csv, shown

MAP = written([["1", "-2"], ["3", "4"]])


def likeness(kind: Kind = Kind.KEY, others: int = 1) -> Likeness:
    alike = Alike(Place("b1", "Y"), MAP, equal=(0, 1, 3), wrong=(1, 3), chance=1e-9, alone=(3,))
    return Likeness(kind, "ada", "PAPER1", "bob", "PAPER2", others, (alike,), 4e-5)


def test_a_row_says_what_is_alike_and_how_much_that_is() -> None:
    table = likeness_csv([likeness()]).decode("utf-8-sig").splitlines()
    (row,) = csv.reader(table[1:])
    assert row == [
        "ada",
        "bob",
        "b1",
        "wrong here, right on the other paper",
        "3 of 4 cells equal, 2 of them wrong on this paper, 1 right on the other paper alone",
        "1 -2 / . 4",
        "less than once in 20,000 classes",
        "",
        "",
    ]


def test_of_a_paper_that_several_have_nobody_is_named() -> None:
    table = likeness_csv([likeness(others=75)]).decode()
    assert "one of 75 who have the paper PAPER2" in table
    assert "bob" not in table


def test_files_have_rows_of_their_own() -> None:
    table = likeness_csv(
        [], [HandedIn(Matter.SAME_FILE, ("ada", "bob", "eve"), ("a.yaml", "b.yaml"))]
    ).decode()
    assert table.splitlines()[1] == 'ada,"bob, eve",,the same file,,,,a.yaml; b.yaml,'


def test_an_answer_that_is_no_map_is_shown_whole() -> None:
    assert shown(written(["3", "4"]), ()) == "3, 4"


@pytest.mark.parametrize(
    ("expected", "words"),
    [
        (1e-3, "1,000"),
        (0.00028, "3,000"),
        (0.0, "1,000,000,000"),
        (1e-30, "1,000,000,000"),
        (2.6e-7, "3,000,000"),
    ],
)
def test_chances_have_one_digit(expected: float, words: str) -> None:
    assert by_chance(expected) == f"less than once in {words} classes"
