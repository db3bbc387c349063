"""Everything is reached by keyboard, in the order in which it is read, and seen when it is; nothing holds it fast."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from .conftest import Browse
from .pages import Desk

pytestmark = pytest.mark.sweep

REACHABLE = """() => {
  const all = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")]
    .filter((e) => e.checkVisibility() && !e.disabled);
  const first = {};
  for (const box of all) if (box.type === "radio") first[box.name] ??= box;
  window.placeOf = (e) => window.reachable.indexOf(e.type === "radio" ? first[e.name] : e);
  window.reachable = all.filter((e) => e.type !== "radio" || first[e.name] === e);
  return window.reachable.length;
}"""
"""What can be operated; of buttons of which one can be chosen, the arrow keys reach the others."""

FOCUSED = """() => {
  const e = document.activeElement;
  const style = getComputedStyle(e);
  const { top, bottom } = e.getBoundingClientRect();
  const bar = document.querySelector("aside.bar")?.getBoundingClientRect().top ?? innerHeight;
  const inBar = e.closest("aside.bar") !== null;
  return {
    place: window.placeOf(e),
    scroller: e.tabIndex < 0,
    outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1,
    inSight: bottom > 0 && top < (inBar ? innerHeight : bar),
    what: e.outerHTML.slice(0, 150),
  };
}"""


def walk(page: Page, key: str) -> list[dict[str, Any]]:
    """Press the tab key until the page is left."""
    count = page.evaluate(REACHABLE)
    stops: list[dict[str, Any]] = []
    while len(stops) < 2 * count + 50:
        page.keyboard.press(key)
        if page.evaluate("document.activeElement === document.body"):
            return stops
        stops.append(page.evaluate(FOCUSED))
    pytest.fail(f"the keyboard is held fast at {stops[-1]['what']}")


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (360, 700), (320, 256)])
@pytest.mark.parametrize("key", ["Tab", "Shift+Tab"])
def test_the_form_is_walked_through(browse: Browse, boxes: Desk, key: str, width: int, height: int) -> None:
    """The smallest window is what is left of 1280 × 1024 at 400 %."""
    page = browse(viewport={"width": width, "height": height}).new_page()
    page.goto(boxes.form.as_uri())
    check(page, walk(page, key), forwards=key == "Tab")


@pytest.mark.parametrize("name", ["solutions", "feedback", "preview", "audit", "figures"])
def test_a_page_is_walked_through(browse: Browse, pages: Mapping[str, Path], name: str) -> None:
    page = browse(viewport={"width": 360, "height": 700}).new_page()
    page.goto(pages[name].as_uri())
    check(page, walk(page, "Tab"), forwards=True)


def check(page: Page, stops: list[dict[str, Any]], *, forwards: bool) -> None:
    places = [stop["place"] for stop in stops if not stop["scroller"]]
    everything = range(page.evaluate("window.reachable.length"))
    assert places == (list(everything) if forwards else list(reversed(everything)))
    assert [stop["what"] for stop in stops if not stop["outlined"]] == []
    assert [stop["what"] for stop in stops if not stop["inSight"]] == []
