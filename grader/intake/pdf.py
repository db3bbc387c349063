"""A filled-in PDF becomes items, fields and raw answers; reading it cannot harm this process."""

from __future__ import annotations

from typing import Any

from ...generator.reading.tree import quoted
from .boxes import answers_of_boxes
from .encoding import refuse
from .lines import Contents

MAGIC = b"%PDF-"
MOST_BYTES = 10 * 1024 * 1024

_HEAD = ("paper", "student")
_GAVE_UP = "the PDF could not be read: the reader ran out of time or memory; save the form again"


def is_pdf(data: bytes) -> bool:
    """Say whether a file says of itself that it is a PDF; some programs write a little before that."""
    return MAGIC in data[:1024]


def pdf_contents(data: bytes, name: str) -> Contents:
    """Read the form in a PDF.

    Parameters
    ----------
    data
        The file.
    name
        What messages call it.

    Raises
    ------
    DataError
        If the file is too large, damaged, encrypted or has no form, if two of its fields have one name, or
        if it could not be read within the limits.
    """
    boxes, damaged = _boxes(data, name)
    head = {field: boxes.pop(field) or "" for field in list(boxes) if field in _HEAD}
    answers, problems = answers_of_boxes(boxes)
    if "paper" not in head and not answers:
        refuse(name, "the PDF has a form, but not that of a paper; fill in CODE.pdf as it was handed out")
    return Contents(head, answers, problems, damaged)


def _boxes(data: bytes, name: str) -> tuple[dict[str, str | None], bool]:
    """Return the text of each field, and whether some of them cannot be read.

    A name holds no full stop in a PDF and a colon instead.
    """
    if len(data) > MOST_BYTES:
        refuse(name, f"the PDF has more than {MOST_BYTES // 1024**2} MB; is it the form that was filled in?")
    boxes: dict[str, str | None] = {}
    answer = _read(data, name)
    for field, text in answer["fields"]:
        box = field.replace(":", ".")
        if box in boxes:
            refuse(name, f"the PDF has two fields of the name {quoted(box)}; hand in one paper a file")
        boxes[box] = text
    return boxes, answer["damaged"]


def _read(data: bytes, name: str) -> dict[str, Any]:
    """Let a worker read the form, so that the worst that a file can do is to be unreadable."""
    from ...generator.workers.alone import alone  # few files are PDFs, and the reader takes a while to import
    from ...generator.workers.pool import WorkerDied
    from .pdf_fields import answer

    try:
        found = alone(answer, data)
    except WorkerDied:
        refuse(name, _GAVE_UP)
    if "refused" in found:
        refuse(name, found["refused"])
    return found
