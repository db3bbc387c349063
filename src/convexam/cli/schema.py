"""``schema``: the JSON Schemas of files that people write, and of those that other programs read."""

from __future__ import annotations

import json

import click

from .options import SETTINGS


@click.command("schema", context_settings=SETTINGS)
@click.argument("file", type=click.Choice(["bank", "exam", "curriculum", "gradescope", "grades"]))
def command(*, file: str) -> int:
    """Print a JSON Schema: of bank, exam or curriculum files, or of results.

    Editors complete and check YAML files that begin with a line such as
    `# yaml-language-server: $schema=convexam-bank-1.schema.json`. That of
    `gradescope` is of the results.json that an autograder leaves, that of
    `grades` of what `convexam grade --json` writes.
    """
    from ..generator.file_schemas import file_schema
    from ..grader.autograder.results import results_schema
    from ..grader.reports.grades_schema import grades_schema

    ours = {"gradescope": results_schema, "grades": grades_schema}
    schema = ours[file]() if file in ours else file_schema(file)
    click.echo(json.dumps(schema, indent=2, ensure_ascii=False))
    return 0
