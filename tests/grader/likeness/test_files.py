"""Files of several people are listed, and those that say nothing are not."""

from __future__ import annotations

from convexam.grader.intake.arrival import Arrival
from convexam.grader.intake.handed_in import Outcome, Platform, Sender
from convexam.grader.likeness.files import HandedIn, Matter, files_of_several


def arrived(
    source: str, digest: str, student: str, sender: str = "", outcome: Outcome = Outcome.READ
) -> Arrival:
    sent = Sender(Platform.CANVAS, sender) if sender else None
    return Arrival(source, digest, outcome, student=student, paper="P", sender=sent)


def test_equal_bytes_of_different_people_are_listed() -> None:
    arrivals = [arrived("b", "1", "ada"), arrived("a", "1", "bob"), arrived("c", "2", "eve")]
    assert files_of_several(arrivals) == (HandedIn(Matter.SAME_FILE, ("ada", "bob"), ("a", "b")),)


def test_senders_tell_people_apart_where_a_file_names_one_student() -> None:
    arrivals = [arrived("a", "1", "ada", "7"), arrived("b", "1", "ada", "8")]
    (found,) = files_of_several(arrivals)
    assert found.people == ("canvas 7", "canvas 8")


def test_one_person_may_hand_in_a_file_twice_and_anybody_a_blank_one() -> None:
    twice = [arrived("a", "1", "ada"), arrived("b", "1", "ada")]
    blank = [arrived("c", "2", "ada"), arrived("d", "2", "bob")]
    assert files_of_several([*twice, *blank], blank={"2"}) == ()


def test_what_is_not_an_answer_file_is_not_compared() -> None:
    photos = [arrived(name, "1", name, outcome=Outcome.NO_ANSWERS) for name in ("ada", "bob")]
    assert files_of_several(photos) == ()


def test_somebody_elses_paper_is_listed() -> None:
    arrivals = [arrived("a", "1", "ada", "7", Outcome.NOT_THEIRS)]
    assert files_of_several(arrivals) == (HandedIn(Matter.OTHERS_PAPER, ("ada", "canvas 7"), ("a",)),)
