"""Paper codes: what is printed on a paper, typed in by students, and gives nothing away.

Thirteen characters of Crockford's base 32 (no I, L, O, U) for eight bytes derived from the exam's
secret, and a check character, so that a typing error is caught before it meets another paper.
"""

from __future__ import annotations

import hashlib
import re

from .streams import derive

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOK_ALIKES = str.maketrans("OIL", "011", " -\t")
_SHAPE = re.compile(f"[{_ALPHABET}]{{14}}")


def paper_code(secret: bytes, *, exam: str, student: str, attempt: int = 0) -> str:
    """Return the code of one student's paper: 14 characters."""
    head = derive(secret, ["convexam", "variant", "1", exam, student, str(attempt)])[:8]
    number = int.from_bytes(head, "big")
    body = "".join(_ALPHABET[number >> shift & 31] for shift in range(60, -1, -5))
    return body + _check_character(body)


def normal_code(text: str) -> str:
    """Write a code as printed: capitals, look-alikes mended, blanks and hyphens dropped."""
    return text.upper().translate(_LOOK_ALIKES)


def is_code(text: str) -> bool:
    """Say whether this is a paper code, check character included."""
    return _SHAPE.fullmatch(text) is not None and _check_character(text[:-1]) == text[-1]


def _check_character(body: str) -> str:
    return _ALPHABET[hashlib.sha256(body.encode()).digest()[0] >> 3]
