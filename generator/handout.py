"""All files of one paper: what a student gets, and the worked solutions; the keys of all."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from . import registry
from .figures.model import Animation
from .papers import Exam, Paper, Student, is_shared
from .reading.schema import canonical_json

FORMATS = ("html", "pdf", "yaml")
ALL_FORMATS = (*FORMATS, "gif")

Files = Iterator[tuple[str, bytes]]
"""The name of each file, and its bytes."""


def handout(exam: Exam, paper: Paper, formats: Collection[str] = FORMATS) -> Files:
    """Yield what a student may see; no solver is asked."""
    from .render.answer_file import answer_template, public_paper

    yield f"{paper.code}.paper.json", canonical_json(public_paper(exam, paper))
    if "yaml" in formats:
        yield f"{paper.code}.answers.yaml", answer_template(exam, paper).encode()
    if "gif" in formats:
        yield from _gifs(paper)
    yield from _pages(paper.code, exam, paper, formats, solutions=False)


def _gifs(paper: Paper) -> Files:
    """Draw every animation that a prompt may show, for systems that show pictures only."""
    from .figures.animation.gif import gif

    for problem in paper.problems:
        shown = registry.get(problem.spec.type).show(problem.case)
        animations = [value for _, value in sorted(shown.items()) if isinstance(value, Animation)]
        for number, animation in enumerate(animations, start=1):
            place = "" if number == 1 else f".{number}"
            yield f"{paper.code}.{problem.item}{place}.gif", gif(animation)


def solutions(exam: Exam, paper: Paper, formats: Collection[str] = FORMATS) -> Files:
    """Yield the same paper with its key and worked steps."""
    yield from _pages(f"{paper.code}.solutions", exam, paper, formats, solutions=True)


def printed_name(code: str, student: Student, whose: Student) -> str:
    """Return the name of the file of a paper to be printed: a version is printed for many.

    Parameters
    ----------
    code, student
        Of the paper, and for whom it was drawn.
    whose
        Who is named on it.
    """
    many = is_shared(student) and not is_shared(whose)
    return f"{code}.{whose.id}.pdf" if many else f"{code}.pdf"


def printed(exam: Exam, paper: Paper, whose: Student) -> Files:
    """Yield the paper to be printed and written on by hand; see `render.sheet.sheet`."""
    from .render.sheet import sheet

    yield printed_name(paper.code, paper.student, whose), sheet(exam, paper, whose)


def marker_sheets(
    exam: Exam, papers: Sequence[Paper], formats: Collection[str] = FORMATS, name: str = "key"
) -> Files:
    """Yield the key of every paper, for those who mark on paper."""
    from .render.marker_sheet import marker_pdf, marker_sheet

    if "html" in formats:
        yield f"{name}.html", marker_sheet(exam, papers, "screen").encode()
    if "pdf" in formats:
        yield f"{name}.pdf", marker_pdf(exam, papers)


def contact_sheets(
    exam: Exam, rows: Sequence[tuple[str, str, Student]], formats: Collection[str] = FORMATS
) -> Files:
    """Yield the list of who has which paper; a row is code, version and student."""
    from .render.contact_sheet import contact_sheet
    from .render.pdf import pdf

    if "html" in formats:
        yield "contact-sheet.html", contact_sheet(exam, rows, "screen").encode()
    if "pdf" in formats:
        yield "contact-sheet.pdf", pdf(contact_sheet(exam, rows, "print"))


def _pages(name: str, exam: Exam, paper: Paper, formats: Collection[str], *, solutions: bool) -> Files:
    from .render.paper import paper_html

    if "html" in formats:
        yield f"{name}.html", paper_html(exam, paper, solutions=solutions).encode()
    if "pdf" in formats:
        from .render.pdf import pdf

        yield f"{name}.pdf", pdf(paper_html(exam, paper, solutions=solutions, medium="print"))
