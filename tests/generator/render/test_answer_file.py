"""The answer file to fill in, and the public description of a paper."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
import yaml

from convexam.generator.papers import Exam, Paper, Section
from convexam.generator.render.answer_file import answer_template, public_paper

BLANKS = {
    "a1": {"Y": "_ _\n_ _\n"},
    "a2": {"Y": "_\n"},
    "b.1": {"s": "_", "n": "_", "p": "_"},
}


def renamed(paper: Paper, *, item: str = "", title: str = "") -> Paper:
    """Give the first problem another id or title."""
    problem = paper.problems[0]
    spec = replace(problem.spec, title=title or problem.spec.title)
    return replace(paper, sections=(Section("", (replace(problem, item=item or problem.item, spec=spec),)),))


def test_template(golden: Callable[[str, str], None], exam: Exam, everyones: Paper) -> None:
    golden("paper/answers.yaml", answer_template(exam, everyones))


def test_template_is_yaml_with_every_field_blank(exam: Exam, paper: Paper) -> None:
    assert yaml.safe_load(answer_template(exam, paper)) == {
        "format": "convexam-answers/1",
        "paper": "39212EAM13HG3N",
        "answers": BLANKS,
    }


def test_only_a_paper_for_everybody_asks_for_the_student(exam: Exam, paper: Paper, everyones: Paper) -> None:
    assert "student" not in yaml.safe_load(answer_template(exam, paper))
    assert yaml.safe_load(answer_template(exam, everyones))["student"] is None


@pytest.mark.parametrize("item", ["1", "on", "no", "1e3", "0x10", "null", "2027-03-12", "b.1"])
def test_items_stay_texts(exam: Exam, paper: Paper, item: str) -> None:
    assert list(yaml.safe_load(answer_template(exam, renamed(paper, item=item)))["answers"]) == [item]


@pytest.mark.parametrize(
    "title", ["x\nanswers: {}", "x\u2028paper: y", "x\x85y: z", "\x1b[2J\x00", "# {[&*!|"]
)
def test_titles_stay_in_their_comment(exam: Exam, paper: Paper, title: str) -> None:
    template = answer_template(replace(exam, title=title), renamed(paper, title=title))
    assert yaml.safe_load(template) == {
        "format": "convexam-answers/1",
        "paper": "39212EAM13HG3N",
        "answers": {"a1": BLANKS["a1"]},
    }


def test_public_paper(golden: Callable[[str, str], None], exam: Exam, paper: Paper) -> None:
    golden("paper/paper.json", json.dumps(public_paper(exam, paper), indent=1, ensure_ascii=False) + "\n")


def test_nothing_depends_on_the_key(exam: Exam, paper: Paper) -> None:
    sections = tuple(
        Section(part.title, tuple(replace(problem, key={}) for problem in part.problems))
        for part in paper.sections
    )
    keyless = replace(paper, sections=sections)
    assert answer_template(exam, keyless) == answer_template(exam, paper)
    assert public_paper(exam, keyless) == public_paper(exam, paper)
