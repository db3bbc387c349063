"""The class list: who is who, what was dealt, kept and read back."""

from __future__ import annotations

import json
from typing import Any

import pytest

from convexam.generator.class_list import ClassList, class_list_bytes, class_list_of, read_class_list
from convexam.generator.errors import DataError
from convexam.generator.papers import EVERYONE, Student, version

ADA = Student("ada", "Ada Lovelace", "Ada@Example.org", {"canvas": "4711", "moodle": "u7"})
ALAN = Student("Alan", email="alan@example.org", ids={"canvas": "4712"})
OWN = ClassList((ADA, ALAN))
DEALT = ClassList((ADA, ALAN), {"ada": "B", "Alan": "A"})


@pytest.mark.parametrize("everybody", [OWN, DEALT, ClassList()])
def test_it_comes_back(everybody: ClassList) -> None:
    data = class_list_bytes("quiz", everybody)
    back = read_class_list(data, "roster.json", "quiz")
    assert back == everybody
    assert class_list_bytes("quiz", back) == data


def test_who_is_who() -> None:
    assert OWN.student("ADA") is ADA
    assert OWN.of_email(" ada@example.ORG ") is ADA
    assert OWN.of_platform("moodle", "U7") is ADA
    assert OWN.of_platform("canvas", "4712") is ALAN
    assert OWN.of_platform("moodle", "4712") is OWN.of_email("") is OWN.student("") is None


def test_who_holds_which_paper() -> None:
    assert DEALT.holders({"version-A": 1, "version-B": 2, "version-C": 3}) == [
        (2, ADA),
        (1, ALAN),
        (3, version("C")),
    ]
    assert OWN.holders({"Alan": 1}) == [(1, ALAN)]
    assert ClassList().holders({EVERYONE.id: 1}) == [(1, EVERYONE)]


def test_of_papers_alone() -> None:
    owners = [Student("b"), version("A"), EVERYONE, Student("a", "A.")]
    assert class_list_of(owners) == ClassList((Student("a", "A."), Student("b")))


def damaged(change: dict[str, Any]) -> bytes:
    data = json.loads(class_list_bytes("quiz", DEALT))
    data["students"][1] |= change
    return json.dumps(data).encode()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "roster.json"),
        (b"[]", "roster.json"),
        (b'{"format": "convexam-roster/2"}', "roster.json"),
        (damaged({"version": "AB"}), r"\$.students\[1\].version"),
        (damaged({"id": "../x"}), r"\$.students\[1\]: student: '../x' is no student id"),
        (damaged({"id": "version-A"}), "stands for papers that are shared"),
        (damaged({"id": "Forgotten-1"}), "stands for somebody who was forgotten"),
        (damaged({"id": "ADA"}), "'ADA' and 'ada' differ only by case"),
        (damaged({"email": "ada@example.org"}), "'ada@example.org' stands at two students: ada and Alan"),
        (damaged({"ids": {"canvas": "4711"}}), "canvas: '4711' stands at two students"),
        (damaged({"age": 3}), "unknown key 'age'"),
    ],
)
def test_what_is_damaged_is_named(data: bytes, message: str) -> None:
    with pytest.raises(DataError, match=message):
        read_class_list(data, "roster.json", "quiz")


def test_the_list_of_another_exam_is_refused() -> None:
    with pytest.raises(DataError, match="this is the class list of the exam 'quiz', not of 'midterm'"):
        read_class_list(class_list_bytes("quiz", OWN), "roster.json", "midterm")
