"""PDFs of pages that were made for print: the same bytes for the same page.

The bytes depend on the versions of WeasyPrint and of its libraries, not on the clock, the process or the
fonts of the machine.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from .pdf_form import finish_form
from .pdf_tags import add_words, finish_tags
from .stylesheet import print_css


def pdf(html: str) -> bytes:
    """Lay out a page that was made for print, such as `paper_html(..., medium="print")`, as a tagged PDF.

    Nothing is fetched: a page has its drawings inside, and any other address is refused. Where the page is a
    form, so is the PDF.

    Raises
    ------
    weasyprint.urls.FatalURLFetchingError
        If the page refers to something outside itself.
    """
    document, finish = laid_out(html)
    written: bytes = document.write_pdf(pdf_variant="pdf/ua-1", finisher=finish)
    return written


def laid_out(html: str) -> tuple[Any, Any]:
    """Lay a page out without writing it; return a `weasyprint.Document` and what finishes its PDF."""
    from weasyprint import HTML  # slow to load, and needed for PDFs only

    fetcher, fonts, css = _style()
    page = HTML(string=html, url_fetcher=fetcher)
    formulas = add_words(page.etree_element)
    main = page.etree_element.find(".//main")
    code = "" if main is None else main.get("data-code", "")

    def finish(_document: Any, pdf: Any) -> None:
        finish_tags(pdf, formulas)
        finish_form(pdf, code)

    return page.render(stylesheets=[css], font_config=fonts), finish


@cache
def _style() -> tuple[Any, Any, Any]:
    """Make fetcher, fonts and style sheet once for all pages."""
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

    fetcher = URLFetcher(allowed_protocols=("data",), allow_redirects=False, fail_on_errors=True)
    fonts = FontConfiguration()
    return fetcher, fonts, CSS(string=print_css(), font_config=fonts, url_fetcher=fetcher)
