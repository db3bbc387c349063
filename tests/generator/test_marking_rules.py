"""What the cover says of the marking: nothing of the usual one, and where it differs."""

from __future__ import annotations

import pytest

from convexam.generator.compose import compose, exam_of
from convexam.generator.exam_file import ExamFile
from convexam.generator.papers import EVERYONE, Exam, Paper
from convexam.generator.reading.schema import parse_value
from convexam.generator.render.marking_rules import marking_sentences
from convexam.generator.render.paper import paper_html
from convexam.generator.render.plain import plain
from convexam.generator.streams import practice_secret
from convexam.generator.text import sentence

from ..shipped import shipped_bank

BANK = shipped_bank()
JUDGE = "concepts/same-inputs-same-parameters"
ONE = "concepts/learned-kernels"
MAP = "pool/max-small"
TABLE = "output_shape/layer-by-layer"


def exam(marking: object, *entries: str) -> tuple[Exam, Paper]:
    items = [{"id": f"q{number}", "use": entry} for number, entry in enumerate(entries)]
    data = {"format": "convexam-exam/1", "id": "x", "title": "X", "sections": [{"items": items}]}
    file = parse_value(ExamFile, {**data, "marking": marking})
    return exam_of(file), compose(file, BANK, practice_secret(1), EVERYONE)


def said(marking: object, *entries: str) -> list[str]:
    of, paper = exam(marking, *entries)
    return [plain(sentence(each)) for each in marking_sentences(of, paper.problems)]


WRONG = "Wrong choices in question 1 take off as much as a right one earns."
FLOOR = "Blanks take nothing off. No question comes to less than 0 points."
GUESSING = (
    "Guessing: in question 2, what one and the same number everywhere, "
    "or options by chance, would earn is taken off."
)
BELOW = "Blanks take nothing off. A question may come to less than 0 points."


@pytest.mark.parametrize(
    ("marking", "entries", "sentences"),
    [
        ({}, (ONE, MAP, TABLE), []),
        ({"credit": {"wrong_choice": "1/2"}}, (ONE, MAP), []),  # one choice cannot come to less than 0
        ({"negative": True}, (ONE, MAP), []),
        ({}, (JUDGE, MAP), [WRONG, FLOOR]),
        ({"credit": {"wrong_choice": 0}}, (JUDGE, MAP), []),
        (
            {"negative": True, "credit": {"wrong_choice": "1/2"}},
            (ONE, MAP, JUDGE, ONE),
            ["Wrong choices in questions 1 and 3–4 take off 1/2 of what a right one earns.", BELOW],
        ),
        (
            {"credit": {"correct_guessing": True}},
            (JUDGE, MAP),
            [
                WRONG,
                FLOOR,
                GUESSING,
            ],
        ),
        (
            {"credit": {"correct_guessing": True, "maps": "all-or-nothing"}},
            (MAP, TABLE, MAP),
            ["Whole answers: in questions 1 and 3, an answer earns points only if all of it is right."],
        ),
        (
            {"credit": {"question": "all-or-nothing"}},
            (JUDGE, TABLE, MAP),
            ["Whole questions: in questions 1–2, there are points only if every answer is right."],
        ),
        ({"out_of": "2.5"}, (MAP, MAP), ["Full marks are 2.5 points; what is above is not counted."]),
    ],
)
def test_what_the_cover_says(marking: object, entries: tuple[str, ...], sentences: list[str]) -> None:
    assert said(marking, *entries) == sentences


def test_it_stands_on_the_cover() -> None:
    of, paper = exam({"credit": {"maps": "all-or-nothing"}}, MAP)
    for page in (paper_html(of, paper), paper_html(of, paper, medium="print", making="drawn")):
        cover = page[page.index('class="conventions"') : page.index("</aside>")]
        assert "<strong>Whole answers</strong>: in question 1" in cover
        assert "Every cell of a map counts by itself" not in page
