"""All files of one paper: what a student gets, and the worked solutions."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from .model import Exam, Paper
from .reading.schema import canonical_json

FORMATS = ("html", "pdf", "yaml")

STUDENTS = "handout"
SOLUTIONS = "solutions"


def files_of(exam: Exam, paper: Paper, formats: Collection[str] = FORMATS) -> Iterator[tuple[str, bytes]]:
    """Yield the path of each file, relative to the exam's folder, and its bytes."""
    from .render.answer_file import answer_template, public_paper
    from .render.paper import paper_html

    code = paper.code
    yield f"{STUDENTS}/{code}.paper.json", canonical_json(public_paper(exam, paper))
    if "yaml" in formats:
        yield f"{STUDENTS}/{code}.answers.yaml", answer_template(exam, paper).encode()
    for folder, name, solutions in ((STUDENTS, code, False), (SOLUTIONS, f"{code}.solutions", True)):
        if "html" in formats:
            yield f"{folder}/{name}.html", paper_html(exam, paper, solutions=solutions).encode()
        if "pdf" in formats:
            from .render.pdf import pdf

            yield f"{folder}/{name}.pdf", pdf(paper_html(exam, paper, solutions=solutions, medium="print"))
