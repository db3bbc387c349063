"""Who draws papers and makes their files."""

from __future__ import annotations

from collections.abc import Collection

from ..generator import press
from ..generator.bank import Bank
from ..generator.checking import used
from ..generator.record import ExamRecord
from ..generator.workers.crew import Crew
from ..generator.workers.limits import MAKING
from .crews import Staff

FEW = 4
"""Papers that are made sooner than workers are started for them, unless they are PDFs."""


def presses(
    staff: Staff,
    record: ExamRecord,
    papers: int,
    formats: Collection[str],
    *,
    to_print: bool = False,
    draft: tuple[Bank, bytes] | None = None,
) -> Crew:
    """Return a crew each of which has a press, and the libraries that it needs.

    Parameters
    ----------
    staff
        Who is to work.
    record
        The exam.
    papers
        How many papers there are.
    formats, to_print
        What is written of each.
    draft
        What to draw new papers from: a bank, of which they get what the exam may take, and the secret.
    """
    drawn = None if draft is None else press.Draft(used(draft[0], record.file.entries(draft[0])), draft[1])
    pdfs = to_print or "pdf" in formats
    if staff.cluster is None:  # for processes that are forked off this one
        press.warm_up(pdfs=pdfs)
    return staff.crew(press.open_press, (record, drawn), MAKING, worth=pdfs or papers > FEW)
