"""Run all benchmarks, or those that are named: ``python -m benchmarks marking reading``."""

from __future__ import annotations

import sys
from importlib import import_module

from .rounds import Effort, Row

ALL = ("marking", "reading", "diagnosis", "grading", "starting")


def main() -> None:
    """Print a table for each benchmark."""
    for name in sys.argv[1:] or ALL:
        module = import_module(f".{name}", __package__)
        print(f"\n{name}: {module.__doc__.splitlines()[0]}\n")
        for row in module.rows(Effort()):
            print(_line(row))


def _line(row: Row) -> str:
    target = f"target: {row.target}" if row.target else ""
    return f"{row.what:<58}{row.time:>20}  {row.ratio:<22}{target}".rstrip()


main()
