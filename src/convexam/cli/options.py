"""Options that several commands share, and what they stand for."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from ..generator.bank import Bank

SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 80}

Function = TypeVar("Function", bound=Callable[..., Any])

EXISTING_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


class ExamPath(click.Path):
    """A file, or the name of an exam that comes with the program; a file of that name goes first."""

    def convert(
        self, value: str | os.PathLike[str], param: click.Parameter | None, ctx: click.Context | None
    ) -> Path:
        """Return the path of the file."""
        from ..generator.exam_file import shipped

        named = shipped().get(str(value))
        found = value if named is None or Path(value).is_file() else named
        return Path(str(super().convert(found, param, ctx)))


EXAM = ExamPath(exists=True, dir_okay=False, path_type=Path)
EXISTING_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)

LEVELS = ("receipt", "marks", "diagnosis", "everything")
"""Of feedback pages, as in `generator.policy.Release`."""

release_option = click.option(
    "--release",
    type=click.Choice(LEVELS),
    help="What all feedback pages tell from now on; at first, as the exam file says.",
)

out_in_lms = click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="The file to write.  [default: one in FOLDER/lms]",
)
"""Of commands that write one file for a learning platform."""


def bank_options(function: Function) -> Function:
    """Add ``--bank`` and ``--only-bank``."""
    only = click.option("--only-bank", is_flag=True, help="Leave the shipped bank out.")
    more = click.option(
        "--bank",
        "banks",
        type=EXISTING_FOLDER,
        multiple=True,
        metavar="FOLDER",
        help="Add the bank files of a folder to the shipped bank (repeatable).",
    )
    return more(only(function))


def worth_options(function: Function) -> Function:
    """Add ``--scale`` and ``--grades``."""
    scale = click.option("--scale", is_flag=True, help="Convert points to the platform's maximum.")
    grades = click.option("--grades", is_flag=True, help="Write the grades of the exam instead of points.")
    return scale(grades(function))


def _formats(_context: click.Context, _parameter: click.Parameter, value: str) -> tuple[str, ...]:
    from ..generator.handout import ALL_FORMATS

    formats = tuple(part.strip() for part in value.split(","))
    if unknown := [part for part in formats if part not in ALL_FORMATS]:
        raise click.BadParameter(f"'{unknown[0]}' is none of {', '.join(ALL_FORMATS)}")
    return formats


def paper_options(function: Function) -> Function:
    """Add ``--format``, ``--print`` and ``--names``: what is written of each paper."""
    options = (
        click.option(
            "--format",
            "formats",
            default="html,pdf,yaml",
            show_default=True,
            callback=_formats,
            metavar="LIST",
            help="What to write of each paper: html, pdf, yaml, and gif, a picture of each animation.",
        ),
        click.option(
            "--print",
            "to_print",
            is_flag=True,
            help="Also write papers to be printed on both sides and written on by hand, all in one file.",
        ),
        click.option("--names", is_flag=True, help="With --print: print on these papers whose they are."),
    )
    for option in reversed(options):
        function = option(function)
    return function


def names_on_paper(*, to_print: bool, names: bool) -> bool | None:
    """Return whether names stand on papers to be printed; None if there are to be none."""
    from ..generator.errors import MisuseError

    if names and not to_print:
        raise MisuseError("--names is about papers to be printed: it goes with --print")
    return names if to_print else None


def load_bank(banks: Sequence[Path], *, only_bank: bool) -> Bank:
    """Read the shipped bank and the folders that the options name."""
    from ..generator import bank

    return bank.load(bank_paths(banks, only_bank=only_bank))


def bank_paths(banks: Sequence[Path], *, only_bank: bool, more: Sequence[Path] = ()) -> list[Path]:
    """Return the files of the shipped bank, of the folders that the options name, and more, each once."""
    from ..generator import bank
    from ..generator.errors import MisuseError

    files = [*more, *([] if only_bank else bank.shipped_files())]
    for folder in banks:
        found = bank.bank_files(folder)
        if not found:
            raise MisuseError(f"{folder}: there is no bank file (.yaml) in this folder")
        files += found
    if not files:
        raise MisuseError("--only-bank leaves nothing to draw from; name a folder with --bank")
    return list({file.resolve(): file for file in reversed(files)}.values())[::-1]
