"""A progress bar where somebody watches, and nothing where the output is no terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")
_SHORT = 2  # steps that need no bar


def watched(steps: Iterable[T], what: str, count: int) -> Iterator[T]:
    """Yield the steps, showing on standard error how far they got."""
    if count <= _SHORT or not sys.stderr.isatty():
        yield from steps
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        yield from progress.track(steps, total=count)
