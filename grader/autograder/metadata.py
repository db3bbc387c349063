"""``submission_metadata.json``: who hands in, as Gradescope says. Damage to it stops nothing.

The platform writes it and a name in it may hold anything, so it is read as it comes.

Gradescope numbers its users by itself, and such a number may well be some other student's id: so it counts
where the roster says that it is Gradescope's, and otherwise the address does.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ...generator.class_list import ClassList
from ..intake.handed_in import Platform, Sender

FILE = "submission_metadata.json"
MOST_USERS = 50
_LONGEST = 200


def senders(data: bytes, everybody: ClassList) -> tuple[Sender, ...]:
    """Return who hands in, one or a whole group; nobody where the file does not say.

    Parameters
    ----------
    data
        The file; nothing where there is none.
    everybody
        The class.
    """
    try:
        root = json.loads(data)
    except (ValueError, RecursionError):
        return ()
    users = root.get("users") if isinstance(root, dict) else None
    listed = users[:MOST_USERS] if isinstance(users, list) else []
    return tuple(_senders(listed, everybody))


def _senders(users: list[Any], everybody: ClassList) -> Iterator[Sender]:
    for user in users:
        if not isinstance(user, dict):
            continue
        number, email, name = (_line(user.get(key)) for key in ("id", "email", "name"))
        if not (number or email):
            continue
        is_known = everybody.of_platform(Platform.GRADESCOPE, number) is not None
        key = number if is_known else email or f"user {number}"
        yield Sender(Platform.GRADESCOPE, key, name, email)


def _line(value: object) -> str:
    """Write a number or a text on one line; people choose their names, whatever characters these hold."""
    if not isinstance(value, int | str):
        return ""
    return "".join(c for c in str(value)[:_LONGEST] if c.isprintable()).strip()
