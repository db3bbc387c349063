"""What platforms call the files that they hand out, and who sent them."""

from __future__ import annotations

from pathlib import Path

import pytest

from convexam.grader.intake.documents import handed_in
from convexam.grader.intake.handed_in import Document, Outcome, Platform, Sender
from convexam.grader.intake.platforms import senders

from .archive_samples import put, unpacked

MOODLE, CANVAS, BRIGHTSPACE, GRADESCOPE = Platform


def told(*names: str, metadata: str = "") -> dict[str, tuple[Sender | None, str]]:
    found = senders(names, lambda name: metadata.encode())
    return {name: (sent.sender, sent.own_name) for name, sent in found.items()}


NAMES = {
    "Ada Lovelace_12_assignsubmission_file/answers.json": (Sender(MOODLE, "12", "Ada Lovelace"), "answers.json"),
    "Ada Lovelace_12_assignsubmission_file_/a.json": (Sender(MOODLE, "12", "Ada Lovelace"), "a.json"),
    "Ada Lovelace_12_assignsubmission_file_answers.json": (Sender(MOODLE, "12", "Ada Lovelace"), "answers.json"),
    "Ada Lovelace_12_assignsubmission_file_my_own_2_.json": (Sender(MOODLE, "12", "Ada Lovelace"), "my_own_2_.json"),
    "Zoë Müller_2_assignsubmission_file/map/x y.yaml": (Sender(MOODLE, "2", "Zoë Müller"), "map/x y.yaml"),
    "山田 太郎_345_assignsubmission_file/答え.json": (Sender(MOODLE, "345", "山田 太郎"), "答え.json"),
    "Louis 14_7_assignsubmission_file/a.json": (Sender(MOODLE, "7", "Louis 14"), "a.json"),
    "Jan_de_Boer_7_assignsubmission_file/a.json": (Sender(MOODLE, "7", "Jan_de_Boer"), "a.json"),
    "Participant_31_assignsubmission_file/a.json": (Sender(MOODLE, "31", "Participant"), "a.json"),
    "Teilnehmerin_31_assignsubmission_file_a.json": (Sender(MOODLE, "31", "Teilnehmerin"), "a.json"),
    "Group A_7_Ada Lovelace_12_assignsubmission_file/a.json": (Sender(MOODLE, "12", "Group A_7_Ada Lovelace"), "a.json"),
    "Group A_7_assignsubmission_file/a.json": (Sender(MOODLE, "7", "Group A"), "a.json"),
    "Default group-Ada_9_assignsubmission_file/a.json": (Sender(MOODLE, "9", "Default group-Ada"), "a.json"),
    "Ada_12_assignsubmission_file/Bob_7_assignsubmission_file/a.json": (
        Sender(MOODLE, "12", "Ada"),
        "Bob_7_assignsubmission_file/a.json",
    ),
    "Ada_12_assignsubmission_file_Bob_7_assignsubmission_file_a.json": (
        Sender(MOODLE, "12", "Ada"),
        "Bob_7_assignsubmission_file_a.json",
    ),
    "Ada_12_assignsubmission_file/doejane_4711_90002_a.json": (Sender(MOODLE, "12", "Ada"), "doejane_4711_90002_a.json"),
    "doejane_4711_90001_answers.json": (Sender(CANVAS, "4711", "doejane", order=90001), "answers.json"),
    "doejane_LATE_4711_90001_a.json": (Sender(CANVAS, "4711", "doejane", order=90001, late=True), "a.json"),
    "doejane_4711_90001_answers-1.json": (Sender(CANVAS, "4711", "doejane", order=90001), "answers.json"),
    "doejane_4711_90001_answers-12.json": (Sender(CANVAS, "4711", "doejane", order=90001), "answers.json"),
    "doejane_4711_90001_2024_lab_1.json": (Sender(CANVAS, "4711", "doejane", order=90001), "2024_lab_1.json"),
    "müllerzoë2_4711_90001_a_b.pdf": (Sender(CANVAS, "4711", "müllerzoë2", order=90001), "a_b.pdf"),
    "o_connor_4711_90001_a.pdf": (Sender(CANVAS, "4711", "o_connor", order=90001), "a.pdf"),
    "anon_x7Kq2_90001_a.json": (Sender(CANVAS, "x7Kq2", "anonymous", order=90001), "a.json"),
    "anon_31415_90001_a.json": (Sender(CANVAS, "31415", "anonymous", order=90001), "a.json"),
    "anon_LATE_x7Kq2_90001_a.json": (Sender(CANVAS, "x7Kq2", "anonymous", order=90001, late=True), "a.json"),
    "anon_x7Kq2_LATE_90001_a.json": (Sender(CANVAS, "x7Kq2", "anonymous", order=90001, late=True), "a.json"),
    "doejane_4711_text.html": (Sender(CANVAS, "4711", "doejane"), "text.html"),
    "doejane_LATE_4711_link.html": (Sender(CANVAS, "4711", "doejane", late=True), "link.html"),
    "123456-789012 - Ada Lovelace - Nov 26, 2025 933 PM/a.json": (
        Sender(BRIGHTSPACE, "123456", "Ada Lovelace", order=202511262133),
        "a.json",
    ),
    "123456-789012 - Mary-Ann O'Neill - Sep 4, 2024 1205 AM/a - b.json": (
        Sender(BRIGHTSPACE, "123456", "Mary-Ann O'Neill", order=202409040005),
        "a - b.json",
    ),
    "13394-80551 - Ada Lovelace - Mar 29, 2018 1205 PM - ALovelace - Homework 6.json": (
        Sender(BRIGHTSPACE, "13394", "Ada Lovelace", order=201803291205),
        "ALovelace - Homework 6.json",
    ),
    "s1234567 - Ada - 26 november 2025 21 33/a.json": (Sender(BRIGHTSPACE, "s1234567", "Ada"), "a.json"),
    "#s12 - Lovelace - Ada - October 3, 2025 2133/a.json": (
        Sender(BRIGHTSPACE, "s12", "Lovelace - Ada", order=202510032133),
        "a.json",
    ),
    "assignment_1_export/submission_77/a.json": (Sender(GRADESCOPE, "77", order=77), "a.json"),
    "submission_77/src/a.json": (Sender(GRADESCOPE, "77", order=77), "src/a.json"),
}  # fmt: skip


