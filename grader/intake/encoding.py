"""The bytes of an answer file become text, or it is said what else they are."""

from __future__ import annotations

import re
from typing import NoReturn

from ...generator.document import Message, say
from ...generator.errors import DataError, Fault, Place
from ...generator.reading.reader import ANSWERS
from .other_files import other_file

_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*<")
_NO_TEXT = "expected an answer file, found something that is not text"
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffd]")


def decode(data: bytes, name: str) -> tuple[str, tuple[Message, ...]]:
    """Return the text of an answer file, and what was odd about its encoding.

    Raises
    ------
    DataError
        If the file is too large, empty or not a text.
    """
    if _PAGE.match(data):
        refuse(
            name, "expected an answer file, found a web page; open it, type in it, and hand in what it saves"
        )
    if kind := other_file(data):
        refuse(name, f"expected an answer file, found {kind}")
    if len(data) > ANSWERS.bytes:
        refuse(name, f"the file has {len(data)} bytes; at most {ANSWERS.bytes} are read")
    if b"\0" in data:
        refuse(name, _NO_TEXT)
    text, problems = _decode(data, name)
    if not text.strip():
        refuse(name, "the file is empty")
    return text, problems


def refuse(name: str, message: str) -> NoReturn:
    """Raise the `DataError` for a file that is no answer file."""
    raise DataError([Fault(Place(name), "", message)])


def _decode(data: bytes, name: str) -> tuple[str, tuple[Message, ...]]:
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    if _CONTROL.search(text):
        refuse(name, _NO_TEXT)
    return text, (say("the file is not UTF-8; it was read as Windows-1252"),)
