"""A PDF filled in as a student would, with a program that is not ours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import BytesIO

from pypdf import PdfReader, PdfWriter

from convexam.generator import registry
from convexam.generator.model import Field, Value
from convexam.generator.papers import Paper
from convexam.generator.render.box_names import box_names
from convexam.grader.marking.fields import write


def filled(data: bytes, boxes: Mapping[str, str], *, incremental: bool = False) -> bytes:
    """Type texts into the boxes of a form and save it."""
    in_pdf = {name.replace(".", ":"): text for name, text in boxes.items()}
    source = BytesIO(data)
    writer = PdfWriter(source, incremental=True) if incremental else PdfWriter(clone_from=PdfReader(source))
    for page in writer.pages:
        writer.update_page_form_field_values(page, in_pdf, auto_regenerate=False)
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


def typed(paper: Paper) -> dict[str, str]:
    """Return what a student types who knows all answers."""
    return {
        name: text
        for problem in paper.problems
        for field in registry.get(problem.spec.type).ask(problem.case)
        for name, text in _boxes(problem.item, field, problem.key[field.name][0])
    }


def _boxes(item: str, field: Field, value: Value) -> Iterator[tuple[str, str]]:
    names = box_names(item, field)
    if field.kind == "record":
        assert isinstance(value, tuple)
        yield from zip(names[0], map(str, value), strict=True)
    elif field.kind == "tensor" and field.shape is not None:
        assert isinstance(value, tuple)
        for row, cells in zip(names, value, strict=True):
            assert isinstance(cells, tuple)
            yield from zip(row, map(str, cells), strict=True)
    else:
        yield names[0][0], write(field, value).replace("\n", "\r")
