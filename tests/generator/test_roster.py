"""Rosters: what is read, and every fault with its line."""

from __future__ import annotations

import pytest

from convexam.generator.class_list import ClassList
from convexam.generator.errors import DataError
from convexam.generator.papers import Student
from convexam.generator.roster import read_roster

ADA = Student("s1", "Ada Lovelace", "ada@example.org")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("student,name,email\ns1,Ada Lovelace,ada@example.org\n", id="commas"),
        pytest.param("student;name;email\r\ns1;Ada Lovelace;ada@example.org\r\n", id="semicolons"),
        pytest.param("student\tname\temail\ns1\tAda Lovelace\tada@example.org", id="tabs"),
        pytest.param(
            "\ufeffemail,Student , NAME\nada@example.org, s1 ,Ada Lovelace\n\n", id="bom, order, blanks"
        ),
        pytest.param('student,name,email\n"s1","Ada Lovelace","ada@example.org"\n', id="quoted"),
        pytest.param("group,student,name,email\n7,s1,Ada Lovelace,ada@example.org\n", id="further column"),
    ],
)
def test_spellings(text: str) -> None:
    assert read_roster(text.encode(), "r.csv") == ClassList((ADA,))


def test_the_student_is_enough() -> None:
    assert read_roster(b"student\ns1\ns2\n", "r.csv").students == (Student("s1"), Student("s2"))


@pytest.mark.parametrize(
    ("header", "platform"),
    [
        ("canvas", "canvas"),
        ("Canvas ID", "canvas"),
        ("canvas_user_id", "canvas"),
        ("Moodle-id", "moodle"),
        ("BRIGHTSPACE", "brightspace"),
        ("gradescopeID", "gradescope"),
    ],
)
def test_ids_of_platforms(header: str, platform: str) -> None:
    (student,) = read_roster(f"student,{header}\ns1, 4711 \n".encode(), "r.csv").students
    assert student.ids == {platform: "4711"}


def test_no_id_is_none() -> None:
    assert read_roster(b"student,canvas\ns1,\n", "r.csv").students[0].ids == {}


def test_versions_where_there_are_any() -> None:
    data = b"student,version\ns1,b\ns2,\ns3,A\n"
    assert read_roster(data, "r.csv", "ABC").versions == {"s1": "B", "s3": "A"}
    assert read_roster(data, "r.csv").versions == {}
    assert read_roster(b"student,version\ns1,of last year\n", "r.csv").versions == {}


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "r.csv: the roster is empty"),
        (b"name\nAda\n", "r.csv:1:1: there is no column 'student'; the first line names: name"),
        (b"student,student\na,b\n", "r.csv:1:1: the column 'student' stands twice"),
        (b"student,name\ns1\n", "r.csv:2:1: 2 cells were expected, 1 were found"),
        (b"student\n../x\n", "r.csv:2:1: student: '../x' is no student id"),
        (b"student,name\ns1,a\ns1,b\n", "r.csv:3:1: student: 's1' stands twice"),
        (b"student\ns1\ns2\nS1\n", "r.csv:4:1: student: 'S1' and 's1' differ only by case"),
        (b"student,email\na,x@y\nb,X@Y\n", "r.csv:3:1: email: 'x@y' stands at two students: a and b"),
        (b"student,canvas\na,7\nb,7\n", "r.csv:3:1: canvas: '7' stands at two students: a and b"),
        (b"student,canvas,Canvas ID\na,7,7\n", "r.csv:1:1: the column 'canvas' stands twice"),
        (b"student\nEveryone\n", "r.csv:2:1: student: 'Everyone' stands for papers that are shared"),
        (b"student\nVERSION-b\n", "r.csv:2:1: student: 'VERSION-b' stands for papers that are shared"),
        (b"student,name\ns1,a\x07\n", "r.csv:2:1: name: a control character"),
        (b"student,moodle\ns1," + b"7" * 300, "r.csv:2:1: moodle: at most 200 characters were expected"),
        (b"student\n", "the roster names no students"),
        (b"student\n\xff\n", "r.csv:2:1: not UTF-8"),
        (b"student\n\0\n", "a NUL character"),
        (b'student,name\ns1,"a\n', "r.csv:2:1: not a CSV file"),
        (b"x" * (5 << 20), "larger than 4 MB"),
        (b'student,name\ns1,"' + b"x" * 200_000 + b'"\n', "not a CSV file: field larger"),
    ],
    ids=lambda value: repr(value[:12]),
)
def test_faults(data: bytes, message: str) -> None:
    with pytest.raises(DataError) as caught:
        read_roster(data, "r.csv")
    assert message in str(caught.value)


def test_all_faults_at_once() -> None:
    with pytest.raises(DataError) as caught:
        read_roster(b"student,name\n-,x\ns1\n*,y\n", "r.csv")
    assert [fault.place.line for fault in caught.value.faults] == [2, 3, 4]


@pytest.mark.parametrize("letter", ["D", "AB", "1"])
def test_a_version_that_is_not_dealt(letter: str) -> None:
    with pytest.raises(DataError, match=f"r.csv:2:1: version: there is no version '{letter}'; .* are A to C"):
        read_roster(f"student,version\ns1,{letter}\n".encode(), "r.csv", "ABC")
