"""An item as a tree: what is answered, what comes out, what is asked, how it is marked, what is said then."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import cast
from xml.etree.ElementTree import Element

from ...frozen import frozen
from ...policy import Release
from ..decimals import decimal
from ..fragment import element, said
from ..item import Blank, Item
from ..pictures import Picture
from . import names
from .body import TEXT, body, written
from .scoring import hints, scoring, sentences, show
from .version import Version
from .version import written as as_file

EXPLAINING = (Release.DIAGNOSIS, Release.EVERYTHING)
"""The levels on which students are told why an answer is wrong."""

FIGURES = "figures"
"""The folder of the pictures, beside the items."""


@dataclass
class Pictures:
    """The pictures of an item, as they come up.

    Attributes
    ----------
    shown
        By name.
    """

    shown: dict[str, Picture] = field(default_factory=dict)

    def source(self, picture: Picture) -> str:
        """Return where a picture is found, seen from the items."""
        self.shown[picture.name] = picture
        return f"{FIGURES}/{picture.name}"


@frozen
class ItemFile:
    """An item and what it shows: as bytes, for the trees of a class would not fit into memory.

    Attributes
    ----------
    identifier
        Unique in a package.
    data
        In a version of QTI.
    pictures
        What stands in the folder of figures for it.
    """

    identifier: str
    data: bytes
    pictures: tuple[Picture, ...]


def item_file(item: Item, release: Release, version: Version) -> ItemFile:
    """Write an item.

    Parameters
    ----------
    item
        What is asked.
    release
        What students may be told: from diagnosis on, known mistakes; with everything, the worked solution.
    version
        Of QTI.
    """
    pictures, blanks = Pictures(), list(item.blanks)
    told = sentences(blanks) if release in EXPLAINING else []
    known = sentences(blanks)
    solution = release == Release.EVERYTHING
    tree = element(
        "assessmentItem",
        *_responses(item),
        *_outcomes(item, len(told), solution=solution),
        body(item, pictures.source),
        adaptive="false",
        timeDependent="false",
        identifier=names.identifier("Q", item.name),
        title=item.title,
        label=item.name,
        **{"xml:lang": item.language.code},
    )
    shown = [show(names.SOLUTION)] if solution else []
    tree.append(
        element("responseProcessing", *scoring(blanks, item.points, known), *hints(blanks, told), *shown)
    )
    for number, sentence in enumerate(told, start=1):
        tree.append(_feedback(names.hint(number), [element("p", *said(sentence, item.language))]))
    if solution:
        tree.append(_feedback(names.SOLUTION, written(item.worked, item.language, pictures.source)))
    return ItemFile(names.identifier("Q", item.name), as_file(tree, version), tuple(pictures.shown.values()))


# -- declarations -------------------------------------------------------------------------------


def _responses(item: Item) -> Iterator[Element]:
    if item.by_hand:
        yield element("responseDeclaration", identifier=TEXT, cardinality="single", baseType="string")
    for blank in item.blanks:
        yield element(
            "responseDeclaration",
            element("correctResponse", *(element("value", text) for text in _right(blank))),
            identifier=names.response(blank.name),
            cardinality="multiple" if blank.kind == "choices" else "single",
            baseType="float" if blank.kind == "number" else "identifier",
        )


def _right(blank: Blank) -> list[str]:
    """Return what stands as right where one answer can: the first of several."""
    if blank.kind == "number":
        return [decimal(blank.right[0])]
    options = [names.choice(cast("str", name)) for name in blank.right]
    return options if blank.kind == "choices" else options[:1]


def _outcomes(item: Item, told: int, *, solution: bool) -> Iterator[Element]:
    score = _number(names.SCORE, Fraction())
    if item.by_hand:
        score.set("externalScored", "human")
    yield score
    yield _number(names.MAXSCORE, item.points)
    for blank in item.blanks:
        several = blank.kind == "choices"
        yield (
            _number(names.collected(blank.name), Fraction()) if several else _word(names.feedback(blank.name))
        )
    yield from (_word(names.hint(number)) for number in range(1, told + 1))
    if solution:
        yield _word(names.SOLUTION)


def _number(name: str, value: Fraction) -> Element:
    return _outcome(name, "float", decimal(value))


def _word(name: str) -> Element:
    return _outcome(name, "identifier", names.NOTHING)


def _outcome(name: str, base: str, value: str) -> Element:
    return element(
        "outcomeDeclaration",
        element("defaultValue", element("value", value)),
        identifier=name,
        cardinality="single",
        baseType=base,
    )


def _feedback(outcome: str, blocks: Sequence[Element]) -> Element:
    return element(
        "modalFeedback", *blocks, outcomeIdentifier=outcome, identifier=names.SHOWN, showHide="show"
    )
