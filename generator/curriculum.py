"""What a course teaches: learning outcomes, and topics with the numbers of their exercises."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field as Bounds

from .errors import DataError, Fault
from .files import file_bytes
from .reading.reader import BANK, read_yaml
from .reading.schema import Id, Line, at_path, parse, record

SHIPPED = Path(__file__).resolve().parent.parent / "question_bank" / "curricula" / "lectures.yaml"

Named = Annotated[Mapping[Id, Line], Bounds(min_length=1)]


@record
class Topic:
    """A topic of the course.

    Attributes
    ----------
    id, title
        Its name and its heading.
    covers
        The numbers of its exercises, as entries of a bank name them, and what each is about.
    """

    id: Id
    title: Line
    covers: Named


@record
class Curriculum:
    """A curriculum file.

    Attributes
    ----------
    title
        The course.
    outcomes
        What a student is to be able to do, by name.
    topics
        What the course is about.
    """

    format: Literal["convexam-curriculum/1"]
    title: Line
    outcomes: Named
    topics: Annotated[tuple[Topic, ...], Bounds(min_length=1)]

    @property
    def exercises(self) -> dict[str, str]:
        """The exercises of all topics."""
        return {number: what for topic in self.topics for number, what in topic.covers.items()}


def load(file: Path = SHIPPED) -> Curriculum:
    """Read a curriculum file.

    Raises
    ------
    DataError
        With every fault; an exercise in two topics is one.
    """
    tree = read_yaml(file_bytes(file), str(file), BANK)
    curriculum = parse(Curriculum, tree)
    faults, first = [], dict[str, str]()
    for place, topic in enumerate(curriculum.topics):
        for number in topic.covers:
            path = ("topics", place, "covers", number)
            if number in first:
                message = f"{number} stands under '{first[number]}' already; give every exercise one topic"
                faults.append(Fault(tree.place(path), at_path(path), message))
            first.setdefault(number, topic.id)
    if faults:
        raise DataError(faults)
    return curriculum
