"""``new``: a commented file to start from."""

from __future__ import annotations

from pathlib import Path

import click

from .options import SETTINGS

STARTERS = {"exam": "exam.yaml", "question": "question.yaml", "kind": "kind.py.txt"}


@click.command("new", context_settings=SETTINGS)
@click.argument("what", type=click.Choice(list(STARTERS)))
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--like", metavar="NAME", help="Start an exam from one that is shipped, such as midterm.")
def command(*, what: str, file: Path, like: str | None) -> int:
    """Write a commented exam, question or kind to start from.

    An exam or a question is ready to be checked as it is. A kind of question is
    a Python file for generator/questions/; CONTRIBUTING.md says what else to do.
    """
    from ..generator.errors import MisuseError, OutputError
    from ..generator.exam_file import shipped
    from ..generator.files import PUBLIC, write_new
    from ..generator.resources import resource

    if like is None:
        text = resource(f"starters/{STARTERS[what]}").read_text(encoding="utf-8")
    elif what == "exam" and like in shipped():
        text = shipped()[like].read_text(encoding="utf-8")
    else:
        raise MisuseError(f"--like goes with an exam and one of {', '.join(shipped())}")
    if not write_new(file, text.replace('name="NAME"', f'name="{file.stem}"').encode(), mode=PUBLIC):
        raise OutputError(f"{file}: is there already and is left as it is; choose another name")
    click.echo(f"{file} is written.")
    return 0
