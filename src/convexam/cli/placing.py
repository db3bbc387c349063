"""Where a file that somebody names may go: not among the files of the exam, nor in place of anything else."""

from __future__ import annotations

from pathlib import Path

from ..generator.errors import MisuseError, OutputError
from .folder import HANDOUT, MARKER, MARKS, PRINT, RECORD, SOLUTIONS

_OURS = (HANDOUT, SOLUTIONS, PRINT, RECORD, MARKER, MARKS)
_MARK = b"\xef\xbb\xbf"
_SIGNS = 4  # by which archives, XML and tables of one platform are told apart


def require_place(file: Path, data: bytes, folder: Path, source: Path | None = None) -> None:
    """Stop before a file of ours takes the place of something that nobody wants to lose, or to publish.

    Parameters
    ----------
    file
        As somebody named it.
    data
        What is to be written, or how it begins.
    folder
        That of the exam.
    source
        What is read and has to stay.

    Raises
    ------
    MisuseError
        If it must not be written there.
    """
    target = file.resolve()
    for name in _OURS:
        if target.is_relative_to((folder / name).resolve()):
            raise MisuseError(f"{file}: lies among the files of the exam, in {name}/; name another place")
    if not target.exists():
        return
    if not target.is_file():
        raise MisuseError(f"{file}: is no ordinary file; name another place")
    if source is not None and target.samefile(source):
        raise MisuseError(f"{file}: is the file of the platform, which stays as it is; name another place")
    begins = _beginning(target)
    if begins and _signs(begins) != _signs(data):
        raise MisuseError(f"{file}: something else stands there; remove it, or name another place")


def _beginning(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            return stream.read(len(_MARK) + 2 * _SIGNS)
    except OSError as error:
        raise OutputError(f"{file}: cannot be read: {error.strerror}") from error


def _signs(data: bytes) -> bytes:
    return data.removeprefix(_MARK).lstrip(b'"')[:_SIGNS]
