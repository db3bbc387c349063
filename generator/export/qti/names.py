"""Identifiers: what the parts of an item are called so that no two are called the same."""

from __future__ import annotations

import re

SCORE, MAXSCORE, SOLUTION = "SCORE", "MAXSCORE", "SOLUTION"
SHOWN, RIGHT, NOTHING = "SHOWN", "OK", "NONE"
_TAKEN = {SCORE, MAXSCORE, SOLUTION, "completionStatus", "numAttempts", "duration"}
_OUTCOMES = ("FB_", "SUM_", "HINT_")
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_OTHER = re.compile(r"[^A-Za-z0-9_]")


def response(name: str) -> str:
    """Return the response of a blank: its name, where that means nothing else."""
    return f"R-{name}" if name in _TAKEN or name.startswith(_OUTCOMES) else name


def feedback(name: str) -> str:
    """Return the outcome that says what is known of the answer in a blank."""
    return f"FB_{name}"


def collected(name: str) -> str:
    """Return the outcome in which a blank adds up before less than nothing is cut off."""
    return f"SUM_{name}"


def hint(number: int) -> str:
    """Return the outcome that shows the sentence of a known mistake."""
    return f"HINT_{number}"


def mistake(number: int) -> str:
    """Return what the outcome of a blank says where an answer is that of a known mistake."""
    return f"M{number}"


def choice(name: str) -> str:
    """Return the identifier of an option: its name, where that can be one."""
    if _PLAIN.fullmatch(name):
        return name
    return "_" + _OTHER.sub(lambda other: f"-{ord(other[0]):x}-", name)


def identifier(prefix: str, name: str) -> str:
    """Return the identifier of an item, a section or a test, by a name of letters, digits and ``-_.``."""
    return prefix + name.replace("_", "__").replace(".", "_")
