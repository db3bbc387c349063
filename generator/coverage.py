"""Which learning outcomes and topics an exam tests, and which it leaves out."""

from __future__ import annotations

from collections.abc import Set
from fractions import Fraction

from .bank import Bank
from .curriculum import Curriculum
from .exam_file import ExamFile, Item, candidates
from .frozen import frozen
from .papers import Spec


@frozen
class Share:
    """The part of an exam that has to do with an outcome or a topic.

    Attributes
    ----------
    name, title
        Of the outcome or the topic.
    surely
        The items of every paper that test it.
    perhaps
        The items that test it in some papers, depending on what is picked.
    points
        What the items of `surely` are worth.
    covered
        The exercises of a topic that at least some papers hold.
    left_out
        The other ones.
    """

    name: str
    title: str
    surely: tuple[str, ...]
    perhaps: tuple[str, ...]
    points: Fraction
    covered: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def is_left_out(self) -> bool:
        """Whether no paper tests it."""
        return not (self.surely or self.perhaps)


@frozen
class Coverage:
    """What an exam tests.

    Attributes
    ----------
    outcomes, topics
        In the order of the curriculum.
    unknown
        Outcomes and exercises that entries name and the curriculum does not.
    """

    outcomes: tuple[Share, ...]
    topics: tuple[Share, ...]
    unknown: tuple[str, ...]


def coverage(exam: ExamFile, bank: Bank, curriculum: Curriculum) -> Coverage:
    """Hold an exam against a curriculum."""
    entries = [spec for item in exam.items for spec in candidates(item, bank)]
    named = dict.fromkeys(name for spec in entries for name in _named(spec))
    return Coverage(
        outcomes=tuple(
            Share(name, title, *_tested(exam, bank, {name})) for name, title in curriculum.outcomes.items()
        ),
        topics=tuple(
            Share(
                topic.id,
                topic.title,
                *_tested(exam, bank, set(topic.covers)),
                covered=tuple(number for number in topic.covers if number in named),
                left_out=tuple(number for number in topic.covers if number not in named),
            )
            for topic in curriculum.topics
        ),
        unknown=tuple(
            name for name in named if name not in curriculum.outcomes and name not in curriculum.exercises
        ),
    )


def _named(spec: Spec) -> tuple[str, ...]:
    return (*spec.outcomes, *spec.covers)


def _tested(
    exam: ExamFile, bank: Bank, wanted: Set[str]
) -> tuple[tuple[str, ...], tuple[str, ...], Fraction]:
    """Return the items that test any of these in every paper, those in some, and the points of the former."""
    surely, perhaps, points = [], [], Fraction()
    for item in exam.items:
        specs = candidates(item, bank)
        testing = [spec for spec in specs if not wanted.isdisjoint(_named(spec))]
        least = _fewest_picked(item, len(specs), len(testing))
        if least:
            surely.append(item.id)
            points += least * (item.points or min(spec.points for spec in testing))
        elif testing:
            perhaps.append(item.id)
    return tuple(surely), tuple(perhaps), points


def _fewest_picked(item: Item, count: int, testing: int) -> int:
    """Return how many of the entries that test something a paper holds at least."""
    picked = item.pick or 1
    return max(0, picked - (count - testing))
