"""``export``: papers in the formats of learning platforms."""

from __future__ import annotations

import click

from .groups import Group
from .options import SETTINGS

NAMES: tuple[str, ...] = ("canvas", "gradescope", "moodle")


@click.group("export", cls=Group, package=".exports", names=NAMES, context_settings=SETTINGS)
def command() -> None:
    """Write the papers of an exam for a learning platform.

    A platform that marks by itself gets the keys along with the questions; the
    command says so. Whoever can open such a file can read the answers.
    """
