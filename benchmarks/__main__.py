"""Run all benchmarks, or those that are named: ``python -m benchmarks marking reading``.

With ``--write`` what comes out is kept in docs/performance.json and shown in docs/performance.md;
``python -m benchmarks.page`` writes the page anew from what was kept.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from importlib import import_module

from . import page, results
from .rounds import Effort, Row

ALL = (
    "papers",
    "tables",
    "tags",
    "web_pages",
    "animation",
    "parallel",
    "marking",
    "reading",
    "diagnosis",
    "grading",
    "exporting",
    "starting",
    "engine",
    "memory",
    "peers",
)
"""What runs unless something is named; `growth`, which takes long, has to be."""


def lines(name: str, rows: Sequence[Row]) -> Iterator[str]:
    """Yield the table of one benchmark."""
    yield f"\n{name}: {import_module(f'.{name}', __package__).__doc__}\n"
    yield from map(_line, rows)


def measured(name: str, effort: Effort) -> list[Row]:
    """Run a benchmark."""
    return list(import_module(f".{name}", __package__).rows(effort))


def main(arguments: Sequence[str]) -> None:
    """Run what is named, and show it as soon as it is there."""
    kept = "--write" in arguments
    for name in [each for each in arguments if each != "--write"] or ALL:
        rows = measured(name, Effort())
        sys.stdout.writelines(f"{line}\n" for line in lines(name, rows))
        sys.stdout.flush()
        if kept:
            results.keep(name, rows)
            page.renew()


def _line(row: Row) -> str:
    target = f"target: {row.target}" if row.target else ""
    return f"{row.what:<58}{row.time:>20}  {row.ratio:<22}{target}".rstrip()


if __name__ == "__main__":
    main(sys.argv[1:])
