"""How Canvas marks an answer.

The rules are those of classic quizzes (read: app/models/quizzes/quiz_question/*.rb); where New Quizzes
would give another mark for the same package, the reader refuses the package.

- numerical_question: all or nothing. The page reads the longest number at the front (``parseFloat``),
  empties a field that has none and rounds to FOUR decimals (read, an older version of take_quiz.js; later
  ones go by the language of the student). Bounds are inclusive and exact (BigDecimal).
- multiple_choice_question: all or nothing.
- multiple_answers_question: right ones less wrong ones, over the number of right ones, never below 0. New
  Quizzes does the same with "partial credit with penalty" (documented) and has "exact match" besides.
- multiple_dropdowns_question, fill_in_multiple_blanks_question: right blanks over all blanks.
- Texts (fill_in_multiple_blanks_question, short_answer_question): ends trimmed, case does not matter. So
  ``12.0`` is not ``12``.
- There is no partial credit for an answer in any of them: an answer is right or it is not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Literal

from .markup import visible

Answer = str | Sequence[str] | None
NUMBER = re.compile(r"\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)", re.ASCII)


@dataclass(frozen=True)
class Known:
    """An option to choose, a text to type or a range of numbers, right or wrong, with its feedback (HTML)."""

    text: str
    right: bool
    feedback: str = ""
    low: Fraction = Fraction(0)
    high: Fraction = Fraction(0)


@dataclass(frozen=True)
class Blank:
    """One place for an answer; its name is empty if it is the only one."""

    kind: Literal["number", "text", "choice", "choices"]
    known: tuple[Known, ...]
    name: str = ""

    @property
    def options(self) -> tuple[str, ...]:
        """What a student can choose from, as seen; empty for a text field."""
        return tuple(visible(one.text) for one in self.known) if self.kind.startswith("choice") else ()

    def taken(self, answer: Answer) -> tuple[Known, ...]:
        """Return what the answer is: at most one, but for ``choices``."""
        if self.kind == "choices":
            chosen = [answer] if isinstance(answer, str) else list(answer or ())
            return tuple(dict.fromkeys(self._option(text) for text in chosen if text))
        if answer is not None and not isinstance(answer, str):
            raise TypeError(f"one answer expected, not {answer!r}")
        text = (answer or "").strip()
        if not text:
            return ()
        if self.kind == "choice":
            return (self._option(text),)
        return next(((one,) for one in self.known if self._takes(one, text)), ())

    def mark(self, answer: Answer) -> Fraction:
        """Return the share that the answer earns."""
        taken = self.taken(answer)
        right = sum(one.right for one in taken)
        if self.kind != "choices":
            return Fraction(right)
        wrong = len(taken) - right
        return max(Fraction(right - wrong, sum(one.right for one in self.known)), Fraction(0))

    def _takes(self, one: Known, text: str) -> bool:
        if self.kind == "text":
            return one.text.strip().lower() == text.lower()
        value = number(text)
        return value is not None and one.low <= value <= one.high

    def _option(self, text: str) -> Known:
        """Return the option of that text; a student cannot choose what is not there."""
        found = [one for one in self.known if text == one.text]
        found = found or [one for one in self.known if visible(text) == visible(one.text)]
        if len(found) != 1:
            raise ValueError(f"{text!r} is {len(found)} of the options {self.options}")
        return found[0]


def number(text: str) -> Fraction | None:
    """Return the number that the page keeps of an answer; None if it empties the field."""
    found = NUMBER.match(text)
    if not found or abs(float(found[1])) >= 1e21:  # from there on toFixed writes an exponent
        return None
    return Fraction(Decimal(float(found[1])).quantize(Decimal("0.0001"), ROUND_HALF_UP))
