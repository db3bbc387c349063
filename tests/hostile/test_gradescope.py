"""Hostile files on Gradescope: results all the same, worth nothing, and nothing in them acts."""

from __future__ import annotations

from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from convexam.cli.autograde import documents_in, grader_in
from convexam.grader.autograder.harness import Grader

from ..grader.autograder.conftest import packed, problems, written
from ..grader.autograder.test_markdown import HARMLESS, TAG
from . import json_files, pdf_files, typed_answers, yaml_files, zip_files
from .cases import Case

EACH = 12  # of each kind one in so many: all of them are read elsewhere
KINDS = (yaml_files, json_files, typed_answers, zip_files, pdf_files)
CASES = [case for kind in KINDS for case in [each for each in kind.CASES if not each.is_long][::EACH]]
READER = MarkdownIt("commonmark", {"html": True})
MOST_BYTES = 100_000


@pytest.fixture(scope="module")
def grader(drawn: Path, tmp_path_factory: pytest.TempPathFactory) -> Grader:
    return grader_in(packed(drawn, tmp_path_factory.mktemp("package")))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_each(case: Case, grader: Grader, tmp_path: Path) -> None:
    (tmp_path / case.file).write_bytes(case.data())
    graded = grader.graded(documents_in(tmp_path))
    assert problems(graded) == []
    data = written(graded)
    assert data["score"] == 0
    texts = [data["output"], *(test["output"] for test in data["tests"])]
    assert sum(map(len, texts)) < MOST_BYTES
    for text in texts:
        assert {tag.lower() for tag in TAG.findall(READER.render(text))} <= HARMLESS
    assert not [line for line in graded.log if "Traceback" in line]


def test_there_are_cases() -> None:
    assert len(CASES) > 10
