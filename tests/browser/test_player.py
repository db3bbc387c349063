"""What a browser makes of the player: it moves only when it is asked to, and the strip stands in for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from ..generator.figures.animations import BARE, FILTERED, SCATTERED
from ..generator.render.test_player import page as page_of
from .conftest import Browse

pytestmark = pytest.mark.sweep

Shown = Callable[[], list[str]]

DRAWN = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
"""Wait until the browser has drawn what was changed."""

SEEN = """(drawing) => {
  const patches = drawing.querySelector("path[stroke='#fff']");
  const patched = (text) => {
    const { x, y, width, height } = text.getBBox();
    return patches.isPointInStroke(new DOMPoint(x + width / 2, y + height / 2));
  };
  return [...drawing.querySelectorAll("g[visibility] text")]
    .filter((text) => getComputedStyle(text).visibility === "visible" && !patched(text))
    .map((text) => text.textContent).sort();
}"""
"""The numbers of a drawing that no patch hides."""


def open_player(page: Page, folder: Path, *animations: object) -> Locator:
    file = folder / "page.html"
    file.write_text(page_of(*animations), encoding="utf-8")  # type: ignore[arg-type]
    page.goto(file.as_uri())
    return page.locator(".player")


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_nothing_moves_before_it_is_asked_to(browse: Browse, tmp_path: Path, motion: str) -> None:
    page = browse(reduced_motion=motion).new_page()
    player = open_player(page, tmp_path, SCATTERED).first
    step, drawing = player.locator(".step"), player.locator("svg")
    toggle = player.locator("[data-do=toggle]")
    expect(toggle).to_have_text("Play")
    page.wait_for_timeout(1300)
    expect(step).to_have_text("Step 1 of 2")
    assert drawing.evaluate(SEEN) == ["1", "2", "3", "4"]

    toggle.click()
    expect(toggle).to_have_text("Pause")
    expect(step).to_have_attribute("aria-live", "off")
    expect(step).to_have_text("Step 2 of 2")
    toggle.click()
    expect(toggle).to_have_text("Play")
    expect(step).to_have_attribute("aria-live", "polite")
    held = step.inner_text()
    page.wait_for_timeout(1300)
    expect(step).to_have_text(held)


def test_a_pause_tells_the_step_at_which_the_drawing_stands(page: Page, tmp_path: Path) -> None:
    player = open_player(page, tmp_path, BARE)
    toggle, step = player.locator("[data-do=toggle]"), player.locator(".step")
    toggle.click()
    expect(step).to_have_text("Step 2 of 4")
    toggle.click()
    stands = player.locator("svg").evaluate("(drawing) => Math.floor(drawing.getCurrentTime()) + 1")
    expect(step).to_have_text(f"Step {stands} of 4")


def test_steps_go_round_and_each_player_has_its_own(page: Page, tmp_path: Path) -> None:
    first, second = open_player(page, tmp_path, SCATTERED, replace(BARE, label="Z")).all()
    step, drawing = first.locator(".step"), first.locator("svg")
    first.get_by_label("One step back").click()
    expect(step).to_have_text("Step 2 of 2")
    page.evaluate(DRAWN)
    assert drawing.evaluate(SEEN) == ["1", "22", "3", "44", "5", "6"]
    first.get_by_label("One step forward").click()
    expect(step).to_have_text("Step 1 of 2")
    page.evaluate(DRAWN)
    assert drawing.evaluate(SEEN) == ["1", "2", "3", "4"]
    for _ in range(3):
        second.get_by_label("One step forward").click()
    expect(second.locator(".step")).to_have_text("Step 4 of 4")
    expect(step).to_have_text("Step 1 of 2")


def test_the_second_round_begins_with_nothing_written(page: Page, tmp_path: Path) -> None:
    drawing = open_player(page, tmp_path, SCATTERED).locator("svg")
    drawing.evaluate("(drawing) => drawing.setCurrentTime(4.5)")
    page.evaluate(DRAWN)
    assert drawing.evaluate(SEEN) == ["1", "2", "3", "4"]


def test_buttons_are_pressed_by_keyboard(page: Page, tmp_path: Path) -> None:
    player = open_player(page, tmp_path, SCATTERED)
    page.keyboard.press("Tab")
    expect(player.get_by_label("One step back")).to_be_focused()
    page.keyboard.press("Enter")
    expect(player.locator(".step")).to_have_text("Step 2 of 2")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(player.locator(".step")).to_have_text("Step 1 of 2")


def test_the_player_stands_in_place_of_the_strip(page: Page, tmp_path: Path) -> None:
    player = open_player(page, tmp_path, FILTERED)
    expect(player).to_be_visible()
    expect(page.locator(".strip")).to_be_hidden()
    expect(page.locator(".in-words")).to_be_visible()
    page.emulate_media(media="print")
    expect(player).to_be_hidden()
    expect(page.locator(".in-words")).to_be_hidden()


def test_without_scripts_the_strip_stands(browse: Browse, tmp_path: Path) -> None:
    page = browse(java_script_enabled=False).new_page()
    player = open_player(page, tmp_path, FILTERED)
    expect(player).to_be_hidden()
    expect(page.locator(".strip")).to_be_visible()
    expect(page.locator(".in-words")).to_be_visible()
