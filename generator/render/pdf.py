"""PDFs of pages that were made for print: the same bytes for the same page.

The bytes depend on the versions of WeasyPrint and of its libraries, not on the clock, the process or the
fonts of the machine.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from .stylesheet import print_css


def pdf(html: str) -> bytes:
    """Lay out a page that was made for print, such as `paper_html(..., medium="print")`, as a tagged PDF.

    Nothing is fetched: a page has its drawings inside, and any other address is refused.

    Raises
    ------
    weasyprint.urls.FatalURLFetchingError
        If the page refers to something outside itself.
    """
    written: bytes = laid_out(html).write_pdf(pdf_variant="pdf/ua-1")
    return written


def laid_out(html: str) -> Any:
    """Lay a page out without writing it; see `weasyprint.Document`."""
    from weasyprint import HTML  # slow to load, and needed for PDFs only

    fetcher, fonts, css = _style()
    page = HTML(string=html, url_fetcher=fetcher)
    return page.render(stylesheets=[css], font_config=fonts)


@cache
def _style() -> tuple[Any, Any, Any]:
    """Make fetcher, fonts and style sheet once for all pages."""
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

    fetcher = URLFetcher(allowed_protocols=("data",), allow_redirects=False, fail_on_errors=True)
    fonts = FontConfiguration()
    return fetcher, fonts, CSS(string=print_css(), font_config=fonts, url_fetcher=fetcher)
