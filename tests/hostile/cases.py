"""A hostile file as a value: how it is made, and what marking has to say of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from convexam.generator.codes import paper_code
from convexam.generator.streams import practice_secret
from convexam.grader.intake.handed_in import Outcome

SEED = 1
EXAM = """\
format: convexam-exam/1
id: hostile
title: Hostile
sections:
  - items:
      - {id: words, use: short_text/explain-convolution, points: 4}
      - {id: dense, use: param_count/dense-image, points: 3}
      - {id: size, use: output_shape/convolution, points: 2}
      - {id: map, use: conv2d/first-map, points: 2}
      - {id: poly, use: conv_symbolic/five-inputs, points: 2}
      - {id: pick, use: concepts/properties, points: 2}
      - {id: wave, use: cross_entropy/probabilities, points: 2}
"""
MALLORY = "mallory"


def code_of(student: str) -> str:
    """Return the code of a student's paper."""
    return paper_code(practice_secret(SEED), exam="hostile", student=student)


CODE = code_of(MALLORY)
"""The paper that all hostile files answer, so that none of them is stopped at the door."""

HEAD = f"format: convexam-answers/1\npaper: {CODE}\nanswers:\n"
"""How an answer file in YAML begins."""

READ, NO_ANSWERS, EMPTY, REFUSED = Outcome.READ, Outcome.NO_ANSWERS, Outcome.EMPTY, Outcome.REFUSED


@dataclass(frozen=True)
class Case:
    """A hostile file.

    Attributes
    ----------
    name
        What is hostile about it.
    file
        What it is called where it is handed in.
    make
        Makes its bytes.
    outcomes
        What becomes of it, or of the documents in it.
    says
        Words of the reason why it, or something in it, is not read.
    verdicts
        Of what is read of it: ``ITEM/FIELD``, and the verdict.
    is_long
        Whether reading or making it takes seconds; a slow machine may end its reader.
    """

    name: str
    file: str
    make: Callable[[], bytes | str]
    outcomes: tuple[Outcome, ...] = (READ,)
    says: str = ""
    verdicts: Mapping[str, str] = field(default_factory=dict)
    is_long: bool = False

    def data(self) -> bytes:
        """Return its bytes."""
        made = self.make()
        return made if isinstance(made, bytes) else made.encode()


def same(data: bytes | str) -> Callable[[], bytes | str]:
    """Return a maker of something that is made already, because it is small."""
    return lambda: data


def refused(
    name: str,
    file: str,
    make: Callable[[], bytes | str],
    says: str,
    outcome: Outcome = NO_ANSWERS,
    *,
    is_long: bool = False,
) -> Case:
    """Return a file of which nothing is read."""
    return Case(name, file, make, (outcome,), says, is_long=is_long)
