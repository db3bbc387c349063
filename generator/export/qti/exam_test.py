"""A test: the papers of an exam, of which the platform draws one for everybody who takes it.

Papers are drawn whole: two questions that were picked for one paper never turn out to be the same, and all
that one student is asked is worth what a paper is worth.
"""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree.ElementTree import Element

from ...papers import Exam
from ...policy import Release
from ..fragment import element
from ..frames import gap
from ..item import Item
from ..variant import Variant
from . import names
from .item_file import EXPLAINING
from .version import Version, written_piece

ITEMS = "items"
"""The folder of the items, beside the test."""

_LEVEL, _LEVEL_OF_SEVERAL = 2, 3  # where sections stand, below the root of a test


def test_tree(exam: Exam, name: str, release: Release, *, several: bool) -> Element:
    """Write a test in the names of QTI 2.1, with a gap for its papers.

    Parameters
    ----------
    exam
        Its title, and the time allowed.
    name
        The identifier of the test.
    release
        What students may be told.
    several
        Whether the platform draws one of several papers.
    """
    papers = _section("papers", "1", [element("selection", select="1"), gap()]) if several else gap()
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
            papers,
            identifier="part",
            navigationMode="nonlinear",
            submissionMode="individual",
        ),
        element("outcomeProcessing", *(_sum(outcome) for outcome in (names.SCORE, names.MAXSCORE))),
        identifier=name,
        title=exam.title,
    )


def paper_in_test(variant: Variant, version: Version, *, several: bool) -> bytes:
    """Write what a paper adds to a test: its sections, or one of several out of which the platform draws."""
    if not several:
        return b"".join(written_piece(each, version, _LEVEL) for each in _sections(variant))
    section = _section(f"P{variant.code}", variant.code, _sections(variant))
    return written_piece(section, version, _LEVEL_OF_SEVERAL)


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
