"""Numbers and findings in the words of the report of a class, which instructors read in English."""

from __future__ import annotations

import re
from fractions import Fraction
from math import floor

from ..intake.handed_in import Outcome
from ..statistics.attention import Concern, Reason
from ..statistics.fairness import EffortFit, Fair, Version
from ..statistics.findings import Finding, Shown
from ..statistics.numbers import FEW
from ..statistics.reliability import Reliability

SPACE = "\N{NO-BREAK SPACE}"

OTHER_FINDINGS = {
    "other_stride": "took another stride",
    "other_padding": "took another padding",
    "other_dilation": "took another dilation",
    "transposed": "wrote the right map with rows and columns swapped",
    "columns_reversed": "wrote the right map mirrored left to right",
    "rows_reversed": "wrote the right map upside down",
    "turned": "wrote the right map turned by 180°",
    "turned_left": "wrote the right map turned to the left",
    "turned_right": "wrote the right map turned to the right",
    "shifted_up": "wrote the right map one row too far up",
    "shifted_down": "wrote the right map one row too far down",
    "shifted_left": "wrote the right map one column too far to the left",
    "shifted_right": "wrote the right map one column too far to the right",
    "filled_by_columns": "wrote the right numbers down the columns",
    "reshaped": "wrote the right numbers with another number of columns",
    "product_left_out": "left one product out",
    "number_left_out": "left one number out",
    "product_sign_lost": "added one product with the wrong sign",
    "number_sign_lost": "added one number with the wrong sign",
    "neighbour_taken": "took a neighbouring number once",
    "bias_left_out": "left the bias out in one number",
    "bias_sign_lost": "added the bias with the wrong sign in one number",
    "divisor_forgotten": "did not divide one sum",
    "largest_overlooked": "overlooked the largest number of one window",
    "window_moved": "laid one window in a wrong place",
    "term_left_out": "left one term out",
    "term_sign_lost": "wrote one term with the wrong sign",
}
"""What somebody did, of findings that are no misconceptions: settings, rearrangements and slips."""

TO_DO = {
    Outcome.NO_ANSWERS: "Open it. If it holds answers, ask for the file that the page or the PDF saves.",
    Outcome.EMPTY: "Ask the student to hand in again: the upload was lost.",
    Outcome.REFUSED: "Do not open it. Ask the student for the one answer file.",
    Outcome.CRASHED: "Open it with care. Ask the student for the answers in another form.",
    Outcome.NO_CODE: "Find out whose it is, write the code of the paper into the file, and mark it again.",
    Outcome.UNKNOWN_CODE: "Compare the code with the contact sheet: it may be mistyped, or of another exam.",
    Outcome.NOT_THEIRS: "Ask both students: the sender handed in a paper that was drawn for another.",
    Outcome.UNKNOWN_SENDER: "Add the sender to the class list, or say who it is.",
    Outcome.FORGOTTEN: "Nothing was kept of it. Ask whoever sent it why it came again.",
    Outcome.REPLACED: "If that was another file of the same name, rename one of them and mark both again.",
    Outcome.CONTESTED: "Ask the senders whose paper it is.",
}

_REASONS = {
    Reason.NEGATIVE: "The stronger a student, the less it earned. The key may be wrong, or the question"
    " misleads those who know more: solve one variant by hand.",
    Reason.HARD: "Hardly anybody could do it. Was it taught; is the key right; does the prompt say enough?",
    Reason.BLANK: "Many did not begin with it. Too little time, or unclear what to type?",
    Reason.EASY: "Almost everybody could do it, so it tells students apart no longer.",
}

_VERDICTS = {
    Fair.SAME: "Every variant took the same effort.",
    Fair.FEW: f"Cannot be told: fewer than {FEW} answered.",
    Fair.NO_SIGN: "No sign that harder variants earned less: chance alone explains this.",
    Fair.HARDER: "Those with more to compute earned less; chance alone does that in one class of a hundred.",
    Fair.EASIER: "Those with more to compute earned more; chance alone does that in one class of a hundred,"
    " so something else than the effort may differ.",
}


# -- numbers ------------------------------------------------------------------------------------


def two_decimals(number: float | Fraction) -> str:
    """Write a coefficient: ``0.72``, ``−0.10``."""
    return f"{float(number) + 0.0:.2f}".replace("-0.00", "0.00").replace("-", "−")


def percent(share: Fraction) -> str:
    """Write a share in whole per cent, halves upwards; what is more than nothing never becomes 0."""
    whole = floor(100 * share + Fraction(1, 2))
    return f"under 1{SPACE}%" if share > 0 and not whole else f"{whole}{SPACE}%"


def one_decimal(number: float | Fraction) -> str:
    """Write points: ``6.4``, ``7``."""
    return f"{float(number):.1f}".removesuffix(".0").replace("-", "−")


