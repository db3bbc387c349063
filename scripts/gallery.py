"""Write docs/gallery/figures.html: every kind of figure on one page, to look at after a change."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from markupsafe import Markup

from convexam.generator.figures.model import (
    Animation,
    Cell,
    Chain,
    Curve,
    Edge,
    Figure,
    Figures,
    Frame,
    Graph,
    Grid,
    Maps,
    Picture,
    Plot,
    Units,
)
from convexam.generator.figures.numerals import numeral
from convexam.generator.render.environment import environment
from convexam.generator.render.html import figure
from convexam.generator.render.look import SCREEN
from convexam.generator.render.stylesheet import screen_css

PAGE = Path(__file__).parents[1] / "docs" / "gallery" / "figures.html"

# -- grids --

IMAGE = tuple(tuple((3 * row + 5 * column) % 7 - 2 for column in range(6)) for row in range(5))
WEIGHTS = ((1, 0, -1), (2, 0, -2), (1, 0, -1))
KERNEL = Grid(WEIGHTS, "W")
WINDOW = frozenset((row, column) for row in range(1, 4) for column in range(2, 5))
PADDED = tuple(
    tuple(IMAGE[row][column] if 0 <= row < 5 and 0 <= column < 6 else 0 for column in range(-1, 7))
    for row in range(-1, 6)
)
PADDING = frozenset(
    (row, column) for row in range(7) for column in range(8) if row in (0, 6) or column in (0, 7)
)
CORNER = frozenset((row, column) for row in range(3) for column in range(3))

GRIDS: tuple[tuple[str, Figure], ...] = (
    ("An image", Grid(IMAGE, "X")),
    ("A kernel", KERNEL),
    ("Fractions and an empty cell", Grid(((Fraction(1, 9), Fraction(-1, 9)), (None, 1)), "W")),
    ("A marked window", Grid(IMAGE, "X", marked=WINDOW)),
    ("Zero padding, with a window", Grid(PADDED, "X", marked=CORNER, faint=PADDING)),
    (
        "Channels",
        Figures("X", tuple(Grid(((n, 1), (0, -n)), f"X_{{{n}}}") for n in range(3))),
    ),
)

# -- pictures --

EDGE = tuple((0,) * 5 + (255,) * 5 for _ in range(8))
DIAGONAL = tuple(tuple(255 if column > row else 0 for column in range(10)) for row in range(10))
SHADES = tuple(tuple((row * 10 + column) * 255 // 99 for column in range(10)) for row in range(10))

PICTURES: tuple[tuple[str, Figure], ...] = (
    ("An edge", Picture(EDGE, "X")),
    (
        "A window on black and white",
        Picture(EDGE, "X", marked=frozenset((r, c) for r in (3, 4, 5) for c in (4, 5, 6))),
    ),
    ("A slanting edge", Picture(DIAGONAL)),
    ("A hundred shades", Picture(SHADES, marked=frozenset({(0, 0), (9, 9), (4, 5)}))),
    (
        "Which is the output?",
        Figures(
            "",
            tuple(
                Picture(tuple((0, 0, bright, bright, 0, 0) for _ in range(6)), label, black=-4, white=4)
                for label, bright in (("A", 4), ("B", -4), ("C", 2))
            ),
        ),
    ),
)

# -- networks --

LENET = Chain(
    (
        Maps(1, 32, 32, "input 1 × 32 × 32"),
        Maps(6, 28, 28, "6 × 28 × 28"),
        Maps(6, 14, 14, "6 × 14 × 14"),
        Maps(16, 10, 10, "16 × 10 × 10"),
        Maps(16, 5, 5, "16 × 5 × 5"),
        Units(120, "120"),
        Units(84, "84"),
        Units(10, "10"),
    ),
    ("conv 5 × 5", "max pool 2 × 2", "conv 5 × 5", "max pool 2 × 2", "dense", "dense", "dense"),
)
SIZES = ((3, 224), (64, 224), (64, 112), (128, 112), (128, 56), (256, 56), (256, 28), (512, 7))
LONG = Chain(
    (*(Maps(count, side, side, f"{count} × {side} × {side}") for count, side in SIZES), Units(1000, "1000")),
    (
        *("conv 3 × 3, padding 1", "max pool 2 × 2") * 3,
        "conv 3 × 3, stride 4",
        "global average pool, dense",
    ),
)
HIDDEN = Chain(
    (
        Maps(3, 12, 16, "input 3 × 12 × 16"),
        Maps(None, None, None, "A: ?"),
        Maps(8, None, None, "B: ?"),
        Units(4, "4 units"),
    ),
    ("conv 3 × 3, stride 2", "average pool 2 × 2", "dense"),
)

NETWORKS: tuple[tuple[str, Figure], ...] = (
    ("LeNet-5", LENET),
    ("Nine stages", LONG),
    ("Sizes that are asked for", HIDDEN),
)

# -- graphs --


def symbols(letter: str, count: int) -> tuple[str, ...]:
    """Return numbered symbols, from 1."""
    return tuple(f"{letter}_{{{number}}}" for number in range(1, count + 1))


def window(outputs: int, size: int, *, shared: bool = True) -> tuple[Edge, ...]:
    """Return the connections of a convolution, whose weights are shared, or of local connections."""
    return tuple(
        Edge(end + tap, end, f"w_{{{tap + 1 if shared else end * size + tap + 1}}}")
        for end in range(outputs)
        for tap in range(size)
    )


def dense(inputs: int, outputs: int, weight: str = "") -> tuple[Edge, ...]:
    """Return all connections; with a letter each has a weight of its own."""
    return tuple(
        Edge(start, end, f"{weight}_{{{end + 1}{start + 1}}}" if weight else "")
        for end in range(outputs)
        for start in range(inputs)
    )


FIVE_THREE = (symbols("x", 5), symbols("a", 3))
GRAPHS: tuple[tuple[str, Figure], ...] = (
    ("Shared weights", Graph(FIVE_THREE, (window(3, 3),))),
    ("Local connections, weights not shared", Graph(FIVE_THREE, (window(3, 3, shared=False),))),
    ("Dense", Graph(FIVE_THREE, (dense(5, 3, "w"),))),
    ("Dense, no weights named", Graph(FIVE_THREE, (dense(5, 3),))),
    (
        "A receptive field",
        Graph(
            (symbols("x", 7), symbols("h", 5), symbols("y", 3)),
            (
                tuple(Edge(e.start, e.end) for e in window(5, 3)),
                tuple(Edge(e.start, e.end) for e in window(3, 3)),
            ),
            marked=frozenset(
                {*((0, place) for place in range(5)), *((1, place) for place in range(3)), (2, 0)}
            ),
        ),
    ),
    (
        "Padding, and a legend where connections are many",
        Graph(
            (("0", *symbols("x", 6), "0"), symbols("a", 6)),
            (window(6, 3),),
            faint=frozenset({(0, 0), (0, 7)}),
        ),
    ),
    (
        "Four layers",
        Graph(
            (symbols("x", 4), symbols("h", 5), symbols("g", 3), ("y",)),
            (dense(4, 5), dense(5, 3), dense(3, 1)),
        ),
    ),
)

# -- plots --

XS = [Fraction(number, 5) for number in range(-20, 21)]


def sigmoid(x: Fraction) -> Fraction:
    """Return the sigmoid, from a series that is exact enough to be drawn."""
    power, total = Fraction(1), Fraction(0)
    for number in range(40):
        total += power
        power = power * abs(x) / (number + 1)
    rising = (total / (total + 1)).limit_denominator(10_000)
    return rising if x >= 0 else 1 - rising


PLOTS: tuple[tuple[str, Figure], ...] = (
    ("ReLU", Plot((Curve(((-4, 0), (0, 0), (4, 4)), "f"),), x_label="x", y_label="f(x)")),
    ("Sigmoid", Plot((Curve(tuple((x, sigmoid(x)) for x in XS)),), x_label="z", y_label="σ(z)")),
    (
        "Three curves",
        Plot(
            (
                Curve(tuple((epoch, Fraction(24, 10 + 8 * epoch)) for epoch in range(13)), "training"),
                Curve(
                    tuple(
                        (e, Fraction(24, 10 + 8 * e) + Fraction((e - 4) ** 2, 200) + Fraction(1, 10))
                        for e in range(13)
                    ),
                    "validation",
                ),
                Curve(((0, 2), (12, Fraction(1, 5))), "L_{2}"),
            ),
            x_label="epoch",
            y_label="loss",
        ),
    ),
    (
        "Bars",
        Plot(
            bars=(("cat", Fraction(7, 10)), ("dog", Fraction(1, 5)), ("hedgehog", Fraction(1, 10))),
            x_label="class",
            y_label="probability",
        ),
    ),
    ("Bars below 0", Plot(bars=(("A", -3), ("B", 2), ("C", Fraction(-1, 3)), ("D", 0)), y_label="score")),
)

# -- animations --


def sliding(rows: int, columns: int, stride: int = 1) -> tuple[Frame, ...]:
    """Return the steps of a 3 × 3 window."""
    return tuple(
        Frame(
            frozenset(
                (row * stride + down, column * stride + right) for down in range(3) for right in range(3)
            ),
            frozenset({(row, column)}),
        )
        for row in range(rows)
        for column in range(columns)
    )


def with_sums(frames: tuple[Frame, ...]) -> tuple[Frame, ...]:
    """Write what the kernel yields on the image."""
    return tuple(
        replace(frame, values={(0, cell): numeral(_sum(cell)) for cell in frame.written}) for frame in frames
    )


def _sum(cell: Cell) -> int:
    row, column = cell
    return sum(
        weight * IMAGE[row + down][column + right]
        for down, weights in enumerate(WEIGHTS)
        for right, weight in enumerate(weights)
    )


def blank(rows: int, columns: int, label: str) -> Grid:
    """Return a grid to be written."""
    return Grid(((None,) * columns,) * rows, label)


ANIMATIONS: tuple[tuple[str, Figure], ...] = (
    (
        "A convolution",
        Animation((Grid(IMAGE, "X"),), (blank(3, 4, "Y"),), with_sums(sliding(3, 4)), (KERNEL,), printed=4),
    ),
    (
        "Padding 1 and stride 2; the windows alone",
        Animation((Grid(PADDED, "X", faint=PADDING),), (blank(3, 3, "Y"),), sliding(3, 3, 2)),
    ),
)

SECTIONS: dict[str, tuple[tuple[str, Figure], ...]] = {
    "Grids": GRIDS,
    "Pictures": PICTURES,
    "Networks": NETWORKS,
    "Graphs": GRAPHS,
    "Plots": PLOTS,
    "Animations": ANIMATIONS,
}

DOCUMENT = """{% extends "base.html.j2" %}
{% block body %}
<main>
<h1>{{ title }}</h1>
{{ sections }}</main>
{% endblock %}
"""


def page() -> str:
    """Return the page."""
    sections = Markup().join(_section(title, examples) for title, examples in SECTIONS.items() if examples)
    style = Markup(screen_css())  # noqa: S704 - a file of ours
    template = environment().from_string(DOCUMENT)
    return template.render(title="Figures", language="en", style=style, sections=sections)


def _section(title: str, examples: tuple[tuple[str, Figure], ...]) -> Markup:
    heading = Markup('<h2 class="section">{}</h2>\n').format(title)
    return heading + Markup().join(_example(caption, shown) for caption, shown in examples)


def _example(caption: str, shown: Figure) -> Markup:
    return Markup(
        '<div class="together"><p class="grey">{}</p>\n<div class="figures">{}</div></div>\n'
    ).format(caption, figure(shown, SCREEN))


if __name__ == "__main__":
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
