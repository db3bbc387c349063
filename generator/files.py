"""Files are written whole or not at all, and nothing that differs is overwritten by accident."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from glob import escape
from pathlib import Path
from typing import BinaryIO

from .errors import DataError, Fault, OutputError, Place

PUBLIC = 0o644
PRIVATE = 0o600
MOST_BYTES = 64 << 20
TOGETHER = 32
"""How many files are best written together: the disk then takes hardly longer than for one of them."""

_PART = ".part"
_THREADS = 16  # that wait for the disk


def write_whole(file: Path, data: bytes, *, mode: int = PUBLIC) -> None:
    """Write a file so that a reader, or a power cut, never meets half of it.

    Raises
    ------
    OutputError
        If the disk or the folder does not allow it; an older file is then untouched.
    """
    with writing_whole(file, mode=mode) as stream:
        stream.write(data)


def write_each(files: Sequence[tuple[Path, bytes, int]]) -> None:
    """Write a few files whole, each with its mode; when this returns, all of them are safely on the disk.

    They get their names in this order, and not before the bytes of all of them are there.

    Raises
    ------
    OutputError
        As `write_whole`; then none of them is written, or only the first ones.
    """
    with ExitStack() as temporaries, ThreadPoolExecutor(_THREADS) as threads:
        begun = []
        for file, _, _ in files:
            with _explained(file):
                begun.append(temporaries.enter_context(_begun(file)))
        list(threads.map(_fill, files, begun))
        for (file, _, _), (_, temporary) in zip(files, begun, strict=True):
            with _explained(file):
                temporary.replace(file)
        list(threads.map(_sync_folder, sorted({file.parent for file, _, _ in files})))


def _fill(whole: tuple[Path, bytes, int], begun: tuple[BinaryIO, Path]) -> None:
    """Write all of a file beside the real one."""
    (file, data, mode), (stream, _) = whole, begun
    with _explained(file):
        stream.write(data)
        _finish(stream, mode)


@contextmanager
def writing_whole(file: Path, *, mode: int = PUBLIC) -> Iterator[BinaryIO]:
    """Write a file piece by piece, which is there once all of them are; raises as `write_whole` does."""
    with _explained(file), _begun(file) as (stream, temporary):
        yield stream
        _finish(stream, mode)
        temporary.replace(file)
    _sync_folder(file.parent)


def write_new(file: Path, data: bytes, *, mode: int = PRIVATE) -> bool:
    """Write a file unless there is one; say whether it was written."""
    with _explained(file), _begun(file) as (stream, temporary):
        stream.write(data)
        _finish(stream, mode)
        try:
            os.link(temporary, file)
        except FileExistsError:
            return False
    _sync_folder(file.parent)
    return True


def make_folder(folder: Path, *, mode: int = 0o755) -> None:
    """Make a folder and those above it."""
    with _explained(folder):
        folder.mkdir(mode=mode, parents=True, exist_ok=True)


def file_bytes(file: Path, most: int = MOST_BYTES) -> bytes:
    """Read an ordinary file of bounded size.

    Raises
    ------
    DataError
        If it is a folder or a pipe, too large, or cannot be read.
    """
    try:
        if not stat.S_ISREG(file.stat().st_mode):
            raise DataError([Fault(Place(str(file)), "", "this is no ordinary file")])
        with file.open("rb") as stream:
            data = stream.read(most + 1)
    except OSError as error:
        raise DataError([Fault(Place(str(file)), "", f"cannot be read: {error.strerror}")]) from error
    if len(data) > most:
        raise DataError([Fault(Place(str(file)), "", f"is larger than {most >> 20} MB")])
    return data


def differs(file: Path, data: bytes) -> bool:
    """Say whether something else stands where these bytes belong.

    Raises
    ------
    OutputError
        If that cannot be told, or a folder stands there.
    """
    try:
        return file.read_bytes() != data
    except FileNotFoundError:
        return False
    except OSError as error:
        raise OutputError(f"{file}: cannot be read: {error.strerror}") from error


def remove_leftovers(folder: Path, name: str = "") -> None:
    """Remove the temporary files of writers that were killed, before anything is written.

    Parameters
    ----------
    folder
        Where they lie.
    name
        What they wrote, where the folder is not ours; without it, whatever they wrote.
    """
    begins = _prefix(name) if name else "."
    for file in folder.glob(f"{escape(begins)}*{_PART}") if folder.is_dir() else ():
        writer = file.name.removesuffix(_PART).rpartition(".")[2]
        if writer.isdecimal() and not _is_another(int(writer)):
            remove(file)


def _prefix(name: str) -> str:
    return f".{name[:40]}."


def remove(*files: Path) -> None:
    """Remove files that may be there.

    Raises
    ------
    OutputError
        If the folder does not allow it.
    """
    for file in files:
        try:
            file.unlink(missing_ok=True)
        except OSError as error:
            raise OutputError(f"{file}: cannot be removed: {error.strerror}") from error


def _is_another(process: int) -> bool:
    """Say whether another process has this id; in a container, every command may have had ours."""
    if process == os.getpid():
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True  # somebody else's
    return True


@contextmanager
def _begun(file: Path) -> Iterator[tuple[BinaryIO, Path]]:
    """Open a temporary file beside the real one."""
    suffix = f".{os.getpid()}{_PART}"
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=_prefix(file.name), suffix=suffix)
    stream, temporary = os.fdopen(handle, "wb"), Path(name)
    try:
        yield stream, temporary
    finally:
        with suppress(OSError):  # closing writes again what a full disk refused
            stream.close()
        temporary.unlink(missing_ok=True)


def _finish(stream: BinaryIO, mode: int) -> None:
    """See to it that everything written is safely on the disk; an open file cannot be renamed everywhere."""
    stream.flush()
    if os.name == "posix":
        os.fchmod(stream.fileno(), mode)
    os.fsync(stream.fileno())
    stream.close()


def _sync_folder(folder: Path) -> None:
    """See to it that the names in a folder are safely on the disk."""
    if os.name != "posix":  # elsewhere a folder cannot be opened
        return
    with _explained(folder):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def _explained(file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(
            f"{file}: cannot be written: {reason}. "
            "Nothing that was there is lost; mend this, and call the command again."
        ) from error
