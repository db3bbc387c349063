"""Whose answers these are: every rule, and what each refusal says to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from convexam.generator.class_list import ClassList
from convexam.generator.papers import EVERYONE, Student, version
from convexam.grader.intake.answers import Row, Submission
from convexam.grader.intake.arrival import Arrival
from convexam.grader.intake.claims import compared
from convexam.grader.intake.directory import Directory
from convexam.grader.intake.handed_in import Outcome, Platform, Sender
from convexam.grader.intake.identity import Identity, identify
from convexam.grader.intake.worksheet import Listed, Worksheet

CODE = "B27784YJ6GBV0H"
MOODLE, CANVAS, BRIGHTSPACE, GRADESCOPE = Platform
ADA = Student("s1", "Ada Lovelace", "Ada@Example.org", {"canvas": "4711", "brightspace": "#123456"})
BOB = Student("s2", "Bob Ng", "bob@example.org", {"canvas": "4712"})
CLEO = Student("s3", "Cleo", "", {"canvas": "4713"})
CLASS = ClassList((ADA, BOB, CLEO))
VERSIONS = ClassList((ADA, BOB, CLEO), {"s1": "A", "s2": "B"})
SHEET = Worksheet("grades.csv", MOODLE, {"12": Listed(("ADA@example.org",), ("Participant", "Ada Lovelace")), "13": Listed(("bob@example.org",), ("Participant", "Bob Ng"))})  # fmt: skip
OLDER = Worksheet("older.csv", MOODLE, {"12": Listed(("bob@example.org",), ("Participant", "Bob Ng"))})
GRADEBOOK = Worksheet("book.csv", CANVAS, {"99": Listed(("s3", "cleo")), "98": Listed(("nobody",))})


def submission(student: str | None = None, source: str = "a.json", row: Row | None = None) -> Submission:
    return Submission(CODE, student, {}, (), "abcdef0123", source, row=row)


def sender(platform: Platform, key: str, name: str = "", email: str = "") -> Sender:
    return Sender(platform, key, name, email)


JOINED = {
    "roster": (sender(CANVAS, "4711"), "s1"),
    "roster, with a sign of the export": (sender(BRIGHTSPACE, "123456"), "s1"),
    "roster before address": (sender(CANVAS, "4712", email="ada@example.org"), "s2"),
    "address": (sender(GRADESCOPE, "77", email="ADA@example.ORG"), "s1"),
    "id of the university": (sender(GRADESCOPE, "S2"), "s2"),
    "id of one and address of another": (sender(GRADESCOPE, "s1", email="bob@example.org"), None),
    "id and address": (sender(GRADESCOPE, "s2", email="bob@example.org"), "s2"),
    "Moodle's worksheet": (sender(MOODLE, "12", "Ada Lovelace"), "s1"),
    "worksheet, in a group": (sender(MOODLE, "12", "Group 1-Ada Lovelace"), "s1"),
    "worksheet, anonymous": (sender(MOODLE, "13", "Participant"), "s2"),
    "worksheet, no name": (sender(MOODLE, "13"), "s2"),
    "Canvas's gradebook": (sender(CANVAS, "99", "cleo"), "s3"),
    "worksheet of another assignment": (sender(MOODLE, "13", "Ada Lovelace"), None),
    "nothing": (sender(GRADESCOPE, ""), None),
    "login of nobody": (sender(CANVAS, "98"), None),
    "number of nobody": (sender(CANVAS, "1"), None),
    "number on another platform": (sender(MOODLE, "4711"), None),
    "id of the university on a platform that counts itself": (sender(MOODLE, "s1"), None),
    "name of somebody": (sender(CANVAS, "1", "Ada Lovelace"), None),
}


@pytest.mark.parametrize(("who", "student"), JOINED.values(), ids=JOINED)
def test_senders_are_joined_with_students(who: Sender, student: str | None) -> None:
    found = Directory(CLASS, [SHEET, GRADEBOOK]).student_of(who)
    assert (found.id if found else None) == student


def test_of_two_worksheets_that_of_the_assignment_counts() -> None:
    for sheets in ([SHEET, OLDER], [OLDER, SHEET]):
        found = Directory(CLASS, sheets).student_of(sender(MOODLE, "12", "Ada Lovelace"))
        assert found == ADA
        assert Directory(CLASS, sheets).student_of(sender(MOODLE, "12", "Participant")) is None


def test_names_are_compared_by_their_letters() -> None:
    sheet = Worksheet(
        "x.csv", MOODLE, {"1": Listed(("ada@example.org",), ("Teilnehmer/in", "Zoë O'Neill-Müller"))}
    )
    directory = Directory(CLASS, [sheet])
    for name in ("Zoë ONeill-Müller", "Zoe\u0308 O Neill-Mu\u0308ller", "Teilnehmerin"):
        assert directory.student_of(sender(MOODLE, "1", name)) == ADA


READ, NOT_THEIRS, UNKNOWN = Outcome.READ, Outcome.NOT_THEIRS, Outcome.UNKNOWN_SENDER
PERSONAL = {
    "by itself": (None, None, "s1", READ, ""),
    "its student sent it": (sender(CANVAS, "4711"), None, "s1", READ, ""),
    "and says so": (sender(CANVAS, "4711"), "S1", "s1", READ, ""),
    "and writes the name": (None, " ada  lovelace", "s1", READ, ""),
    "and writes another name": (None, "Bob", "s1", READ, "the file says it is from 'Bob', and the paper is that of s1"),
    "somebody else sent it": (sender(CANVAS, "4712", "ngbob"), "s1", "", NOT_THEIRS, "the paper of s1, and canvas 4712 ('ngbob') is s2"),
    "nobody sent it": (sender(CANVAS, "1", "x"), None, "s1", READ, "canvas 1 ('x') is nobody on the class list"),
    "a platform that nothing is known of": (sender(MOODLE, "1", "x"), None, "s1", READ, ""),
}  # fmt: skip


@pytest.mark.parametrize(("who", "said", "student", "outcome", "why"), PERSONAL.values(), ids=PERSONAL)
def test_a_personal_paper_is_that_of_its_student(
    who: Sender | None, said: str | None, student: str, outcome: Outcome, why: str
) -> None:
    found = identify(ADA, submission(said), who, Directory(CLASS))
    assert (found.student, found.outcome) == (student, outcome)
    assert why in (found.problem or "".join(found.notes))
    assert bool(why) == bool(found.problem or found.notes)
    assert found.known == (who is not None and who.key in ("4711", "4712"))


SHARED: Mapping[str, tuple[Sender | None, str | None, str, Outcome, str]] = {
    "the sender's": (sender(CANVAS, "4711"), None, "s1", READ, ""),
    "whatever the file says": (sender(CANVAS, "4711"), "s2", "s1", READ, ""),
    "no sender, an id": (None, "S2 ", "s2", READ, "only the file says that it is from s2"),
    "no sender, an address": (None, "bob@example.org", "s2", READ, "only the file says that it is from s2"),
    "no sender, a name": (None, "Bob Ng", "", UNKNOWN, "the file says it is from 'Bob Ng', which is no id"),
    "no sender, somebody else": (None, "s99", "", UNKNOWN, "find out whose it is"),
    "no sender, nothing said": (None, None, "", UNKNOWN, "'student' in the file is empty"),
    "unknown sender": (sender(CANVAS, "1", "x"), "s1", "", UNKNOWN, "add the canvas id to the roster"),
    "unknown platform": (sender(MOODLE, "1"), "s1", "s1", READ, "only the file says that it is from s1"),
    "unknown platform, nothing said": (sender(MOODLE, "1"), None, "", UNKNOWN, "moodle knows whose it is"),
}


@pytest.mark.parametrize(("who", "said", "student", "outcome", "why"), SHARED.values(), ids=SHARED)
def test_a_shared_paper_is_the_senders(
    who: Sender | None, said: str | None, student: str, outcome: Outcome, why: str
) -> None:
    found = identify(EVERYONE, submission(said), who, Directory(CLASS))
    assert (found.student, found.outcome) == (student, outcome)
    assert why in (found.problem or "".join(found.notes))
    assert bool(why) == bool(found.problem or found.notes)


def test_a_row_that_a_marker_typed_is_believed() -> None:
    row = submission("s2", "class.csv row 7", Row(7, b""))
    assert identify(EVERYONE, row, None, Directory(CLASS)) == Identity("s2")
    assert identify(EVERYONE, row, sender(MOODLE, "1"), Directory(CLASS)).notes


def test_a_version_is_accepted_from_those_who_were_dealt_it() -> None:
    directory = Directory(VERSIONS)
    assert identify(version("A"), submission(), sender(CANVAS, "4711"), directory).student == "s1"
    assert identify(version("B"), submission("s2"), None, directory).student == "s2"
    for paper, who, said, why in [
        ("A", sender(CANVAS, "4712"), None, "s2 was dealt version B, and this is version A"),
        ("A", None, "s2", "s2 was dealt version B, and this is version A"),
        ("A", sender(CANVAS, "4713"), None, "s3 was dealt no version, and this is version A"),
    ]:
        found = identify(version(paper), submission(said), who, directory)
        assert (found.student, found.outcome) == ("", NOT_THEIRS)
        assert why in found.problem
    assert identify(EVERYONE, submission(), sender(CANVAS, "4713"), directory).student == "s3"


WITHOUT = {
    "said": (None, "Ada ", "x.json", None, "Ada"),
    "named after": (None, None, "in/ada.answers.json", None, "ada"),
    "named after the paper": (None, None, f"in/{CODE} (1).json", None, f"{CODE}-abcdef"),
    "named after, in an archive": (None, None, "in/all.zip: ada.json", None, "ada"),
    "named after, in a folder of an archive": (None, None, "in/all.zip: b/ada.json", None, "ada"),
    "a row": (None, None, "class.csv row 7", Row(7, b""), f"{CODE}-row-7"),
    "a sender": (
        sender(MOODLE, "12", "Ada Lovelace"),
        None,
        "a.zip: answers.json",
        None,
        "Ada Lovelace moodle 12",
    ),
    "a sender without a name": (sender(GRADESCOPE, "7"), None, "a.zip: answers.json", None, "gradescope 7"),
    "a sender who says more": (sender(MOODLE, "12", "Ada Lovelace"), "s1", "a.zip: answers.json", None, "s1"),
}


@pytest.mark.parametrize(("who", "said", "source", "row", "student"), WITHOUT.values(), ids=WITHOUT)
def test_without_a_class_list_a_shared_paper_is_whose_it_says(
    who: Sender | None, said: str | None, source: str, row: Row | None, student: str
) -> None:
    found = identify(EVERYONE, submission(said, source, row), who, Directory(ClassList()))
    assert found.student == student
    assert bool(found.notes) == ("listed under" in "".join(found.notes)) == (not said and student != "ada")


# -- side by side -------------------------------------------------------------------------------

A, B = sender(MOODLE, "1", "A"), sender(MOODLE, "2", "B")


def claim(who: Sender | None, sha256: str = "", source: str = "", *, known: bool = False, student: str = "s1", notes: Sequence[str] = ()) -> Arrival:  # fmt: skip
    where = source or (f"all.zip: {who.key}/a.json" if who else "a.json")
    return Arrival(where, sha256 or where, READ, student, CODE, who, known=known, notes=tuple(notes))


def outcomes(*claims: Arrival) -> list[Outcome]:
    return [each.outcome for each in compared(claims)]


def test_a_paper_that_two_strangers_hand_in_is_nobodys_until_one_is_known() -> None:
    contested = Outcome.CONTESTED
    assert outcomes(claim(A)) == [READ]
    assert outcomes(claim(A), claim(None)) == [READ, READ]
    assert outcomes(claim(A), claim(A, source="b.zip: 1/a.json"), claim(None)) == [READ] * 3
    assert outcomes(claim(A), claim(B), claim(None)) == [contested, contested, READ]
    assert outcomes(claim(A), claim(B), claim(B, student="s2")) == [contested, contested, READ]
    assert outcomes(claim(A), claim(B, known=True)) == [NOT_THEIRS, READ]
    assert outcomes(claim(A, known=True), claim(B)) == [READ, NOT_THEIRS]
    again = claim(A, source="again.zip: 1/a.json")
    assert outcomes(claim(A, known=True), again, claim(B)) == [READ, READ, NOT_THEIRS]
    (first, _) = compared([claim(A), claim(B)])
    assert first.student == ""
    assert "moodle 1, moodle 2 hand in the paper of s1" in first.notes[0]


def test_what_was_refused_before_stays_refused() -> None:
    refused = Arrival("a", "b", NOT_THEIRS, "", CODE, A, notes=("why",))
    assert compared([refused, refused, claim(B)])[:2] == [refused, refused]


def test_the_same_file_twice_counts_once() -> None:
    first, again, other = compared(
        [claim(A, "x"), claim(A, "x", "b.zip: 1/a.json"), claim(B, "x", student="s2")]
    )
    assert again.notes == ("is the same file as all.zip: 1/a.json; it counts once",)
    assert first.notes == other.notes == ()


def test_two_answer_files_in_one_submission_are_noted() -> None:
    def notes(*claims: Arrival) -> list[int]:
        return [len(each.notes) for each in compared(claims)]

    later = Sender(BRIGHTSPACE, "1", order=5)
    assert notes(claim(A), claim(A, source="all.zip: 1/b.json")) == [0, 1]
    assert notes(claim(A, notes=["odd"]), claim(A, source="all.zip: 1/b.json", notes=["odd"])) == [1, 2]
    assert notes(claim(A), claim(A, source="later.zip: 1/b.json")) == [0, 0]
    assert notes(claim(Sender(BRIGHTSPACE, "1", order=4)), claim(later, source="all.zip: 2/b.json")) == [0, 0]
    assert notes(
        claim(Sender(CANVAS, "1", order=4)), claim(Sender(CANVAS, "1", order=5), source="all.zip: x")
    ) == [0, 1]
    assert notes(claim(None), claim(None, source="b.json")) == [0, 0]
    assert notes(claim(A), claim(B, source="all.zip: 2", student="s2")) == [0, 0]


def test_a_class_of_thousands_is_compared_at_once() -> None:
    claims = [
        claim(sender(MOODLE, str(n)), source=f"all.zip: {n}", student=f"s{n // 2}") for n in range(6_000)
    ]
    assert set(outcomes(*claims)) == {Outcome.CONTESTED}
