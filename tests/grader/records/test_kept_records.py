"""Records are read from the store when they are asked for, and stay nowhere else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from convexam.generator.errors import OutputError
from convexam.grader.forgetting.person import Person
from convexam.grader.records.entry import Basis, Entry, Submitted
from convexam.grader.records.forgotten import Forgotten
from convexam.grader.records.kept_records import KeptRecords, parsed
from convexam.grader.records.store import Store, opened

BASIS = Basis("ee")
ENTRY = Entry(Submitted("aa", "ada", "P"), "ada.json", b"{}", BASIS, "pp", "1", "{}")
FORGOTTEN = {"student": "forgotten-1", "items": []}


def entry(student: str) -> Entry:
    return replace(ENTRY, submitted=Submitted("aa", student, "P"), record=json.dumps({"student": student}))


def results_in(store: Store) -> list[int]:
    results = (store.result_of(entry(student).submitted, BASIS) for student in ("ada", "bob", "cy"))
    return [result for result in results if result is not None]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path / "marks.sqlite") as store:
        store.keep((), map(entry, ("ada", "bob", "cy")))
        forgotten = Forgotten(store)
        alias = forgotten.begin(Person("di", "Di", "", {}), "as asked")
        forgotten.forget(alias, Person("di", "Di", "", {}), FORGOTTEN)
        yield store


def students(records: KeptRecords) -> list[str]:
    return [record["student"] for record in records]


def test_records_are_read_one_by_one(store: Store) -> None:
    (alias,) = Forgotten(store).marked()
    results = results_in(store)
    records = KeptRecords(store, [*results, alias])
    assert (len(records), students(records)) == (4, ["ada", "bob", "cy", alias])
    assert records[-1] == {
        **FORGOTTEN,
        "student": alias,
        "submission_sha256": "",
        "problems": [],
        "waiting": 0,
    }
    assert students(records[1:3]) == ["bob", "cy"]
    assert students(records.chosen([3, 0])) == [alias, "ada"]


def test_what_is_settled_later_is_read(store: Store) -> None:
    results = results_in(store)
    records = KeptRecords(store, results)
    store.settle(results[0], 1, '{"student": "settled"}')
    assert students(records) == ["settled", "bob", "cy"]


def test_a_damaged_record_is_told() -> None:
    with pytest.raises(OutputError, match="mark that file again"):
        parsed("{")
