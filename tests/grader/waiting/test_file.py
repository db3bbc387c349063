"""The file of answers that wait, as it is written and read back."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convexam.generator.errors import DataError
from convexam.grader.records.people import Answered, Judgement
from convexam.grader.waiting.entries import Asked, Entry, in_columns
from convexam.grader.waiting.reading import MOST_REMARK, points_of_text, read_waiting
from convexam.grader.waiting.writing import points_text, waiting_file

from ...quick import is_quick

TEXT = Asked(
    "In your own words", "Your answer", Fraction(4), "A good answer.", "An answer needs:\n\n- a word"
)

NUMBER = Asked("A number", "Cells", Fraction(4, 3), "12")


def entry(student: str, item: str = "a1", answer: str = "words", asked: Asked = TEXT) -> Entry:
    digest = f"{student}-{item}-{answer.encode('utf-8', 'backslashreplace').decode()}"
    answered = Answered(student, "PAPER", item, "text", digest)
    return Entry(answered, asked, answer, "an answer in words", "", Fraction(), Judgement())


ADA, BOB, EVE = entry("ada"), entry("bob"), entry("ada", "b1", "12?", NUMBER)


def typed(file: bytes, answered: Answered, points: str, remark: str = "") -> bytes:
    """Type points and a remark beside an answer, as a person does."""
    pattern = rf"    points:.*\n    remark:.*\n(?=    id: {answered.id}$)"
    text, count = re.subn(
        pattern,
        lambda _: f"    points: {points}\n    remark: {remark}\n",
        file.decode(),
        flags=re.MULTILINE,
    )
    assert count == 1
    return text.encode()


def read(file: bytes, *entries: Entry) -> dict[Answered, Judgement]:
    known = {each.answered.id: (each.answered, each.asked.of) for each in entries or (ADA, BOB, EVE)}
    return read_waiting(file, "waiting.yaml", known)


def faults(file: bytes, *entries: Entry) -> list[str]:
    with pytest.raises(DataError) as error:
        read(file, *entries)
    return str(error.value).split("\n")


FILE = waiting_file("midterm", [ADA, BOB, EVE])


def test_a_question_is_said_once_and_the_answers_to_it_follow() -> None:
    text = FILE.decode()
    assert text.count("title: In your own words") == text.count("- a word") == 1
    assert text.index("student: ada") < text.index("student: bob") < text.index("question: b1")


def test_keys_that_differ_stand_beside_each_answer() -> None:
    other = entry("bob", "b1", "13?", replace(NUMBER, key="14"))
    text = waiting_file("midterm", [EVE, other]).decode()
    assert [line.strip() for line in text.splitlines() if "key:" in line] == ["key: 12", "key: 14"]


def test_a_map_stands_in_columns_and_begins_at_the_margin() -> None:
    assert in_columns([["1", "−2"], ["−13", "4"], ["0", "5/2"]]) == "1    −2\n−13  4\n0    5/2"


def test_what_the_machine_could_read_is_said() -> None:
    partly = replace(EVE, so_far=Fraction(8, 9))
    file = waiting_file("midterm", [partly])
    assert b"    so_far: 8/9\n    of: 4/3\n" in file
    assert read(file) == {}
    assert b"so_far" not in waiting_file("midterm", [EVE, replace(partly, judgement=Judgement(Fraction(1)))])


def test_nothing_typed_is_nothing_said() -> None:
    assert read(FILE) == {}
    assert read(waiting_file("midterm", [])) == {}


@pytest.mark.parametrize(
    ("points", "value"),
    [("3", "3"), ("1.5", "3/2"), ("1,5", "3/2"), ("1/2", "1/2"), ("½", "1/2"), ("2+1", "3"), ("0", "0"),
     ('"4"', "4"), ("3  # half", "3"), ("100%", "4"), ("12.5 %", "1/2")],
)  # fmt: skip
def test_points_as_people_type_them(points: str, value: str) -> None:
    file = typed(FILE, BOB.answered, points)
    assert read(file) == {BOB.answered: Judgement(Fraction(value))}


@pytest.mark.parametrize("points", ["5", "-1", "4.01", "101%", "%", "all", "[1]", "1,234", "3 4"])
def test_faulty_points_are_named_with_their_place(points: str) -> None:
    file = typed(FILE, BOB.answered, points)
    line = file.decode().splitlines().index(f"    points: {points}") + 1
    (fault,) = faults(file)
    assert fault.startswith(f"waiting.yaml:{line}:13: ")


def test_every_fault_is_named_and_nothing_is_read() -> None:
    file = typed(typed(FILE, ADA.answered, "9"), BOB.answered, "x")
    assert len(faults(file)) == 2


@pytest.mark.parametrize(
    ("remark", "read_as"),
    [
        ("Good: but #3 is missing", "Good: but #3 is missing"),
        ("- no list, [no bracket, &no anchor", "- no list, [no bracket, &no anchor"),
        ('"quoted"', "quoted"),
        ("|\n      two\n      lines", "two\nlines"),
        ("goes on\n      below", "goes on below"),
        ("tab\there", "tab\there"),
        ("null", "null"),
        ("'", "'"),
        ('"', '"'),
        ('"a" is b', '"a" is b'),
        ("|x| is not x", "|x| is not x"),
        ("> 3 would do", "> 3 would do"),
        ('"two\n      lines"', "two lines"),
    ],
)
def test_remarks_as_people_type_them(remark: str, read_as: str) -> None:
    file = typed(FILE, ADA.answered, "1", remark)
    assert read(file) == {ADA.answered: Judgement(Fraction(1), read_as)}


def test_line_ends_and_the_mark_of_other_systems() -> None:
    file = typed(FILE, ADA.answered, "1,5", "half: see #2").replace(b"\n", b"\r\n")
    expected = {ADA.answered: Judgement(Fraction(3, 2), "half: see #2")}
    assert read(b"\xef\xbb\xbf" + file) == expected


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Zl", "Zp"]), max_size=80))
def test_any_remark_comes_back(remark: str) -> None:
    marked = replace(ADA, judgement=Judgement(Fraction(5, 3), remark.strip()))
    file = waiting_file("midterm", [marked, BOB])
    assert read(file) == {ADA.answered: marked.judgement}


def test_a_remark_has_an_end() -> None:
    assert len(faults(typed(FILE, ADA.answered, "1", "x" * (MOST_REMARK + 1)))) == 1


@pytest.mark.parametrize("gap", [" ", "\t", "\n", "\r\n", "\n    remark: x"])
def test_a_long_gap_takes_no_time(gap: str) -> None:
    file = typed(FILE, ADA.answered, "1", f"x{gap * 50_000}y")
    assert is_quick(1, partial(faults, file))


def test_a_mark_can_be_changed_and_taken_back() -> None:
    file = waiting_file("midterm", [replace(ADA, judgement=Judgement(Fraction(2), "so so")), BOB])
    assert read(file) == {ADA.answered: Judgement(Fraction(2), "so so")}
    assert read(typed(file, ADA.answered, "3")) == {ADA.answered: Judgement(Fraction(3))}
    assert read(typed(file, ADA.answered, "")) == {ADA.answered: Judgement()}


def test_entries_may_be_removed_and_moved() -> None:
    text = typed(FILE, EVE.answered, "1/3").decode()
    head, question = text[: text.index("\n- question")], text[text.index("\n- question: b1") :]
    assert read((head + question).encode()) == {EVE.answered: Judgement(Fraction(1, 3))}


def test_an_answer_that_nobody_gave() -> None:
    assert "no answer to this exam has the id" in faults(typed(FILE, BOB.answered, "1"), ADA)[0]
    assert read(FILE, ADA) == {}  # nothing was typed beside it


def test_an_id_that_belongs_to_somebody_else() -> None:
    file = typed(FILE, BOB.answered, "1").replace(b"student: bob", b"student: mallory")
    assert "is that of an answer of 'bob'" in faults(file)[0]


def test_an_answer_that_stands_twice() -> None:
    file = typed(FILE, BOB.answered, "1").decode()
    twice = file + "\n- answers:\n" + f"  - id: {BOB.answered.id}\n    points: 2\n"
    assert "stands here twice" in faults(twice.encode())[0]
    same = file + "\n- answers:\n" + f"  - id: {BOB.answered.id}\n    points: 1\n"
    assert read(same.encode()) == {BOB.answered: Judgement(Fraction(1))}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ((b"    points:\n", b"    pionts: 3\n"), "did you mean 'points'"),
        ((b"  answers:\n", b"  answers: [\n"), "this is not valid YAML"),
        ((b"format: convexam-waiting/1\n", b"format: convexam-exam/1\n"), "convexam-waiting/1"),
        ((b"words", b"\xff"), "is not UTF-8"),
        ((b"waiting:", b"waiting: &x"), "not allowed"),
    ],
)
def test_a_faulty_file(change: tuple[bytes, bytes], message: str) -> None:
    (fault, *_) = faults(FILE.replace(*change, 1))
    assert message in fault
    assert re.match(r"waiting\.yaml:\d+:\d+: ", fault)


@given(st.text(st.characters(codec=None), max_size=200), st.text(st.characters(codec="utf-8"), max_size=20))
def test_no_answer_can_mark_itself(answer: str, student: str) -> None:
    hostile = entry(student, answer=answer)
    file = waiting_file("midterm", [hostile, BOB])
    assert read(file, hostile, BOB) == {}
    assert read(typed(file, BOB.answered, "2"), hostile, BOB) == {BOB.answered: Judgement(Fraction(2))}


def test_an_answer_that_looks_like_the_file() -> None:
    forged = f"x\n    points: 4\n    remark:\n    id: {BOB.answered.id}\n\nmarked:\n- answers: []\n"
    hostile = entry("eve", answer=forged)
    assert read(waiting_file("midterm", [hostile, BOB]), hostile, BOB) == {}


@pytest.mark.parametrize(
    ("points", "text"),
    [("3", "3"), ("3/2", "1.5"), ("1/4", "0.25"), ("4/3", "4/3"), ("0", "0"), ("1/100", "0.01")],
)
def test_points_are_written_exactly(points: str, text: str) -> None:
    assert points_text(Fraction(points)) == text
    assert points_of_text(text, Fraction(9)) == Fraction(points)
