"""What the store forgets: everything that a student sent, and every word about them beside others."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from convexam.grader.forgetting.person import Person
from convexam.grader.intake.arrival import Arrival
from convexam.grader.intake.handed_in import Outcome, Platform, Sender
from convexam.grader.records.forgotten import Forgotten
from convexam.grader.records.store import Store, opened

ADA = Person("s-ada-01", "Ada Byron", "ada@lovelace.example", {"canvas": "99100201"})
OTHER = Sender(Platform.CANVAS, "99100202", "Alan Mathison")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path / "marks.sqlite") as store:
        yield store


def arrived(source: str, student: str = "", sender: Sender | None = None, *notes: str) -> Arrival:
    return Arrival(source, source, Outcome.READ, student=student, sender=sender, notes=notes)


def forget(store: Store, person: Person = ADA) -> str:
    forgotten = Forgotten(store)
    alias = forgotten.begin(person, "as asked")
    forgotten.forget(alias, person, None)
    forgotten.end(alias)
    return alias


@pytest.mark.parametrize(
    "theirs",
    [
        arrived("a", "s-ada-01"),
        arrived("a", "", Sender(Platform.CANVAS, "99100201")),
        arrived("a", "", Sender(Platform.MOODLE, "3", email="Ada@Lovelace.example")),
    ],
)
def test_all_that_the_student_sent_goes(store: Store, theirs: Arrival) -> None:
    store.keep([theirs, arrived("b", "s-alan-02", OTHER)])
    forget(store)
    assert [arrival.source for arrival in store.arrivals()] == ["b"]


def test_what_came_under_the_number_that_a_platform_gave_goes(store: Store) -> None:
    """A participant's number is on no roster; the file that was read tells whose it is."""
    sender = Sender(Platform.MOODLE, "3")
    store.keep([arrived("a", "s-ada-01", sender), arrived("photo", "", sender)])
    forget(store)
    assert store.arrivals() == []


def test_the_alias_stands_where_others_are_told_of_the_student(store: Store) -> None:
    store.keep([arrived("from Ada Byron.yaml", "s-alan-02", OTHER, "the file says it is from s-ada-01")])
    alias = forget(store)
    (arrival,) = store.arrivals()
    assert (arrival.source, arrival.notes) == (f"from {alias}.yaml", (f"the file says it is from {alias}",))
    assert arrival.sender == OTHER


def test_aliases_are_counted(store: Store) -> None:
    assert [forget(store, Person(name)) for name in ("s-1", "s-2")] == ["forgotten-1", "forgotten-2"]
    assert Forgotten(store).begun() == {}


def test_who_is_being_forgotten_is_known_until_it_is_done(store: Store) -> None:
    forgotten = Forgotten(store)
    alias = forgotten.begin(ADA, "as asked")
    assert forgotten.begun() == {alias: ADA}
    forgotten.end(alias)
    assert forgotten.begun() == {}
