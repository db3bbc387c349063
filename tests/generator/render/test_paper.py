"""Papers and solutions as web pages."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest

from convexam.generator.document import say
from convexam.generator.papers import Exam, Paper, Section, Student
from convexam.generator.render.answer_file import public_paper
from convexam.generator.render.form import script
from convexam.generator.render.look import Medium
from convexam.generator.render.paper import paper_html
from convexam.generator.render.stylesheet import form_css, screen_css

EVIL = "</title></style><script>alert(1)</script>\"'&"
MEDIA: list[Medium] = ["screen", "print"]


class Untouchable:
    """Stands in for a key: whatever is asked of it fails the test."""

    def __getattribute__(self, name: str) -> Any:
        raise AssertionError(f"a paper without solutions reads the key: {name}")


def with_key(paper: Paper, key: Any) -> Paper:
    return replace(
        paper,
        sections=tuple(
            Section(part.title, tuple(replace(problem, key=key) for problem in part.problems))
            for part in paper.sections
        ),
    )


@pytest.mark.parametrize(("name", "solutions"), [("paper", False), ("solutions", True)])
def test_page(
    golden: Callable[[str, str], None], exam: Exam, paper: Paper, name: str, solutions: bool
) -> None:
    page = paper_html(exam, paper, solutions=solutions)
    page = page.replace(screen_css(), "/* style sheet */\n").replace(form_css(), "/* of the form */\n")
    page = page.replace(script(), "// script\n")
    golden(f"paper/{name}.html", page)


@pytest.mark.parametrize("medium", MEDIA)
def test_a_paper_does_not_touch_the_key(exam: Exam, paper: Paper, medium: Medium) -> None:
    hidden = with_key(paper, Untouchable())
    assert paper_html(exam, hidden, medium=medium) == paper_html(exam, paper, medium=medium)


@pytest.mark.parametrize("medium", MEDIA)
@pytest.mark.parametrize("solutions", [False, True])
def test_texts_of_strangers_are_escaped(exam: Exam, paper: Paper, medium: Medium, solutions: bool) -> None:
    problem = paper.problems[0]
    evil = replace(
        problem,
        spec=replace(problem.spec, title=EVIL, prompt={"en": EVIL}),
        case=replace(problem.case, given=(say("{{ evil }}", evil=EVIL),)),
    )
    page = paper_html(
        replace(exam, title=EVIL, course=EVIL, date=EVIL, instructions=EVIL),
        replace(paper, code=EVIL, student=Student("s1", EVIL), sections=(Section(EVIL, (evil,)),)),
        solutions=solutions,
        medium=medium,
    )
    tags = Tags()
    tags.feed(page)
    assert tags.seen.count("script") == (3 if medium == "screen" and not solutions else 0)
    assert tags.seen.count("title") == 1
    assert tags.seen.count("style") == (medium == "screen")


def test_the_page_holds_the_public_paper(exam: Exam, paper: Paper) -> None:
    """A script that is data ends at the first end tag in it, whatever quotes stand around that."""
    evil = replace(exam, title=EVIL)
    page = paper_html(evil, paper)
    found = re.search(r'<script type="application/json" id="paper">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    assert json.loads(found[1]) == public_paper(evil, paper)


@pytest.mark.parametrize("medium", MEDIA)
def test_boxes_are_typed_into_or_drawn(exam: Exam, paper: Paper, medium: Medium) -> None:
    controls = {"input", "textarea", "select", "form", "button"}
    typed = set(seen(paper_html(exam, paper, medium=medium)))
    drawn = set(seen(paper_html(exam, paper, medium=medium, making="drawn")))
    solved = set(seen(paper_html(exam, paper, medium=medium, solutions=True)))
    assert {"form", "input"} <= typed
    assert not controls & (drawn | solved)


def seen(page: str) -> list[str]:
    tags = Tags()
    tags.feed(page)
    return tags.seen


class Tags(HTMLParser):
    """Collects the elements of a page and what they point to."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.targets: list[str | None] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        self.targets += [value for name, value in attrs if name in ("src", "href", "data", "action")]


@pytest.mark.parametrize("medium", MEDIA)
def test_a_page_needs_nothing_beside_it(exam: Exam, paper: Paper, medium: Medium) -> None:
    page = paper_html(exam, paper, solutions=True, medium=medium)
    tags = Tags()
    tags.feed(page)
    assert not tags.targets
    assert "link" not in tags.seen
    assert all(url.startswith('"data:font/woff2;base64,') for url in re.findall(r"url\(([^)]*)", page))


def test_every_medium_gets_its_own_formulas(exam: Exam, paper: Paper) -> None:
    screen, printed = (paper_html(exam, paper, medium=medium) for medium in MEDIA)
    assert "<math" in screen
    assert 'class="formula"' not in screen
    assert "<math" not in printed
    assert 'class="formula"' in printed
    assert "<style" not in printed


@pytest.mark.parametrize(
    ("solutions", "shown"), [pytest.param(False, False, id="paper"), pytest.param(True, True, id="solutions")]
)
@pytest.mark.parametrize(
    "key", [">−13</text>", ">1/3</text>", ">16 × 15 × 15<", ">448<", ">0.667<", "The first window"]
)
def test_only_solutions_show_the_key(
    exam: Exam, paper: Paper, key: str, solutions: bool, shown: bool
) -> None:
    assert (key in paper_html(exam, paper, solutions=solutions)) is shown


@pytest.mark.parametrize(
    ("student", "shown"),
    [
        pytest.param(Student("s0001", "Ada"), True, id="known"),
        pytest.param(Student("everyone", ""), False, id="everyone"),
        pytest.param(Student("s0001", ""), True, id="only a number"),
    ],
)
def test_student_is_printed_if_named(exam: Exam, paper: Paper, student: Student, shown: bool) -> None:
    page = paper_html(exam, replace(paper, student=student))
    assert ("s0001" in page) is shown
    assert "everyone" not in page.replace(script(), "")
    assert ('name="student"' in page) is not shown


def test_practice_papers_say_so(exam: Exam, paper: Paper) -> None:
    note = "drawn from seed 42"
    assert note in paper_html(exam, paper)
    assert note not in paper_html(replace(exam, practice_seed=None), paper)


@pytest.mark.parametrize(
    ("count", "lines"), [(0, [0]), (1, [1]), (10, [10]), (13, [13]), (14, [8, 6]), (25, [13, 12])]
)
def test_table_of_points(exam: Exam, paper: Paper, count: int, lines: list[int]) -> None:
    problems = (replace(paper.problems[0], key={}),) * count
    page = paper_html(exam, replace(paper, sections=(Section("", problems),)))
    rows = re.findall(r">Question</th>(.*)</tr>", page)
    assert [len(re.findall(r"<td>", row)) for row in rows] == lines
    assert ["Total" in row for row in rows] == [False] * (len(lines) - 1) + [True]
