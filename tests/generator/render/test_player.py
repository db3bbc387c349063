"""The player in a page as it is written; what a browser makes of it is tested in tests/browser."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO

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

from ..figures.animations import BARE, DILATED, STRIDED, empty, sliding

LONG = Animation((Grid(empty(8, 8), "X"),), (Grid(empty(6, 6), "Y"),), sliding(6, 6))


def page(*animations: Animation) -> str:
    body = fragment((FigureRow(animations),), SCREEN)
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
    behind = Markup('<ul><li>Rule</li></ul><table class="answers"><tr><td>Box</td></tr></table></div>')
    template = '{% extends "base.html.j2" %}{% block body %}<main>{{ body }}</main>{% endblock %}'
    body = before + shown + behind
    written = pdf(environment().from_string(template).render(language="en", title="", body=body, style=""))
    _, first, *_, last = (page.extract_text().split() for page in PdfReader(BytesIO(written)).pages)
    assert {"Title", "Prompt", "1", "X"} <= set(first)
    assert {"36", "Rule", "Box"} <= set(last)
