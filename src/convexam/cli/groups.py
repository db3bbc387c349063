"""Commands that have commands below them, each a file of its own that is imported when it is called."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click


class Group(click.Group):
    """A group of commands.

    Parameters
    ----------
    package
        Where their modules are, seen from here: ``.exports``, or nothing for this package.
    names
        Their names, in the order of the list.
    """

    def __init__(self, *args: Any, package: str, names: tuple[str, ...], **settings: Any) -> None:
        super().__init__(*args, **settings)
        self._package = package
        self._names = names

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the names of the commands."""
        return list(self._names)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import a command."""
        if cmd_name not in self._names:
            return None
        found: click.Command = import_module(f"{self._package}.{cmd_name}", __package__).command
        return found
