"""From what was named on the command line to what was handed in: files, folders, patterns, archives, mixed.

Nothing is passed over in silence but what systems and platforms write for themselves. What a file holds is
seen from its bytes, never from its name.
"""

from __future__ import annotations

import glob
import os
import stat
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from ...generator.errors import DataError
from ...generator.frozen import frozen
from .archive import MAGIC, Member, read_archive
from .class_csv import is_class_csv
from .handed_in import Document, Outcome
from .other_files import other_archive, other_file
from .platforms import Sent, senders
from .submissions import MOST_BYTES
from .worksheet import Worksheet, read_worksheet

_CLUTTER = (
    *("__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini", ".directory"),
    *(".git", ".gitkeep", ".gitignore", ".ipynb_checkpoints", ".idea", ".vscode"),
)
_CLUTTER_BEGINS = ("._", ".~lock.", "~$")
_MISSING = "there is no such file, folder or pattern"
_OF_STUDENTS = ".paper.json"  # what a receipt is made from; it lies beside the answers
_BLANK = b" \t\r\n\0\xef\xbb\xbf"


@frozen
class HandedIn:
    """All that was named.

    Attributes
    ----------
    documents
        In the order in which they are read, whatever the order in which they were named.
    worksheets
        Lists of the class that lay beside them.
    """

    documents: tuple[Document, ...]
    worksheets: tuple[Worksheet, ...] = ()


def handed_in(names: Iterable[str], leave_out: Collection[Path] = ()) -> HandedIn:
    """Return what files, folders (with all below them) and patterns stand for, each file once.

    No file is read as a whole but worksheets; the bytes of a document are read when they are asked for.

    Parameters
    ----------
    names
        From the command line.
    leave_out
        Folders that are not searched: those that the program writes itself.
    """
    files = _files(names, {_real(folder) for folder in leave_out})
    by_name = {file.absolute().as_posix().lstrip("/"): file for file, problem in files if not problem}
    sent = senders(by_name, lambda name: _file_data(by_name[name]))
    of_file = {by_name[name]: each for name, each in sent.items()}
    documents: list[Document] = []
    worksheets: list[Worksheet] = []
    for file, problem in files:
        document = _document(file, problem, of_file.get(file))
        if document.outcome is not Outcome.READ or document.sender:
            documents.append(document)
        elif file in of_file:
            continue  # a list of the platform
        elif _begins(file).startswith(MAGIC):
            documents.extend(_members(file))
        elif file.suffix.lower() == ".csv":
            _sort_csv(document, documents, worksheets)
        else:
            documents.append(document)
    return HandedIn(tuple(_told_apart(documents)), tuple(worksheets))


def read_document(document: Document) -> tuple[bytes, Document]:
    """Read the bytes of a document, and say what became of it if they are nothing that can hold answers."""
    if document.outcome is not Outcome.READ:
        return b"", document
    try:
        data = document.data()
    except DataError as error:
        return b"", _not_read(document, Outcome.REFUSED, error.faults[0].message)
    except OSError as error:
        return b"", _not_read(document, Outcome.NO_ANSWERS, f"cannot be read: {error.strerror}")
    if not data.strip(_BLANK):
        return data, _not_read(document, Outcome.EMPTY, "the file is empty")
    if kind := other_file(data):
        return data, _not_read(document, Outcome.NO_ANSWERS, f"expected an answer file, found {kind}")
    if document.sender and is_class_csv(data, document.source):
        problem = "this is the CSV of a class, which markers type; expected a student's own answer file"
        return data, _not_read(document, Outcome.NO_ANSWERS, problem)
    if len(data) > MOST_BYTES:
        problem = f"the file has more than {MOST_BYTES >> 20} MB; is it an answer file?"
        return b"", _not_read(document, Outcome.REFUSED, problem)
    return data, document


def is_missing(document: Document) -> bool:
    """Say whether this is a name that stands for nothing, so that nothing was handed in."""
    return document.problem == _MISSING


def _not_read(document: Document, outcome: Outcome, problem: str) -> Document:
    return replace(document, outcome=outcome, problem=problem)


# -- files --------------------------------------------------------------------------------------


def _document(file: Path, problem: str, sent: Sent | None) -> Document:
    source, sender = shown(file), sent.sender if sent else None
    problem = problem or (sent.problem if sent else "")
    if problem:
        return Document(source, sender=sender, outcome=Outcome.NO_ANSWERS, problem=problem)
    return Document(source, partial(_file_data, file), sender)


