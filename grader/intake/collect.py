"""From what was named on the command line to files of answers, and whose they are."""

from __future__ import annotations

import glob
import os
import stat
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ...generator.papers import EVERYONE, Paper
from ...generator.reading.tree import quoted
from .answers import Submission
from .own_names import file_stem, is_name, tidy

__all__ = ["Found", "Owner", "answer_files", "file_stem", "owner_of"]

ENDINGS = (".yaml", ".yml", ".json", ".txt", ".csv", ".pdf")
_PASSED_OVER = (".paper.json",)
_CLUTTER = ("__MACOSX", "Thumbs.db", "desktop.ini")


@dataclass(frozen=True)
class Found:
    """A file that may hold answers, or a name that does not, and why."""

    file: Path
    problem: str = ""

    @property
    def name(self) -> str:
        """The name, fit to be shown: what is no text or would steer a terminal is written out."""
        text = os.fsencode(self.file).decode("utf-8", "backslashreplace")
        return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def answer_files(names: Iterable[str], leave_out: Collection[Path] = ()) -> list[Found]:
    """Return what files, folders (with all below them) and patterns stand for, each file once.

    Nothing is passed over in silence: in a folder, what is no answer file comes back with the reason.

    Parameters
    ----------
    names
        From the command line.
    leave_out
        Folders that are not searched: those that the program writes itself.
    """
    skipped = {_real(folder) for folder in leave_out}
    seen: set[Path] = set()
    found: list[Found] = []
    for name in names:
        for each in _expanded(name, skipped):
            file = each.file.absolute() if each.problem else _real(each.file)
            if file not in seen:
                seen.add(file)
                found.append(each)
    return found


def _expanded(name: str, skipped: Collection[Path]) -> Iterator[Found]:
    matches = [name] if os.path.lexists(name) else sorted(glob.glob(name, recursive=True))  # noqa: PTH207
    if not matches:
        yield Found(Path(name), "there is no such file, folder or pattern")
    for match in matches:
        path = Path(match)
        yield from _folder(path, skipped) if path.is_dir() else [Found(path, _no_regular_file(path))]


def _folder(folder: Path, skipped: Collection[Path]) -> Iterator[Found]:
    closed: list[Found] = []

    def keep(error: OSError) -> None:
        closed.append(Found(Path(error.filename), f"cannot be looked into: {error.strerror}"))

    for where, folders, names in os.walk(folder, onerror=keep):
        wanted = [name for name in sorted(folders) if not _is_clutter(name)]
        folders[:] = [name for name in wanted if _real(Path(where) / name) not in skipped]
        for name in sorted(names):
            if not _is_clutter(name) and not name.endswith(_PASSED_OVER):
                file = Path(where) / name
                fits = name.lower().endswith(ENDINGS)
                yield Found(file, _no_file_of_its_own(file) if fits else _no_answers(name))
        yield from (
            Found(Path(where) / name, "a link to a folder was not followed")
            for name in folders
            if (Path(where) / name).is_symlink()
        )
    yield from closed


def _real(path: Path) -> Path:
    """Follow links; `Path.resolve` fails on those that lead to themselves."""
    return Path(os.path.realpath(path))


def _is_clutter(name: str) -> bool:
    return name.startswith(".") or name in _CLUTTER


def _no_answers(name: str) -> str:
    ending = Path(name).suffix or "no ending"
    return f"was not looked at ({ending}); answer files end in {', '.join(ENDINGS)}"


def _no_file_of_its_own(file: Path) -> str:
    """Say what a file in a folder is, if not one: a link could lead to the answers of somebody else."""
    return "a link was not followed" if file.is_symlink() else _no_regular_file(file)


def _no_regular_file(file: Path) -> str:
    try:
        regular = stat.S_ISREG(file.stat().st_mode)
    except OSError as error:
        return f"cannot be read: {error.strerror}"
    return "" if regular else "was not looked at; it is no ordinary file"


@dataclass(frozen=True)
class Owner:
    """Whose answers a file holds, and what is odd about it."""

    student: str
    problem: str = ""


def owner_of(paper: Paper, submission: Submission, file: Path) -> Owner:
    """Say whose answers these are.

    A paper drawn for a student is that student's, whatever the file says; a file that says otherwise is
    named. A paper that everyone has is known by its ``student``, or else by the name of the file.
    """
    said = tidy(submission.student or "")
    if paper.student.id != EVERYONE.id:
        known = {tidy(paper.student.id).casefold(), tidy(paper.student.name).casefold(), ""}
        if said.casefold() in known:
            return Owner(paper.student.id)
        problem = f"the file says it is from {quoted(said)}, and the paper is that of {paper.student.id}"
        return Owner(paper.student.id, problem)
    if said:
        return Owner(said)
    stem = tidy(os.fsencode(file.name).decode("utf-8", "replace").split(".")[0])
    if submission.row is None and is_name(stem, paper.code):
        return Owner(stem)
    which = f"row-{submission.row.number}" if submission.row else submission.sha256[:6]
    listed = f"{paper.code}-{which}"
    return Owner(listed, f"'student' is empty, so these answers are listed under {listed}")
