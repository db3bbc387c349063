"""``receipt``: what can be read of an answer file, before it is handed in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .options import EXISTING_FILE, SETTINGS

if TYPE_CHECKING:
    from ..generator.public_paper import PublicPaper
    from ..grader.intake.answers import Submission
    from ..grader.intake.handed_in import Document
    from ..grader.receipt import Receipt, Refusal

NEARBY = (".", "handout")
"""Where the paper is looked for, besides the folder of the answer file."""
HOLD_PAPERS = (".paper.json", ".html")
"""What a file that holds the paper is called after its code."""


@click.command("receipt", context_settings=SETTINGS)
@click.argument("answers", nargs=-1, required=True, metavar="ANSWERS...")
@click.option(
    "--paper",
    "paper_file",
    type=EXISTING_FILE,
    metavar="FILE",
    help="The paper: its page (.html), or CODE.paper.json.  [default: a file nearby]",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
def command(*, answers: tuple[str, ...], paper_file: Path | None, as_json: bool) -> int:
    """Say what can be read of answer files: what was understood, what is blank.

    Nothing is marked: a receipt does not know what is right. It needs the paper
    as it was handed out: CODE.paper.json, or the page CODE.html, which are looked
    for beside the answer file, here, and in handout/; or name one with --paper.

    ANSWERS are as for `grade`: what the page saves (.json), filled-in PDFs,
    answer files (.yaml), or the CSV of a class.

    Exit codes: 0 all was read, 1 no answer file, or one for another paper,
    2 called wrongly, 3 something cannot be read or was not asked.
    """
    from ..generator.reading.schema import canonical_json
    from ..grader.intake.documents import handed_in
    from ..grader.receipt import Refusal
    from ..grader.reports.receipt import receipts_data
    from .receipt_tables import print_outcome

    paper = _read_paper(paper_file) if paper_file else None
    found = handed_in(answers)
    outcomes = [outcome for document in found.documents for outcome in _outcomes(document, paper)]
    outcomes += [Refusal(each.source, ("this is a list of the class",)) for each in found.worksheets]
    if as_json:
        click.echo(canonical_json(receipts_data(outcomes)), nl=False)
    else:
        for outcome in outcomes:
            print_outcome(outcome)
    if any(isinstance(outcome, Refusal) for outcome in outcomes):
        return 1
    return 0 if all(not isinstance(outcome, Refusal) and outcome.complete for outcome in outcomes) else 3


def _outcomes(document: Document, paper: PublicPaper | None) -> Iterator[Receipt | Refusal]:
    from ..generator.errors import DataError
    from ..grader.intake.documents import read_document
    from ..grader.intake.handed_in import Outcome
    from ..grader.intake.submissions import read_submissions
    from ..grader.receipt import Refusal

    data, document = read_document(document)
    digest = hashlib.sha256(data).hexdigest() if data else ""
    if document.outcome is not Outcome.READ:
        yield Refusal(document.source, (document.problem,), digest)
        return
    try:
        submissions = read_submissions(data, document.source)
    except DataError as error:
        yield Refusal(document.source, tuple(fault.message for fault in error.faults), digest)
        return
    folder = next(above for above in Path(document.source).parents if above.is_dir())  # that of an archive
    for submission in submissions:
        yield _outcome(submission, folder, paper)


def _outcome(submission: Submission, folder: Path, paper: PublicPaper | None) -> Receipt | Refusal:
    from ..generator.errors import DataError
    from ..grader.receipt import Refusal, receipt

    try:
        return receipt(paper or _paper_nearby(submission, folder), submission)
    except DataError as error:
        reasons = tuple(fault.message for fault in error.faults)
        return Refusal(submission.source, reasons, submission.sha256)


def _paper_nearby(submission: Submission, folder: Path) -> PublicPaper:
    from ..generator.errors import DataError, Fault, Place

    code = submission.paper
    files = (place / f"{code}{ending}" for place in (folder, *map(Path, NEARBY)) for ending in HOLD_PAPERS)
    if code and (found := next(filter(Path.is_file, files), None)):
        try:
            return _read_paper(found)
        except DataError as error:
            told = (f"{found}: {fault.message}" for fault in error.faults)
            raise DataError([Fault(Place(submission.source), "", each) for each in told]) from None
    problem = "; ".join(map(str, submission.problems))
    if code:
        problem = (
            f"this is for paper {code}, and neither {code}.paper.json nor {code}.html is beside it, here or "
            "in handout/; if your paper has another code, mend it; otherwise name the paper with --paper"
        )
    raise DataError([Fault(Place(submission.source), "", problem)])


def _read_paper(file: Path) -> PublicPaper:
    from ..generator.files import file_bytes
    from ..generator.public_paper import MOST_BYTES, read_public_paper

    return read_public_paper(file_bytes(file, MOST_BYTES), str(file))
