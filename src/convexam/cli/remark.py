"""``remark``: change what is right or what it earns after answers were marked, and see first who moves."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .crews import Staff, crew_options
from .options import EXISTING_FOLDER, SETTINGS

if TYPE_CHECKING:
    from ..grader.rules.rule import Rule
    from .marking import Marker
    from .marks import Marks


@click.command("remark", context_settings=SETTINGS)
@click.argument("folder", type=EXISTING_FOLDER, metavar="EXAM")
@click.argument("target", required=False)
@click.option("--accept", multiple=True, metavar="ANSWER", help="What is right as well (repeatable).")
@click.option("--key", multiple=True, metavar="ANSWER", help="What is right instead, or `solve`.")
@click.option("--drop", is_flag=True, help="The question counts for nobody.")
@click.option("--full-marks", is_flag=True, help="All points for everybody who handed in, blank or not.")
@click.option("--full-marks-if-answered", is_flag=True, help="The same, but not for those who left it blank.")
@click.option("--credit", multiple=True, metavar="SETTING", help='Such as "maps: all-or-nothing".')
@click.option("--points", metavar="N", help="What the question is worth.")
@click.option("--paper", metavar="CODE", help="On this paper only.")
@click.option("--never-lower", is_flag=True, help="Only for those who do not lose by it.")
@click.option("--reason", metavar="TEXT", help="Why; students read it at the question.")
@click.option("--undo", type=int, metavar="RULE", help="Take a rule back, by its number.")
@click.option("--list", "listed", is_flag=True, help="Show all rules that were ever made.")
@click.option("--apply", "applied", is_flag=True, help="Do it; otherwise it is only shown.")
@click.option(
    "--diff",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.csv",
    help="Write who moves, whole.",
)
@crew_options
def command(
    *,
    folder: Path,
    target: str | None,
    undo: int | None,
    listed: bool,
    applied: bool,
    diff: Path | None,
    reason: str | None,
    staff: Staff,
    **said: Any,
) -> int:
    """Change what is right, or what it earns, after answers were marked.

    EXAM is the folder that `generate` wrote. TARGET is a question as the exam
    file calls it (a1; b for all that an item picks, b.1 for one of them), or an
    entry of the bank, wherever it was drawn (conv2d/one-channel).

    ANSWER is what somebody types ("Y=1 2; 3 4"), where the numbers are the same
    for everybody or --paper names one; or a name, for whatever was drawn: a
    misconception (extra_flip) or a convention ("operation: convolution").

    At first it is only shown who moves; --apply does it. Rules are kept with
    reason and time, hold for what is handed in later as well, and can be undone
    one by one. What you marked by hand or overrode stays.
    """
    from ..generator.csv_text import csv_bytes
    from ..generator.errors import MisuseError
    from ..generator.files import PRIVATE, write_whole
    from ..grader.records.store import opened
    from ..grader.rules.diff import rows_of
    from ..grader.rules.proposal import making, undoing
    from .class_lists import directory_in
    from .exam_records import exam_record
    from .folder import STORE
    from .marks import Marks, workers_at
    from .override import reason_of
    from .remark_tables import show_diff, show_rules
    from .remarking import Remarking

    record = exam_record(folder)
    if not (folder / STORE).exists():
        raise MisuseError(f"{folder}: nothing was marked yet; begin with `grade`")
    if listed:
        with opened(folder / STORE) as store:
            show_rules(store.rules())
        return 0
    if undo is not None and (target or any(said.values())):
        raise MisuseError("--undo takes the number of a rule, and beside it only --reason")
    propose = partial(making, _rule(target, said)) if undo is None else partial(undoing, undo)
    if reason is None:
        raise MisuseError("say why with --reason TEXT; students read it at the question")
    why = reason_of(reason)
    directory = directory_in(folder, record)
    with workers_at(folder, staff, directory) as crew, opened(folder / STORE) as store:
        marks_now = partial(Marks, folder, record, store, crew, directory)  # under the rules that hold
        if applied:
            _brought_up_to_date(marks_now())
        marks = marks_now(writes=False)
        remarking = Remarking(marks)
        proposal = propose(store.rules(), why)
        remarking.check(proposal.rule)
        if unmarked := len(marks.unmarked()):
            files = "1 file is" if unmarked == 1 else f"{unmarked} files are"
            click.echo(f"{files} not marked and left out here: call `grade {folder}`.", err=True)
        click.echo(proposal.words)
        found = remarking.compared(proposal.rulings, proposal.rule)
        show_diff(found)
        if diff is not None:
            write_whole(diff, csv_bytes(rows_of(found)), mode=PRIVATE)
        if applied:
            proposal.keep(store)
            click.echo(proposal.done)
            return _brought_up_to_date(marks_now()).report().code
    click.echo("Nothing was changed. Call the same with --apply to let it hold.")
    return 0


def _rule(target: str | None, said: dict[str, Any]) -> Rule:
    from ..generator.codes import is_code, normal_code
    from ..generator.errors import MisuseError
    from ..grader.rules.typed import typed_rule

    if target is None:
        raise MisuseError("name the TARGET: a question of the exam, such as a1, or an entry of the bank")
    answered, everyone = said.pop("full_marks_if_answered"), said.pop("full_marks")
    paper = said.pop("paper")
    if answered and everyone:
        raise MisuseError("--full-marks is for everybody, --full-marks-if-answered is not: take one")
    if paper is not None and not is_code(normal_code(paper)):
        raise MisuseError(f"--paper: '{paper}' is no paper code; look it up in record/papers.csv")
    if not (answered or everyone or any(said.values())):
        raise MisuseError(
            "say what is to change: --accept, --key, --drop, --full-marks, --credit or --points"
        )
    return typed_rule(
        target,
        **said,
        full_marks="everyone" if everyone else "answered" if answered else None,
        paper=paper and normal_code(paper),
    )


def _brought_up_to_date(marks: Marks) -> Marker:
    """Bring all marks and files in line with what is kept; a run that was killed is finished so."""
    from .marking import Marker

    marker = Marker(marks)
    marker.hear()
    marker.finish()
    return marker
