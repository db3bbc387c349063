"""About how long a student works on a question, read off its effort.

A rough guide for whoever puts an exam together: time to read and to think, and the pace of each kind for its
elementary steps. It is taken from fixed draws, never from a student's own.
"""

from __future__ import annotations

from fractions import Fraction

from . import registry
from .bank import Bank
from .compose import draw_problem
from .exam_file import ExamFile, Item, candidates
from .model import Conventions, Effort
from .papers import Difficulty, Spec
from .streams import Stream, derive

READING = 60  # seconds, for the question and for writing the answer down
NEGATIVE = 2  # seconds more for a product that is negative
THINKING = {1: Fraction(1), 2: Fraction(5, 4), 3: Fraction(3, 2)}  # by difficulty
DRAWS = 5


def minutes(effort: Effort, pace: int, difficulty: Difficulty) -> Fraction:
    """Return the minutes that an effort takes.

    Parameters
    ----------
    effort
        Of one draw.
    pace
        Seconds for an elementary step: see `QuestionType`.
    difficulty
        1 to 3: harder questions take longer to think about.
    """
    seconds = READING + pace * effort.products + NEGATIVE * effort.negatives
    return THINKING[difficulty] * seconds / 60


def minutes_of_entry(spec: Spec, bank: Bank, conventions: Conventions) -> Fraction:
    """Return the mean over a few draws of an entry."""
    kind = registry.get(spec.type)
    count = DRAWS if spec.params is not None else 1
    total = Fraction()
    for number in range(count):
        stream = Stream(derive(b"convexam/minutes/1", [spec.id, str(number)]))
        problem = draw_problem(
            spec,
            stream,
            item=spec.id,
            origin=bank.origins[spec.id],
            conventions=conventions,
            language=spec.language,
        )
        total += minutes(kind.effort(problem.case), kind.pace, spec.difficulty)
    return total / count


def minutes_of_exam(exam: ExamFile, bank: Bank) -> Fraction:
    """Return the minutes of all items; of a pick, those of the entries that fit on average."""
    return sum((_of_item(item, exam, bank) for item in exam.items), Fraction())


def _of_item(item: Item, exam: ExamFile, bank: Bank) -> Fraction:
    fitting = candidates(item, bank)
    total = sum((minutes_of_entry(spec, bank, exam.conventions) for spec in fitting), Fraction())
    return (item.pick or 1) * total / len(fitting)
