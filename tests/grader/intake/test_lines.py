"""Reading line by line: which field a line belongs to when YAML no longer says."""

from __future__ import annotations

import pytest

from convexam.grader.intake.lines import scan
from convexam.grader.marking.fields import Lost

ANSWERS: dict[str, tuple[str, dict[str, dict[str, object]]]] = {
    "nothing": ("", {}),
    "items and fields": (
        "answers:\n a:\n  m: 1\n  n: 2\n b:\n  m: 3",
        {"a": {"m": "1", "n": "2"}, "b": {"m": "3"}},
    ),
    "blanks": ("a:\n  m:\n  n: ~\n  o: null\n  p: ''", {"a": {"m": None, "n": None, "o": None, "p": ""}}),
    "quotes": ("a:\n  'm': '1'\n  \"n\": \"2\"\n  o: '3", {"a": {"m": "1", "n": "2", "o": "'3"}}),
    "comments": (
        "a: # first\n  # none\n  m: 1 # one\n  n: |\n    1 2 # row\n    # 3 4",
        {"a": {"m": "1", "n": "1 2"}},
    ),
    "flat fields": ("a:\nm: 1\nn: 2\nb:\nm: 3", {"a": {"m": "1", "n": "2"}, "b": {"m": "3"}}),
    "item too far in": (
        "a:\n  m: 1\n  b:\n    n: 2\nc:\n  o: 3",
        {"a": {"m": "1"}, "b": {"n": "2"}, "c": {"o": "3"}},
    ),
    "inline item too far in": ("a:\n  m: 1\n  b: {n: 2}", {"a": {"m": "1"}, "b": {"n": "2"}}),
    "field too far in": ("a:\n  m: 1\n      n: 2\n  o: 3", {"a": {"m": "1", "n": "2", "o": "3"}}),
    "rows under a bar": ("a:\n  m: |\n    1 2\n    3 4", {"a": {"m": "1 2\n3 4"}}),
    "rows under nothing": ("a:\n  m:\n    1 2\n    3 4", {"a": {"m": "1 2\n3 4"}}),
    "rows beside the name": ("a:\n  m: 1 2\n     x 4", {"a": {"m": "1 2\nx 4"}}),
    "rows at the margin": (
        "a:\n  m: 1 2\n−3 4\n_ 5\nb: {n: 6}",
        {"a": {"m": "1 2\n−3 4\n_ 5"}, "b": {"n": "6"}},
    ),
    "rows in a list": ("a:\n  m:\n    - [1, 2]\n    - [3, 4]", {"a": {"m": "[1, 2]\n[3, 4]"}}),
    "a minus is no list": ("a:\n  m: |\n    - 1 2", {"a": {"m": "- 1 2"}}),
    "tabs": ("a:\n\tm: |\n\t\t1\t2\n\tn: 3", {"a": {"m": "1\t2", "n": "3"}}),
    "fences": ("```yaml\na:\n  m: |\n    1 2\n```\n---\n", {"a": {"m": "1 2"}}),
    "inline": (
        "a: {m: 1, n: 2 x 3, o: 1, 2, 'p': 4}",
        {"a": {"m": "1", "n": "2 x 3", "o": "1, 2", "p": "4"}},
    ),
    "inline without an end": ("a: {m: 1, n: 2\nb: {}\nc: {", {"a": {"m": "1", "n": "2"}, "b": {}, "c": {}}),
    "inline over two lines": ("a: {m: 1,\n    n: 2", {"a": {"m": "1", "n": "2"}}),
    "a brace is no mapping": ("a:\n  m: {1\n  n: 2", {"a": {"m": "{1", "n": "2"}}),
    "beside its item": ("a: 1\nb: 2", {"a": {"": "1"}, "b": {"": "2"}}),
    "an item twice": (
        "a:\n  m: 1\nb:\n  m: 2\na:\n  m: 1\n  n: 3",
        {"a": {"m": "1", "n": "3"}, "b": {"m": "2"}},
    ),
}


@pytest.mark.parametrize(("text", "answers"), ANSWERS.values(), ids=ANSWERS)
def test_each_line_finds_its_field(text: str, answers: dict[str, dict[str, object]]) -> None:
    found = scan(text)
    assert found.answers == answers
    assert found.problems == ()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("Dear teacher,\na:\n  m: 1", "line 1 was not understood: 'Dear teacher,'"),
        ("a:\n  m: 1\nRegards", "line 3 was not understood: 'Regards'"),
        ("a: {x y, m: 1}", "line 1 was not understood: 'x y'"),
        ("answers: none\na:\n  m: 1", "line 1 was not understood: 'none'"),
        ("a:\n  m: 2\n  m: 1", "'m' of 'a' stands on line 3 again, with another answer"),
    ],
)
def test_what_is_lost_is_said(text: str, problem: str) -> None:
    found = scan(text)
    assert list(map(str, found.problems)) == [problem]
    assert "m" in found.answers["a"]


def test_the_head_may_stand_before_and_after() -> None:
    found = scan("Paper: x\nanswers:\n  a:\n    m: 1\nstudent: 's1'\n  b: {paper: 2}\n")
    assert found.head == {"paper": "x", "answers": "", "student": "s1"}
    assert found.answers == {"a": {"m": "1"}, "b": {"paper": "2"}}


@pytest.mark.parametrize("text", ["a:\n  m: A\n  no, B", "a:\n  m: x8\n  x9", "a:\n  m: _\n  x8, x9"])
def test_a_line_that_may_undo_the_answer_above_it_leaves_it_to_a_human(text: str) -> None:
    assert isinstance(scan(text).answers["a"]["m"], Lost)
