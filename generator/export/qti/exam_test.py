"""A test: the questions of an exam in their sections, each in as many variants as there are papers.

A platform draws one variant of each question for everybody who takes the test, as it does from the packages
of R/exams. OpenOLAT and ONYX take one test from a package, so a package has one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from ...papers import Exam, Paper
from ...policy import Release
from ..fragment import element
from ..item import Item
from . import names
from .item_file import EXPLAINING

ITEMS = "items"
"""The folder of the items, beside the test."""


@dataclass(frozen=True)
class Section:
    """Questions under one heading.

    Attributes
    ----------
    title
        The heading.
    questions
        Of each, its variants.
    """

    title: str
    questions: tuple[tuple[Item, ...], ...]


def sections_of(papers: Sequence[Paper], packed: Sequence[Sequence[Item]]) -> tuple[Section, ...]:
    """Sort the items of papers by question, in the order in which questions first come up.

    Parameters
    ----------
    papers
        Of one exam.
    packed
        The items of each of them.
    """
    found: list[tuple[str, dict[str, list[Item]]]] = []
    for paper, items in zip(papers, packed, strict=True):
        coming = iter(items)
        for place, section in enumerate(paper.sections):
            if place == len(found):
                found.append((section.title, {}))
            for problem in section.problems:
                found[place][1].setdefault(problem.item, []).append(next(coming))
    return tuple(Section(title, tuple(map(tuple, questions.values()))) for title, questions in found)


def test_tree(exam: Exam, name: str, sections: Sequence[Section], release: Release) -> Element:
    """Write a test in the names of QTI 2.1.

    Parameters
    ----------
    exam
        Its title, and the time allowed.
    name
        The identifier of the test.
    sections
        Its questions.
    release
        What students may be told.
    """
    limits = [element("timeLimits", maxTime=str(exam.minutes * 60))] if exam.minutes else []
    return element(
        "assessmentTest",
        *(_total(outcome) for outcome in (names.SCORE, names.MAXSCORE)),
        *limits,
        element(
            "testPart",
            element(
                "itemSessionControl",
                maxAttempts="1",
                showFeedback=_flag(release in EXPLAINING),
                showSolution=_flag(release == Release.EVERYTHING),
            ),
            *_sections(sections),
            identifier="part",
            navigationMode="nonlinear",
            submissionMode="individual",
        ),
        element("outcomeProcessing", *(_sum(outcome) for outcome in (names.SCORE, names.MAXSCORE))),
        identifier=name,
        title=exam.title,
    )


def _sections(sections: Sequence[Section]) -> list[Element]:
    made, number = [], 0
    for place, section in enumerate(sections, start=1):
        written = element(
            "assessmentSection",
            identifier=f"section_{place}",
            title=section.title or str(place),
            visible="true",
        )
        for variants in section.questions:
            number += 1
            written.append(_question(number, variants))
        made.append(written)
    return made


def _question(number: int, variants: Sequence[Item]) -> Element:
    """Write a question, or a section out of which the platform draws one of its variants."""
    references = [_reference(item) for item in variants]
    if len(references) == 1:
        return references[0]
    return element(
        "assessmentSection",
        element("selection", select="1"),
        *references,
        identifier=f"question_{number}",
        title=str(number),
        visible="true",
    )


def _reference(item: Item) -> Element:
    name = names.identifier("Q", item.name)
    return element("assessmentItemRef", identifier=name, href=f"{ITEMS}/{name}.xml")


def _total(outcome: str) -> Element:
    return element(
        "outcomeDeclaration",
        element("defaultValue", element("value", "0")),
        identifier=outcome,
        cardinality="single",
        baseType="float",
    )


def _sum(outcome: str) -> Element:
    added = element("sum", element("testVariables", variableIdentifier=outcome))
    return element("setOutcomeValue", added, identifier=outcome)


def _flag(value: bool) -> str:  # noqa: FBT001
    return "true" if value else "false"
