"""The tables and drawings of docs/performance.md, written between its markers; its prose stays."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from .plot import plots
from .results import Table, load
from .rounds import Row
from .targets import overview

FILE = Path(__file__).parents[1] / "docs" / "performance.md"
PLACE = re.compile(r"(<!-- (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def renew() -> None:
    """Write the page and its drawings anew from what was measured last."""
    tables = load()
    FILE.write_text(written(FILE.read_text(encoding="utf-8"), tables), encoding="utf-8")
    for name, drawing in drawings(tables).items():
        FILE.with_name(f"{name}.svg").write_text(drawing, encoding="utf-8")


def drawings(tables: Mapping[str, Table]) -> dict[str, str]:
    """Draw the tables whose rows have points."""
    drawn = {name: plots(each.rows) for name, each in tables.items()}
    return {name: drawing for name, drawing in drawn.items() if drawing}


def written(page: str, tables: Mapping[str, Table]) -> str:
    """Return the page with the tables as they are now; a place without results stays as it is."""
    made = {name: f"{_shown(name, each.rows)}{table(each.rows)}" for name, each in tables.items()}
    made["targets"] = overview({name: each.rows for name, each in tables.items()})
    made["versions"] = "\n".join(dict.fromkeys(map(_versions, tables.values())))
    return PLACE.sub(lambda found: _filled(found, made), page)


def table(rows: list[Row]) -> str:
    """Write rows as a table; columns in which nothing stands are left out."""
    cells = [
        ("", "ratio", "measured", "target"),
        *((row.what, row.ratio, row.time, str(row.target)) for row in rows),
    ]
    shown = [column for column in zip(*cells, strict=True) if any(column[1:])]
    return "\n".join(_lines([*zip(*shown, strict=True)]))


def _shown(name: str, rows: list[Row]) -> str:
    return f"![{name.capitalize()}]({name}.svg)\n\n" if plots(rows) else ""


def _lines(cells: list[tuple[str, ...]]) -> Iterator[str]:
    head, *rest = cells
    for row in (head, ("---",) * len(head), *rest):
        yield f"| {' | '.join(cell.replace('|', '&#124;') for cell in row)} |"


def _filled(found: re.Match[str], made: Mapping[str, str]) -> str:
    before, name, after = found.groups()
    return f"{before}\n{made[name]}\n\n{after}" if name in made else found[0]


def _versions(measured: Table) -> str:
    return ", ".join(f"{name} {version}" for name, version in measured.versions.items()) + "."


if __name__ == "__main__":
    renew()
