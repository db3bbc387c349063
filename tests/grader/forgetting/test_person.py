"""Words that name a student are found in texts and files, and parts of other words are not."""

from __future__ import annotations

import pytest

from convexam.generator.papers import Student
from convexam.grader.forgetting.anonymous import reworded
from convexam.grader.forgetting.person import Person, person_from, person_of
from convexam.grader.intake.arrival import Arrival
from convexam.grader.intake.handed_in import Outcome, Platform, Sender

JANE = Person("s0017", "Jane Doe", "jane@example.org", {"canvas": "8812345", "moodle": "17"})


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("s0017 and s00171", "X and s00171"),
        ("(S0017, jane doe)", "(X, X)"),
        ("Jane Doe_12345_s0017_answers.yaml", "X_12345_X_answers.yaml"),
        ("jane@example.org, mary-jane@example.org", "X, mary-X"),
        ("from 8812345; row 17 of 17", "from X; row 17 of 17"),
        ("Jane is another one's name as well", "Jane is another one's name as well"),
    ],
)
def test_what_names_a_student_is_hidden(text: str, hidden: str) -> None:
    assert JANE.hidden_in(text, "X") == hidden
    assert JANE.is_named_in(text.encode()) is (text != hidden)


def test_a_short_id_stands_for_other_things_as_well() -> None:
    assert Person("7").hidden_in("row 7", "X") == "row 7"
    assert not Person("7").is_named_in(b"7")


def test_names_that_a_platform_sent_are_known() -> None:
    sender = Sender(Platform.CANVAS, "8812345", "Doe, Jane", "j.doe@example.org")
    person = person_of(Student("s0017"), senders=[sender])
    assert person.senders == (("canvas", "8812345"),)
    assert person.words == ("j.doe@example.org", "Doe, Jane", "s0017")
    assert person_from(person.to_text()) == person


def _sent(student: str, name: str) -> Arrival:
    return Arrival("a", "1", Outcome.READ, student=student, sender=Sender(Platform.MOODLE, student, name))


def test_what_a_platform_calls_everybody_names_nobody() -> None:
    """Moodle writes ``Participant`` where nobody is to know who it was, and students choose their names."""
    arrivals = [_sent("s0017", "Participant"), _sent("s0018", "Participant")]
    assert person_of(Student("s0017"), arrivals).words == ("s0017",)
    assert person_of(Student("s0017"), [_sent("s0017", "answers")]).words == ("s0017",)


def test_who_is_called_like_somebody_else_leaves_their_name_alone() -> None:
    ada = Student("s0018", "Ada Lovelace", "ada@example.org")
    eve = person_of(Student("s0017", "Eve Adams"), [_sent("s0017", "Ada Lovelace")], [ada])
    assert (
        eve.hidden_in("Ada Lovelace_12_assignsubmission_file", "X") == "Ada Lovelace_12_assignsubmission_file"
    )
    assert not eve.is_named_in(b"Ada Lovelace")
    for other in ([Student("s0019", "Ada Lovelace")], [Student("s0019", "Ada Lovelace-King")]):
        person = person_of(ada, [], other)
        assert person.hidden_in("Ada Lovelace, s0018", "X") == "Ada Lovelace, X"
        assert person.is_named_in(b"Ada Lovelace")  # a person has to look
        assert person_from(person.to_text()) == person


def test_only_texts_of_people_are_changed_in_a_record() -> None:
    record = {
        "points": "2",
        "student": "remark",
        "problems": ["from Jane Doe"],
        "items": [{"id": "s0017", "rules": [{"reason": "for\nJane Doe"}], "override": None}],
    }
    assert reworded(record, lambda text: JANE.hidden_in(text, "X")) == {
        "points": "2",
        "student": "remark",
        "problems": ["from X"],
        "items": [{"id": "s0017", "rules": [{"reason": "for\nX"}], "override": None}],
    }
