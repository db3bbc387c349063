"""``show``: one question, drawn and solved in the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .options import SETTINGS, bank_options, load_bank

if TYPE_CHECKING:
    from ..generator.model import Field, Value
    from ..generator.papers import Problem


@click.command("show", context_settings=SETTINGS)
@click.argument("entry")
@click.option(
    "--seed",
    type=click.IntRange(min=0),
    default=1,
    show_default=True,
    metavar="N",
    help="Draw another variant.",
)
@click.option("--solution/--no-solution", default=True, help="With key and worked steps, or without.")
@bank_options
def command(*, entry: str, seed: int, solution: bool, banks: tuple[Path, ...], only_bank: bool) -> int:
    """Draw one entry of the bank and show it in the terminal."""
    from ..generator.compose import draw_problem
    from ..generator.errors import MisuseError
    from ..generator.reading.schema import nearest
    from ..generator.streams import practice_secret, question_stream

    bank = load_bank(banks, only_bank=only_bank)
    if entry not in bank.specs:
        near = nearest(entry, bank.specs)
        hint = f"did you mean '{near}'?" if near else f"there are: {', '.join(bank.specs)}"
        raise MisuseError(f"there is no entry '{entry}' in the bank; {hint}")
    stream = question_stream(practice_secret(seed), exam="show", student="everyone", item=entry)
    problem = draw_problem(bank[entry], stream, item=entry, origin=bank.origins[entry])
    click.echo(_text(problem, solution=solution))
    return 0


def _text(problem: Problem, *, solution: bool) -> str:
    from ..generator import registry
    from ..generator.render.terminal import terminal
    from ..generator.text import blocks, document

    kind = registry.get(problem.spec.type)
    parts = [
        f"{problem.spec.title} ({problem.points} points)",
        terminal(blocks(problem.spec.prompt[problem.spec.language], kind.show(problem.case))),
    ]
    if solution:
        parts += [
            _heading("Worked solution"),
            terminal(document(tuple(kind.work(problem.case)))),
            _heading("Key"),
        ]
        parts += [_key(field, problem.key[field.name]) for field in kind.ask(problem.case)]
    return "\n\n".join(parts)


def _key(field: Field, accepted: tuple[Value, ...]) -> str:
    from ..generator.language import ENGLISH
    from ..generator.render.answers import key_text
    from ..grader.marking.fields import write

    if field.kind == "tensor":
        text = write(field, accepted[0])
    elif field.kind == "record":
        text = key_text(accepted, field, ENGLISH)
    else:
        text = " or ".join(write(field, value) for value in accepted)
    lines = text.splitlines()
    label = f"{field.name} = "
    return "\n".join((label if number == 0 else " " * len(label)) + line for number, line in enumerate(lines))


def _heading(text: str) -> str:
    return f"{text} ".ljust(80, "-")
