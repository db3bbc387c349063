"""WeasyPrint as anybody may call it who has parsed the style once, without anything of ours."""

from __future__ import annotations

from functools import cache
from typing import Any

from convexam.generator.render.stylesheet import print_css


def bare(page: str, extra: str = "", **options: object) -> bytes:
    """Write a page as a PDF.

    Parameters
    ----------
    page
        As it is made for print.
    extra
        Rules that are added to the style.
    options
        Of WeasyPrint.
    """
    from weasyprint import HTML

    css, fonts = _style(extra)
    written: bytes = HTML(string=page).write_pdf(stylesheets=[css], font_config=fonts, **options)
    return written


@cache
def _style(extra: str) -> tuple[Any, Any]:
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    return CSS(string=print_css() + extra, font_config=fonts), fonts
