"""PDFs: the same bytes everywhere, our own fonts, nothing fetched."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from weasyprint.urls import FatalURLFetchingError

from convexam.generator import scratch
from convexam.generator.errors import OutputError
from convexam.generator.papers import Exam, Paper
from convexam.generator.render.paper import paper_html
from convexam.generator.render.pdf import _style, pdf

SOURCE = Path(__file__).parents[3] / "src"
PROGRAM = (
    "import sys; from convexam.generator.render.pdf import pdf; "
    "sys.stdout.buffer.write(pdf(sys.stdin.buffer.read().decode()))"
)


@pytest.fixture
def page(exam: Exam, paper: Paper) -> str:
    return paper_html(exam, paper, solutions=True, medium="print")


@pytest.fixture
def written(page: str) -> PdfReader:
    return PdfReader(BytesIO(pdf(page)))


def test_bytes_do_not_depend_on_the_process(page: str) -> None:
    settings = {
        **os.environ,
        "PYTHONPATH": str(SOURCE),
        "PYTHONHASHSEED": "7",
        "TZ": "Asia/Tokyo",
        "LC_ALL": "C",
    }
    other = subprocess.run(
        [sys.executable, "-c", PROGRAM], input=page.encode(), env=settings, capture_output=True, check=True
    )
    assert pdf(page) == other.stdout


def test_the_writer_understands_the_style_sheet(page: str, caplog: pytest.LogCaptureFixture) -> None:
    _style.cache_clear()
    pdf(page)
    assert not [record.getMessage() for record in caplog.records if record.name == "weasyprint"]


def test_metadata(written: PdfReader) -> None:
    assert written.metadata is not None
    assert written.metadata.title == "CNN midterm · Solutions · 39212EAM13HG3N"
    assert written.trailer["/Root"]["/Lang"] == "en"  # type: ignore[index]
    assert "/CreationDate" not in written.metadata
    assert "/ModDate" not in written.metadata


def test_text(written: PdfReader) -> None:
    texts = [page.extract_text() for page in written.pages]
    assert "CNN midterm" in texts[0]
    assert "−13" in texts[0]
    for number, text in enumerate(texts, start=1):
        assert "39212EAM13HG3N" in text
        assert f"page {number} of {len(texts)}" in text


def test_fonts_are_ours(written: PdfReader) -> None:
    fonts = [
        font.get_object()
        for page in written.pages
        for font in page["/Resources"]["/Font"].values()  # type: ignore[index]
    ]
    names = {font["/BaseFont"].partition("+")[2] for font in fonts}
    assert names == {"STIX-Two-Text", "STIX-Two-Text-Italic", "STIX-Two-Text-Semi-Bold", "Inconsolata"}


@pytest.mark.parametrize(
    "element",
    [
        '<img src="http://127.0.0.1:9/x.png">',
        '<img src="file:///etc/hostname">',
        '<link rel="attachment" href="file:///etc/hostname">',
        '<link rel="stylesheet" href="http://127.0.0.1:9/x.css">',
    ],
)
def test_nothing_is_fetched(element: str) -> None:
    with pytest.raises(FatalURLFetchingError):
        pdf(f'<!DOCTYPE html><html lang="en"><title>x</title><body>{element}</body></html>')


def test_a_drawing_fetches_nothing_either() -> None:
    page = '<svg width="9" height="9"><image width="9" height="9" href="file:///nowhere.png"/></svg>'
    written = PdfReader(
        BytesIO(pdf(f'<!DOCTYPE html><html lang="en"><title>x</title><body>{page}</body></html>'))
    )
    assert not written.pages[0].images


def test_fonts_lie_where_whoever_outlives_this_process_removes_them(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(scratch, "_folders", {})
    fonts = _style.__wrapped__()
    assert list(tmp_path.glob("*/*/*"))
    scratch.remove(os.getpid())
    assert not list(tmp_path.iterdir())
    assert fonts


def test_a_full_disk_for_fonts_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(scratch, "_folders", {})
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    with pytest.raises(OutputError, match=r"fonts cannot be kept .* TMPDIR"):
        _style.__wrapped__()


def test_a_machine_without_pango_is_told_what_to_do() -> None:
    """In a process of its own, to which WeasyPrint's libraries are missing."""
    program = """
import sys
from importlib.abc import MetaPathFinder
from convexam.generator.errors import OutputError
from convexam.generator.render.pdf import pdf

class Missing(MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name == "weasyprint":
            print("advice")
            raise OSError("cannot load library 'libpango'")

sys.meta_path.insert(0, Missing())
try:
    pdf("")
except OutputError as error:
    print(error)
"""
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=SOURCE, capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("no PDF can be made here: the library Pango is missing. ")
    assert done.stdout.endswith("--format html,yaml (cannot load library 'libpango')\n")
