"""The command line: the only part that prints, asks, and decides where files go.

Every command is a file of its own and is imported when it is called; what a command needs is imported
when it runs, so that ``--help`` and ``--version`` answer at once.
"""

from __future__ import annotations

import atexit
import errno
import gc
import io
import os
import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path

import click

from ..generator.errors import ConvexamError
from ..version import __version__
from .groups import Group
from .options import SETTINGS
from .stopping import exit_code, stoppable, stopped_by

COMMANDS = (
    "generate",
    "reprint",
    "grade",
    "override",
    "remark",
    "feedback",
    "report",
    "forget",
    "receipt",
    "check",
    "audit",
    "preview",
    "show",
    "kinds",
    "explain",
    "export",
    "gradebook",
    "autograde",
    "schema",
    "new",
)
MOST_LINES = 500  # of what is wrong
_BUG = 70  # EX_SOFTWARE of sysexits.h
_GARBAGE = (10_000, 2, 5)
"""When garbage is looked for: everywhere about as often as Python does by itself, among the newest more
rarely, as modules that are just imported are none."""


def command(name: str) -> click.Command:
    """Import one command."""
    found: click.Command = import_module(f".{name}", __package__).command
    return found


@click.group(cls=Group, package="", names=COMMANDS, context_settings=SETTINGS)
@click.version_option(__version__, prog_name="convexam")
def convexam() -> None:
    """Write exams on convolutional neural networks, solve them, and mark the answers.

    Start with `convexam generate --seed 42`: it writes a practice paper, its
    solutions and an answer file. Fill that in and mark it with `convexam grade`.

    Exit codes: 0 done, 1 something in a file is wrong, 2 the command was called
    wrongly, 3 done, but a human has to look at something.
    """


def main() -> None:
    """Run ``convexam``."""
    _run(convexam, "convexam")


def generate() -> None:
    """Run ``generate``."""
    _run(command("generate"), "generate")


def grade() -> None:
    """Run ``grade``."""
    _run(command("grade"), "grade")


def _run(called: click.Command, name: str) -> None:
    gc.set_threshold(*_GARBAGE)
    atexit.register(gc.freeze)  # what is left ends with the process, and need not be looked through
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # numpy would start threads, and nothing needs them
    _open_closed_streams()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a name in another script stops nothing
    try:
        with stoppable():
            code = called.main(prog_name=name, standalone_mode=False)
    except ConvexamError as error:
        click.echo(_told(error), err=True)
        code = error.exit_code
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt) as stop:
        code = exit_code(stop)
        with suppress(OSError):  # a terminal that was closed
            click.echo("Stopped. Nothing was lost; call the command again to go on.", err=True)
    except Exception as error:
        code = exit_code(error) if stopped_by(error) else _unexpected(error)
    sys.exit(code or 0)


def _open_closed_streams() -> None:
    """Let streams that the caller closed lead nowhere, so that no file of ours gets their number."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115


def _told(error: ConvexamError) -> str:
    """Return what to print of an error; a file may have as many faults as characters."""
    lines = str(error).splitlines()
    more = len(lines) - MOST_LINES
    return "\n".join(lines[:MOST_LINES] + [f"and {more} more"] * (more > 0))


def is_lost_output(error: BaseException) -> bool:
    """Say whether this means that what was printed did not arrive."""
    return isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EPIPE, errno.EIO)


def _unexpected(error: Exception) -> int:
    """Tell a lost output from a fault of ours."""
    if isinstance(error, OSError) and is_lost_output(error):
        click.echo(f"The output cannot be written: {error.strerror}", err=True)
        return 1
    click.echo("This is a fault of convexam, not of your files. Please report what follows.", err=True)
    sys.excepthook(*sys.exc_info())
    return _BUG
