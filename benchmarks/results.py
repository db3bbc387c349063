"""What was measured, kept beside the page that shows it: `docs/performance.json`."""

from __future__ import annotations

import json
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from .rounds import Point, Row
from .targets import Target

FILE = Path(__file__).parents[1] / "docs" / "performance.json"
LIBRARIES = ("Jinja2", "numpy", "pydantic", "pypdf", "PyYAML", "sympy", "weasyprint", "ziamath")


@dataclass(frozen=True)
class Table:
    """The rows of one benchmark, and the versions that they hold for."""

    rows: list[Row]
    versions: dict[str, str]


def versions() -> dict[str, str]:
    """Return what a figure depends on, apart from our own code and the machine."""
    return {platform.python_implementation(): platform.python_version()} | {
        name: version(name) for name in LIBRARIES
    }


def load(file: Path = FILE) -> dict[str, Table]:
    """Return what was measured last, by benchmark."""
    if not file.exists():
        return {}
    stored = json.loads(file.read_text(encoding="utf-8"))
    return {
        name: Table([_row(row) for row in each["rows"]], each["versions"]) for name, each in stored.items()
    }


def keep(name: str, rows: Sequence[Row], file: Path = FILE) -> dict[str, Table]:
    """Put new rows in the place of a benchmark's last ones, and return all there are."""
    tables = load(file) | {name: Table(list(rows), versions())}
    text = json.dumps({each: asdict(table) for each, table in tables.items()}, indent=1, sort_keys=True)
    file.write_text(f"{text}\n", encoding="utf-8")
    return tables


def _row(stored: dict[str, Any]) -> Row:
    target, point = stored["target"], stored["point"]
    typed = {
        "target": target if isinstance(target, str) else Target(**target),
        "point": None if point is None else Point(**point),
    }
    return Row(**{**stored, **typed})
