"""A test: the papers of an exam, of which the platform draws one for everybody who takes it.

Papers are drawn whole: two questions that were picked for one paper never turn out to be the same, and all
that one student is asked is worth what a paper is worth.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
class Part:
    """Questions of a paper under one heading."""

    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Variant:
    """A paper as a platform asks it.

    Attributes
    ----------
    code
        Its code.
    parts
        Its questions.
    """

    code: str
    parts: tuple[Part, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        """All its questions, in their order."""
        return tuple(item for part in self.parts for item in part.items)


def variant_of(paper: Paper, items: Sequence[Item]) -> Variant:
    """Put the questions of a paper under its headings."""
    coming = iter(items)
    return Variant(
        paper.code,
        tuple(Part(part.title, tuple(next(coming) for _ in part.problems)) for part in paper.sections),
    )


def test_tree(exam: Exam, name: str, variants: Sequence[Variant], release: Release) -> Element:
    """Write a test in the names of QTI 2.1.

    Parameters
    ----------
    exam
        Its title, and the time allowed.
    name
        The identifier of the test.
    variants
        Its papers.
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
            *_papers(variants),
            identifier="part",
            navigationMode="nonlinear",
            submissionMode="individual",
        ),
        element("outcomeProcessing", *(_sum(outcome) for outcome in (names.SCORE, names.MAXSCORE))),
        identifier=name,
        title=exam.title,
    )


def _papers(variants: Sequence[Variant]) -> list[Element]:
    """Write the sections of the only paper, or a section out of which the platform draws one paper."""
    if len(variants) == 1:
        return _sections(variants[0])
    papers = (_section(f"P{each.code}", each.code, _sections(each)) for each in variants)
    return [_section("papers", "1", [element("selection", select="1"), *papers])]


def _sections(variant: Variant) -> list[Element]:
    return [
        _section(f"P{variant.code}_{place}", part.title or str(place), map(_reference, part.items))
        for place, part in enumerate(variant.parts, start=1)
    ]


def _section(name: str, title: str, parts: Iterable[Element]) -> Element:
    return element("assessmentSection", *parts, identifier=name, title=title, visible="true")


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
