"""``schema``: the JSON Schema of bank, exam or curriculum files."""

from __future__ import annotations

import json

import click

from .options import SETTINGS


@click.command("schema", context_settings=SETTINGS)
@click.argument("file", type=click.Choice(["bank", "exam", "curriculum"]))
def command(*, file: str) -> int:
    """Print the JSON Schema of bank, exam or curriculum files.

    Editors complete and check YAML files that begin with a line such as
    `# yaml-language-server: $schema=convexam-bank-1.schema.json`.
    """
    from ..generator.file_schemas import file_schema

    click.echo(json.dumps(file_schema(file), indent=2, ensure_ascii=False))
    return 0