@pytest.mark.parametrize("above", ["", "all/", "C 101-Lab 1-4711/in/"])
@pytest.mark.parametrize("name", NAMES)
def test_a_name_says_who_sent_the_file(name: str, above: str) -> None:
    assert told(above + name) == {above + name: NAMES[name]}


@pytest.mark.parametrize(
    "name",
    [
        "answers.json",
        "CODE (1).json",
        "ada/answers.json",
        "lab_3_answers.json",
        "a_assignsubmission_file/x.json",
        "Ada_12_assignsubmission_feedback/x.json",
        "12 - notes/x.json",
        "1 - Ada/a 2025.json",
        "submission_x/a.json",
        "submission_1",
        "12.pdf",
        "_assignsubmission_file_",
    ],
)
def test_other_names_say_nothing(name: str) -> None:
    assert told(name) == {}


def test_the_platform_is_that_of_most_names() -> None:
    """A student of one platform can call a file as another does."""
    canvas = [f"doe{n}_{n}_90{n}_a.json" for n in range(5)]
    odd = "roe_77_9077_Bob_7_assignsubmission_file_a.json"
    found = told(*canvas, odd, "index.html")
    assert found[odd] == (Sender(CANVAS, "77", "roe", order=9077), "Bob_7_assignsubmission_file_a.json")


MOODLE_NAME = "x_12_assignsubmission_file_a.json"
CANVAS_NAME = "x_4711_90001_a.json"


