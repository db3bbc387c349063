"""A progress bar where somebody watches, and nothing where the output is no terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import click

T = TypeVar("T")
_SHORT = 2  # steps that need no bar


@contextmanager
def watching(what: str, count: int, are_done: str = "") -> Iterator[Callable[[], None]]:
    """Show on standard error how far steps got, and how long the rest will take.

    What is yielded is to be called whenever a step is done.

    Parameters
    ----------
    what
        What is going on, before the bar.
    count
        How many steps there are.
    are_done
        What to say of those that were done when somebody presses Ctrl-C: "papers are written".
    """
    done = 0

    def step() -> None:
        nonlocal done
        done += 1
        advance()

    try:
        with _bar(what, count) as advance:
            yield step
    except KeyboardInterrupt:
        if are_done:
            click.echo(f"{done} of {count} {are_done}.", err=True)
        raise


@contextmanager
def _bar(what: str, count: int) -> Iterator[Callable[[], object]]:
    if count <= _SHORT or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(what, total=count)
        yield lambda: progress.advance(task)


def watched(steps: Iterable[T], what: str, count: int) -> Iterator[T]:
    """Yield steps that are done when the next one is asked for, and show how far they got."""
    with watching(what, count) as advance:
        for step in steps:
            yield step
            advance()
