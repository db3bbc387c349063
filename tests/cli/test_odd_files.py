"""A few odd files have a line each; forty of a class do not hide what matters."""

from __future__ import annotations

from convexam.cli.odd_files import MOST_LINES, MOST_OF_ONE, OddFiles


def test_a_few_are_told_one_by_one() -> None:
    odd = OddFiles()
    assert not odd
    odd.note("a.json", [])
    assert not odd
    odd.note("a.json", ["the file is empty"], "empty")
    odd.note("b.yaml", ["one", "two"], "read, with a note")
    assert list(odd.lines("intake.csv")) == ["a.json: the file is empty", "b.yaml: one", "b.yaml: two"]


def test_one_file_does_not_crowd_out_the_others() -> None:
    odd = OddFiles()
    odd.note("a.yaml", [f"line {number}: ?" for number in range(30)])
    assert list(odd.lines("")) == [
        *(f"a.yaml: line {number}: ?" for number in range(MOST_OF_ONE)),
        "a.yaml: and 25 more",
    ]


def test_many_are_told_by_kind() -> None:
    odd = OddFiles()
    for number in range(MOST_LINES):
        odd.note(f"{number}.jpg", ["expected an answer file, found an image"], "no answer file")
    odd.note("b.yaml", ["the file is not UTF-8", "it is late"], "read, with a note")
    odd.note("c.yaml", ["the exam now asks something else"])
    odd.note("c.yaml", ["it is late"], "late")
    assert list(odd.lines("intake.csv")) == [
        "12 files are odd; see intake.csv:",
        "   10  no answer file: 0.jpg and 9 more",
        "    1  read, with a note: b.yaml",
        "    1  the exam now asks something else: c.yaml",
    ]


def test_kinds_are_few_as_well() -> None:
    odd = OddFiles()
    for number in range(40):
        odd.note(f"{number:02}.yaml", [f"problem {number:02}"])
    lines = list(odd.lines("intake.csv"))
    assert len(lines) == MOST_LINES + 2
    assert lines[-1] == "   30  others"


def test_a_terminal_is_not_steered() -> None:
    odd = OddFiles()
    odd.note("\x1b[2Ja.json", ["the file\x07 is empty"])
    assert list(odd.lines("")) == ["[2Ja.json: the file is empty"]
