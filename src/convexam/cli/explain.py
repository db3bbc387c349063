"""``explain``: the manual page of a kind of question."""

from __future__ import annotations

import textwrap

import click

from .options import SETTINGS


@click.command("explain", context_settings=SETTINGS)
@click.argument("kind")
def command(*, kind: str) -> int:
    """Show the manual page of a kind: what an entry may say, what is recognised."""
    from ..generator import registry
    from ..generator.errors import MisuseError
    from ..generator.questions.misconceptions import SENTENCES
    from ..generator.reading.schema import nearest

    if kind not in registry.NAMES:
        near = nearest(kind, registry.NAMES)
        hint = f"did you mean '{near}'?" if near else "`convexam kinds` lists them."
        raise MisuseError(f"there is no kind of question '{kind}'; {hint}")
    question = registry.get(kind)
    click.echo(f"{kind}\n{'=' * len(kind)}\n\n{question.manual.strip()}\n")
    click.echo("Misconceptions that are recognised:\n")
    for misconception in question.misconceptions:
        click.echo(f"``{misconception.name}``")
        click.echo(textwrap.indent(textwrap.fill(SENTENCES[misconception.name], 76), "    "))
    return 0
