"""The record of the exam in a folder, which nearly every command starts from."""

from __future__ import annotations

from pathlib import Path

from ..generator.errors import MisuseError, OutputError
from ..generator.record import ExamRecord, read_exam
from .folder import EXAM


def exam_record(folder: Path) -> ExamRecord:
    """Read the record of the exam in a folder."""
    file = folder / EXAM
    try:
        return read_exam(file.read_bytes(), str(file))
    except FileNotFoundError:
        raise MisuseError(f"{folder}: holds no exam; name the folder that `generate` wrote") from None
    except OSError as error:
        raise OutputError(f"{file}: cannot be read: {error.strerror}") from error
