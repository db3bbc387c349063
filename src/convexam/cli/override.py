"""``override``: a person sets the points of a question."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .options import EXISTING_FOLDER, SETTINGS

if TYPE_CHECKING:
    from .marks import Marks

MOST_REASON = 500


@click.command("override", context_settings=SETTINGS)
@click.argument("folder", type=EXISTING_FOLDER, metavar="EXAM")
@click.argument("student")
@click.argument("item")
@click.argument("points", required=False)
@click.option("--reason", required=True, metavar="TEXT", help="Why; the student reads it.")
@click.option("--withdraw", is_flag=True, help="Take back what was set: the question is as it was marked.")
def command(*, folder: Path, student: str, item: str, points: str | None, reason: str, withdraw: bool) -> int:
    """Set the points of one question of one student.

    EXAM is the folder that `generate` wrote, ITEM the question as the exam file
    calls it. POINTS go from 0 to what the question is worth: 3, 1.5 or 4/3.

    They stay, whatever is marked later, and every one is kept with its reason
    and its time. The student's files, marks.csv and the report follow at once.
    """
    from ..generator.errors import MisuseError
    from ..grader.records.people import Override
    from ..grader.records.store import opened
    from .exam_records import exam_record
    from .folder import STORE
    from .marks import Marks
    from .reporting import write_report

    if withdraw == (points is not None):
        raise MisuseError("name the POINTS, or --withdraw what was set")
    record = exam_record(folder)
    if not (folder / STORE).exists():
        raise MisuseError(f"{folder}: nothing was marked yet; begin with `grade`")
    with opened(folder / STORE) as store:
        marks = Marks(folder, record, store)
        before = _settled(marks, student)  # also shows, before anything is kept, that it can be marked again
        asked = _item(before, item)
        said = Override(None if points is None else _points(points, asked), reason_of(reason))
        if withdraw and asked["override"] is None:
            raise MisuseError(f"nobody has set the points of {item} of {student}")
        store.override(student, before["paper"], item, said)
        after = _settled(marks, student)
        marks.write_csv()
        write_report(folder, marks)
    _report(before, after, item)
    return 0


def _settled(marks: Marks, student: str) -> dict[str, Any]:
    """Bring a student's marks up to date, and return the record."""
    from ..generator.errors import MisuseError

    _require_done(marks.settle())
    all_of = {counting.student: counting for counting in marks.counting()}
    if student not in all_of:
        hint = _did_you_mean(student, all_of) or "; mark what was handed in first, with `grade`"
        raise MisuseError(f"there are no marks of '{student}' in this exam{hint}")
    _require_done(marks.publish([each for each in marks.unpublished() if each.student == student]))
    return marks.records([all_of[student]])[0]


def _require_done(outcomes: Iterable[tuple[object, Exception | None]]) -> None:
    for _, error in outcomes:
        if error is not None:
            raise error


def _item(record: dict[str, Any], name: str) -> dict[str, Any]:
    from ..generator.errors import MisuseError

    items = {item["id"]: item for item in record["items"]}
    if name not in items:
        hint = _did_you_mean(name, items) or f"; there are: {', '.join(items)}"
        raise MisuseError(f"there is no question '{name}' on this paper{hint}")
    found: dict[str, Any] = items[name]
    return found


def _did_you_mean(name: str, known: dict[str, Any]) -> str:
    from ..generator.reading.schema import nearest

    near = nearest(name, known)
    return f"; did you mean '{near}'?" if near else ""


def _points(text: str, item: dict[str, Any]) -> Fraction:
    from ..generator.errors import MisuseError
    from ..grader.waiting.reading import points_of_text

    points = points_of_text(text, Fraction(item["of"]))
    if isinstance(points, str):
        raise MisuseError(points)
    return points


def reason_of(text: str) -> str:
    """Return a reason as it is kept: one line of bounded length."""
    from ..generator.errors import MisuseError
    from ..generator.render.plain import one_line

    reason = one_line(text)
    if not reason or len(reason) > MOST_REASON:
        raise MisuseError(f"--reason: expected 1 to {MOST_REASON} characters, found {len(reason)}")
    return reason


def _report(before: dict[str, Any], after: dict[str, Any], name: str) -> None:
    from ..grader.reports.marks_csv import decimal
    from .tables import printable

    def line(what: str, old: dict[str, Any], new: dict[str, Any]) -> str:
        return f"{what}: {decimal(old['points'])} -> {decimal(new['points'])} of {decimal(new['of'])} points"

    click.echo(line(f"{printable(after['student'])}, {name}", _item(before, name), _item(after, name)))
    click.echo(line(f"{printable(after['student'])}, in all", before, after))
