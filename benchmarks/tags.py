"""Tags and fields: the paper of a student without both, by WeasyPrint alone, with them, and as ours."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from convexam.generator.render.paper import paper_html
from convexam.generator.render.pdf import pdf

from .bare import bare
from .rounds import Effort, Row, costs, rows_of
from .samples import MIDTERM, exam_of_file, handed_in
from .targets import Target

NO_FIELDS = "input, textarea { appearance: none !important; }"
TAGGED = {"pdf_variant": "pdf/ua-1"}
TARGETS = {"tagged": Target(9, at_most=1.1), "fields": Target(9, at_most=1.15)}


def rows(effort: Effort) -> Iterator[Row]:
    """Write one page in all ways; the size of the file stands behind the name."""
    record = exam_of_file(MIDTERM)
    (sample,) = handed_in(MIDTERM, record, 1)
    page = paper_html(record.exam, sample.paper, medium="print")
    jobs = {
        "plain": partial(bare, page, NO_FIELDS),
        "tagged": partial(bare, page, NO_FIELDS, **TAGGED),
        "fields": partial(bare, page),
        "both": partial(bare, page, **TAGGED),
        "ours": partial(pdf, page),
    }
    files = {name: len(job()) for name, job in jobs.items()}
    sizes = {name: f"{name}: {size / 1000:.0f} kB" for name, size in files.items()}
    measured = costs(jobs, effort)
    yield from rows_of(
        {sizes[name]: cost for name, cost in measured.items()},
        targets={sizes[name]: target for name, target in TARGETS.items()},
    )
    larger = files["ours"] / files["plain"]
    yield Row("ours, how large the file is", "", f"{larger:.2f}", Target(9, at_most=2), larger)
