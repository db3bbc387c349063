"""Moodle's worksheet: only grades and comments of our students change, and the importer takes the marks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction

import pytest

from convexam.generator.class_list import ClassList
from convexam.generator.errors import DataError
from convexam.generator.export.package import Member
from convexam.generator.language import language
from convexam.generator.papers import Student
from convexam.generator.policy import Release
from convexam.grader.gradebooks.moodle import fill_moodle, read_moodle
from convexam.grader.gradebooks.moodle_feedback import feedback_files
from convexam.grader.gradebooks.people import Fate, Filled
from convexam.grader.gradebooks.worth import Score, Worth
from convexam.grader.intake.directory import Directory

from ...exported import zip_bytes
from . import readers

HEADER = (
    'Identifier,"Full name","Email address",Status,Grade,"Maximum grade","Grade can be changed",'
    '"Last modified (submission)","Online text","Last modified (grade)","Feedback comments"'
)
WHEN = '"Saturday, 21 November 2026, 9:30 AM"'
WORKSHEET = f"""{HEADER}
Participant 12,"Ada Lovelace",ada@example.org,"Submitted for grading - ",,16.00,Yes,{WHEN},"=1+1, ""x"" y",-,
Participant 13,"Zoë Müller",zoe@example.org,"Submitted for grading - ",7.00,16.00,Yes,{WHEN},,{WHEN},
Participant 14,Nobody,nobody@example.org,"No submission - ",3.00,16.00,Yes,-,,{WHEN},"keep me"
Participant 15,"Alan Turing",ALAN@example.org,"Submitted for grading - ",5.00,16.00,Yes,{WHEN},,-,
Participant 16,"Emmy Noether",emmy@example.org,"Submitted for grading - ",,16.00,No,{WHEN},,-,
Participant 17,"Kurt Gödel",kurt@example.org,"No submission - ",2.00,16.00,Yes,-,,-,
Participant 18,"Grace Hopper",grace@example.org,"Submitted for grading - ",,16.00,Yes,{WHEN},,-,"<p>Well done!</p>"
"""
STUDENTS = tuple(
    Student(name, email=f"{name}@example.org")
    for name in ("ada", "zoe", "alan", "emmy", "kurt", "grace", "mary")
)
MOST = Fraction(16)
SCORES = {
    "ada": Score(Fraction(23, 2), MOST),
    "zoe": Score(Fraction(40, 3), MOST),
    "alan": Score(Fraction(4), MOST, waiting=2),
    "emmy": Score(Fraction(1), MOST),
    "grace": Score(Fraction(0), MOST),
    "mary": Score(Fraction(9), MOST),
}


def filled(
    data: bytes,
    scores: Mapping[str, Score] = SCORES,
    worth: Worth = Worth.POINTS,
    release: Release = Release.MARKS,
    code: str = "en",
) -> Filled:
    book = read_moodle(data, "grades.csv")
    students = book.people.students(Directory(ClassList(STUDENTS), [book.people.worksheet]))
    return fill_moodle(book, students, scores, worth, release, language(code))


def fates(result: Filled) -> dict[str, Fate]:
    return {line.who: line.fate for line in result.lines}


def test_the_importer_takes_the_marks_and_nothing_else(golden: Callable[[str, str], None]) -> None:
    result = filled(WORKSHEET.encode("utf-8-sig"))
    golden("gradebooks/moodle.csv", result.data.decode("utf-8-sig"))
    taken = readers.moodle(result.data, most=16)
    assert taken.marks == {
        "12": Fraction("11.5"),
        "13": Fraction("13.33333"),
        "14": 3,
        "15": 5,
        "17": 2,
        "18": 0,
    }
    assert taken.comments["12"] == "11.5 of 16 points."
    assert taken.comments["15"] == "4 of 16 points; 2 answers wait for a person and may still change that."
    assert taken.comments["18"] == "<p>Well done!</p>"
    assert fates(result) == {
        "ada": Fate.WRITTEN,
        "zoe": Fate.WRITTEN,
        "Nobody": Fate.UNKNOWN,
        "alan": Fate.WAITS,
        "emmy": Fate.LOCKED,
        "kurt": Fate.NOTHING,
        "grace": Fate.WRITTEN,
    }
    assert result.missing == ("mary",)
    assert result.notes == (
        "other grades that stood there and were replaced: 1",
        "comments of yours that stay: 1",
    )
    assert [line.note for line in result.lines if line.who == "alan"] == ["5.00 stands there"]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_rows_of_others_stay_byte_for_byte(newline: str) -> None:
    before = WORKSHEET.replace("\n", newline).encode("utf-8-sig")
    after = filled(before).data
    lines = zip(before.split(b"\n"), after.split(b"\n"), strict=True)
    changed = [now.partition(b",")[0] for then, now in lines if then != now]
    assert changed == [f"Participant {number}".encode() for number in (12, 13, 15, 18)]
    assert after.startswith(b"\xef\xbb\xbfIdentifier")
    assert after.count(newline.encode()) == before.count(newline.encode())
    assert b'"=1+1, ""x"" y"' in after


def test_twice_is_once() -> None:
    once = filled(WORKSHEET.encode())
    again = filled(once.data)
    assert again.data == once.data
    assert set(fates(again).values()) >= {Fate.SAME}
    assert Fate.WRITTEN not in fates(again).values()


def test_comments_of_ours_are_brought_up_to_date_and_others_stay() -> None:
    once = filled(WORKSHEET.encode()).data.replace(b'"11.5 of 16 points."', b'"<p>11.5 of 16 points.</p>"')
    later = {**SCORES, "ada": Score(Fraction(16), MOST), "alan": Score(Fraction(5), MOST)}
    taken = readers.moodle(filled(once, later).data)
    assert taken.comments["12"] == "16 of 16 points."
    assert taken.comments["15"] == "5 of 16 points."
    assert taken.comments["18"] == "<p>Well done!</p>"


@pytest.mark.parametrize("standing", ['"<p>5 of 16 points.</p>"', '"5 of 16 points."', "5  of 16 points."])
def test_a_comment_that_says_it_already_stays_as_it_is(standing: str) -> None:
    data = WORKSHEET.replace(",-,\nParticipant 13", f",-,{standing}\nParticipant 13").encode()
    assert standing in data.decode()
    scores = {"ada": Score(Fraction(5), MOST)}
    assert standing in filled(data, scores).data.decode()
    assert "15 of 16 points." in filled(data, {"ada": Score(Fraction(15), MOST)}).data.decode()


def test_a_comment_is_not_another_one_with_more_digits() -> None:
    once = filled(WORKSHEET.encode(), {"ada": Score(Fraction(15), MOST)}).data
    later = filled(once, {"ada": Score(Fraction(5), MOST)}).data
    assert readers.moodle(later).comments["12"] == "5 of 16 points."


def test_receipts_tell_no_points() -> None:
    result = filled(WORKSHEET.encode(), release=Release.RECEIPT)
    assert set(readers.moodle(result.data).comments.values()) == {"", "keep me", "<p>Well done!</p>"}
    assert readers.moodle(result.data).marks["12"] == Fraction("11.5")
    assert "receipt" in result.notes[-1]


def test_dutch_students_read_dutch() -> None:
    comments = readers.moodle(filled(WORKSHEET.encode(), code="nl").data).comments
    assert comments["12"] == "11,5 van 16 punten."
    assert "wait" not in comments["15"]


def test_points_are_converted_to_another_maximum() -> None:
    data = WORKSHEET.replace(",16.00,", ",100.00,").encode()
    with pytest.raises(DataError, match=r"grades\.csv:2:1: the platform's maximum is 100 .* --scale"):
        filled(data)
    marks = readers.moodle(filled(data, worth=Worth.SCALED).data).marks
    assert (marks["12"], marks["13"]) == (Fraction("71.875"), Fraction("83.33333"))


def test_grades_instead_of_points() -> None:
    scores = {"ada": Score(Fraction(8), MOST, grade=Fraction("5.5"))}
    assert readers.moodle(filled(WORKSHEET.encode(), scores, Worth.GRADE).data).marks["12"] == Fraction("5.5")


def test_what_is_not_up_to_date_is_not_written() -> None:
    stale = {"ada": Score(Fraction(8), MOST, is_stale=True)}
    result = filled(WORKSHEET.encode(), stale)
    assert result.data == WORKSHEET.encode()
    assert fates(result)["ada"] is Fate.STALE


LANGUAGES = {
    "nl": (
        *("Identificatie", "Volledige naam", "E-mailadres", "Status", "Cijfer", "Maximaal cijfer"),
        *("Het cijfer kan gewijzigd worden", "Laatst gewijzigd (beoordeling)", "Feedback"),
        *("Deelnemer ", "Ja", "Nee"),
    ),
    "de": (
        *("ID", "Vollständiger Name", "E-Mail-Adresse", "Status", "Bewertung", "Beste Bewertung"),
        *("Bewertung kann geändert werden", "Zuletzt geändert (Bewertung)", "Feedback als Kommentar"),
        *("Teilnehmer/in ", "Ja", "Nein"),
    ),
    "fr": (
        *("Identifiant", "Nom complet", "Adresse de courriel", "Statut", "Note", "Note maximale"),
        *("La note peut être modifiée", "Dernière modification (note)", "Feedback par commentaires"),
        *("Participant ", "Oui", "Non"),
    ),
    "es": (
        *("Identificador", "Nombre completo", "Dirección de correo", "Estatus", "Calificación"),
        *("Calificación máxima", "La calificación puede ser cambiada", "Última modificación (calificación)"),
        *("Comentarios de retroalimentación", "Participante ", "Sí", "No"),
    ),
    "sv": (
        *("Identifierare", "Fullständigt namn", "E-postadress", "Status", "Betyg", "Maximalt betyg"),
        *("Betyg kan ändras", "Senast ändrad (betyg)", "Återkoppling", "Deltagare ", "Ja", "Nej"),
    ),
}


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_sites_in_other_languages(code: str, separator: str) -> None:
    *header, participant, yes, no = LANGUAGES[code]
    rows = [
        header,
        [f"{participant}12", "Ada", "ada@example.org", "-", "", "16,00", yes, "-", ""],
        [f"{participant}13", "Emmy", "emmy@example.org", "-", "2,5", "16,00", no, "-", ""],
    ]
    quoted = [[f'"{cell}"' if "," in cell else cell for cell in row] for row in rows]
    result = filled("".join(separator.join(row) + "\n" for row in quoted).encode())
    names = (header[0], header[4], header[7], participant, header[8])
    taken = readers.moodle(result.data, names, separator=separator)
    assert taken.marks == {"12": Fraction("11.5"), "13": Fraction("2.5")}
    assert taken.comments["12"] == ("" if code == "sv" else "11.5 of 16 points.")
    assert fates(result)["emmy"] is Fate.LOCKED
    assert bool(result.notes) == (code == "sv")


def test_a_column_of_equal_numbers_is_not_yet_the_maximum() -> None:
    header = "Identifierare,Namn,E-post,Institution,Status,Betyg,Maximalt betyg,Senast (betyg)\n"
    row = "Deltagare {},A,{}@example.org,7,-,,16.00,-\n"
    data = (header + row.format(12, "ada") + row.format(13, "zoe")).encode()
    names = ("Identifierare", "Betyg", "Senast (betyg)", "Deltagare ", "")
    taken = readers.moodle(filled(data).data, names)
    assert taken.marks == {"12": Fraction("11.5"), "13": Fraction("13.33333")}


def test_anonymous_marking_joins_by_ids_and_kept_lists() -> None:
    header = 'Identifier,Status,Grade,"Maximum grade","Grade can be changed","Last modified (grade)"\n'
    anonymous = f"{header}Participant 12,-,,16.00,Yes,-\n".encode()
    book = read_moodle(anonymous, "grades.csv")
    assert book.people.students(Directory(ClassList(STUDENTS), [book.people.worksheet])) == {}
    kept = read_moodle(WORKSHEET.encode(), "kept.csv").people.worksheet
    assert book.people.students(Directory(ClassList(STUDENTS), [kept, book.people.worksheet])) == {
        "12": "ada"
    }
    with_ids = b"Identifier,Full name,ID number,Grade,Maximum grade\nParticipant 3,A. B.,zoe,,16.00\n"
    book = read_moodle(with_ids, "grades.csv")
    assert book.people.students(Directory(ClassList(STUDENTS), [book.people.worksheet])) == {"3": "zoe"}


def test_a_list_of_another_assignment_misleads_nobody() -> None:
    other = WORKSHEET.replace("Participant 12,", "Participant 99,").replace(
        "Participant 13,", "Participant 12,"
    )
    kept = read_moodle(other.encode(), "kept.csv").people.worksheet
    book = read_moodle(WORKSHEET.encode(), "grades.csv")
    students = book.people.students(Directory(ClassList(STUDENTS), [kept, book.people.worksheet]))
    assert students["12"] == "ada"


def test_two_rows_of_one_student_are_left_alone() -> None:
    double = WORKSHEET.replace("nobody@example.org", "ada@example.org").encode()
    result = filled(double)
    assert [line.fate for line in result.lines].count(Fate.TWICE) == 2
    assert "12" not in readers.moodle(result.data).marks


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (WORKSHEET.replace("Participant 13,", "Participant 12,"), ":3:1: '12' stands here and in line 2"),
        (HEADER + "\n", "not 'Participant 12' in every row"),
        (
            "Student,ID,Section,Lab (1)\nAda,1,S,2\n",
            "the columns are 'Student', 'ID', 'Section', 'Lab \\(1\\)'",
        ),
        (
            WORKSHEET.replace('"Maximum grade"', "Scale").replace(",16.00,", ",poor good,"),
            "no grading worksheet",
        ),
        (WORKSHEET.replace('"Online text"', '"Feedback comments"'), "'Feedback comments' are one too many"),
        (WORKSHEET.replace(",7.00,16.00", ",7.00,20.00"), "no grading worksheet"),
    ],
)
def test_other_files_are_refused(data: str, told: str) -> None:
    with pytest.raises(DataError, match=told):
        filled(data.encode())


def test_feedback_files(golden: Callable[[str, str], None]) -> None:
    data = WORKSHEET.replace("Zoë Müller", "../Zoë_/\u202eMüller").encode()
    book = read_moodle(data, "grades.csv")
    students = book.people.students(Directory(ClassList(STUDENTS), [book.people.worksheet]))
    scores = SCORES | {"grace": replace(SCORES["grace"], is_stale=True)}
    files = feedback_files(book, students, scores, "exam.feedback.html")
    archive = zip_bytes(Member(name, [f"<p>{student}</p>".encode()]) for name, student in files)
    found = readers.moodle_feedback(archive)
    assert found == {
        "12": ("exam.feedback.html", b"<p>ada</p>"),
        "13": ("exam.feedback.html", b"<p>zoe</p>"),
        "15": ("exam.feedback.html", b"<p>alan</p>"),
    }
    golden("gradebooks/moodle-feedback.txt", "\n".join(readers.zip_names(archive)) + "\n")
