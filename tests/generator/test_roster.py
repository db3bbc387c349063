"""Rosters: what is read, and every fault with its line."""

from __future__ import annotations

import pytest

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
    assert read_roster(text.encode(), "r.csv") == (ADA,)


def test_the_student_is_enough() -> None:
    assert read_roster(b"student\ns1\ns2\n", "r.csv") == (Student("s1"), Student("s2"))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "r.csv: the roster is empty"),
        (b"name\nAda\n", "r.csv:1:1: there is no column 'student'; the first line names: name"),
        (b"student,student\na,b\n", "r.csv:1:1: the column 'student' stands twice"),
        (b"student,name\ns1\n", "r.csv:2:1: 2 cells were expected, 1 were found"),
        (b"student\n../x\n", "r.csv:2:1: student: '../x' is no student id"),
        (b"student,name\ns1,a\ns1,b\n", "r.csv:3:1: student: 's1' stands twice"),
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
