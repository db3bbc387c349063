"""``explain``: the manual page of a kind of question."""

from __future__ import annotations

import re
import textwrap

import click

from .options import SETTINGS

WIDTH = 80

_TERM = re.compile(r"``[^`]+``(?:, ``[^`]+``)*")  # on a line of its own, above what it means


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
    click.echo(f"{kind}\n{'=' * len(kind)}\n\n{_set(question.manual)}\n")
    click.echo("Misconceptions that are recognised:\n")
    for misconception in question.misconceptions:
        click.echo(f"``{misconception.name}``")
        click.echo(textwrap.indent(textwrap.fill(SENTENCES[misconception.name], 76), "    "))
    if question.own is not None:
        click.echo("Those that an entry defines itself.")
    return 0


def _set(manual: str) -> str:
    """Set a manual page in 80 columns; lines that go on with a paragraph are joined first."""
    paragraphs: list[str] = []
    for line in manual.strip().splitlines():
        opens = _TERM.fullmatch(line) or line.strip().startswith("-")
        goes_on = paragraphs and paragraphs[-1] and line.strip() and not opens
        if goes_on and _indent(line) == _indent(paragraphs[-1]) and not _is_example(line):
            paragraphs[-1] += f" {line.strip()}"
        else:
            paragraphs.append(line.rstrip())
    return "\n".join(
        paragraph
        if _is_example(paragraph)
        else textwrap.fill(
            paragraph.strip(), WIDTH, initial_indent=_indent(paragraph), subsequent_indent=_indent(paragraph)
        )
        for paragraph in paragraphs
    )


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


def _is_example(line: str) -> bool:
    return len(line) <= WIDTH and line.lstrip().startswith(("{", "- {", "|"))
