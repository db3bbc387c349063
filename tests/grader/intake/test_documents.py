"""From names on the command line to documents: nothing is passed over, and no name decides what a file is."""

from __future__ import annotations

import itertools
import os
import pickle
import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest

from convexam.grader.intake.documents import handed_in, read_document
from convexam.grader.intake.handed_in import Document, Outcome
from convexam.grader.intake.submissions import read_submissions

from .archive_samples import Part, packed, put, unpacked, written

ANSWERS = b"paper: B27784YJ6GBV0H\nanswers:\n  a1: {y: 12}\n"


def documents(*names: object, leave_out: Iterable[Path] = ()) -> list[Document]:
    return list(handed_in(map(str, names), list(leave_out)).documents)


def test_files_folders_patterns_and_archives_are_taken_together(tmp_path: Path) -> None:
    unpacked(tmp_path / "in", {"b.yaml": b"b", "deep/a.json": b"a"})
    unpacked(tmp_path / "more", {"1.pdf": b"1", "2.txt": b"2"})
    (tmp_path / "one").write_bytes(b"one")
    put(tmp_path, {"y.json": b"y", "x.json": b"x"}, "z.zip")
    named = [tmp_path / "one", tmp_path / "in", tmp_path / "more/*", tmp_path / "z.zip"]
    found = documents(*named)
    assert [document.source.removeprefix(f"{tmp_path}/") for document in found] == [
        "in/b.yaml",
        "in/deep/a.json",
        "more/1.pdf",
        "more/2.txt",
        "one",
        "z.zip: x.json",
        "z.zip: y.json",
    ]
    assert [document.data() for document in found] == [b"b", b"a", b"1", b"2", b"one", b"x", b"y"]


def test_the_order_of_the_command_line_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    unpacked(tmp_path / "in", {"b.yaml": b"b", "a.json": b"a"})
    put(tmp_path / "in", {"y.json": b"y"})
    named = ["in", "./in/a.json", str(tmp_path / "in/b.yaml"), "in/*.zip"]
    expected = [document.source for document in documents(*named)]
    assert len(expected) == 3
    for order in itertools.permutations(named):
        assert [document.source for document in documents(*order)] == expected


def test_documents_are_light_and_may_be_sent_to_other_processes(tmp_path: Path) -> None:
    put(tmp_path, {"a.json": b"a" * 100_000})
    (tmp_path / "b.json").write_bytes(b"b" * 100_000)
    for document in documents(tmp_path):
        sent = pickle.dumps(document)
        assert len(sent) < 1_000
        assert pickle.loads(sent).data() == document.data()


HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"
KINDS = {
    "answers.docx": (
        packed({"[Content_Types].xml": b"", "word/document.xml": b"x"}),
        "an office document; copy",
    ),
    "answers.odt": (
        packed({"mimetype": b"application/vnd.oasis.opendocument.text"}),
        "an office document; copy",
    ),
    "answers.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "an office document; copy"),
    "answers.rtf": (rb"{\rtf1\ansi paper: x}", "rich text; save it as plain text"),
    "answers.yaml": (rb"{\rtf1\ansi paper: x}", "rich text; save it as plain text"),
    "photo.heic": (HEIC, "an image; answers have to be typed"),
    "photo.json": (HEIC, "an image; answers have to be typed"),
    "photo.png": (b"\x89PNG\r\n", "an image"),
    "photo.jpg": (b"\xff\xd8\xff\xe0", "an image"),
    "photo.webp": (b"RIFF1234WEBP", "an image"),
    "all.rar": (b"Rar!\x1a\x07", "an archive; unpack it"),
    "all.7z": (b"7z\xbc\xaf\x27\x1c", "an archive; unpack it"),
    "all.tar.gz": (b"\x1f\x8b\x08", "an archive; unpack it"),
    "answers.txt": ("paper: x".encode("utf-16"), "UTF-16 text; save it with the encoding UTF-8"),
    "class.csv": ("paper,a/b".encode("utf-16"), "UTF-16 text; save it with the encoding UTF-8"),
}


