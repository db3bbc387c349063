"""The gallery shows the figures as they are drawn now."""

from __future__ import annotations

import runpy
from pathlib import Path

SCRIPT = Path(__file__).parents[1] / "scripts" / "gallery.py"


def test_the_gallery_is_fresh() -> None:
    gallery = runpy.run_path(str(SCRIPT))
    assert gallery["page"]() == gallery["PAGE"].read_text(encoding="utf-8"), "make gallery"


def test_the_gallery_needs_nothing_else() -> None:
    page = runpy.run_path(str(SCRIPT))["page"]()
    assert "<link" not in page
    assert "://" not in page.replace("http://www.w3.org/", "")
