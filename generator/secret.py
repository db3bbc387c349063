"""The secret of an exam: made once, kept beside the exam file, never printed."""

from __future__ import annotations

import hashlib
import re
import secrets
from pathlib import Path

from .errors import DataError, Fault, Place
from .files import file_bytes, write_new

_HEX = re.compile(r"[0-9a-f]{64}")


def read_secret(file: Path) -> bytes:
    """Read a secret: 64 hexadecimal digits.

    Raises
    ------
    DataError
        If the file is missing or holds something else.
    """
    if not file.exists():
        raise DataError([Fault(Place(str(file)), "", "there is no such secret file")])
    text = file_bytes(file).decode("ascii", "replace").strip().lower()
    if not _HEX.fullmatch(text):
        message = "this is no secret: 64 hexadecimal digits on one line were expected"
        raise DataError([Fault(Place(str(file)), "", message)])
    return bytes.fromhex(text)


def keep_secret(file: Path) -> bytes:
    """Return the secret of a file; make it, readable by its owner only, where there is none."""
    if file.exists():
        return read_secret(file)
    write_new(file, (secrets.token_bytes(32).hex() + "\n").encode())
    return read_secret(file)  # whoever was quicker: the file decides


def secret_id(secret: bytes) -> str:
    """Return what tells secrets apart and betrays none."""
    return hashlib.sha256(b"convexam/secret-id/1" + secret).hexdigest()[:16]
