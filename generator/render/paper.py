"""A paper, or its solutions, as one HTML file that needs nothing beside it."""

from __future__ import annotations

from markupsafe import Markup

from ..language import language
from ..papers import Exam, Paper
from .environment import environment
from .look import Look, Medium
from .stylesheet import screen_css
from .view import paper_view


def paper_html(exam: Exam, paper: Paper, *, solutions: bool = False, medium: Medium = "screen") -> str:
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

    Raises
    ------
    TextError
        If a prompt or a formula cannot be shown; a checked bank has none of those.
    """
    look = Look(medium, language(exam.language))
    view = paper_view(exam, paper, solutions=solutions, look=look)
    template = environment().get_template("paper.html.j2")
    style = Markup(screen_css()) if medium == "screen" else Markup()  # noqa: S704 - a file of ours
    return template.render(paper=view, style=style, _=look.translate)
