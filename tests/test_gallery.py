"""The gallery shows figures and papers as they are drawn now. Its pictures are looked at by people."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

pytestmark = pytest.mark.xdist_group("gallery")  # one process makes the papers once

ROOT = Path(__file__).parents[1]
SCRIPT = ROOT / "scripts" / "gallery.py"
FEEDBACK = ROOT / "scripts" / "feedback.py"
PAPERS = ROOT / "scripts" / "papers.py"
CLASS = ROOT / "scripts" / "class_report.py"
GALLERY = ROOT / "docs" / "gallery"
KILOBYTE = 1000


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    pages: dict[str, str] = runpy.run_path(str(PAPERS))["pages"](tmp_path_factory.mktemp("papers") / "exam")
    return pages


@pytest.mark.parametrize("script", [SCRIPT, FEEDBACK])
def test_the_gallery_is_fresh(script: Path) -> None:
    gallery = runpy.run_path(str(script))
    assert gallery["page"]() == gallery["PAGE"].read_text(encoding="utf-8"), "make gallery"


def test_the_gallery_needs_nothing_else() -> None:
    page = runpy.run_path(str(SCRIPT))["page"]()
    assert "<link" not in page
    assert "://" not in page.replace("http://www.w3.org/", "")


def test_the_papers_are_fresh(papers: dict[str, str]) -> None:
    for name, page in papers.items():
        assert page == (GALLERY / name).read_text(encoding="utf-8"), f"{name}: make gallery"


def test_the_class_of_the_report_is_marked_as_any_other() -> None:
    page = runpy.run_path(str(CLASS))["page"](4)
    assert "Of 4 students 4 handed in" in page
    assert "At intake" in page


def test_everything_in_the_gallery_is_shown() -> None:
    shown = set(re.findall(r"\]\((\S+)\)", (GALLERY / "README.md").read_text(encoding="utf-8")))
    assert shown == {file.name for file in GALLERY.iterdir()} - {"README.md"}


def test_pictures_are_small_and_ask_for_nothing() -> None:
    pictures = [file for file in GALLERY.iterdir() if file.suffix in (".png", ".svg")]
    sizes = [file.stat().st_size for file in pictures]
    sizes.append((ROOT / "docs" / "report.png").stat().st_size)
    assert max(sizes) < 200 * KILOBYTE
    assert sum(sizes) < 3000 * KILOBYTE
    assert "url(" not in re.sub(r"url\(#", "", (GALLERY / "receipt.svg").read_text(encoding="utf-8"))
