"""What people call themselves and their files, written in one way."""

from __future__ import annotations

import hashlib
import re
import unicodedata

_UNSAFE = re.compile(r"[^A-Za-z0-9_.@+-]+")
_COPY = re.compile(r"[\W_]*\d{0,2}[\W_]*")
"""What stands beside the code where a browser saves a file again: ``CODE (1).pdf``."""
_LONGEST_ID = 64


def tidy(name: str) -> str:
    """Write a name in one way: composed characters, single spaces, nothing invisible; a blank is empty."""
    text = unicodedata.normalize("NFC", name)
    text = "".join(" " if c.isspace() else c for c in text if c.isspace() or c.isprintable())
    return " ".join(text.split()).strip("_ ")[:_LONGEST_ID]


def is_name(stem: str, code: str) -> bool:
    """Say whether the name of a file tells whose it is, and not only of which paper."""
    before, found, after = stem.upper().partition(code)
    return not _COPY.fullmatch(before + after) if found else bool(stem)


def file_stem(student: str) -> str:
    """Return a safe name for a student's files; no two students of a roster share one."""
    stem = _UNSAFE.sub("-", student).strip(".-")
    if stem == student:
        return stem
    return f"{stem or 'student'}-{hashlib.sha256(student.encode()).hexdigest()[:8]}"
