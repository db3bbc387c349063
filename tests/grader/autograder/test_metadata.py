"""Who hands in; and that no damage to the file that says so stops anything."""

from __future__ import annotations

import json

import pytest

from convexam.generator.class_list import ClassList
from convexam.generator.papers import Student
from convexam.grader.autograder.metadata import MOST_USERS, senders
from convexam.grader.intake.directory import Directory

CLASS = ClassList(
    (
        Student("s001", "Ada", "ada@example.edu"),
        Student("4711", "Grace", "grace@example.edu"),
        Student("s003", "Zoë", "", {"gradescope": "99"}),
    )
)


def users(*people: object) -> bytes:
    return json.dumps({"users": people}).encode()


@pytest.mark.parametrize(
    ("person", "student"),
    [
        ({"email": "ADA@example.edu", "id": 1, "name": "x"}, "s001"),
        ({"email": "who@else.example", "id": 99, "name": "x"}, "s003"),
        ({"email": "ada@example.edu", "id": 4711, "name": "x"}, "s001"),
        ({"email": "who@else.example", "id": 4711, "name": "Grace"}, None),
        ({"id": 4711}, None),
        ({"email": None, "id": "99", "name": ["x"]}, "s003"),
        ({"email": "4711", "name": "a student id in place of an address"}, "4711"),
    ],
)
def test_address_and_id(person: object, student: str | None) -> None:
    (sender,) = senders(users(person), CLASS)
    found = Directory(CLASS).student_of(sender)
    assert (found.id if found else None) == student


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'{"users": null}',
        b'{"users": {"email": "ada@example.edu"}}',
        b'{"users": [1, null, "ada@example.edu", {}, {"email": "", "id": null}]}',
        b"\xff\xfe\x00",
        b'{"users": ' + b"[" * 5000,
        b"NaN",
    ],
)
def test_damage_is_nobody(data: bytes) -> None:
    assert senders(data, CLASS) == ()


def test_a_group() -> None:
    found = senders(users({"email": "a@example.edu", "id": 1}, {"email": "b@example.edu", "id": 2}), CLASS)
    assert [sender.email for sender in found] == ["a@example.edu", "b@example.edu"]


def test_crowds_and_long_names_are_bounded() -> None:
    found = senders(users(*({"email": "x" * 9999, "id": 1, "name": "\x1b[31m" + "y" * 9999},) * 500), CLASS)
    assert len(found) == MOST_USERS
    assert all(len(sender.name) <= 200 and sender.name.isprintable() for sender in found)
