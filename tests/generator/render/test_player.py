"""The player in a page: what stands there without its script, and what a browser makes of it."""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from markupsafe import Markup

from convexam.generator.document import FigureRow
from convexam.generator.figures.film import strip_svg
from convexam.generator.figures.model import Animation, Figures
from convexam.generator.figures.motion import moving_svg
from convexam.generator.render.environment import environment
from convexam.generator.render.html import fragment
from convexam.generator.render.player import player
from convexam.generator.render.stylesheet import screen_css

from ..figures.animations import BARE, FILTERED, SCATTERED, STRIDED

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update", "--virtual-time-budget=9000"),
)


def page(*animations: Animation, script: str = "") -> str:
    body = fragment((FigureRow(animations),), "screen") + Markup(script)
    style = Markup(screen_css())
    text = '{% extends "base.html.j2" %}{% block body %}{{ body }}{% endblock %}'
    return environment().from_string(text).render(language="en", title="A page", body=body, style=style)


def test_markup() -> None:
    shown = player(STRIDED)
    assert moving_svg(STRIDED) in shown
    assert f'<div class="strip">{strip_svg(STRIDED)}</div>' in shown
    assert shown.count('<button type="button"') == 3
    assert all(re.search(r'aria-label="[^"]+"|>\w+<', button) for button in re.findall("<button.*", shown))
    assert 'data-steps="9" data-seconds="11"' in shown


def test_only_a_page_with_a_player_has_the_script_and_has_it_once() -> None:
    assert page().count("<script>") == 0
    assert page(STRIDED).count("<script>") == page(STRIDED, BARE).count("<script>") == 1
    assert not re.search(r"(src|href)=|https?://(?!www\.w3\.org)", page(STRIDED).split("</style>")[1])


def test_print_has_the_strip_alone() -> None:
    shown = fragment((FigureRow((STRIDED,)),), "print")
    assert strip_svg(STRIDED) in shown
    assert "animate" not in shown
    assert "<button" not in shown


def test_the_members_of_a_group_do_not_move() -> None:
    assert "animate" not in fragment((FigureRow((Figures("A", (STRIDED, BARE)),)),), "screen")


# -- in a browser -------------------------------------------------------------------------------

PROBE = """<script>
const wait = (ms) => new Promise((done) => setTimeout(done, ms));
const report = {};
addEventListener("load", async () => {
  const [first, second] = document.querySelectorAll(".player");
  const press = (name, player = first) => player.querySelector(`[data-do=${name}]`).click();
  const said = (player = first) => player.querySelector(".step").textContent;
  const seen = (selector) => [...document.querySelectorAll(selector)].some((e) => e.getClientRects().length);
  const texts = () => [...first.querySelectorAll("svg g[visibility] text")]
    .filter((text) => getComputedStyle(text).visibility === "visible").map((text) => text.textContent);
  report.player = seen(".player"); report.strip = seen(".strip"); report.start = said();
  report.button = first.querySelector("[data-do=toggle]").textContent;
  await wait(1600); report.later = said();
  press("forward"); press("toggle"); press("toggle");
  report.live = first.querySelector(".step").getAttribute("aria-live");
  report.paused = said(); await wait(1300); report.still = said(); report.other = said(second);
  press("back"); report.back = said();
  while (said() !== "Step 1 of 2") press("back");
  report.first = texts(); press("back"); report.wrapped = said(); await wait(50); report.last = texts();
  press("forward"); report.again = said();
  press("toggle"); await wait(1100); report.playing = said();
  document.body.dataset.report = JSON.stringify(report);
});
</script>"""


def browse(folder: Path, *flags: str) -> dict[str, Any]:
    file = folder / "page.html"
    four = replace(BARE, label="Z")
    file.write_text(page(SCATTERED, four, script=PROBE), encoding="utf-8")
    command = [
        str(CHROMIUM),
        *FLAGS,
        *flags,
        f"--user-data-dir={folder / 'profile'}",
        "--dump-dom",
        file.as_uri(),
    ]
    done = subprocess.run(command, capture_output=True, check=True, timeout=120)
    (report,) = re.findall(r'<body data-report="([^"]+)"', done.stdout.decode())
    found: dict[str, Any] = json.loads(unescape(report))
    return found


@pytest.mark.sweep
@pytest.mark.skipif(not CHROMIUM.exists(), reason="needs Chromium")
def test_playing(tmp_path: Path) -> None:
    report = browse(tmp_path)
    assert (report["player"], report["strip"]) == (True, False)
    assert (report["start"], report["button"]) == ("Step 1 of 2", "Pause")
    assert report["later"] == "Step 2 of 2"
    assert report["live"] == "polite"
    assert report["paused"] == report["still"]
    assert report["back"] != report["still"]
    assert report["other"] == "Step 3 of 4"
    assert (report["first"], report["wrapped"]) == (["1", "3", "2", "4"], "Step 2 of 2")
    assert report["last"] == ["1", "3", "22", "5", "44", "6"]
    assert (report["again"], report["playing"]) == ("Step 1 of 2", "Step 2 of 2")


@pytest.mark.sweep
@pytest.mark.skipif(not CHROMIUM.exists(), reason="needs Chromium")
def test_reduced_motion_starts_paused(tmp_path: Path) -> None:
    report = browse(tmp_path, "--force-prefers-reduced-motion")
    assert (report["player"], report["strip"]) == (True, False)
    assert (report["start"], report["button"], report["later"]) == ("Step 1 of 2", "Play", "Step 1 of 2")
    assert report["other"] == "Step 1 of 4"


@pytest.mark.sweep
@pytest.mark.skipif(not CHROMIUM.exists(), reason="needs Chromium")
def test_without_the_script_the_strip_stands(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    plain = re.sub(r"<script>.*?</script>", "", page(FILTERED), flags=re.DOTALL)
    look = (
        PROBE[: PROBE.index("  await")]
        + "document.body.dataset.report = JSON.stringify(report); });</script>"
    )
    file.write_text(plain.replace("</body>", look.replace("said()", "0") + "</body>"), encoding="utf-8")
    command = [str(CHROMIUM), *FLAGS, f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom", file.as_uri()]
    done = subprocess.run(command, capture_output=True, check=True, timeout=120)
    assert "&quot;player&quot;:false,&quot;strip&quot;:true" in done.stdout.decode()