@pytest.mark.parametrize("folder", ["", "Ada_1_assignsubmission_file/"])
@pytest.mark.parametrize(("name", "data", "why"), [(name, *kind) for name, kind in KINDS.items()], ids=KINDS)
def test_what_is_no_answer_file_is_said_with_what_to_do(
    name: str, data: bytes, why: str, folder: str, tmp_path: Path
) -> None:
    members = {f"{folder}{name}": data}
    unpacked(tmp_path / "in", members)
    put(tmp_path, members)
    for found in (documents(tmp_path / "in"), documents(tmp_path / "all.zip")):
        (document,) = found
        _, document = read_document(document)
        assert document.outcome is Outcome.NO_ANSWERS
        assert why in document.problem


@pytest.mark.parametrize(
    "name",
    ["answers", "answers.json.txt", "answers.yaml.pdf", "answers.csv", "a.docx", "a.zip", "a.YAML", "._.x"],
)
def test_answers_are_read_whatever_their_file_is_called(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(ANSWERS)
    (document,) = documents(tmp_path / name)
    data, document = read_document(document)
    assert document.outcome is Outcome.READ
    (submission,) = read_submissions(data, document.source)
    assert submission.answers == {"a1": {"y": "12"}}


@pytest.mark.parametrize("data", [b"", b"  \r\n\t\n", b"\xef\xbb\xbf", b"\0\0\0\0"])
def test_an_empty_file_is_empty(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(data)
    put(tmp_path, {"b.json": data})
    for document in documents(tmp_path):
        assert read_document(document)[1].outcome is Outcome.EMPTY


def test_an_empty_archive_is_empty(tmp_path: Path) -> None:
    put(tmp_path, {"folder/": b"", "__MACOSX/._a": b"x"})
    assert [document.outcome for document in documents(tmp_path)] == [Outcome.EMPTY]


def test_archives_of_students_are_not_opened(tmp_path: Path) -> None:
    """Neither one that a platform hands out unpacked, nor one in an archive."""
    inner = packed({"a.json": ANSWERS})
    unpacked(tmp_path / "in", {"Ada_1_assignsubmission_file/work.zip": inner})
    put(tmp_path, {"Ada_1_assignsubmission_file/work.zip": inner, "b.json": ANSWERS})
    found = [read_document(document)[1] for document in documents(tmp_path / "all.zip", tmp_path / "in")]
    assert [document.outcome for document in found] == [Outcome.NO_ANSWERS, Outcome.READ, Outcome.NO_ANSWERS]
    assert "unpack it and hand in the answer file itself" in found[0].problem


@pytest.mark.parametrize("name", ["class.csv", "answers.txt"])
def test_students_cannot_hand_in_rows_for_a_class(name: str, tmp_path: Path) -> None:
    rows = b"paper,a1/y\nB27784YJ6GBV0H,12\n"
    unpacked(tmp_path, {f"in/Ada_1_assignsubmission_file/{name}": rows, f"typed/{name}": rows})
    found = [read_document(document)[1].outcome for document in documents(tmp_path)]
    assert found == [Outcome.NO_ANSWERS, Outcome.READ]


def test_a_bad_member_or_archive_stops_nothing(tmp_path: Path) -> None:
    parts = [
        Part(b"a.json", ANSWERS),
        Part(b"../b.json"),
        Part(b"c.json", ANSWERS, crc=1),
        Part(b"d.json", ANSWERS),
    ]
    (tmp_path / "1.zip").write_bytes(written(parts))
    (tmp_path / "2.zip").write_bytes(b"PK\x03\x04 was cut off")
    (tmp_path / "3.json").write_bytes(ANSWERS)
    found = [read_document(document)[1] for document in documents(tmp_path)]
    bad, good = Outcome.REFUSED, Outcome.READ
    assert [document.outcome for document in found] == [bad, good, bad, good, bad, good]
    assert all(document.problem for document in found if document.outcome is bad)
    assert found[0].source == f"{tmp_path}/1.zip: ../b.json"


def test_a_file_that_is_too_large_is_refused(tmp_path: Path) -> None:
    with (tmp_path / "a.json").open("wb") as file:
        file.write(b"x")
        file.truncate(1 << 40)
    (document,) = documents(tmp_path)
    assert read_document(document)[1].outcome is Outcome.REFUSED


def test_what_is_no_file_of_its_own_is_said(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "secret.yaml").write_bytes(ANSWERS)
    (tmp_path / "in/link.yaml").symlink_to(tmp_path / "secret.yaml")
    (tmp_path / "in/round").symlink_to(tmp_path / "in")
    (tmp_path / "in/broken.yaml").symlink_to(tmp_path / "nothing")
    (tmp_path / "in/self.yaml").symlink_to(tmp_path / "in/self.yaml")
    os.mkfifo(tmp_path / "in/pipe.json")
    told = {
        document.source.rpartition("/")[2]: document.problem
        for document in documents(tmp_path / "in", tmp_path / "none*")
    }
    assert told == {
        "link.yaml": "a link was not followed",
        "round": "a link to a folder was not followed",
        "broken.yaml": "a link was not followed",
        "self.yaml": "a link was not followed",
        "pipe.json": "was not looked at; it is no ordinary file",
        "none*": "there is no such file, folder or pattern",
    }  # fmt: skip
    (named,) = documents(tmp_path / "in/link.yaml")
    assert named.data() == ANSWERS


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(ANSWERS)
    (tmp_path / "a.json").chmod(0)
    (document,) = documents(tmp_path)
    assert "cannot be read" in read_document(document)[1].problem


def test_a_file_that_went_away_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(ANSWERS)
    put(tmp_path, {"b.json": ANSWERS})
    found = documents(tmp_path)
    shutil.rmtree(tmp_path)
    for document in found:
        assert "cannot be read: No such file" in read_document(document)[1].problem


def test_what_systems_write_for_themselves_is_passed_over(tmp_path: Path) -> None:
    clutter = [
        "__MACOSX/._a.json",
        ".DS_Store",
        "a/Thumbs.db",
        "desktop.ini",
        "._a.json",
        ".git/x",
        "~$a.docx",
        "X.paper.json",
    ]
    unpacked(tmp_path / "in", dict.fromkeys([*clutter, "a.json", ".b.yaml"], ANSWERS))
    put(tmp_path, dict.fromkeys([*clutter, "a.json", ".b.yaml"], ANSWERS))
    assert [each.source.removeprefix(f"{tmp_path}/") for each in documents(tmp_path)] == [
        "all.zip: .b.yaml",
        "all.zip: a.json",
        "in/.b.yaml",
        "in/a.json",
    ]


def test_folders_of_the_program_are_left_out(tmp_path: Path) -> None:
    unpacked(tmp_path, {"marks/a.json": b"x", "in/b.json": b"x"})
    assert len(documents(tmp_path, leave_out=[tmp_path / "marks"])) == 1


def test_names_that_would_steer_a_terminal_are_written_out(tmp_path: Path) -> None:
    (tmp_path / "a\x1b[2J.json").write_bytes(b"x")
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/b\xff.json")).write_bytes(b"x")
    assert [document.source.rpartition("/")[2] for document in documents(tmp_path)] == [
        "a\\x1b[2J.json",
        "b\\xff.json",
    ]


def test_folders_below_folders_without_end_are_walked(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["d"] * 200)
    deep.mkdir(parents=True)
    (deep / "a.json").write_bytes(b"x")
    assert len(documents(tmp_path)) == 1


def test_the_name_of_a_member_may_hold_the_code(tmp_path: Path) -> None:
    put(tmp_path, {"doe_1_2_B27784YJ6GBV0H-1.yaml": b"answers: {a1: {y: 12}}"})
    (document,) = documents(tmp_path)
    (submission,) = read_submissions(document.data(), document.source)
    assert submission.paper == "B27784YJ6GBV0H"
