"""``kinds``: list the kinds of question."""

from __future__ import annotations

import click

from .options import SETTINGS


@click.command("kinds", context_settings=SETTINGS)
def command() -> int:
    """List the kinds of question that a bank may use."""
    from ..generator import registry

    width = max(map(len, registry.NAMES))
    for name in registry.NAMES:
        summary = registry.get(name).manual.strip().splitlines()[0]
        click.echo(f"{name:<{width}}  {summary}")
    click.echo("\n`convexam explain KIND` shows the manual page of one of them.")
    return 0
