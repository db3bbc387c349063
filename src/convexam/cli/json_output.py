"""``--json``: one JSON document on standard output and nothing else, however a command ends."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from typing import TYPE_CHECKING, Any

import click

from ..generator.errors import ConvexamError, DataError, Fault, MisuseError, OutputError
from . import MOST_LINES, is_lost_output

if TYPE_CHECKING:
    from ..grader.reports.grades_schema import Error, Message

OPTION = "--json"


class JsonCommand(click.Command):
    """A command that answers in JSON, also where it is called wrongly, if ``--json`` is among its options."""

    def make_context(self, info_name: str | None, args: list[str], *rest: Any, **extra: Any) -> click.Context:
        """Read the command line."""
        if OPTION not in args:
            return super().make_context(info_name, args, *rest, **extra)
        with _failures_told():
            return super().make_context(info_name, args, *rest, **extra)


@contextmanager
def answering_in_json() -> Iterator[None]:
    """Send what is printed to standard error; tell in JSON of what is raised, and let it pass."""
    with _failures_told(), redirect_stdout(sys.stderr):
        yield


@contextmanager
def _failures_told() -> Iterator[None]:
    try:
        yield
    except click.exceptions.Exit:  # after --help
        raise
    except (Exception, KeyboardInterrupt) as error:
        from ..grader.reports.grades import failure_json

        click.echo(failure_json(_described(error)), nl=False)
        raise


def _described(error: BaseException) -> Error:
    from ..grader.reports.grades_schema import Error, Message

    if isinstance(error, DataError):
        return Error("data", tuple(map(_message, error.faults[:MOST_LINES])))
    if isinstance(error, (MisuseError, click.UsageError)):
        return Error("misuse", (Message(_text(error)),))
    if isinstance(error, (OutputError, click.ClickException)) or is_lost_output(error):
        return Error("output", (Message(_text(error)),))
    if isinstance(error, ConvexamError):
        return Error("data", (Message(_text(error)),))
    if isinstance(error, (KeyboardInterrupt, click.Abort)):
        return Error("stopped", (Message("stopped; nothing was lost, call the command again to go on"),))
    return Error("fault", (Message(f"a fault of convexam ({type(error).__name__}); see standard error"),))


def _message(fault: Fault) -> Message:
    from ..grader.reports.grades_schema import Message

    file, path = fault.place.file or None, fault.path or None
    return Message(fault.message, file, fault.place.line or None, fault.place.column or None, path)


def _text(error: BaseException) -> str:
    return error.format_message() if isinstance(error, click.ClickException) else str(error)