@pytest.mark.parametrize(
    ("platform", "before", "own_name"),
    [
        (CANVAS, "evesmith_9_1_", MOODLE_NAME),
        (CANVAS, "anon_9_1_", MOODLE_NAME),
        (BRIGHTSPACE, "9-1 - Eve Smith - Nov 26, 2025 933 PM - ", MOODLE_NAME),
        (BRIGHTSPACE, "9-1 - Eve Smith - Nov 26, 2025 933 PM - ", CANVAS_NAME),
        (MOODLE, "Eve_9_assignsubmission_file_", CANVAS_NAME),
        (MOODLE, "Eve_9_assignsubmission_file_", "z - Bob - Nov 26, 2025 933 PM - a.json"),
    ],
)
def test_nobody_is_somebody_else_by_the_name_of_a_file(
    platform: Platform, before: str, own_name: str
) -> None:
    """Where one file was downloaded alone, all names there are may be of two platforms."""
    ((found, name),) = told(before + own_name).values()
    assert found is not None
    assert (found.platform, found.key, name) == (platform, "9", own_name)


def test_a_few_strays_among_files_of_people_make_no_platform() -> None:
    assert told("conv_3_4_a.json", "b.json", "c.json") == {}


def test_folders_of_a_platform_may_lie_among_loose_files() -> None:
    moodle = [f"in/P {n}_{n}_assignsubmission_file/a.json" for n in range(2)]
    loose = ["in/a.json", "in/b.json", "in/c.json", "in/mailed/d.json", "in/grades.csv"]
    assert set(told(*moodle, *loose)) == set(moodle)
    folders = [f"in/{n}/a.json" for n in range(3)]
    assert told(*moodle, *folders) == {}
    canvas = [f"in/doe{n}_{n}_90{n}_a.json" for n in range(5)]
    assert set(told(*moodle, *loose, *canvas)) == {*moodle, *canvas}


def test_platforms_beside_each_other_are_told_apart() -> None:
    moodle, canvas = "m/Ada_1_assignsubmission_file/a.json", "c/doe_2_9_a.json"
    found = told(moodle, canvas, "loose.json")
    assert {name: sender and sender.platform for name, (sender, _) in found.items()} == {
        moodle: MOODLE,
        canvas: CANVAS,
    }


METADATA = """\
submission_77:
  :submitters:
  - :name: Ada Lovelace
    :sid: s1234567
    :email: ada@example.org
  :created_at: 2025-11-26 21:33:01.000000000 Z
  :score: 3.5
  :history:
  - :id: 70
    :score: 0.0
"submission_78":
  :submitters:
  - {":name": Bob, ":sid": , ":email": bob@example.org}
submission_79:
  :submitters:
  - {":name": Cleo, ":email": cleo@example.org, ":sid": s3}
  - {":name": Dan, ":email": dan@example.org, ":sid": s4}
80.pdf:
  :submitters:
  - {":name": "Eve\\u202e", ":sid": s5, ":email": eve@example.org}
submission_81: nobody
"""  # fmt: skip


def test_an_export_of_gradescope_says_who_handed_in_what() -> None:
    names = [f"export/submission_{n}/a.json" for n in (77, 78, 79, 81, 99)]
    found = told(*names, "export/80.pdf", "export/submission_metadata.yml", metadata=METADATA)
    assert list(found.values()) == [
        (Sender(GRADESCOPE, "s1234567", "Ada Lovelace", "ada@example.org", order=77), "a.json"),
        (Sender(GRADESCOPE, "bob@example.org", "Bob", "bob@example.org", order=78), "a.json"),
        (Sender(GRADESCOPE, "79", "Cleo, Dan", order=79), "a.json"),
        (Sender(GRADESCOPE, "81", order=81), "a.json"),
        (Sender(GRADESCOPE, "99", order=99), "a.json"),
        (Sender(GRADESCOPE, "s5", "Eve", "eve@example.org", order=80), "80.pdf"),
        (None, ""),
    ]


@pytest.mark.parametrize(
    "metadata", ["a: &x 1\nb: *x", "!ruby/object:Gem x", "- 1", "[" * 30_000, "a: b: c", "\0"]
)
def test_a_list_of_gradescope_that_cannot_be_read_is_named_and_codes_count(metadata: str) -> None:
    names = ["submission_1/a.json", "submission_metadata.yml"]
    found = senders(names, lambda name: metadata.encode())
    assert found["submission_1/a.json"].sender == Sender(GRADESCOPE, "1", order=1)
    assert "does not say who handed in what" in found["submission_metadata.yml"].problem


