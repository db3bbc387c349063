"""Connections that share a weight look alike, and labels keep clear of each other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations

import pytest

from convexam.generator.figures.graph.drawing import graph_svg
from convexam.generator.figures.graph.labels import Line, Point, label_places
from convexam.generator.figures.graph.looks import LOOKS, looks, told
from convexam.generator.figures.model import Edge, Graph


def symbols(letter: str, count: int) -> tuple[str, ...]:
    return tuple(f"{letter}_{{{number}}}" for number in range(1, count + 1))


def window(outputs: int) -> tuple[Edge, ...]:
    return tuple(Edge(end + tap, end, f"w_{{{tap + 1}}}") for end in range(outputs) for tap in range(3))


def dense(inputs: int, outputs: int, letter: str = "") -> tuple[Edge, ...]:
    return tuple(
        Edge(start, end, f"{letter}_{{{end}{start}}}" if letter else "")
        for end in range(outputs)
        for start in range(inputs)
    )


SHARED = Graph((symbols("x", 5), symbols("a", 3)), (window(3),))
MANY = Graph((("0", *symbols("x", 6), "0"), symbols("a", 6)), (window(6),), faint=frozenset({(0, 0), (0, 7)}))
DENSE = Graph((symbols("x", 5), symbols("a", 3)), (dense(5, 3, "w"),))
FIELD = Graph(
    (symbols("x", 3), symbols("h", 2), ("y",)),
    (dense(3, 2), dense(2, 1)),
    marked=frozenset({(0, 0), (0, 1), (1, 0)}),
)


@pytest.mark.parametrize(
    ("name", "graph"),
    [
        pytest.param("shared", SHARED, id="shared"),
        pytest.param("legend", MANY, id="legend"),
        pytest.param("dense", DENSE, id="dense"),
        pytest.param("marked", FIELD, id="marked"),
    ],
)
def test_drawing(golden: Callable[[str, str], None], name: str, graph: Graph) -> None:
    golden(f"graph/{name}.svg", graph_svg(graph) + "\n")


@pytest.mark.parametrize(
    ("graph", "where", "own"),
    [
        pytest.param(SHARED, "edges", ["w_{1}", "w_{2}", "w_{3}"], id="few and shared"),
        pytest.param(DENSE, "edges", [], id="few and not shared"),
        pytest.param(MANY, "legend", ["w_{1}", "w_{2}", "w_{3}"], id="many and shared"),
        pytest.param(
            replace(DENSE, layers=(symbols("x", 6), symbols("a", 3)), edges=(dense(6, 3, "w"),)),
            "nowhere",
            [],
            id="many and not shared",
        ),
        pytest.param(FIELD, "edges", [], id="no weights"),
    ],
)
def test_looks(graph: Graph, where: str, own: list[str]) -> None:
    assert told(graph) == where
    assert list(looks(graph)) == own
    assert len(set(looks(graph).values())) == len(own)


def test_all_looks_differ() -> None:
    assert len(set(LOOKS)) == len(LOOKS)


def test_weights_that_do_not_show_are_in_no_words() -> None:
    graph = replace(DENSE, layers=(symbols("x", 6), symbols("a", 3)), edges=(dense(6, 3, "w"),))
    assert "w_" in graph_svg(DENSE)
    assert "w_" not in graph_svg(graph)


def test_labels_keep_clear_of_each_other() -> None:
    lines = [Line(Point(100 * i, 200), Point(100 + 100 * o, 0)) for o in range(3) for i in range(5)]
    for one, other in combinations(label_places(lines), 2):
        assert abs(one.x - other.x) >= 26 or abs(one.y - other.y) >= 15


def test_a_label_alone_is_in_the_middle() -> None:
    assert label_places([Line(Point(0, 100), Point(50, 0))]) == [Point(25, 50)]
