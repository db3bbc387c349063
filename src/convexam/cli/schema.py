"""``schema``: the JSON Schema of bank, exam or curriculum files, and of what `grade --json` writes."""

from __future__ import annotations

import json

import click

from .options import SETTINGS


@click.command("schema", context_settings=SETTINGS)
@click.argument("file", type=click.Choice(["bank", "exam", "curriculum", "grades"]))
def command(*, file: str) -> int:
    """Print the JSON Schema of bank, exam or curriculum files, or of grades.

    Editors complete and check YAML files that begin with a line such as
    `# yaml-language-server: $schema=convexam-bank-1.schema.json`.
    Grades are what `convexam grade --json` writes.
    """
    from ..generator.file_schemas import file_schema
    from ..grader.reports.grades_schema import grades_schema

    schema = grades_schema() if file == "grades" else file_schema(file)
    click.echo(json.dumps(schema, indent=2, ensure_ascii=False))
    return 0
