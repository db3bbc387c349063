"""The player in a page: what stands there without its script, and what a browser makes of it."""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import replace
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from markupsafe import Markup
from pypdf import PdfReader

from convexam.generator.document import FigureRow
from convexam.generator.figures.animation.film import strip_svgs
from convexam.generator.figures.animation.motion import moving_svg
from convexam.generator.figures.model import Animation, Grid
from convexam.generator.render.environment import environment
from convexam.generator.render.html import fragment
from convexam.generator.render.look import PRINT, SCREEN
from convexam.generator.render.pdf import pdf
from convexam.generator.render.player import player, strip
from convexam.generator.render.stylesheet import screen_css

from ..figures.animations import BARE, DILATED, FILTERED, SCATTERED, STRIDED, empty, sliding

LONG = Animation((Grid(empty(8, 8), "X"),), (Grid(empty(6, 6), "Y"),), sliding(6, 6))

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update", "--virtual-time-budget=9000"),
)


def page(*animations: Animation, script: str = "") -> str:
    body = fragment((FigureRow(animations),), SCREEN) + Markup(script)
    style = Markup(screen_css())
    text = '{% extends "base.html.j2" %}{% block body %}{{ body }}{% endblock %}'
    return environment().from_string(text).render(language="en", title="A page", body=body, style=style)


def test_markup() -> None:
    shown = player(STRIDED, Markup("<i>A</i>"))
    assert f'<div class="pictured"><i>A</i>{moving_svg(STRIDED)}</div>' in shown
    assert f'<div class="strip">{strip(STRIDED, Markup("<i>A</i>"), told=False)}</div>' in shown
    assert shown.count('<button type="button"') == 3
    assert all(re.search(r'aria-label="[^"]+"|>\w+<', button) for button in re.findall("<button.*", shown))
    assert 'data-steps="9" data-seconds="11"' in shown


def test_steps_are_told_once_and_to_everybody() -> None:
    shown = player(DILATED, Markup())
    head, steps = shown.split("<ol>")
    assert "<summary>The steps in words</summary>" in head
    assert "counted from 1, beginning with the first that is drawn. Marked in each step:</p>" in head
    assert steps.count("<li>") == 4
    assert (
        "<li>rows 1, 3 and 5, columns 1, 3 and 5 of the input and row 1, column 1 of the output</li>" in steps
    )
    assert shown.count("columns 1, 3 and 5 of the input and row 1, column 1") == 1


def test_the_symbol_stands_before_the_drawing() -> None:
    shown = fragment((FigureRow((replace(STRIDED, label="A_1"),)),), SCREEN)
    assert shown.count('class="pictured"><span class="symbol"><math') == 1
    assert shown.count('class="figure piece"><span class="symbol"><math') == 1
    assert "symbol" not in fragment((FigureRow((STRIDED,)),), SCREEN)


def test_only_a_page_with_a_player_has_the_script_and_has_it_once() -> None:
    assert page().count("<script>") == 0
    assert page(STRIDED).count("<script>") == page(STRIDED, BARE).count("<script>") == 1
    assert not re.search(r"(src|href)=|https?://(?!www\.w3\.org)", page(STRIDED).split("</style>")[1])


def test_print_has_the_strip_alone() -> None:
    shown = fragment((FigureRow((STRIDED,)),), PRINT)
    pieces = re.findall(r'<span class="figure piece">(<svg.*?</svg>)</span>', shown)
    assert tuple(pieces) == strip_svgs(STRIDED)
    assert "animate" not in shown
    assert "<button" not in shown
    assert "<details" not in shown


def test_a_strip_goes_on_over_pages_and_stays_with_what_is_before_and_behind() -> None:
    shown = fragment((FigureRow((LONG,)),), PRINT)
    before = Markup('<div style="height: 180mm"></div><div class="together"><h3>Title</h3><p>Prompt</p>')
    behind = Markup('<ul><li>Rule</li></ul></div><table class="answers"><tr><td>Box</td></tr></table>')
    template = '{% extends "base.html.j2" %}{% block body %}<main>{{ body }}</main>{% endblock %}'
    body = before + shown + behind
    written = pdf(environment().from_string(template).render(language="en", title="", body=body, style=""))
    first, *_, last = (page.extract_text().split() for page in PdfReader(BytesIO(written)).pages)
    assert {"Title", "Prompt", "1", "X"} <= set(first)
    assert {"36", "Rule", "Box"} <= set(last)