def counted(count: int, one: str, many: str = "") -> str:
    """Write a number of things: ``1 student``, ``2 students``, ``no students``."""
    return f"{count or 'no'} {one if count == 1 else many or one + 's'}"


def among(shown: Shown) -> str:
    """Write how many of those who answered: per cent, or of a few students how many."""
    if shown.answered < FEW:
        return f"{shown.count} of {shown.answered}"
    return percent(shown.share)


# -- findings -----------------------------------------------------------------------------------


def did(finding: Finding) -> str:
    """Say what somebody did: ``turned the kernel by 180° before sliding it (a true convolution)``."""
    if not finding.sentence:
        return OTHER_FINDINGS.get(finding.name, finding.name)
    first = re.split(r"(?<=[.!?])\s", finding.sentence, maxsplit=1)[0].removesuffix(".")
    words = first.removeprefix("You ")
    return re.sub(r"\b([Yy])our\b", lambda found: "Their" if found[1] == "Y" else "their", words)


def what_is_right(finding: Finding) -> str:
    """Return what a sentence says after what was done."""
    return (*re.split(r"(?<=[.!?])\s", finding.sentence, maxsplit=1), "")[1]


def where(finding: Finding) -> str:
    """Say of how many students how many showed it, and in which questions."""
    shown = finding.shown
    places = [question.name for question, _ in finding.questions]
    each = "one of these" if len(places) > 1 else places[0]
    had = "" if shown.had == shown.answered else f", of {shown.had} who had it"
    counts = ", ".join(f"{question.name} {part.count}" for question, part in finding.questions)
    listing = f": {counts}" if len(places) > 1 else ""
    return f"{shown.count} of {shown.answered} who answered {each}{had}{listing}"


# -- questions, fairness, reliability -----------------------------------------------------------


def headline(concern: Concern) -> str:
    """Say in a few words why a question needs a look."""
    question = concern.question
    match concern.reason:
        case Reason.NEGATIVE:
            return f"discrimination {two_decimals(question.discrimination or 0)}, below 0"
        case Reason.HARD | Reason.EASY:
            return f"facility {two_decimals(question.facility or 0)}"
        case Reason.BLANK:
            return f"{percent(concern.share)} left it blank"
    return f"{percent(concern.share)} {did(concern.finding)}" if concern.finding else ""


def advice(concern: Concern) -> str:
    """Say what that may mean."""
    if concern.finding:
        return f"What to tell them: {what_is_right(concern.finding) or 'see the worked solution.'}"
    text = _REASONS[concern.reason]
    return text if concern.firm else f"{text} With {concern.question.marked} students it may be chance."


def fairness_sentence(fit: EffortFit) -> str:
    """Say what effort against earned shares tells."""
    text = _VERDICTS[fit.verdict]
    if fit.correlation is not None and fit.light is not None and fit.heavy is not None:
        text += (
            f" The lighter half earned {percent(fit.light)}, the heavier one {percent(fit.heavy)};"
            f" rank correlation {two_decimals(fit.correlation)}, {len(fit.points)} students."
        )
    return text


def versions_sentence(versions: tuple[Version, ...], verdict: Fair) -> str:
    """Say whether versions differ."""
    if verdict is Fair.FEW:
        return f"Whether versions were equally hard cannot be told: it takes {FEW} students of each."
    if verdict is Fair.DIFFER:
        best = max(versions, key=lambda version: version.share)
        weakest = min(versions, key=lambda version: version.share)
        return (
            f"Version {weakest.name} earned {percent(weakest.share)} and version {best.name}"
            f" {percent(best.share)}: more apart than chance makes it. Compare the questions below."
        )
    return "The versions differ no more than chance makes them."


def reliability_sentence(found: Reliability) -> str:
    """Say how reliable the totals are."""
    if found.alpha is None:
        return f"Cronbach's alpha is not given: {found.reason}."
    level = next(word for least, word in _LEVELS if found.alpha >= least)
    text = (
        f"Cronbach's alpha is {two_decimals(found.alpha)} over the {len(found.used)} questions that all"
        f" {found.students} students had: {level}."
    )
    if found.error is not None:
        error = one_decimal(found.error)
        text += f" The points of a student in these questions are uncertain by about ±{SPACE}{error}."
    return text


_LEVELS = (
    (Fraction(9, 10), "very consistent"),
    (Fraction(8, 10), "consistent enough for decisions about single students"),
    (Fraction(7, 10), "usual for an exam of this kind"),
    (Fraction(5, 10), "so close decisions deserve a second look"),
    (Fraction(0), "low, so totals say little about what students know in general"),
    (Fraction(-(10**9)), "below 0: questions go against each other"),
)
