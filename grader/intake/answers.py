"""An answer file becomes a `Submission`: YAML, JSON, a filled-in PDF, or what is left of them.

Whatever the bytes are, the outcome is a submission that says what was odd about its file, or a `DataError`
for a file that is nothing of the sort.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ...generator.codes import is_code, normal_code
from ...generator.document import Message, say
from ...generator.errors import DataError
from ...generator.frozen import frozen
from ...generator.reading.tree import quoted
from ..marking.fields import MAX_CHARACTERS, Lost, Raw, too_long
from .contents import contents
from .encoding import decode, refuse
from .lines import Contents
from .pdf import is_pdf, pdf_contents

FORMAT = "convexam-answers/1"
OTHER_FORMATS = frozenset(
    f"convexam-{name}/1"
    for name in (
        "bank",
        "curriculum",
        "exam",
        "exam-record",
        "paper-record",
        "paper",
        "mark",
        "receipt",
        "waiting",
    )
)

MAX_STUDENT = 64
_MAX_PROBLEMS = 20

_WORD = re.compile(r"[0-9A-Za-z]+")
_FORMAT_IN_JSON = re.compile(r'"format"\s*:\s*"([a-z-]{1,40}/1)"')


@frozen
class Row:
    """A row of the CSV of a class.

    Attributes
    ----------
    number
        As a spreadsheet counts; the names of the columns are row 1.
    data
        The names of the columns and this row, as a CSV file of its own.
    """

    number: int
    data: bytes


@frozen
class Submission:
    """What a student handed in.

    Attributes
    ----------
    paper
        The code of the paper as printed; empty where no valid code was found.
    student
        Who the file says it is from; nothing is decided by it.
    answers
        Item, field, raw answer. The field is empty where the file names none.
    problems
        What was odd about the file: sentences for the student and the human who will look.
    sha256
        The digest of the bytes: those of the file, or of the row.
    source
        The name of the file, and the row where it is one.
    damaged
        Whether the file had to be read line by line, or its answers have no names: then what is not found
        may have been lost.
    row
        Which row of a file it is; None where it is the whole file.
    """

    paper: str
    student: str | None
    answers: Mapping[str, Mapping[str, Raw]]
    problems: tuple[Message, ...]
    sha256: str
    source: str
    damaged: bool = False
    row: Row | None = None


def read_submission(data: bytes, name: str) -> Submission:
    """Read an answer file.

    Parameters
    ----------
    data
        The bytes that were handed in.
    name
        The name of the file; a paper code in it counts where the file itself has none.

    Raises
    ------
    DataError
        If this is no answer file at all: too large, empty, another kind of file, or a text without a
        paper code and answers.
    """
    packed = is_pdf(data)  # so that it may hold more than it has bytes
    found = pdf_contents(data, name) if packed else _text_contents(data, name)
    paper, paper_problems = paper_code(found.head.get("paper", ""), name)
    if not found.head and not paper:
        refuse(name, "this is no answer file: it has no line 'paper:' and no line 'answers:'")
    _check_format(found.head.get("format", ""), name)
    problems = (*paper_problems, *_format_problems(found.head), *found.problems)
    return Submission(
        paper=paper,
        student=found.head.get("student", "")[:MAX_STUDENT] or None,
        answers=_capped(found.answers) if packed or len(data) > MAX_CHARACTERS else found.answers,
        problems=tuple(first_few(problems)),
        sha256=hashlib.sha256(data).hexdigest(),
        source=name,
        damaged=found.damaged,
    )


def _text_contents(data: bytes, name: str) -> Contents:
    text, problems = decode(data, name)
    try:
        found = contents(text, name)
    except DataError:  # files of ours may be larger and deeper than answers
        for format_ in _FORMAT_IN_JSON.findall(text):
            _check_format(format_, name)
        raise
    return replace(found, problems=(*problems, *found.problems))


def _check_format(found: str, name: str) -> None:
    if found in OTHER_FORMATS:
        refuse(name, f"this is no answer file but a file of convexam's own, of the format {found}")


def paper_code(text: str, name: str = "") -> tuple[str, tuple[Message, ...]]:
    """Return the code of the paper, or nothing, and what is odd about it; the file name may hold one."""
    code = normal_code(text)
    in_name = next(filter(is_code, map(normal_code, _WORD.findall(name))), "")
    if is_code(code):
        if in_name in ("", code):
            return code, ()
        return code, (
            say(
                "the file is named after paper {{ other }} but is for paper {{ code }}; the file counts",
                other=in_name,
                code=code,
            ),
        )
    found = say("{{ text }} is no paper code", text=quoted(text)) if text else say("there is no paper code")
    if in_name:
        return in_name, (
            say("{{ problem }}; {{ code }} was taken from the file name", problem=found, code=in_name),
        )
    return "", (say("{{ problem }}; it is printed on the paper and has 14 characters", problem=found),)


def _format_problems(head: Mapping[str, str]) -> tuple[Message, ...]:
    found = head.get("format", "")
    if found in ("", FORMAT):
        return ()
    return (
        say(
            "the format is {{ found }}, expected {{ format }}; it was read as that",
            found=quoted(found),
            format=FORMAT,
        ),
    )


def first_few(problems: Sequence[Message]) -> list[Message]:
    """Return the first sentences, and how many more there are."""
    rest = len(problems) - _MAX_PROBLEMS
    return list(problems) if rest <= 0 else [*problems[:_MAX_PROBLEMS], say("and {{ rest }} more", rest=rest)]


def _capped(answers: dict[str, dict[str, Raw]]) -> dict[str, dict[str, Raw]]:
    return {item: {field: capped(raw) for field, raw in fields.items()} for item, fields in answers.items()}


def capped(raw: Raw) -> Raw:
    """Return an answer, unless it is longer than any that is read."""
    return Lost(too_long()) if _is_too_long(raw) else raw


def _is_too_long(raw: Raw) -> bool:
    if isinstance(raw, str):
        return len(raw) > MAX_CHARACTERS
    return isinstance(raw, list) and any(map(_is_too_long, raw))
