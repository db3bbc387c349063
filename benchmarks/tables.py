"""The paper of a student, against the plain call of WeasyPrint on the same page with a table for each map."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from html import escape
from unittest.mock import patch

from convexam.generator.figures.draw import draw
from convexam.generator.figures.grid import SHOWN, Style
from convexam.generator.figures.model import Drawing, Grid
from convexam.generator.figures.numerals import cell_text
from convexam.generator.language import ENGLISH, Language
from convexam.generator.papers import Exam, Paper
from convexam.generator.render import html
from convexam.generator.render.paper import paper_html
from convexam.generator.render.pdf import pdf
from convexam.generator.render.stylesheet import print_css

from .bare import bare
from .papers import turns
from .rounds import Effort, Row, costs, rows_of
from .samples import MIDTERM, exam_of_file, handed_in
from .targets import Target

STYLE = """
.map { display: inline-table; vertical-align: middle; border-collapse: collapse; border: 2px solid #1a1a1a; }
.map td { height: 26px; min-width: 26px; border: 0.5px solid #1a1a1a; text-align: center; }
.map.answer td { height: 36px; min-width: 36px; }
"""


def rows(effort: Effort) -> Iterator[Row]:
    """Write the same papers in both ways."""
    record = exam_of_file(MIDTERM)
    papers = [sample.paper for sample in handed_in(MIDTERM, record, max(2, effort.samples // 4))]
    without_style = [_page_with_tables(record.exam, paper) for paper in papers]
    style = f"<style>{print_css()}{STYLE}</style></head>"
    with_tables = [page.replace("</head>", style, 1) for page in without_style]
    pages = [paper_html(record.exam, paper, medium="print") for paper in papers]
    jobs = {
        "the plain call, a table for each map": turns(_plain, with_tables),
        "the same, its style parsed once": turns(partial(bare, extra=STYLE), without_style),
        "the same, our drawings in place of tables": turns(bare, pages),
        "ours, tagged and to be filled in": turns(pdf, pages),
    }
    yield from rows_of(
        costs(jobs, effort), targets={"ours, tagged and to be filled in": Target(2, at_most=0.75)}
    )


def _plain(page: str) -> bytes:
    from weasyprint import HTML

    written: bytes = HTML(string=page).write_pdf()
    return written


def _page_with_tables(exam: Exam, paper: Paper) -> str:
    with patch.object(html, "draw", _table):
        return paper_html(exam, paper, medium="print")


def _table(figure: Drawing, style: Style = SHOWN, language: Language = ENGLISH) -> str:
    if not isinstance(figure, Grid):
        return draw(figure, style, language)
    lines = ("".join(f"<td>{escape(cell_text(cell))}</td>" for cell in row) for row in figure.rows)
    kind = "map" if style == SHOWN else "map answer"
    return f'<table class="{kind}">{"".join(f"<tr>{line}</tr>" for line in lines)}</table>'
