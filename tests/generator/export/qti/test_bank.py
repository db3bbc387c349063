"""Every kind of question of the shipped bank goes into a package that the strictest engine takes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from convexam.generator.compose import draw_problem
from convexam.generator.export.as_marked import as_marked
from convexam.generator.export.item_of import item_of
from convexam.generator.export.qti.version import V21
from convexam.generator.export.variant import Part, Variant
from convexam.generator.papers import Exam
from convexam.generator.policy import Release
from convexam.generator.streams import Stream, derive

from ....exported import qti_package
from ....lms.readers.qti.schemas import schemas
from ....lms.readers.qti21 import read_package
from ....shipped import shipped_bank

BANK = shipped_bank()


def entries() -> Iterator[object]:
    seen: set[str] = set()
    for spec in BANK:
        yield pytest.param(spec.id, marks=[pytest.mark.sweep] if spec.type in seen else [])
        seen.add(spec.type)


@pytest.mark.parametrize("entry", list(entries()))
@pytest.mark.parametrize("language", ["en", "nl"])
def test_every_kind_is_taken_in(entry: str, language: str) -> None:
    stream = Stream(derive(b"qti", [entry]))
    problem = draw_problem(BANK[entry], stream, item="pick.1", origin=BANK.origins[entry])
    item = item_of(as_marked(problem), "39212EAM13HG3N", language)
    variant = Variant("39212EAM13HG3N", (Part("All", (item,)),))
    data = qti_package(Exam("bank", "Bank"), [variant], Release.EVERYTHING, V21)
    (read,) = read_package(data).items
    expected = 1 if item.by_hand else len(list(item.blanks))
    assert (read.max_score, len(read.interactions)) == (float(item.points), expected)
    if official := schemas():
        assert official.errors(data) == []
