"""Every benchmark runs, and the page shows what was measured; how fast anything is, only `make bench` says."""

from __future__ import annotations

import importlib
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

import pytest

ROOT = Path(__file__).parents[1]
SLOW = {
    *(
        "exporting",
        "growth",
        "memory",
        "papers",
        "parallel",
        "peers",
        "starting",
        "tables",
        "tags",
        "web_pages",
    )
}
"""They run whole commands, or draw whole papers."""


@pytest.fixture(autouse=True)
def _beside_the_sources(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(ROOT)
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "src"))


def module(name: str) -> ModuleType:
    return importlib.import_module(f"benchmarks.{name}")


def names() -> list[str]:
    return sorted(
        file.stem for file in (ROOT / "benchmarks").glob("*.py") if "\ndef rows(" in file.read_text("utf-8")
    )


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[pytest.mark.sweep] if name in SLOW else []) for name in names()]
)
def test_it_runs(name: str) -> None:
    table = module("__main__")
    rows = table.measured(name, module("rounds").TINY)
    assert name in (*table.ALL, "growth")
    assert len(list(table.lines(name, rows))) >= 4


def test_the_page_shows_what_was_measured() -> None:
    page = module("page")
    text = page.FILE.read_text("utf-8")
    tables = module("results").load()
    assert page.written(text, tables) == text
    for name, drawing in page.drawings(tables).items():
        assert (page.FILE.with_name(f"{name}.svg")).read_text("utf-8") == drawing


def test_every_table_has_its_place_on_the_page() -> None:
    places = {name for _, name, _ in module("page").PLACE.findall(module("page").FILE.read_text("utf-8"))}
    assert places == {"targets", "versions", *module("__main__").ALL, "growth"}


def test_what_is_not_met_has_a_reason() -> None:
    targets = module("targets")
    tables = {name: table.rows for name, table in module("results").load().items()}
    assert [number for number in targets.missed(tables) if "why" not in targets.aims()[number]] == []


def test_twelve_targets() -> None:
    assert list(module("targets").aims()) == list(range(1, 13))


@pytest.mark.parametrize(
    ("bounds", "value", "met", "written"),
    [
        ({"at_most": 1.5}, 1.5, True, "at most 1.5"),
        ({"at_most": 1.5}, 1.51, False, "at most 1.5"),
        ({"at_least": 5000}, 4999, False, "at least 5,000"),
        ({"at_most": 10, "unit": " ms"}, 9, True, "at most 10 ms"),
    ],
)
def test_bounds(bounds: dict[str, float], value: float, met: bool, written: str) -> None:
    target = module("targets").Target(6, **bounds)
    assert (target.met(value), str(target)) == (met, written)


def test_what_is_kept_is_read_back_and_shown(tmp_path: Path) -> None:
    rounds, targets, results, page = map(module, ("rounds", "targets", "results", "page"))
    floor = rounds.Row("the floor", "1.0 ms", "1")
    bound, point = targets.Target(8, at_most=1.5), rounds.Point("memory", "grade", 100, 2.0)
    ours = rounds.Row("ours", "2.0 ms", "2.00 [1.90-2.10]", bound, 2.0, point)
    tables = results.keep("engine", [floor, ours], tmp_path / "kept.json")
    assert results.load(tmp_path / "kept.json") == tables
    before = "Prose.\n\n<!-- engine -->\nlast year\n<!-- end -->\n\n<!-- growth -->\nstays\n<!-- end -->\n<!-- targets --><!-- end -->"
    after = page.written(before.replace("--><", "-->\n<"), tables)
    assert "| ours | 2.00 [1.90-2.10] | 2.0 ms | at most 1.5 |" in after
    assert "| | engine: ours | at most 1.5 | 2 | **not met** |" in after
    assert "stays" in after
    assert "last year" not in after
    assert page.written(after, tables) == after


def test_a_drawing_of_points() -> None:
    rounds, plot = module("rounds"), module("plot")
    assert plot.plots([rounds.Row("no point", "1 ms")]) == ""
    rows = [
        rounds.Row("", "", point=rounds.Point("memory, MB", curve, size, amount))
        for curve, amounts in (("grade", (40, 41, 40)), ("generate", (40, 80, 41)))
        for size, amount in zip((100, 1_000, 10_000), amounts, strict=True)
    ]
    drawn = ElementTree.fromstring(plot.plots(rows))
    texts = {text.text: text for text in drawn.findall(".//{*}text")}
    assert {"memory, MB", "grade", "generate", "100", "1,000", "10,000", "0", "80"} <= set(texts)
    assert [float(texts[size].attrib["x"]) for size in ("100", "1,000", "10,000")] == [0, 125, 250]
    assert abs(float(texts["grade"].attrib["y"]) - float(texts["generate"].attrib["y"])) >= plot.LEADING
