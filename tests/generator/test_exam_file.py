"""Exam files: every contradiction with the bank, with its place."""

from __future__ import annotations

import pytest

from convexam.generator.errors import DataError

from .conftest import Desk, entry


def faults(desk: Desk, *items: str, head: str = "") -> list[str]:
    bank = desk.bank(entry("map/a", tags="x"), entry("map/b", tags="x, y", difficulty=2))
    with pytest.raises(DataError) as caught:
        desk.exam(bank, *items, head=head)
    return [f"{fault.place.line} {fault.path} {fault.message}" for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("item", "message"),
    [
        ("id: q, use: map/aa", "7 $.sections[0].items[0].use there is no entry 'map/aa' in the bank; did you mean 'map/a'?"),
        ("id: q, pick: 3, tags: [x]", "7 $.sections[0].items[0].pick 3 entries are wanted, and 2 fit"),
        ("id: q, pick: 1, tags: [z]", "7 $.sections[0].items[0].pick 1 entries are wanted, and 0 fit"),
        ("id: q", "7 $.sections[0].items[0] an item needs either 'use' (the id of an entry) or 'pick' (how many)"),
        ("id: q, use: map/a, tags: [x]", "7 $.sections[0].items[0] 'tags', 'difficulty' and 'type' go with 'pick', not with 'use'"),
        ("id: q, use: map/a, points: 0", "7 $.sections[0].items[0].points expected more than 0, found '0'"),
        ("id: q, use: map/a, pionts: 2", "7 $.sections[0].items[0].pionts unknown key 'pionts'; did you mean 'points'?"),
    ],
)  # fmt: skip
def test_faults(desk: Desk, item: str, message: str) -> None:
    (fault,) = faults(desk, item)
    assert fault.startswith(message)


def test_item_ids_are_unique(desk: Desk) -> None:
    (fault,) = faults(desk, "id: q, use: map/a", "id: q, use: map/b")
    assert "8 $.sections[0].items[1].id the item id 'q' stands twice" in fault


@pytest.mark.parametrize(
    "items",
    [
        pytest.param(("id: p, pick: 1, tags: [x]", "id: q, pick: 1, tags: [y]"), id="two picks"),
        pytest.param(("id: p, pick: 1, tags: [x]", "id: q, use: map/b"), id="pick, then use"),
        pytest.param(("id: q, use: map/b", "id: p, pick: 1, tags: [x]"), id="use, then pick"),
    ],
)
def test_an_entry_cannot_come_twice_by_chance(desk: Desk, items: tuple[str, ...]) -> None:
    (fault,) = faults(desk, *items)
    assert "'map/b' could stand in one paper twice" in fault


def test_all_faults_at_once(desk: Desk) -> None:
    found = faults(desk, "id: q, use: nothing", "id: q, pick: 9", head="")
    assert len(found) == 3


def test_the_known_languages_are_named(desk: Desk) -> None:
    (fault,) = faults(desk, "id: q, use: map/a", head="language: tlh\n")
    assert "there is no catalogue of the language 'tlh'; there are: en, nl" in fault


def test_an_entry_need_not_be_in_the_language_of_the_exam(desk: Desk) -> None:
    assert desk.exam(desk.bank(entry("map/a")), "id: q, use: map/a", head="language: nl\n").language == "nl"


@pytest.mark.parametrize(
    ("head", "letters"),
    [("", ""), ("variants: per-student\n", ""), ("variants: 2\n", "AB"), ('variants: "4"\n', "ABCD")],
)
def test_variants(desk: Desk, head: str, letters: str) -> None:
    exam = desk.exam(desk.bank(entry("map/a")), "id: q, use: map/a", head=head)
    assert exam.letters == letters


@pytest.mark.parametrize("variants", ["1", "27", "-3", "2.5", "four", "[2]", ""])
def test_variants_are_a_few_or_everybodys_own(desk: Desk, variants: str) -> None:
    (fault,) = faults(desk, "id: q, use: map/a", head=f"variants: {variants}\n")
    assert "$.variants expected 'per-student' or a number from 2 to 26, found" in fault
