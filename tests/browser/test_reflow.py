"""Pages at phone width, enlarged, spaced out, in the reader's own colours and on paper: nothing is lost."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from .conftest import Browse
from .pages import NARROW, PAGES, WIDE, Desk, unfold

pytestmark = pytest.mark.sweep

SPACED = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }"""
"""What a reader may ask for (WCAG 1.4.12)."""

ENLARGED = "html { font-size: 200% !important; }"

CUT_OFF = """() => [...document.querySelectorAll("main *, .bar *")].filter((e) => {
  if (e.closest("svg, math, select") || !e.clientHeight) return false;
  const style = getComputedStyle(e);
  const hides = /hidden|clip/.test(style.overflowX + style.overflowY);
  const framed = parseFloat(style.borderBottomWidth) > 0 && parseFloat(style.borderRightWidth) > 0;
  const scrolls = /auto|scroll/.test(style.overflowX) || e.matches("input, textarea");
  return (hides || framed) && (e.scrollHeight > e.clientHeight + 2 || (!scrolls && e.scrollWidth > e.clientWidth + 2));
}).map((e) => e.outerHTML.slice(0, 200))"""
"""What is larger than the box around it that hides it or is drawn."""


def fits(page: Page) -> bool:
    """Say whether the page is not wider than the window."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def opened(browse: Browse, file: Path, width: int, style: str = "") -> Page:
    page = browse(viewport={"width": width, "height": 800}).new_page()
    page.goto(file.as_uri())
    unfold(page)
    if style:
        page.add_style_tag(content=style)
    page.evaluate("async () => { await document.fonts.ready; }")  # other fonts are wider
    return page


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", [NARROW, 360, WIDE // 2, WIDE])
def test_nobody_scrolls_sideways(browse: Browse, pages: Mapping[str, Path], name: str, width: int) -> None:
    """WCAG 1.4.10; half the width is what is left at 200 % (1.4.4)."""
    page = opened(browse, pages[name], width)
    assert fits(page)
    assert page.evaluate(CUT_OFF) == []


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(
    ("style", "width"), [(SPACED, 360), (SPACED, WIDE), (ENLARGED, WIDE)], ids=["phone", "wide", "enlarged"]
)
def test_text_may_be_spaced_out_and_enlarged(
    browse: Browse, pages: Mapping[str, Path], name: str, style: str, width: int
) -> None:
    page = opened(browse, pages[name], width, style)
    assert page.evaluate(CUT_OFF) == []
    assert fits(page)


@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_drawings_are_seen_in_forced_colours(browse: Browse, pages: Mapping[str, Path], scheme: str) -> None:
    context = browse(forced_colors="active", color_scheme=scheme)
    page = context.new_page()
    page.goto(pages["paper"].as_uri())
    drawing = page.locator(".figure svg").first
    assert drawing.evaluate("(svg) => getComputedStyle(svg).backgroundColor") == "rgb(255, 255, 255)"
    inks = drawing.locator("text").evaluate_all(
        "(texts) => [...new Set(texts.map((e) => getComputedStyle(e).fill))]"
    )
    assert inks == ["rgb(26, 26, 26)"]


def test_boxes_are_seen_in_forced_colours(browse: Browse, boxes: Desk) -> None:
    page = browse(forced_colors="active", color_scheme="dark").new_page()
    page.goto(boxes.form.as_uri())
    borders = """(cells) => [...new Set(cells.map((e) => getComputedStyle(e).borderBottomColor))]"""
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    for selector in (".grid td", "input.box:not(.grid *)", "select.box", "textarea.box", "form button"):
        assert ground not in page.locator(selector).evaluate_all(borders), selector
    option = page.locator('[name="several/options"]').first
    option.check()
    assert option.evaluate("(box) => getComputedStyle(box).appearance") != "none"


BORDERS = """() => {
  const channel = (value) => (value /= 255) <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  const light = (text) => {
    const [r, g, b] = text.match(/[\\d.]+/g).map(Number);
    return 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  };
  const framed = (e) => !e || parseFloat(getComputedStyle(e).borderBottomWidth) ? e : framed(e.parentElement);
  const boxes = document.querySelectorAll("form input:not([type=radio], [type=checkbox], [type=file]), form select, textarea");
  return [...boxes].flatMap((box) => {
    const frame = framed(box);
    const contrast = frame ? 1.05 / (light(getComputedStyle(frame).borderBottomColor) + 0.05) : 0;
    return contrast < 3 ? [`${box.name}: ${contrast}`] : [];
  });
}"""
"""Boxes whose frame stands out too little from white."""


def test_boxes_are_seen(page: Page, boxes: Desk) -> None:
    """WCAG 1.4.11."""
    page.goto(boxes.form.as_uri())
    assert page.evaluate(BORDERS) == []


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (360, 640), (320, 256)])
def test_the_bar_leaves_room_for_the_questions(browse: Browse, boxes: Desk, width: int, height: int) -> None:
    """The smallest window is what is left of 1280 × 1024 at 400 %."""
    page = browse(viewport={"width": width, "height": height}).new_page()
    page.goto(boxes.form.as_uri())
    page.locator('[name="grid/relu/1,1"]').fill("1")
    page.evaluate("scrollTo(0, 600)")
    bar = page.get_by_role("complementary", name="Your answers").bounding_box()
    assert bar is not None
    assert height - bar["y"] < height / 4


def test_a_known_map_is_seen_whole_on_the_narrowest_phone(browse: Browse, boxes: Desk) -> None:
    page = browse(viewport={"width": NARROW, "height": 640}).new_page()
    page.goto(boxes.form.as_uri())
    hidden = "(grid) => grid.scrollWidth - grid.clientWidth"
    assert page.locator('[data-name="grid/relu"]').evaluate(hidden) == 0


def test_nothing_moves_by_itself(browse: Browse, pages: Mapping[str, Path]) -> None:
    page = browse(reduced_motion="reduce").new_page()
    page.goto(pages["figures"].as_uri())
    moving = """document.getAnimations().length + [...document.querySelectorAll("svg")]
      .filter((svg) => svg.querySelector("animate, set") && !svg.animationsPaused()).length"""
    assert page.evaluate(moving) == 0


@pytest.mark.parametrize("name", ["paper", "solutions", "feedback"])
def test_what_is_printed_has_no_controls(browse: Browse, pages: Mapping[str, Path], name: str) -> None:
    page = opened(browse, pages[name], 794)
    page.emulate_media(media="print")
    assert fits(page)
    for control in page.get_by_role("button").all():
        expect(control).to_be_hidden()
    expect(page.locator(".question").last).to_be_visible()


def test_worked_solutions_are_printed_open(browse: Browse, pages: Mapping[str, Path]) -> None:
    page = browse().new_page()
    page.goto(pages["feedback"].as_uri())
    step = page.locator("details.solution p").first
    assert page.locator("details.solution[open]").count() == 0
    expect(step).to_be_hidden()
    page.emulate_media(media="print")
    assert step.evaluate("(step) => step.checkVisibility({contentVisibilityAuto: true})")
