"""``gradebook``: marks in the files that learning platforms take in."""

from __future__ import annotations

import click

from .groups import Group
from .options import SETTINGS

NAMES: tuple[str, ...] = ("moodle", "canvas", "brightspace")


@click.group("gradebook", cls=Group, package=".gradebooks", names=NAMES, context_settings=SETTINGS)
def command() -> None:
    """Write the marks of an exam into the gradebook file of a learning platform.

    Marks that wait for somebody are left empty; the next call fills them in.
    """
