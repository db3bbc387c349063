"""The style sheet of every page, with its fonts inside: a page needs no network."""

from __future__ import annotations

from base64 import b64encode
from functools import cache

from ..frozen import frozen
from ..resources import resource


@frozen
class Font:
    """A font file and how a style sheet calls it."""

    family: str
    file: str
    weight: int = 400
    style: str = "normal"


FONTS = (
    Font("STIX Two Text", "STIXTwoText-Regular.woff2"),
    Font("STIX Two Text", "STIXTwoText-Italic.woff2", style="italic"),
    Font("STIX Two Text", "STIXTwoText-SemiBold.woff2", weight=600),
    Font("Inconsolata", "Inconsolata-Medium.woff2"),
)
MATHS = Font("STIX Two Math", "STIXTwoMath.woff2")


@cache
def screen_css() -> str:
    """Return the style sheet for browsers, which also print."""
    return _sheet((*FONTS, MATHS), "paper.css", "print.css", "screen.css")


@cache
def feedback_css() -> str:
    """Return the style sheet of feedback pages."""
    return screen_css() + _sheet((), "feedback.css")


@cache
def report_css() -> str:
    """Return the style sheet of the report of a class."""
    return screen_css() + _sheet((), "report.css")


@cache
def form_css() -> str:
    """Return what the style sheet for browsers lacks for a form."""
    return _sheet((), "form/form.css", "form/screen.css")


@cache
def print_css() -> str:
    """Return the style sheet for the PDF writer, where formulas are drawn and need no font."""
    return _sheet(FONTS, "paper.css", "form/form.css", "print.css", "hand.css", "form/pdf.css")


def _sheet(fonts: tuple[Font, ...], *files: str) -> str:
    return "".join(map(_face, fonts)) + "".join(resource(file).read_text(encoding="utf-8") for file in files)


def _face(font: Font) -> str:
    data = b64encode(resource(f"fonts/{font.file}").read_bytes()).decode("ascii")
    return (
        f'@font-face {{ font-family: "{font.family}"; font-weight: {font.weight}; font-style: {font.style}; '
        f'src: url("data:font/woff2;base64,{data}") format("woff2"); }}\n'
    )