def _begins(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            return stream.read(max(map(len, MAGIC)))
    except OSError:
        return b""


def _file_data(file: Path) -> bytes:
    """Read a file, and no more of it than is needed to see that it is too large."""
    with file.open("rb") as stream:
        return stream.read(MOST_BYTES + 1)


def _sort_csv(document: Document, documents: list[Document], worksheets: list[Worksheet]) -> None:
    """Keep a list of the class apart from what was handed in."""
    try:
        worksheet = read_worksheet(document.data(), document.source)
    except DataError as error:
        documents.append(_not_read(document, Outcome.NO_ANSWERS, error.faults[0].message))
    except OSError as error:
        documents.append(_not_read(document, Outcome.NO_ANSWERS, f"cannot be read: {error.strerror}"))
    else:
        worksheets.extend([worksheet] if worksheet else [])
        documents.extend([] if worksheet else [document])


def _told_apart(documents: Iterable[Document]) -> Iterator[Document]:
    """Add the name to the key of senders that stands beside several names.

    Then it is no person's: Moodle counts participants anew in every assignment.
    """
    listed = list(documents)
    names: dict[str, set[str]] = {}
    for document in listed:
        if document.sender:
            names.setdefault(document.sender.id, set()).add(document.sender.name)
    for document in listed:
        sender = document.sender
        if sender and len(names[sender.id]) > 1:
            sender = replace(sender, key=f"{sender.key} {sender.name}".strip())
        yield replace(document, sender=sender)


# -- archives -----------------------------------------------------------------------------------


def _members(file: Path) -> Iterator[Document]:
    """Return what an archive holds, or one document for an archive that is none."""
    source = shown(file)
    try:
        members = [member for member in read_archive(file) if not _is_clutter(member.name)]
    except DataError as error:
        yield Document(source, outcome=Outcome.REFUSED, problem=error.faults[0].message)
        return
    except OSError as error:
        problem = f"cannot be read: {error.strerror}"
        yield Document(source, outcome=Outcome.NO_ANSWERS, problem=problem)
        return
    by_name = {member.name: member for member in members}
    if kind := other_archive(by_name):
        yield Document(source, outcome=Outcome.NO_ANSWERS, problem=f"expected an answer file, found {kind}")
        return
    if not members:
        yield Document(source, outcome=Outcome.EMPTY, problem="the archive holds no files; download it again")
    sent = senders(by_name, lambda name: by_name[name].data())
    documents = [
        (_order(sent.get(member.name)), member.name, _member(source, member, sent.get(member.name)))
        for member in members
        if member.problem or member.name not in sent or not sent[member.name].is_of_platform
    ]
    yield from (document for *_, document in sorted(documents, key=lambda each: each[:2]))


def _order(sent: Sent | None) -> int:
    return sent.sender.order if sent and sent.sender else 0


def _member(archive: str, member: Member, sent: Sent | None) -> Document:
    source, sender = f"{archive}: {shown(member.name)}", sent.sender if sent else None
    if member.problem:
        return Document(source, sender=sender, outcome=Outcome.REFUSED, problem=member.problem)
    if sent and sent.problem:
        return Document(source, sender=sender, outcome=Outcome.NO_ANSWERS, problem=sent.problem)
    return Document(source, member.data, sender)


# -- names --------------------------------------------------------------------------------------


def shown(file: Path | str) -> str:
    """Return a name fit to be shown: what is no text or would steer a terminal is written out."""
    text = os.fsencode(file).decode("utf-8", "backslashreplace")
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def _files(names: Iterable[str], skipped: Collection[Path]) -> list[tuple[Path, str]]:
    """Return each file once, in the order of names, and why it is not looked at."""
    seen: set[Path] = set()
    files = []
    for file, problem in sorted(set(_found(names, skipped)), key=lambda found: (shown(found[0]), found)):
        real = file.absolute() if problem else _real(file)
        if real not in seen:
            seen.add(real)
            files.append((file, problem))
    return files


def _found(names: Iterable[str], skipped: Collection[Path]) -> Iterator[tuple[Path, str]]:
    for name in names:
        matches = [name] if os.path.lexists(name) else glob.glob(name, recursive=True)  # noqa: PTH207
        if not matches:
            yield Path(name), _MISSING
        for path in map(Path, matches):
            if path.is_dir():
                yield from _in_folder(path, skipped)
            else:
                yield path, _no_regular_file(path)


def _in_folder(folder: Path, skipped: Collection[Path]) -> Iterator[tuple[Path, str]]:
    closed: list[OSError] = []
    for where, folders, names in os.walk(folder, onerror=closed.append):
        wanted = [name for name in folders if not _is_clutter(name)]
        folders[:] = [name for name in wanted if _real(Path(where) / name) not in skipped]
        for name in names:
            if not _is_clutter(name):
                file = Path(where) / name
                # A link could lead to the answers of somebody else.
                yield file, "a link was not followed" if file.is_symlink() else _no_regular_file(file)
        for name in folders:
            if (Path(where) / name).is_symlink():
                yield Path(where) / name, "a link to a folder was not followed"
    for error in closed:
        yield Path(error.filename), f"cannot be looked into: {error.strerror}"


def _real(path: Path) -> Path:
    """Follow links; `Path.resolve` fails on those that lead to themselves."""
    return Path(os.path.realpath(path))


def _is_clutter(name: str) -> bool:
    """Say whether a file, or a folder that it lies in, is what systems write for themselves, or we do."""
    parts = name.split("/")
    clutter = any(part in _CLUTTER or part.startswith(_CLUTTER_BEGINS) for part in parts)
    return clutter or name.endswith(_OF_STUDENTS)


def _no_regular_file(file: Path) -> str:
    try:
        regular = stat.S_ISREG(file.stat().st_mode)
    except OSError as error:
        return f"cannot be read: {error.strerror}"
    return "" if regular else "was not looked at; it is no ordinary file"