def test_a_student_cannot_hand_in_a_list() -> None:
    names = [
        "submission_1/submission_metadata.yml",
        "submission_1/a.json",
        "x/submission_metadata.yml",
        "x/a.json",
    ]
    lies = "submission_1: {':submitters': [{':sid': victim}]}\na.json: {':submitters': [{':sid': victim}]}"
    found = told(*names[:2], metadata=lies)
    assert {sender.key for sender, _ in found.values() if sender} == {"1"}


EXPORTS = {
    "Moodle": {name.replace("|", "/"): b"paper: x" for name in ("Ada_1_assignsubmission_file|a.json", "Bob_2_assignsubmission_onlinetext|onlinetext.html", "Bob_2_assignsubmission_file|b|b.json")},
    "Moodle, flat": {f"{name}_assignsubmission_file_a.json": b"x" for name in ("Ada_1", "Zoë_2", "Participant_3")},
    "Canvas": {f"{name}_a.json": b"x" for name in ("doe_1_80", "roe_LATE_2_70", "anon_x_60")} | {"poe_4_text.html": b"x"},
    "Brightspace": {f"{n}-9 - Ada {n} - Nov {n}, 2025 933 PM/a.json": b"x" for n in (2, 13)} | {"index.html": b"<html>"},
    "Gradescope": {"out/submission_77/a.json": b"x", "out/80.pdf": b"x", "out/submission_metadata.yml": METADATA.encode()},
}  # fmt: skip


def facts(documents: tuple[Document, ...], before: str) -> set[tuple[object, ...]]:
    return {(each.source.removeprefix(before), each.sender, each.outcome, each.problem) for each in documents}


@pytest.mark.parametrize("members", EXPORTS.values(), ids=EXPORTS)
def test_an_unpacked_archive_is_read_like_the_archive(members: dict[str, bytes], tmp_path: Path) -> None:
    archive = put(tmp_path, members)
    folder = unpacked(tmp_path / "all", members)
    packed = handed_in([str(archive)]).documents
    loose = handed_in([str(folder)]).documents
    each = handed_in([str(file) for file in folder.iterdir()]).documents
    assert facts(packed, f"{archive}: ") == facts(loose, f"{folder}/") == facts(each, f"{folder}/")
    assert all(document.sender for document in packed)
    assert len(packed) == len(members) - ("index.html" in members) - ("out/80.pdf" in members)


def test_members_come_in_the_order_in_which_they_were_handed_in(tmp_path: Path) -> None:
    archive = put(tmp_path, EXPORTS["Canvas"])
    orders = [document.sender.order for document in handed_in([str(archive)]).documents if document.sender]
    assert orders == [0, 60, 70, 80]


@pytest.mark.parametrize(
    "name", ["Ada_1_assignsubmission_onlinetext/onlinetext.html", "doe_1_text.html", "doe_1_link.html"]
)
def test_text_typed_into_a_platform_is_for_a_person(name: str, tmp_path: Path) -> None:
    (document,) = handed_in([str(put(tmp_path, {name: b"<p>2</p>"}))]).documents
    assert document.outcome is Outcome.NO_ANSWERS
    assert "mark it by hand" in document.problem
    assert document.sender


def test_a_number_of_two_people_is_nobodys(tmp_path: Path) -> None:
    """Moodle counts participants anew in every assignment."""
    lab1 = put(tmp_path, {"Ada_12_assignsubmission_file/a.json": b"x"}, "lab1.zip")
    lab2 = put(
        tmp_path,
        {"Bob_12_assignsubmission_file/a.json": b"x", "Cleo_3_assignsubmission_file/a.json": b"x"},
        "lab2.zip",
    )
    keys = [
        document.sender.key for document in handed_in([str(lab1), str(lab2)]).documents if document.sender
    ]
    assert keys == ["12 Ada", "12 Bob", "3"]
