"""What a paper's page needs to be a form: its script, and the texts and the paper that the script reads.

The script is in `templates/form`; it holds no text of its own.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from markupsafe import Markup

from ..frozen import frozen
from ..language import Translate
from ..papers import Exam, Paper
from ..resources import resource
from .answer_file import public_paper
from .boxes import CELL

SCRIPTS = ("block.js", "answers.js", "grid.js", "storage.js", "form.js")
"""In this order: the last one starts the form."""


@frozen
class Form:
    """What is put into the page.

    Attributes
    ----------
    paper
        What programs may know of the paper, as it is also written beside it.
    texts
        All that the script says; ``{{ name }}`` stands for a value.
    script
        The script.
    """

    paper: dict[str, Any]
    texts: dict[str, str]
    script: Markup


def form(exam: Exam, paper: Paper, translate: Translate) -> Form:
    """Make the form of a paper; like the paper, it follows from what is asked alone."""
    return Form(public_paper(exam, paper), _texts(translate), Markup(script()))  # noqa: S704 - files of ours


@cache
def script() -> str:
    """Return the script of every form."""
    return "".join(resource(f"form/{name}").read_text(encoding="utf-8") for name in SCRIPTS)


def _texts(translate: Translate) -> dict[str, str]:
    return {
        "cell": translate(CELL),
        "start": translate("this is only a start: the size is for you to find"),
        "size": translate("counts as {{ rows }} × {{ columns }}"),
        "lastRow": translate("The last row is not empty. Remove it all the same?"),
        "lastColumn": translate("The last column is not empty. Remove it all the same?"),
        "doesNotFit": translate("Not all that was pasted fits into these cells: the rest was left out."),
        "notNumeric": translate("“{{ text }}” will not be read as a number"),
        "twice": translate("{{ text }} stands there twice"),
        "progress": translate("{{ count }} of {{ total }} questions answered"),
        "complete": translate("Nothing: every box is filled in."),
        "more": translate("and {{ count }} more"),
        "kept": translate("Saved in this browser."),
        "restored": translate("These answers were kept in this browser. If they are not yours, clear them."),
        "notKept": translate(
            "This browser does not keep your answers: save the answer file before you leave."
        ),
        "changed": translate("Changed since the last answer file."),
        "handIn": translate("Saved as {{ file }}: this is the file to hand in."),
        "loaded": translate("The answers of {{ file }} were loaded."),
        "overwrite": translate("The answers on this page will be replaced. Go on?"),
        "otherPaper": translate(
            "{{ file }} is for paper {{ found }}, and this is paper {{ code }}. Nothing was loaded."
        ),
        "noAnswers": translate("{{ file }} is not an answer file of such a form. Nothing was loaded."),
        "clear": translate("Remove all answers from this page and from this browser?"),
    }
