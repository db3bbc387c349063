"""Texts of strangers as YAML that anybody can read, and nothing in them can break out of.

What cannot be seen, or would steer the program that shows it, is written as ``⟨U+202E⟩``: it would not
survive in YAML, or would make an entry look like another one.
"""

from __future__ import annotations

import json
import re

from ...generator.render.plain import steers

_PLAIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9 _.,()@+/-]*[A-Za-z0-9_.)])?")
_SHORT = 60  # characters that stand beside their key
_NULLS = frozenset({"null", "Null", "NULL"})


def visible(text: str) -> str:
    """Write all characters so that they can be seen, save line breaks and tabs."""
    text = text.replace("\r\n", "\n")
    return "".join(
        f"⟨U+{ord(character):04X}⟩" if character not in "\n\t" and steers(character) else character
        for character in text
    )


def one_line(text: str) -> str:
    """Write a text as a YAML scalar on one line; it is read back as `visible` writes it."""
    shown = visible(text)
    if _PLAIN.fullmatch(shown) and shown not in _NULLS:
        return shown
    return json.dumps(shown, ensure_ascii=False)


def scalar(text: str, indent: str) -> str:
    """Write a text as a YAML scalar, a longer one as a block.

    Parameters
    ----------
    text
        Of any length and origin.
    indent
        What stands before the lines of a block; the key stands two spaces before it.
    """
    shown = visible(text)
    if "\n" not in shown and len(shown) <= _SHORT:
        return one_line(shown) if shown else '""'
    ends = len(shown) - len(shown.rstrip("\n"))
    chomping = "-" if ends == 0 else "" if ends == 1 and shown != "\n" else "+"
    width = "2" if shown[:1].isspace() else ""
    lines = shown.removesuffix("\n").split("\n")
    return "\n".join([f"|{width}{chomping}", *(indent + line if line else "" for line in lines)])
