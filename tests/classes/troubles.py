"""What goes wrong when a class hands in: each trouble a function that spoils what one pupil hands in.

Nothing may be lost by any of them but what was really not handed in, and each has an outcome of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from convexam.generator.codes import is_code, paper_code
from convexam.generator.streams import practice_secret
from convexam.grader.intake.handed_in import Outcome

from ..grader.intake import pdf_samples
from . import lms
from .answering import BLANK, RIGHT, SLIP, UNREADABLE, WORDS, Sheet, sheet
from .course import Course, stream
from .pupils import HARMLESS, Pupil, Upload
from .saving import SPELLINGS, as_json, as_pdf, as_yaml


@dataclass(frozen=True)
class Pool:
    """Where a trouble takes things from that are not the pupil's own.

    Attributes
    ----------
    course
        The papers.
    neighbour
        Somebody else's paper, filled in.
    """

    course: Course
    neighbour: Sheet


Trouble = Callable[[Pupil, Sheet, Pool], Pupil]
"""From somebody who handed in a sheet as it should be, and that sheet, to somebody in trouble."""


def _only(outcome: Outcome, name: str, data: bytes) -> Trouble:
    """Let a pupil hand in only what cannot be marked."""
    return lambda pupil, own, pool: replace(pupil, uploads=(Upload(name, data, (outcome,)),), counts=None)


def _beside(outcomes: tuple[Outcome, ...], name: str, data: bytes) -> Trouble:
    """Let a pupil hand in something that cannot be read beside what can."""
    return lambda pupil, own, pool: replace(pupil, uploads=(*pupil.uploads, Upload(name, data, outcomes)))


def _with(uploads: Callable[[Sheet], tuple[Upload, ...]]) -> Trouble:
    """Let a pupil hand in the sheet in another way, by which nothing is lost."""
    return lambda pupil, own, pool: replace(pupil, uploads=uploads(own))


# -- whose it is ----------------------------------------------------------------------------------


def _anothers_paper(pupil: Pupil, own: Sheet, pool: Pool) -> Pupil:
    upload = Upload("answers.json", as_json(pool.neighbour), (Outcome.NOT_THEIRS,))
    return replace(pupil, uploads=(upload,), counts=None)


def _anothers_paper_too(pupil: Pupil, own: Sheet, pool: Pool) -> Pupil:
    upload = Upload("for a friend.yaml", as_yaml(pool.neighbour), (Outcome.NOT_THEIRS,))
    return replace(pupil, uploads=(*pupil.uploads, upload))


def _anothers_name(pupil: Pupil, own: Sheet, pool: Pool) -> Pupil:
    upload = Upload("answers.json", as_json(own, student=pool.neighbour.paper.student.id))
    return replace(pupil, uploads=(upload,))


def _unknown_code(pupil: Pupil, own: Sheet, pool: Pool) -> Pupil:
    code = paper_code(practice_secret(1), exam="another-exam", student=pupil.student.id)
    upload = Upload("answers.json", as_json(own, paper=code), (Outcome.UNKNOWN_CODE,))
    return replace(pupil, uploads=(upload,), counts=None)


def _no_code(pupil: Pupil, own: Sheet, pool: Pool) -> Pupil:
    upload = Upload("answers.yaml", as_yaml(own, paper=""), (Outcome.NO_CODE,))
    return replace(pupil, uploads=(upload,), counts=None)


def _mistyped_code(pupil: Pupil, own: Sheet, pool: Pool) -> Pupil:
    code = own.paper.code
    wrong = next(mistyped for digit in "0123" if not is_code(mistyped := code[:4] + digit + code[5:]))
    upload = Upload("answers.yaml", as_yaml(own, paper=wrong), (Outcome.NO_CODE,))
    return replace(pupil, uploads=(upload,), counts=None)


def _not_enrolled(pupil: Pupil, own: Sheet, pool: Pool) -> Pupil:
    upload = Upload("answers.json", as_json(pool.neighbour), (Outcome.NOT_THEIRS,))
    student = replace(pupil.student, email="auditor-" + pupil.student.email)
    return replace(pupil, student=student, number=f"9{pupil.number}", uploads=(upload,), counts=None)


def _contested(pupil: Pupil, own: Sheet, pool: Pool) -> Pupil:
    upload = Upload("answers.json", as_json(own), (Outcome.CONTESTED,))
    return replace(pupil, uploads=(upload,), counts=None, listed=False)


# -- several files --------------------------------------------------------------------------------


def _attempts(pupil: Pupil, own: Sheet, pool: Pool) -> Pupil:
    before = sheet(own.paper, stream("before", pupil.student.id), SLIP, SLIP, BLANK, BLANK, SLIP, BLANK)
    uploads = (Upload("answers.json", as_json(before)), Upload("answers-1.json", as_json(own)))
    return replace(pupil, uploads=uploads)


def _two_formats(pupil: Pupil, own: Sheet, pool: Pool) -> Pupil:
    before = sheet(own.paper, stream("before", pupil.student.id), SLIP, BLANK, RIGHT, BLANK, SLIP, BLANK)
    uploads = (Upload("a form.pdf", as_pdf(pool.course.pdf(pupil.student.id), before)),)
    return replace(pupil, uploads=(*uploads, Upload("as text.yaml", as_yaml(own))))


def _blank_after(pupil: Pupil, own: Sheet, pool: Pool) -> Pupil:
    blank = sheet(own.paper, stream("blank"), *[BLANK] * len(own.puts))
    return replace(pupil, uploads=(Upload("a.json", as_json(own)), Upload("b.yaml", as_yaml(blank))))


# -- what it holds --------------------------------------------------------------------------------


def _unreadable(pupil: Pupil, own: Sheet, pool: Pool) -> Pupil:
    other = sheet(
        own.paper, stream("odd", pupil.student.id), UNREADABLE, RIGHT, RIGHT, UNREADABLE, RIGHT, WORDS
    )
    return replace(pupil, uploads=(Upload("answers.yaml", as_yaml(other)),), counts=other)


def _broken_yaml(pupil: Pupil, own: Sheet, pool: Pool) -> Pupil:
    other = sheet(own.paper, stream("broken", pupil.student.id), RIGHT, SLIP, RIGHT, RIGHT, RIGHT, BLANK)
    return replace(pupil, uploads=(Upload("answers.yaml", as_yaml(other, student='"Jan')),), counts=other)


def _cut_short(pupil: Pupil, own: Sheet, pool: Pool) -> Pupil:
    data = as_json(own)
    upload = Upload("answers.json", data[: len(data) * 3 // 4], (Outcome.NO_ANSWERS,))
    return replace(pupil, uploads=(upload,), counts=None)


def _windows_1252(pupil: Pupil, own: Sheet, pool: Pool) -> Pupil:
    return replace(
        pupil, uploads=(Upload("José.yaml", as_yaml(own, student="José").decode().encode("cp1252")),)
    )


def _utf_16(pupil: Pupil, own: Sheet, pool: Pool) -> Pupil:
    upload = Upload("answers.json", as_json(own).decode().encode("utf-16"), (Outcome.NO_ANSWERS,))
    return replace(pupil, uploads=(upload,), counts=None)


# -- other kinds of files, and hostile ones -------------------------------------------------------


def _document() -> bytes:
    return lms.archive([("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<w:document/>")])


def _packed(pupil: Pupil, own: Sheet, pool: Pool) -> Pupil:
    upload = Upload("answers.zip", lms.archive([("answers.json", as_json(own))]), HARMLESS)
    return replace(pupil, uploads=(upload,), counts=None)


_ALIASES = b"a: &a [x, x, x, x, x, x, x, x, x]\n" + b"".join(
    b"%c: &%c [%s]\n" % (98 + level, 98 + level, b", ".join([b"*%c" % (97 + level)] * 9))
    for level in range(9)
)
_DEEP = b'{"format": "convexam-answers/1", "answers": ' + b"[" * 30_000
_PRINTED = pdf_samples.written(
    {1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: b"<< /Type /Pages /Kids [] /Count 0 >>"}
)
_PHOTO = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(range(256)) * 8
_SLOW = pdf_samples.form(*(pdf_samples.text(b"q1/Y/%d" % number, b"(3)") for number in range(30_000)))

TROUBLES: dict[str, Trouble] = {
    "another's paper": _anothers_paper,
    "another's paper as well": _anothers_paper_too,
    "somebody else's name in the file": _anothers_name,
    "unknown code": _unknown_code,
    "no code": _no_code,
    "mistyped code": _mistyped_code,
    "not on the roster": _not_enrolled,
    "not on the worksheet": lambda pupil, own, pool: replace(pupil, listed=False),
    "contested": _contested,
    "nothing": lambda pupil, own, pool: replace(pupil, uploads=(), counts=None),
    "late": lambda pupil, own, pool: replace(pupil, late=True),
    "the same file twice": _with(
        lambda own: (Upload("answers.json", as_json(own)), Upload("answers (1).json", as_json(own)))
    ),
    "several attempts": _attempts,
    "two formats": _two_formats,
    "a blank file after another": _blank_after,
    "unreadable answers": _unreadable,
    "broken YAML": _broken_yaml,
    "cut short": _cut_short,
    "JSON called a text": _with(lambda own: (Upload("answers.json.txt", as_json(own)),)),
    "YAML called JSON": _with(lambda own: (Upload("answers.json", as_yaml(own)),)),
    "Windows-1252": _windows_1252,
    "byte order mark": _with(lambda own: (Upload("a.json", b"\xef\xbb\xbf" + as_json(own)),)),
    "UTF-16": _utf_16,
    "decimal commas": _with(lambda own: (Upload("a.yaml", as_yaml(own, SPELLINGS["decimal comma"])),)),
    "empty file": _only(Outcome.EMPTY, "answers.json", b""),
    "blank lines": _only(Outcome.EMPTY, "answers.yaml", b"\n \n\n"),
    "Word document": _only(Outcome.NO_ANSWERS, "answers.docx", _document()),
    "photo": _only(Outcome.NO_ANSWERS, "IMG_2041.jpg", _PHOTO),
    "photo called JSON": _only(Outcome.NO_ANSWERS, "answers.json", _PHOTO),
    "printed to a PDF": _only(Outcome.NO_ANSWERS, "paper.pdf", _PRINTED),
    "packed once more": _packed,
    "YAML bomb": _beside(HARMLESS, "z bomb.yaml", _ALIASES),
    "deep JSON": _beside(HARMLESS, "z deep.json", _DEEP),
    "zip bomb": _beside(HARMLESS, "z bomb.json", b"a" * (32 << 20)),
    "slow PDF": _beside(HARMLESS, "z slow.pdf", _SLOW),
}
"""What can go wrong, by name."""

ONLY_MOODLE = ("not on the worksheet", "contested")
ONLY_CANVAS = ("several attempts", "late")
