"""A paper, or its solutions, as one HTML file that needs nothing beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from ..language import language
from ..papers import Exam, Paper, Student
from .boxes import Making
from .environment import page_template
from .form import form
from .look import Look, Medium
from .stylesheet import form_css, screen_css
from .view import paper_view

if TYPE_CHECKING:
    from jinja2 import Template


def load_template() -> Template:
    """Return the template of papers."""
    return page_template("paper.html.j2")


def paper_html(
    exam: Exam,
    paper: Paper,
    *,
    solutions: bool = False,
    medium: Medium = "screen",
    making: Making = "form",
    whose: Student | None = None,
    ends_blank: bool = False,
) -> str:
    """Write a paper as a web page.

    Parameters
    ----------
    exam, paper
        What to write.
    solutions
        Whether the boxes are filled in with the key and the worked steps follow. Without it the page
        follows from the drawn numbers alone: no key is computed or read.
    medium
        "screen" for a file to open in a browser, style and fonts inside; "print" for `pdf`, which brings
        the style itself.
    making
        Whether the boxes of a paper are a form, or drawn to be filled in by hand; solutions are drawn.
    whose
        The student whom it names; by default the one that it was drawn for.
    ends_blank
        Whether a last page follows that says that it is blank on purpose.

    Raises
    ------
    TextError
        If a prompt or a formula cannot be shown; a checked bank has none of those.
    """
    look = Look(medium, language(exam.language))
    view = paper_view(
        exam, paper, whose=whose or paper.student, solutions=solutions, look=look, making=making
    )
    template = load_template()
    on_screen = medium == "screen"
    typed = form(exam, paper, look.translate) if view.purpose == "form" and on_screen else None
    style = Markup(screen_css() if on_screen else "")  # noqa: S704 - files of ours
    if typed:
        style += Markup(form_css())  # noqa: S704
    named = "aria-label" if on_screen else "title"  # where the PDF writer looks for it
    return template.render(
        paper=view, ends_blank=ends_blank, form=typed, named=named, style=style, _=look.translate
    )