# -- in a browser -------------------------------------------------------------------------------

PROBE = """<script>
const wait = (ms) => new Promise((done) => setTimeout(done, ms));
const report = {};
addEventListener("load", async () => {
  const [first, second] = document.querySelectorAll(".player");
  const drawing = first.querySelector("svg");
  const press = (name, player = first) => player.querySelector(`[data-do=${name}]`).click();
  const said = (player = first) => player.querySelector(".step").textContent;
  const button = () => first.querySelector("[data-do=toggle]").textContent;
  const live = () => first.querySelector(".step").ariaLive;
  const seen = (selector) => [...document.querySelectorAll(selector)].some((e) => e.getClientRects().length);
  const patches = drawing.querySelector("path[stroke='#fff']");
  const patched = (text) => {
    const { x, y, width, height } = text.getBBox();
    return patches.isPointInStroke(new DOMPoint(x + width / 2, y + height / 2));
  };
  const texts = () => [...drawing.querySelectorAll("g[visibility] text")]
    .filter((text) => getComputedStyle(text).visibility === "visible" && !patched(text))
    .map((text) => text.textContent).sort();
  report.player = seen(".player"); report.strip = seen(".strip"); report.words = seen(".in-words");
  report.start = [said(), button(), live()]; await wait(1300);
  report.still = said(); report.first = texts();
  press("toggle"); report.pressed = [button(), live()]; await wait(1100); report.playing = said();
  press("toggle"); const held = said();
  report.agrees = held === `Step ${Math.floor(drawing.getCurrentTime()) + 1} of 2`; await wait(1300); report.held = [said() === held, button(), live()];
  report.other = said(second);
  press("back"); report.back = [said(), button()]; press("back"); report.wrapped = said();
  await wait(50); report.last = texts();
  drawing.setCurrentTime(4.5); await wait(50); report.again = texts(); press("forward"); report.forth = said();
  for (let presses = 0; presses < 3; presses += 1) press("forward", second);
  report.quick = said(second);
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
@pytest.mark.parametrize("flags", [(), ("--force-prefers-reduced-motion",)], ids=["any", "reduced"])
def test_playing(tmp_path: Path, flags: tuple[str, ...]) -> None:
    """Nothing moves before it is asked to; who asks, sees it move."""
    report = browse(tmp_path, *flags)
    assert (report["player"], report["strip"], report["words"]) == (True, False, True)
    assert report["start"] == ["Step 1 of 2", "Play", "polite"]
    assert (report["still"], report["first"]) == ("Step 1 of 2", ["1", "2", "3", "4"])
    assert (report["pressed"], report["playing"]) == (["Pause", "off"], "Step 2 of 2")
    assert report["agrees"]
    assert report["held"] == [True, "Play", "polite"]
    assert report["other"] == "Step 1 of 4"
    assert (report["back"], report["wrapped"]) == (["Step 1 of 2", "Play"], "Step 2 of 2")
    assert report["last"] == ["1", "22", "3", "44", "5", "6"]
    assert (report["again"], report["forth"]) == (["1", "2", "3", "4"], "Step 1 of 2")
    assert report["quick"] == "Step 4 of 4"


@pytest.mark.sweep
@pytest.mark.skipif(not CHROMIUM.exists(), reason="needs Chromium")
def test_without_the_script_the_strip_stands(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    plain = re.sub(r"<script>.*?</script>", "", page(FILTERED), flags=re.DOTALL)
    look = (
        PROBE[: PROBE.index("  report.start")]
        + "document.body.dataset.report = JSON.stringify(report); });</script>"
    )
    file.write_text(plain.replace("</body>", look + "</body>"), encoding="utf-8")
    command = [str(CHROMIUM), *FLAGS, f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom", file.as_uri()]
    done = subprocess.run(command, capture_output=True, check=True, timeout=120)
    assert "&quot;player&quot;:false,&quot;strip&quot;:true,&quot;words&quot;:true" in done.stdout.decode()
