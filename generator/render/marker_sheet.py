"""The marker's sheet: the key of every paper, a line a field, for those who mark on paper."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO

from markupsafe import Markup

from .. import registry
from ..frozen import frozen
from ..language import language
from ..model import Field
from ..papers import Exam, Paper, Problem, is_shared
from ..resources import resource
from .answers import answer_label, expressions, key_rows, key_text
from .environment import environment
from .look import Look, Medium
from .pdf import laid_out
from .phrases import points_text, version_phrase
from .plain import said_plainly
from .sheet import joined
from .stylesheet import screen_css

AT_ONCE = 20  # papers; each takes 5 MB of memory while it is laid out


@frozen
class FieldView:
    """One line: what is asked, what is right, what it is worth; the key of a map has lines of its own."""

    label: Markup
    key: str
    rows: tuple[str, ...]
    points: str


@frozen
class QuestionView:
    """The number of a question, and its fields."""

    number: int
    fields: tuple[FieldView, ...]


@frozen
class PaperView:
    """A paper: its code, whose it is, and its questions."""

    code: str
    student: str
    questions: tuple[QuestionView, ...]


def marker_sheet(exam: Exam, papers: Iterable[Paper], medium: Medium, *, pages_before: int = 0) -> str:
    """Write the keys of papers as one page, in the order of the papers.

    Parameters
    ----------
    exam, papers
        What to write.
    medium
        "screen" for a file to open in a browser, "print" for `pdf`.
    pages_before
        How many pages there are already, where this is not the beginning.
    """
    look = Look(medium, language(exam.language))
    style = (screen_css() if medium == "screen" else "") + resource("marker.css").read_text(encoding="utf-8")
    if pages_before:
        style += f"@page :first {{ counter-reset: page {pages_before + 1}; }}\n"
    return (
        environment()
        .get_template("marker.html.j2")
        .render(
            exam=exam,
            papers=[_paper(paper, look) for paper in papers],
            begins=not pages_before,
            style=Markup(style),  # noqa: S704 - files of ours
            _=look.translate,
        )
    )


def marker_pdf(exam: Exam, papers: Sequence[Paper]) -> bytes:
    """Write the same as a PDF, some papers at a time: those of a whole class take much memory."""
    parts: list[bytes] = []
    pages = 0
    for first in range(0, len(papers), AT_ONCE):
        some = papers[first : first + AT_ONCE]
        document = laid_out(marker_sheet(exam, some, "print", pages_before=pages))
        parts.append(document.write_pdf())
        pages += len(document.pages)
    return joined(map(BytesIO, parts)) if len(parts) > 1 else parts[0]


def _paper(paper: Paper, look: Look) -> PaperView:
    student = paper.student
    named = () if is_shared(student) else (student.id, student.name)
    version = said_plainly(version_phrase(paper.version), look.language) if paper.version else ""
    return PaperView(
        code=paper.code,
        student=" · ".join(filter(None, (version, *named))),
        questions=tuple(_question(number, each, look) for number, each in enumerate(paper.problems, 1)),
    )


def _question(number: int, problem: Problem, look: Look) -> QuestionView:
    fields = registry.get(problem.spec.type).ask(problem.case)
    weights = sum(field.weight for field in fields)
    return QuestionView(
        number=number,
        fields=tuple(
            _field(field, problem, points_text(problem.points * field.weight / weights, look.language), look)
            for field in fields
        ),
    )


def _field(field: Field, problem: Problem, points: str, look: Look) -> FieldView:
    accepted = problem.key[field.name]
    label = answer_label(field, look)
    if field.kind == "tensor":
        return FieldView(label, "", _aligned(key_rows(accepted[0], field.rule), look), points)
    key = (
        expressions(accepted, look)
        if field.kind == "expression"
        else key_text(accepted, field, look.language)
    )
    return FieldView(label, key, (), points)


def _aligned(rows: tuple[tuple[str, ...], ...], look: Look) -> tuple[str, ...]:
    told = [[look.language.number(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*told, strict=True)]
    return tuple("  ".join(map(str.rjust, row, widths)) for row in told)
