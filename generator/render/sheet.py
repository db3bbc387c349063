"""Papers to be printed and written on by hand, and all of them in one file."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

from ..papers import EVERYONE, Exam, Paper, Student
from .paper import paper_html
from .pdf import garbage_at_the_end, laid_out


def sheet(exam: Exam, paper: Paper, whose: Student = EVERYONE) -> bytes:
    """Lay a paper out as a PDF of an even number of pages: printed on both sides, no leaf holds two papers.

    Parameters
    ----------
    exam, paper
        What to write.
    whose
        The student whom it names; where that is nobody, there are boxes to fill in.
    """

    def page(*, ends_blank: bool) -> str:
        return paper_html(exam, paper, medium="print", making="drawn", whose=whose, ends_blank=ends_blank)

    with garbage_at_the_end():
        document = laid_out(page(ends_blank=False))
        if len(document.pages) % 2:
            document = laid_out(page(ends_blank=True))
        return document.write_pdf()


def joined(files: Iterable[Path | BytesIO]) -> bytes:
    """Put PDFs one after the other into one file, of the title of the first; it has no tags."""
    from pypdf import PdfReader, PdfWriter  # slow to load

    writer = PdfWriter()
    for file in files:
        with PdfReader(file) as paper:
            if not writer.pages and paper.metadata is not None:
                writer.add_metadata({"/Title": paper.metadata.title})
            writer.append(paper, import_outline=False)
            writer.reset_translation(paper)  # otherwise every paper is held in memory twice
    target = BytesIO()
    writer.write(target)
    return target.getvalue()
