"""Lists of a class, in the languages and encodings in which platforms and spreadsheets write them."""

from __future__ import annotations

from pathlib import Path

import pytest

from convexam.generator.errors import DataError
from convexam.grader.intake.documents import handed_in
from convexam.grader.intake.handed_in import Outcome, Platform
from convexam.grader.intake.worksheet import Listed, read_worksheet

from .archive_samples import put

HEADERS = {
    "English": 'Identifier,"Full name","Email address",Status,Grade',
    "Dutch": 'ID,"Volledige naam",E-mailadres,Status,Cijfer',
    "German": "ID,Vollständiger Name,E-Mail-Adresse,Status,Bewertung",
}
ADA, BOB = (
    Listed(("ada@example.org",), ("Participant", "Ada Lovelace")),
    Listed((), ("Participant", "Bob Ng")),
)


@pytest.mark.parametrize("header", HEADERS.values(), ids=HEADERS)
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_the_worksheet_of_moodle_is_read_in_any_language(header: str, separator: str, encoding: str) -> None:
    rows = [
        header,
        "Participant 12,Ada Lovelace,ada@example.org,Submitted for grading,-",
        'Participant 7,"Bob Ng",,No submission,-',
        "",
    ]
    text = "\r\n".join(rows).replace(",", separator)
    worksheet = read_worksheet(text.encode(encoding), "grades.csv")
    assert worksheet is not None
    assert worksheet.platform is Platform.MOODLE
    assert worksheet.people == {"12": ADA, "7": BOB}


@pytest.mark.parametrize("word", ["Teilnehmer/in ", "Deelnemer ", "Participante ", "参加者 ", "参加者"])
def test_participants_are_called_something_in_every_language(word: str) -> None:
    rows = f"X,Y,Z\n{word}12,Ada,ada@example.org\n{word}3,Bob,bob@example.org\n"
    worksheet = read_worksheet(rows.encode(), "grades.csv")
    assert worksheet is not None
    assert worksheet.people["12"] == Listed(("ada@example.org",), (word.strip(), "Ada"))


def test_columns_may_come_and_go() -> None:
    rows = "Identifier,Email address,Full name\nParticipant 1,ada@example.org,Ada\n"
    worksheet = read_worksheet(rows.encode(), "grades.csv")
    assert worksheet is not None
    assert worksheet.people["1"].logins == ("ada@example.org",)


GRADEBOOK = """\
Student,ID,SIS User ID,SIS Login ID,Section,CNN Lab 1 (4711)
    Points Possible,,,,,16
"Lovelace, Ada",123,S001,ada,Sec 1,11.5
"Ng, Bob",124,,bob@example.org,Sec 1,
"Student, Test",,,,,
"""


def test_the_gradebook_of_canvas_is_read() -> None:
    for text in (GRADEBOOK, GRADEBOOK.replace(",", ";").replace("e; A", "e, A").replace("g; B", "g, B")):
        worksheet = read_worksheet(text.encode("utf-8-sig"), "grades.csv")
        assert worksheet is not None
        assert worksheet.platform is Platform.CANVAS
        assert worksheet.people == {"123": Listed(("S001", "ada")), "124": Listed(("bob@example.org",))}


OTHERS = {
    "a class CSV": "paper,student,a1/Y\nB27784YJ6GBV0H,s1,1\n",
    "a roster": "student,name,email\ns1,Ada,ada@example.org\n",
    "answers": "paper: B27784YJ6GBV0H\nanswers:\n  a: 1\n",
    "ids": "id,name,mail\nstudent1,Ada,ada@example.org\nstudent2,Bob,bob@example.org\n",
    "a header only": HEADERS["English"],
    "two words": "A,B\nParticipant 1,a@b\nPerson 2,c@d\n",
    "nothing": "",
    "no text": "\0\0\0",
    "open quotes": 'A,B\n"Participant 1,a@b\n',
    "Brightspace": "OrgDefinedId,Username,Lab 1 Points Grade,End-of-Line Indicator\n#1,#ada,,#\n",
}


@pytest.mark.parametrize("text", OTHERS.values(), ids=OTHERS)
def test_other_files_are_no_worksheets(text: str) -> None:
    assert read_worksheet(text.encode(), "x.csv") is None


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        (
            "I,N,E\nParticipant 1,Ada,a@b.org\nParticipant 1,Bob,b@b.org\n",
            "the number 1 stands beside two people",
        ),
        ("I,N,S\nParticipant 1,Ada,-\n", "names no e-mail addresses"),
        (
            "I,N,E\n" + "".join(f"Participant {n},x,x{n}@b.org\n" for n in range(20_001)),
            "more than 20000 rows",
        ),
    ],
)
def test_a_worksheet_of_no_use_is_named(rows: str, why: str, tmp_path: Path) -> None:
    with pytest.raises(DataError, match=why):
        read_worksheet(rows.encode(), "grades.csv")
    (tmp_path / "grades.csv").write_text(rows, "utf-8")
    (document,) = handed_in([str(tmp_path)]).documents
    assert document.outcome is Outcome.NO_ANSWERS
    assert why in document.problem


def test_worksheets_lie_beside_what_was_handed_in(tmp_path: Path) -> None:
    rows = f"{HEADERS['Dutch']}\nParticipant 12,Ada,ada@example.org,-,-\n"
    (tmp_path / "Grades-4711.CSV").write_text(rows, "utf-8")
    put(tmp_path, {"Ada_12_assignsubmission_file/a.json": b"{}"})
    found = handed_in([str(tmp_path)])
    assert [worksheet.source for worksheet in found.worksheets] == [f"{tmp_path}/Grades-4711.CSV"]
    assert len(found.documents) == 1


@pytest.mark.parametrize("packed", [True, False])
def test_students_cannot_hand_in_a_worksheet(packed: bool, tmp_path: Path) -> None:
    rows = b"I,N,E\nParticipant 12,Ada,eve@example.org\n"
    name = "Eve_3_assignsubmission_file/grades.csv"
    if packed:
        put(tmp_path, {name: rows, "grades.csv": rows})
    else:
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_bytes(rows)
    found = handed_in([str(tmp_path)])
    assert found.worksheets == ()
    assert len(found.documents) == 1 + packed
