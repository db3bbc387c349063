"""How Moodle marks an answer, blank by blank.

Read in the source (question/type/*/question.php, a fork of Moodle 4.5; the parser of cloze texts also in
5.1), on a site in English, at the end of an attempt (deferred feedback). Fractions are exact here; Moodle
stores them with 7 decimals.

- A blank answer is no response: 0, whatever ``*`` would give.
- NUMERICAL: spaces go, ``x10^2``, ``*10**2`` and ``E2`` become ``e2``; a comma is a thousands separator and
  goes. The longest number at the front counts, what follows is an unknown unit and costs nothing. Bounds
  are inclusive with an epsilon of 1e-14. ``*`` takes any number, but nothing that is not one. A part never
  falls below 0.
- So ``12,5`` is 125. The page says so before (RAN: "without using the thousand separator"), but who submits
  all the same is marked like that.
- SHORTANSWER: Unicode NFC, ends trimmed, ``*`` any run of characters, ``\\*`` an asterisk; a negative
  fraction stays.
- MULTICHOICE: the fraction of the option, a negative one too.
- MULTIRESPONSE: the sum of the chosen fractions, clipped to 0..1.
- The first alternative that takes an answer wins (RAN), and its feedback is shown.
- A cloze is the weighted mean of its parts; its total is not floored at 0.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from .markup import visible

Kind = Literal["NUMERICAL", "SHORTANSWER", "SHORTANSWER_C", "MULTICHOICE", "MULTIRESPONSE"]
Answer = str | Sequence[str] | None

EXPONENT = re.compile(r"(?:e|E|(?:x|\*|×)10(?:\^|\*\*))([+-]?\d+)", re.ASCII)
NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?", re.ASCII)
STAR = re.compile(r"(?<!\\)\*+")
EPSILON = 1e-14  # ten to minus PHP's `precision`


@dataclass(frozen=True)
class Alternative:
    """An answer that the question knows: its text as stored, its share, its feedback (HTML)."""

    text: str
    fraction: Fraction
    feedback: str = ""
    tolerance: float = 0.0


@dataclass(frozen=True)
class Blank:
    """One place for an answer; ``layout`` is how options are laid out, empty for a text field."""

    kind: Kind
    weight: int
    alternatives: tuple[Alternative, ...]
    layout: Literal["", "dropdown", "vertical", "horizontal"] = ""
    shuffled: bool = False

    @property
    def options(self) -> tuple[str, ...]:
        """What a student can choose from, as seen; empty for a text field."""
        if self.kind not in ("MULTICHOICE", "MULTIRESPONSE"):
            return ()
        return tuple(visible(option.text) for option in self.alternatives)

    def taken(self, answer: Answer) -> tuple[Alternative, ...]:
        """Return the alternatives that take the answer: at most one, but for MULTIRESPONSE."""
        if self.kind == "MULTIRESPONSE":
            chosen = [answer] if isinstance(answer, str) else list(answer or ())
            return tuple(dict.fromkeys(self._option(text) for text in chosen if text))
        if answer is not None and not isinstance(answer, str):
            raise TypeError(f"{self.kind} takes one answer, not {answer!r}")
        text = (answer or "").strip(" \n\r\t\v\0")
        if not text:
            return ()
        if self.kind == "MULTICHOICE":
            return (self._option(text),)
        return next(((known,) for known in self.alternatives if self._takes(known, text)), ())

    def mark(self, answer: Answer) -> Fraction:
        """Return the share of the blank's weight that the answer earns."""
        total = sum((known.fraction for known in self.taken(answer)), Fraction(0))
        if self.kind == "NUMERICAL":
            return max(total, Fraction(0))
        if self.kind == "MULTIRESPONSE":
            return min(max(total, Fraction(0)), Fraction(1))
        return total

    def feedback(self, answer: Answer) -> tuple[str, ...]:
        """Return the feedback (HTML) that the answer brings up."""
        return tuple(known.feedback for known in self.taken(answer) if known.feedback)

    def _takes(self, known: Alternative, text: str) -> bool:
        if self.kind == "NUMERICAL":
            return within(known, number(text))
        return matches(known.text, text, exact=self.kind == "SHORTANSWER_C")

    def _option(self, text: str) -> Alternative:
        """Return the option of that text; a student cannot choose what is not there."""
        found = [option for option in self.alternatives if text == option.text]
        found = found or [o for o in self.alternatives if visible(text) == visible(o.text)]
        if len(found) != 1:
            raise ValueError(f"{text!r} is {len(found)} of the options {self.options}")
        return found[0]


def number(answer: str) -> float | None:
    """Return the number that Moodle reads in an answer; None if it reads none."""
    text = EXPONENT.sub(r"e\1", answer.replace(" ", "")).replace(",", "")
    found = NUMBER.match(text)
    return float(found[0]) if found else None


def within(known: Alternative, value: float | None) -> bool:
    """Tell if a number is the known one, in its tolerance."""
    if value is None or known.text == "*":
        return value is not None
    centre = float(known.text)
    reach = known.tolerance + EPSILON * max(known.tolerance, abs(centre), EPSILON)
    return centre - reach <= value <= centre + reach


def matches(pattern: str, text: str, *, exact: bool) -> bool:
    """Tell if a text is what a pattern with ``*`` says; ``exact`` minds the case."""
    bits = STAR.split(unicodedata.normalize("NFC", pattern))
    regex = ".*".join(re.escape(bit.replace("\\*", "*")) for bit in bits)
    flags = re.NOFLAG if exact else re.IGNORECASE
    return re.fullmatch(regex, unicodedata.normalize("NFC", text), flags) is not None
