"""Whose answers these are: the paper's code and the learning platform say it, never a name in a file alone.

A paper drawn for a student is that student's, and what a platform says of the sender has to agree. A paper
that several have is the sender's. Only where no platform was involved does the file itself count.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath

from ...generator.frozen import frozen
from ...generator.papers import EVERYONE, Student, is_shared, letter_of
from ...generator.reading.tree import quoted
from .answers import Submission
from .directory import Directory
from .handed_in import Outcome, Sender
from .own_names import is_name, tidy


@frozen
class Identity:
    """Whose answers a submission holds.

    Attributes
    ----------
    student
        The id; empty where they are marked for nobody.
    outcome, problem
        Where they are marked for nobody: why, and what to do.
    notes
        What is odd about it all the same.
    known
        Whether this follows from what a learning platform says of the sender.
    """

    student: str = ""
    outcome: Outcome = Outcome.READ
    problem: str = ""
    notes: tuple[str, ...] = ()
    known: bool = False


def identify(
    paper_of: Student, submission: Submission, sender: Sender | None, directory: Directory
) -> Identity:
    """Say whose answers these are.

    Parameters
    ----------
    paper_of
        For whom the paper was drawn.
    submission
        What was handed in.
    sender
        Who handed it in, where a platform says so.
    directory
        The class.
    """
    student = directory.student_of(sender) if sender else None
    if not is_shared(paper_of):
        return _of_personal(paper_of, submission, sender, student, directory)
    if not directory.class_list.students:
        return _without_list(submission, sender)
    if student is not None:
        return _dealt(paper_of, Identity(student.id, known=True), directory)
    if sender and directory.knows(sender.platform):
        return replace(_unknown(_not_listed(sender)), known=True)
    student = directory.named(tidy(submission.student or ""))
    if student is None:
        return _unknown(_nobody(tidy(submission.student or ""), sender))
    only = f"only the file says that it is from {student.id}"
    is_typed = submission.row is not None and not sender  # by a marker, from a paper that was seen
    return _dealt(paper_of, Identity(student.id, notes=() if is_typed else (only,)), directory)


def _of_personal(
    paper_of: Student,
    submission: Submission,
    sender: Sender | None,
    student: Student | None,
    directory: Directory,
) -> Identity:
    """Give a paper to the one it was drawn for, unless the platform says that somebody else sent it."""
    owner = paper_of.id
    if sender and student and student.id != owner:
        problem = (
            f"this is the paper of {owner}, and {_described(sender)} is {student.id}; ask both. If it is to "
            f"count for {owner}, name the file by itself, outside of what the platform packed"
        )
        return replace(_not_theirs(problem), known=True)
    notes = []
    if sender and not student and directory.knows(sender.platform):
        notes.append(
            f"{_described(sender)} is nobody on the class list; the paper's code alone says it is {owner}"
        )
    said = tidy(submission.student or "")
    own = {tidy(name).casefold() for name in (paper_of.id, paper_of.name, paper_of.email)}
    if said and said.casefold() not in own:
        notes.append(f"the file says it is from {quoted(said)}, and the paper is that of {owner}")
    return Identity(owner, notes=tuple(notes), known=student is not None)


def _dealt(paper_of: Student, identity: Identity, directory: Directory) -> Identity:
    """Accept a version from those who were dealt it."""
    versions = directory.class_list.versions
    if not versions or paper_of.id == EVERYONE.id:
        return identity
    dealt = versions.get(identity.student, "")
    if dealt == letter_of(paper_of):
        return identity
    had = f"was dealt version {dealt}" if dealt else "was dealt no version"
    problem = f"{identity.student} {had}, and this is version {letter_of(paper_of)}; ask what they had"
    return replace(_not_theirs(problem), known=identity.known)


def _without_list(submission: Submission, sender: Sender | None) -> Identity:
    """Take the word of the file, or else its name, where nobody says who is in the class."""
    said = tidy(submission.student or "")
    if said:
        return Identity(said)
    file = PurePosixPath(submission.source.rpartition(": ")[2]).name  # also of a member of an archive
    stem = tidy(file.split(".")[0])
    if not sender and submission.row is None and is_name(stem, submission.paper):
        return Identity(stem)
    which = f"row-{submission.row.number}" if submission.row else submission.sha256[:6]
    listed = tidy(f"{sender.name} {sender.id}") if sender else f"{submission.paper}-{which}"
    return Identity(listed, notes=(f"'student' is empty, so these answers are listed under {listed}",))


def _not_theirs(problem: str) -> Identity:
    return Identity(outcome=Outcome.NOT_THEIRS, problem=problem)


def _unknown(problem: str) -> Identity:
    return Identity(outcome=Outcome.UNKNOWN_SENDER, problem=problem)


def _not_listed(sender: Sender) -> str:
    return (
        f"{_described(sender)} is nobody on the class list; add the {sender.platform} id to the roster, or "
        "name the list of the class that the platform gives you as well"
    )


def _nobody(said: str, sender: Sender | None) -> str:
    if said:
        who = f"the file says it is from {quoted(said)}, which is no id or address on the class list"
    else:
        who = "'student' in the file is empty, and the paper is not one person's"
    if sender:
        remedy = "name the list of the class that it gives you as well, or add its ids to the roster"
        return f"{who}; {sender.platform} knows whose it is: {remedy}"
    return f"{who}; find out whose it is, and write the id into the file"


def _described(sender: Sender) -> str:
    return f"{sender.id} ({quoted(sender.name)})" if sender.name else sender.id
