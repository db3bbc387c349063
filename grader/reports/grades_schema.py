"""The contract of `grade --json`: the records from which its JSON Schema is made.

Within convexam-grades/1 a later release may add keys, and takes none away.
"""

from __future__ import annotations

from typing import Any, Literal

from ...generator.reading.schema import json_schema, open_record


@open_record
class Finding:
    """What explains the wrong answers of a question.

    Attributes
    ----------
    names
        What went wrong, at most two things: the names of misconceptions, or of a slip.
    fields
        The answers that it explains.
    sentences
        What a student reads of it, in English.
    evidence
        How much of the answers it accounts for.
    """

    names: tuple[str, ...]
    fields: tuple[str, ...]
    sentences: tuple[str, ...]
    evidence: str


@open_record
class FieldMark:
    """The mark of one answer.

    Attributes
    ----------
    name
        By which the answer file knows it.
    verdict
        UNREADABLE and UNMARKED, an answer in words, wait for a person.
    credit
        The share of the field that was earned, a fraction; a wrong choice may take something off.
    against
        What it was compared with: the key, the student's own earlier results, or a person's judgement.
    read
        What was understood; null where nothing was. Of a text at most 200 characters.
    key
        The right answer: not for students, unless the exam releases it.
    cells
        The verdict on each cell of a map.
    reason
        Why it could not be read, or in what its form differs from the key.
    uncarried
        Why what follows from it did not count.
    raw
        Of an answer that waits, or that a person marked: what was handed in, at most 200 characters of it.
    answer_sha256
        By which such an answer is known.
    of
        What such an answer is worth, in points.
    remark
        What that person wrote.
    """

    name: str
    verdict: Literal["RIGHT", "PARTIAL", "WRONG", "BLANK", "UNREADABLE", "UNMARKED"]
    credit: str
    against: Literal["key", "own", "human"]
    read: Any
    key: Any
    cells: tuple[tuple[str, ...], ...] | None = None
    reason: str | None = None
    uncarried: str | None = None
    raw: str | None = None
    answer_sha256: str | None = None
    of: str | None = None
    remark: str | None = None


@open_record
class Rule:
    """A rule of re-marking that concerns a question.

    Attributes
    ----------
    number
        By which it is known.
    reason
        Why it was made.
    sentence
        What it changed; the student reads it.
    holds
        Whether it holds for this student.
    """

    number: int
    reason: str
    sentence: str
    holds: bool


@open_record
class Item:
    """The marks of one question.

    Attributes
    ----------
    id
        By which the exam file knows it.
    points, of
        What was earned of what it is worth: exact, as 7/2.
    override
        Why a person set the points; null where nobody did.
    finding
        What explains the wrong answers; null where nothing does.
    fields
        Its answers.
    rules
        The rules of re-marking that concern it.
    counts
        With rules: whether it still counts.
    drawn
        With rules: the key as it was drawn.
    """

    id: str
    points: str
    of: str
    override: str | None
    finding: Finding | None
    fields: tuple[FieldMark, ...]
    rules: tuple[Rule, ...] | None = None
    counts: bool | None = None
    drawn: dict[str, Any] | None = None


@open_record
class StudentRecord:
    """The marks of a student, as in the file marks/STUDENT.json.

    Attributes
    ----------
    format
        Of such a record.
    exam, exam_sha256
        The exam by which it was marked.
    student, paper
        Whose marks these are, and on which paper.
    submission_sha256
        The digest of the file that counts.
    convexam
        The release that marked.
    points, of
        What was earned of what the paper is worth: exact, as 61/2.
    waiting
        How many answers wait for a person; until then they count 0, or what could be read of them.
    grade, passed
        By the exam's rules; null where it has none, or, as to the second, while an answer that decides waits.
    problems
        What is odd about the file.
    items
        The questions, in the order of the paper.
    """

    format: Literal["convexam-mark/1"]
    exam: str
    exam_sha256: str
    student: str
    paper: str
    submission_sha256: str
    convexam: str
    points: str
    of: str
    waiting: int
    grade: str | None
    passed: bool | None
    problems: tuple[str, ...]
    items: tuple[Item, ...]


@open_record
class Arrived:
    """What became of a file, a member of an archive, or a row of the CSV of a class.

    Attributes
    ----------
    file
        As it was named, or ARCHIVE: MEMBER; what cannot be printed is escaped.
    outcome
        What became of it: `read`, or why it was not marked.
    counts
        Whether it is what counts for its student.
    standing
        Why it counts or does not; null where it was not marked.
    student, paper
        Whose answers it holds, and on which paper; null where that is not known.
    sender
        Who handed it in, where a learning platform says so.
    late
        Whether that platform says that it came late.
    notes
        What is odd about it.
    """

    file: str
    outcome: str
    counts: bool
    standing: str | None
    student: str | None
    paper: str | None
    sender: str | None
    late: bool
    notes: tuple[str, ...]


@open_record
class Waiting:
    """An answer that waits for a person.

    Attributes
    ----------
    student, item, field
        Which one.
    verdict
        Why: it could not be read, or is in words.
    """

    student: str
    item: str
    field: str
    verdict: Literal["UNREADABLE", "UNMARKED"]


@open_record
class Odd:
    """What a person should look at.

    Attributes
    ----------
    file
        Which file.
    notes
        What is odd about it.
    """

    file: str
    notes: tuple[str, ...]


@open_record
class Counts:
    """How many there are.

    Attributes
    ----------
    students
        With marks, in the whole exam.
    records, arrived, waiting, odd
        As listed in this document.
    not_marked
        Of what arrived: not read, or without a paper to mark it by.
    faults
        Of the program itself, which are told on standard error.
    """

    students: int
    records: int
    arrived: int
    not_marked: int
    waiting: int
    odd: int
    faults: int


@open_record
class Grades:
    """What a run of `grade` did.

    Attributes
    ----------
    format
        Within convexam-grades/1, keys are only added.
    exam
        The id of the exam.
    convexam
        The release that wrote this.
    records
        Of the students whose files were named, or of all if none was, by student.
    arrived
        What was named in this run, by name.
    waiting
        The answers in `records` that wait for a person.
    odd
        What a person should look at.
    counts
        How many there are.
    """

    format: Literal["convexam-grades/1"]
    exam: str
    convexam: str
    records: tuple[StudentRecord, ...]
    arrived: tuple[Arrived, ...]
    waiting: tuple[Waiting, ...]
    odd: tuple[Odd, ...]
    counts: Counts


@open_record
class Message:
    """One thing that is wrong.

    Attributes
    ----------
    message
        What was found, what was expected and what to do about it.
    file, line, column
        Where, as far as that is known.
    path
        Which value of the file.
    """

    message: str
    file: str | None = None
    line: int | None = None
    column: int | None = None
    path: str | None = None


@open_record
class Error:
    """Why a run ended before it was done.

    Attributes
    ----------
    kind
        Something in a file; the way the command was called; files that cannot be read or written; a fault
        of the program; somebody who stopped it.
    messages
        What is wrong, at most 500 things.
    """

    kind: Literal["data", "misuse", "output", "fault", "stopped"]
    messages: tuple[Message, ...]


@open_record
class Failure:
    """What stands in place of the grades of a run that ended before it was done.

    Attributes
    ----------
    format
        The same as that of grades.
    convexam
        The release that wrote this.
    error
        Why it ended.
    """

    format: Literal["convexam-grades/1"]
    convexam: str
    error: Error


def grades_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of the document."""
    return json_schema(Grades | Failure)
