"""Markdown with values becomes a document tree, and nothing is ever computed from a text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convexam.generator.document import (
    Code,
    Document,
    Emphasis,
    FigureRow,
    Formula,
    Inline,
    Listing,
    Math,
    Message,
    Numeral,
    Paragraph,
    Shown,
    Symbol,
    Text,
    say,
)
from convexam.generator.figures.model import Figures, Grid
from convexam.generator.text import TextError, blocks, document, names, render_message, sentence

X = Grid(((1, 2), (3, 4)), "X")
K = Grid(((1,),), "K")
MAPS = Figures("M", (X, K))
VALUES: Mapping[str, Shown] = {
    "X": X,
    "K": K,
    "M": MAPS,
    "unnamed": Grid(((1,),)),
    "stride": 2,
    "share": Fraction(-1, 9),
    "mode": "same",
    "odd": r"50% \ $x$ **b** {{ X }}",
    "Y": Symbol("Y_{0}"),
    "padding": say("padding **{{ p }}**", p=1),
    "seen": say("see {{ X }}", X=X),
    "broken": say("see {{ nowhere }}"),
    "a_b": 1,
    "c_d": 2,
}


def para(*inlines: Inline | str) -> Paragraph:
    return Paragraph(tuple(Text(node) if isinstance(node, str) else node for node in inlines))


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        pytest.param("", (), id="nothing"),
        pytest.param("One\ntwo.\n\nThree.", (para("One two."), para("Three.")), id="paragraphs"),
        pytest.param("One  \ntwo", (para("One\ntwo"),), id="hard break"),
        pytest.param(
            "*a* **b** `c  d`",
            (para(Emphasis((Text("a"),)), " ", Emphasis((Text("b"),), strong=True), " ", Code("c  d")),),
            id="emphasis and code",
        ),
        pytest.param('the "kernel\'s" size', (para("the “kernel’s” size"),), id="curly quotes"),
        pytest.param("- a\n- b", (Listing(((para("a"),), (para("b"),))),), id="bullets"),
        pytest.param("1. a\n2. b", (Listing(((para("a"),), (para("b"),)), ordered=True),), id="numbers"),
        pytest.param("is $x^2$!", (para("is ", Math("x^2"), "!"),), id="formula"),
        pytest.param(r"costs \$5", (para("costs $5"),), id="escaped dollar"),
        pytest.param("$$\nx = 1\n$$", (Formula("x = 1"),), id="display formula"),
        pytest.param("so $$x$$ holds", (para("so"), Formula("x"), para("holds")), id="display in a sentence"),
        pytest.param("stride {{ stride }}", (para("stride ", Numeral(2)),), id="integer"),
        pytest.param("{{share}}", (para(Numeral(Fraction(-1, 9))),), id="fraction"),
        pytest.param("{{ Y }}", (para(Math("Y_{0}")),), id="symbol"),
        pytest.param("{{ odd }}", (para(r"50% \ $x$ **b** {{ X }}"),), id="a text is not parsed again"),
        pytest.param(
            "{{a_b}} and {{c_d}}", (para(Numeral(1), " and ", Numeral(2)),), id="underscores are no emphasis"
        ),
        pytest.param(
            "with {{ padding }}.",
            (para("with padding ", Emphasis((Numeral(1),), strong=True), "."),),
            id="message in a sentence",
        ),
        pytest.param(
            "Filter {{ X }} with {{ K }}; keep {{ X }}.",
            (para("Filter ", Math("X"), " with ", Math("K"), "; keep ", Math("X"), "."), FigureRow((X, K))),
            id="figures follow their paragraph, each once",
        ),
        pytest.param("{{ X }}\n{{ M }}", (FigureRow((X, MAPS)),), id="figures alone"),
        pytest.param(
            "It is {{unnamed}}", (para("It is"), FigureRow((Grid(((1,),)),))), id="figure, no label"
        ),
        pytest.param(
            "Now {{ seen }}.",
            (para("Now see ", Math("X"), "."), FigureRow((X,))),
            id="figure in a message in a sentence",
        ),
        pytest.param(
            "- {{ X }} here",
            (Listing(((para(Math("X"), " here"), FigureRow((X,))),)),),
            id="figure in a list",
        ),
        pytest.param(
            r"$Y = {{ X }} \cdot {{share}} + K_{{{ stride }}} - {{ Y }}_{\text{ {{ mode }} }}$",
            (para(Math(r"Y = X \cdot -\tfrac{1}{9} + K_{2} - Y_{0}_{\text{ \text{same} }}")),),
            id="values in a formula; figures are only named",
        ),
        pytest.param(
            "<b>x</b> [a](b) ![i](u) <http://a.b> &amp;\n\n# no",
            (para("<b>x</b> [a](b) ![i](u) <http://a.b> &amp;"), para("# no")),
            id="HTML, links, images and headings are plain text",
        ),
    ],
)
def test_blocks(markdown: str, expected: Document) -> None:
    assert blocks(markdown, VALUES) == expected


@pytest.mark.parametrize(
    ("markdown", "found"),
    [
        pytest.param("{{ strid }}", "'strid'. Did you mean 'stride'?", id="misspelt"),
        pytest.param("{{ zzz }}", "K, M, X", id="unknown: says what is known"),
        pytest.param("`{{ stride }}`", "cannot stand in code", id="in code"),
        pytest.param("{{ broken }}", "'nowhere'", id="unknown in a message"),
        pytest.param("{{ 7*7 }}", "{{ 7*7 }}", id="arithmetic"),
        pytest.param("{{ X.rows }}", "{{ X.rows }}", id="attribute"),
        pytest.param("{{ X | safe }}", "{{ X | safe }}", id="filter"),
        pytest.param("{{ }}", "{{ }}", id="nothing in braces"),
        pytest.param("{% for x in y %}", "{% for", id="statement"),
        pytest.param("$x_{{2}}$", "{{2}}", id="double braces of LaTeX"),
        pytest.param("${{ odd }}$", "'odd' cannot stand in a formula", id="odd text in a formula"),
        pytest.param("${{ padding }}$", "'padding' cannot stand in a formula", id="message in a formula"),
        pytest.param("${{ unnamed }}$", "'unnamed' cannot stand in a formula", id="no label in a formula"),
    ],
)
def test_texts_that_cannot_be_shown(markdown: str, found: str) -> None:
    with pytest.raises(TextError) as caught:
        blocks(markdown, VALUES)
    assert found in str(caught.value)


@pytest.mark.parametrize(
    ("message", "found"),
    [
        pytest.param(say("one\n\ntwo"), "one paragraph", id="two paragraphs"),
        pytest.param(say("- a"), "one paragraph", id="a list"),
        pytest.param(say("{{ p }}", q=1), "'p'", id="unknown value"),
    ],
)
def test_messages_that_are_no_sentence(message: Message, found: str) -> None:
    with pytest.raises(TextError, match=found):
        sentence(message)


def test_names() -> None:
    assert names("{{ X }} $y_{{{i}}}$ `{{ c }}` {{X}}") == {"X", "i", "c"}


def test_messages_are_translated_inside_messages_too() -> None:
    dutch = {"with {{ p }}": "met {{ p }}", "no padding": "geen padding"}
    shown = render_message(say("with {{ p }}", p=say("no padding")), dutch.__getitem__)
    assert shown == (para("met geen padding"),)


def test_steps() -> None:
    assert document((say("Add {{ n }}.", n=1), Symbol("1+1=2"), X, MAPS)) == (
        para("Add ", Numeral(1), "."),
        Formula("1+1=2"),
        FigureRow((X,)),
        FigureRow((MAPS,)),
    )


def test_a_prompt(golden: Callable[[str, str], None]) -> None:
    prompt = (
        "Filter the image {{ X }} with {{ K }}, stride {{ stride }} and {{ padding }}.\n"
        "Recall $$Y_i = \\sum_u X_{i+u} K_u$$ and *nothing else*.\n\n"
        "1. Give {{ Y }}.\n2. Is it ${{ share }}$?\n\n{{ M }}\n"
    )
    golden("text/prompt.txt", "".join(f"{block}\n" for block in blocks(prompt, VALUES)))


@given(st.text(alphabet=st.sampled_from(list("ab{}%$`*_\\\n -1.<&X ")), max_size=40))
def test_any_text_is_shown_or_refused(markdown: str) -> None:
    try:
        shown = blocks(markdown, VALUES)
    except TextError:
        return
    assert isinstance(shown, tuple)
