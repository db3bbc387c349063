"""Run all benchmarks, or those that are named: ``python -m benchmarks marking reading``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module

from .rounds import Effort, Row

ALL = (
    "marking",
    "reading",
    "diagnosis",
    "grading",
    "exporting",
    "papers",
    "tables",
    "tags",
    "web_pages",
    "animation",
    "starting",
)


def lines(name: str, effort: Effort) -> Iterator[str]:
    """Yield the table of one benchmark."""
    module = import_module(f".{name}", __package__)
    yield f"\n{name}: {module.__doc__}\n"
    yield from map(_line, module.rows(effort))


def _line(row: Row) -> str:
    target = f"target: {row.target}" if row.target else ""
    return f"{row.what:<58}{row.time:>20}  {row.ratio:<22}{target}".rstrip()


if __name__ == "__main__":
    for benchmark in sys.argv[1:] or ALL:
        for line in lines(benchmark, Effort()):
            sys.stdout.write(f"{line}\n")
