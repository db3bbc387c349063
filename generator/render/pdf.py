"""PDFs of pages that were made for print: the same bytes for the same page.

The bytes depend on the versions of WeasyPrint and of its libraries, not on the clock, the process or the
fonts of the machine.
"""

from __future__ import annotations

import atexit
import gc
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from functools import cache
from io import StringIO
from tempfile import gettempdir
from typing import Any

from .. import scratch
from ..errors import OutputError
from ..frozen import frozen
from .pdf_form import finish_form
from .pdf_tags import Words, add_words, finish_tags
from .stylesheet import print_css


def pdf(html: str) -> bytes:
    """Lay out a page that was made for print, such as `paper_html(..., medium="print")`, as a tagged PDF.

    Nothing is fetched: a page has its drawings inside, and any other address is refused. Where the page is a
    form, so is the PDF.

    Raises
    ------
    OutputError
        If the libraries are missing that lay pages out.
    weasyprint.urls.FatalURLFetchingError
        If the page refers to something outside itself.
    """
    with garbage_at_the_end():
        return laid_out(html).write_pdf()


@contextmanager
def garbage_at_the_end() -> Iterator[None]:
    """Look for garbage once, when a PDF is done, and only among what came with it."""
    looking = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if looking:
            gc.enable()
            gc.collect(1)


@frozen
class LaidOut:
    """A page on sheets of paper, before it is written.

    Attributes
    ----------
    document
        A `weasyprint.Document`.
    words
        What its tags have to say.
    code
        The code of the paper; a form carries it.
    """

    document: Any
    words: Words
    code: str

    @property
    def pages(self) -> list[Any]:
        """The sheets, each a `weasyprint.Page`."""
        pages: list[Any] = self.document.pages
        return pages

    def write_pdf(self) -> bytes:
        """Write it as a tagged PDF, and as a form where it has boxes to type into."""
        written: bytes = self.document.write_pdf(pdf_variant="pdf/ua-1", finisher=self._finish)
        return written

    def _finish(self, _document: Any, pdf: Any) -> None:
        finish_tags(pdf, self.words)
        finish_form(pdf, self.code)


def laid_out(html: str) -> LaidOut:
    """Lay a page out without writing it: see `pdf`."""
    weasyprint = _weasyprint()
    fetcher, fonts, css = _style()
    page = weasyprint.HTML(string=html, url_fetcher=fetcher)
    words = add_words(page.etree_element)
    main = page.etree_element.find(".//main")
    code = "" if main is None else main.get("data-code", "")
    return LaidOut(page.render(stylesheets=[css], font_config=fonts), words, code)


def _weasyprint() -> Any:
    """Import what is slow to load and needed for PDFs only."""
    try:
        with redirect_stdout(StringIO()):  # where a library is missing, it prints advice of its own
            import weasyprint
    except OSError as error:
        raise OutputError(
            "no PDF can be made here: the library Pango is missing. Install it as scripts/setup.sh does, "
            f"or leave PDFs out with --format html,yaml ({error})"
        ) from error
    return weasyprint


@cache
def _style() -> tuple[Any, Any, Any]:
    """Make fetcher, fonts and style sheet once for all pages."""
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

    fetcher = URLFetcher(allowed_protocols=("data",), allow_redirects=False, fail_on_errors=True)
    try:
        with scratch.keeping_files():
            fonts = FontConfiguration()
            atexit.register(_style.cache_clear)  # it removes files, which is too late at the very end
            return fetcher, fonts, CSS(string=print_css(), font_config=fonts, url_fetcher=fetcher)
    except OSError as error:
        why = error.strerror or error
        raise OutputError(
            f"{gettempdir()}: fonts cannot be kept in this folder: {why}. Name another one in TMPDIR."
        ) from error
