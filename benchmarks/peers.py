"""The demo exam beside what other programs take for a like one; the floor is WeasyPrint's plain call.

The others were measured once, on another machine, as ratios to WeasyPrint's plain call there: five pages with
ten questions. So this tells their order and about how far apart they are, not more.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count, cycle
from types import MappingProxyType

from convexam.generator import exam_file
from convexam.generator.compose import compose, exam_of
from convexam.generator.handout import handout
from convexam.generator.papers import Paper, Student
from convexam.generator.render.paper import paper_html
from convexam.generator.render.stylesheet import print_css

from .rounds import Effort, Row, costs, number, rows_of
from .samples import SECRET, shipped_bank
from .targets import Target

WEASYPRINT = 0.465  # seconds there, for the plain call in a warm process
PDFS = MappingProxyType(
    {
        "R/exams, exams2pdf": 0.61,
        "LuaLaTeX, one pass": 0.14,
        "fpdf2, drawn by hand": 0.108,
        "Chromium, kept open": 0.10,
        "pdfLaTeX, 20 variants in a document": 0.07,
        "Typst, its compiler kept": 0.0155,
        "reportlab, drawn by hand": 0.0142,
    }
)
PAGES = MappingProxyType({"R/exams, exams2html": 0.41})
FASTER = {"R/exams, exams2pdf": 1, "R/exams, exams2html": 100}


def rows(effort: Effort) -> Iterator[Row]:
    """Measure ours, a paper after the other, and put the others beside it."""
    from weasyprint import CSS, HTML

    exam = exam_file.load(exam_file.SHIPPED, shipped_bank())
    students = (Student(f"peer-{number}") for number in count())

    def drawn() -> Paper:
        return compose(exam, shipped_bank(), SECRET, next(students))

    def files(kind: str) -> list[tuple[str, bytes]]:
        return list(handout(exam_of(exam, 42), drawn(), [kind]))

    pages = cycle([paper_html(exam_of(exam, 42), drawn(), medium="print") for _ in range(effort.samples)])
    floor, ours, page = "WeasyPrint's plain call, page and style given", "our PDF", "our web page"
    jobs = {
        floor: lambda: HTML(string=next(pages)).write_pdf(stylesheets=[CSS(string=print_css())]),
        ours: lambda: files("pdf"),
        page: lambda: files("html"),
    }
    measured = costs(jobs, effort)
    yield from rows_of(measured)
    yield from _others(PDFS, ours, measured[ours].ratio)
    yield from _others(PAGES, page, measured[page].ratio)


def _others(others: MappingProxyType[str, float], named: str, ours: float) -> Iterator[Row]:
    for other, taken in others.items():
        ratio = taken / WEASYPRINT
        times = ratio / ours
        bound = Target(11, at_least=FASTER[other], unit=" times ours") if other in FASTER else ""
        yield Row(other, f"{times:.2g} times {named}", number(ratio), bound, times)
