"""``forget``: a student's name and files go, and the marks stay without a name."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .options import EXISTING_FOLDER, SETTINGS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..grader.forgetting.person import Person
    from .forgetting import Forgetting

MOST_REASON = 500


@click.command("forget", context_settings=SETTINGS)
@click.argument("folder", type=EXISTING_FOLDER, metavar="EXAM")
@click.argument("student")
@click.option("--reason", required=True, metavar="TEXT", help="Why; it is kept, without the name.")
@click.option("--yes", is_flag=True, help="Do not ask first.")
def command(*, folder: Path, student: str, reason: str, yes: bool) -> int:
    """Forget a student: name and files go, the marks stay without a name.

    EXAM is the folder that `generate` wrote, STUDENT the id on the roster. What
    was handed in, what people wrote about it, and every file that names the
    student are removed; this cannot be undone. Points, verdicts and findings
    stay under an alias, so that the statistics of the class stay as they are;
    they can never be marked again.

    What lies outside this folder is not touched: the roster, what came from a
    learning management system, backups.
    """
    from ..generator.errors import MisuseError
    from ..generator.render.plain import one_line
    from ..grader.records.store import opened
    from .alone import alone_in
    from .exam_records import exam_record
    from .folder import STORE
    from .forgetting import Forgetting

    why = one_line(reason)
    if not why or len(why) > MOST_REASON:
        raise MisuseError(f"--reason: expected 1 to {MOST_REASON} characters, found {len(why)}")
    record = exam_record(folder)
    with alone_in(folder):
        with opened(folder / STORE) as store:
            forgetting = Forgetting(folder, record, store)
            begun = forgetting.begun()
            person = forgetting.person(student)
            if person is None and not begun:
                forgetting.tidy()
                raise MisuseError(f"there is no student '{student}' in this exam{forgetting.hint(student)}")
            if person is not None and person.id not in begun.values():
                if not yes:
                    _ask(forgetting, person)
                forgetting.begin(person, why)
            people = _finish(forgetting)
        return _tell(forgetting, people)  # reading the store as a file would end our lock on it


def _ask(forgetting: Forgetting, person: Person) -> None:
    from .tables import printable

    name = f" ({printable(person.name)})" if person.name else ""
    click.echo(f"{person.id}{name}: name, addresses, and {forgetting.handed_in(person)} will be removed.")
    click.echo("The marks stay without a name, for the statistics of the class. This cannot be undone.")
    click.confirm("Forget this student?", abort=True)


def _finish(forgetting: Forgetting) -> list[tuple[str, Person]]:
    """Do all that was begun, in this run or in one that was killed; return who is forgotten now."""
    people = forgetting.people()
    for alias, person in people:
        forgetting.forget(alias, person)
        forgetting.end(alias)
    return people


def _tell(forgetting: Forgetting, people: Sequence[tuple[str, Person]]) -> int:
    """Say what came of it, and what still names them; return the exit code."""
    code = 0
    for alias, person in people:
        left = forgetting.still_named(person)
        click.echo(f"Forgotten; the marks stay under {alias} and are not marked again.")
        for file in left:
            click.echo(f"{file}: still names the student, in notes or in what others handed in", err=True)
        code = 3 if left else code
    click.echo(
        "Not touched, as they lie elsewhere: the roster (remove the row, or the next `generate` adds the "
        "student again), files from a learning management system (remove theirs, or the next `grade` meets "
        "them again), marks and feedback that were uploaded, an autograder on Gradescope (it holds the class "
        "list: export and upload a new one), backups, and the exam's secret: with it and the id anybody can "
        "work out which paper it was."
    )
    return code
