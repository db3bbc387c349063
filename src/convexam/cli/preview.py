"""``preview``: variants of entries side by side, as one web page."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .options import EXAM, SETTINGS, bank_options, load_bank
from .reading import is_exam

if TYPE_CHECKING:
    from ..generator.bank import Bank
    from ..generator.model import Conventions
    from ..generator.papers import Problem, Spec
    from ..generator.policy import Credit


@click.command("preview", context_settings=SETTINGS)
@click.argument("file", type=EXAM, required=False)
@click.option(
    "--draws",
    type=click.IntRange(1, 20),
    default=3,
    show_default=True,
    metavar="K",
    help="Variants of each entry.",
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    default="preview.html",
    show_default=True,
    metavar="FILE",
    help="The page to write.",
)
@bank_options
def command(*, file: Path | None, draws: int, out: Path, banks: tuple[Path, ...], only_bank: bool) -> int:
    """Show variants side by side, solved, with every wrong answer.

    FILE is a bank file, or an exam file, of which the entries are shown that it
    may take. Without it, the page shows the whole shipped bank.
    """
    from ..generator import bank, exam_file
    from ..generator.files import write_whole
    from ..generator.render.preview import preview_html

    if file is not None and is_exam(file):
        loaded = load_bank(banks, only_bank=only_bank)
        exam = exam_file.load(file, loaded)
        chosen = [
            (spec, item.points, exam.credit(item.id, spec))
            for item in exam.items
            for spec in exam_file.candidates(item, loaded)
        ]
        conventions = exam.conventions
    else:
        loaded = bank.load([file]) if file is not None else load_bank(banks, only_bank=only_bank)
        chosen, conventions = [(spec, None, spec.credit) for spec in loaded], None
    page = preview_html(
        [(spec, _drawn(loaded, spec, draws, points, credit, conventions)) for spec, points, credit in chosen]
    )
    write_whole(out, page.encode())
    click.echo(f"The preview is in {out}; it shows the answers.")
    return 0


def _drawn(
    bank: Bank,
    spec: Spec,
    draws: int,
    points: Fraction | None,
    credit: Credit,
    conventions: Conventions | None,
) -> list[Problem]:
    from ..generator.checking import setting_faults
    from ..generator.compose import draw_problem
    from ..generator.errors import DataError
    from ..generator.streams import Stream, derive

    problems = [
        draw_problem(
            spec,
            Stream(derive(b"convexam/preview/1", [spec.id, str(number)])),
            item=spec.id,
            origin=bank.origins[spec.id],
            points=points,
            credit=credit,
            conventions=conventions,
            language=spec.language,
        )
        for number in range(draws if spec.params is not None else 1)
    ]
    if faults := [fault for problem in problems for fault in setting_faults(problem, bank.origins[spec.id])]:
        raise DataError(faults)
    return problems
