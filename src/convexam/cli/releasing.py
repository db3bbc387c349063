"""The level of the feedback pages of a folder: as the exam says, until a command names another one.

It is kept in a file, so that no later command tells more, or less, than was decided.
"""

from __future__ import annotations

from pathlib import Path

from ..generator.errors import OutputError
from ..generator.files import PRIVATE, write_whole
from ..generator.policy import Release
from ..generator.record import ExamRecord
from .folder import RELEASE


def release_of(folder: Path, record: ExamRecord) -> Release:
    """Return what feedback pages tell."""
    file = folder / RELEASE
    try:
        return Release(file.read_text(encoding="utf-8").strip())
    except FileNotFoundError:
        return record.exam.release
    except (OSError, ValueError) as error:
        raise OutputError(f"{file}: cannot be read; name a level with --release") from error


def set_release(folder: Path, level: str | None) -> None:
    """Let a level hold from now on, if one is named."""
    if level is not None:
        write_whole(folder / RELEASE, f"{Release(level)}\n".encode(), mode=PRIVATE)
