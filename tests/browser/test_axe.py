"""axe-core finds nothing on any page, and nothing that it leaves open; contrasts that it cannot see are computed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from .conftest import Browse
from .pages import NARROW, PAGES, WIDE, unfold

pytestmark = pytest.mark.sweep

LEFT_OPEN = {"shortTextContent", "nonBmp", "elmPartiallyObscured"}
"""Colours that axe-core does not judge: "7" and "▸", which are as the text around them, and what is scrolled out."""

EVERYTHING = {"rules": {"color-contrast": {"enabled": False}}, "resultTypes": ["violations", "incomplete"]}
CONTRAST = {"runOnly": ["color-contrast"], "resultTypes": ["violations", "incomplete"]}
NO_DRAWINGS = {"exclude": [["svg"], ["math"]]}

DRAWN_CONTRASTS = """() => {
  const channel = (value) => (value /= 255) <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  const rgba = (text) => {
    const found = text.match(/[\\d.]+/g)?.map(Number);
    return found ? [...found.slice(0, 3), found[3] ?? 1] : [0, 0, 0, 0];
  };
  const over = (top, below) => below.map((value, at) => value + (top[at] - value) * top[3]);
  const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const opacity = (e) => e.closest("svg") && e.tagName !== "svg"
    ? Number(getComputedStyle(e).opacity) * opacity(e.parentElement) : 1;
  const paint = (e) => {
    const style = getComputedStyle(e);
    if (!(e instanceof SVGElement) || e.tagName === "svg") return rgba(style.backgroundColor);
    const [r, g, b, alpha] = rgba(style.fill);
    return [r, g, b, style.fill === "none" ? 0 : alpha * style.fillOpacity * opacity(e)];
  };
  const poor = {};
  for (const text of document.querySelectorAll("svg text, math mi, math mn, math mo, math mtext")) {
    const style = getComputedStyle(text);
    const { x, y, width, height } = text.getBoundingClientRect();
    if (!width || style.visibility !== "visible") continue;
    const behind = document.elementsFromPoint(x + width / 2, y + height / 2)
      .filter((e) => e !== text && !text.contains(e) && e.tagName !== "text");
    const ground = behind.reverse().reduce((below, e) => over(paint(e), below), [255, 255, 255]);
    const drawn = text instanceof SVGElement;
    const colour = drawn ? paint(text) : rgba(style.color);
    const [dark, bright] = [light(over(colour, ground)), light(ground)].sort((a, b) => a - b);
    const contrast = (bright + 0.05) / (dark + 0.05);
    if (contrast < 4.5) poor[`${colour} on ${ground.map(Math.round)}: ${contrast.toFixed(2)}`] = text.outerHTML;
  }
  return poor;
}"""
"""Texts of drawings and formulas that stand out too little from what is painted behind them."""


def complaints(results: Mapping[str, Any]) -> Iterator[str]:
    for sort in ("violations", "incomplete"):
        for rule in results[sort]:
            for node in rule["nodes"]:
                reasons = {(check.get("data") or {}).get("messageKey") for check in node["any"]}
                if sort == "violations" or not reasons <= LEFT_OPEN:
                    yield f"{rule['id']}: {node['html'][:200]} {node.get('failureSummary', '')}"


def look_at(page: Page, file: Path) -> Page:
    page.goto(file.as_uri())
    unfold(page)
    return page


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(browse: Browse, pages: Mapping[str, Path], name: str, width: int) -> None:
    """All its rules: WCAG 2.0 and 2.1 at A and AA, and best practice."""
    page = look_at(browse(viewport={"width": width, "height": 800}).new_page(), pages[name])
    assert not list(complaints(Axe().run(page, options=EVERYTHING).response))


@pytest.mark.parametrize("name", ["paper", "feedback", "marked", "audit", "figures"])
def test_text_stands_out(browse: Browse, pages: Mapping[str, Path], name: str) -> None:
    """Solutions and previews have the colours of feedback pages."""
    page = look_at(browse(viewport={"width": WIDE, "height": 800}).new_page(), pages[name])
    assert not list(complaints(Axe().run(page, NO_DRAWINGS, CONTRAST).response))


@pytest.mark.parametrize("name", ["solutions", "figures"])
def test_drawings_and_formulas_stand_out(browse: Browse, pages: Mapping[str, Path], name: str) -> None:
    """All that is drawn anywhere stands in the solutions of all kinds or in the gallery."""
    page = look_at(browse(viewport={"width": WIDE, "height": 800}).new_page(), pages[name])
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": WIDE, "height": height})
    assert page.evaluate(DRAWN_CONTRASTS) == {}


def test_every_box_has_words_of_its_own(page: Page, pages: Mapping[str, Path]) -> None:
    """Who hears them alone knows which question, which field, which cell it is."""
    page.goto(pages["paper"].as_uri())
    boxes = "main input:not([type=radio], [type=checkbox]), main select, main textarea, main .grid button"
    words = page.locator(boxes).evaluate_all(
        "(boxes) => boxes.map((box) => box.ariaLabel ?? [...box.labels].map((label) => label.textContent).join())"
    )
    assert all(words)
    assert len(set(words)) == len(words)
