"""Files of a whole class come in parts, none of which is too long for a printer, or for the memory."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from ..generator.files import remove

T = TypeVar("T")

MOST = 100
"""Papers in one file."""


def in_parts(papers: Sequence[T], name: str) -> Iterator[tuple[str, Sequence[T]]]:
    """Part papers where there are many: each part with the name of its file, such as ``key-101-200``."""
    if len(papers) <= MOST:
        yield name, papers
        return
    digits = len(str(len(papers)))
    for first in range(0, len(papers), MOST):
        part = papers[first : first + MOST]
        yield f"{name}-{first + 1:0{digits}}-{first + len(part):0{digits}}", part


def named_parts(names: Sequence[str]) -> str:
    """Name the files that papers were parted into."""
    return names[0] if len(names) == 1 else f"{names[0]} to {names[-1]}"


def parts_in(folder: Path, name: str, ending: str) -> list[Path]:
    """Return the files in a folder that are such parts, or the one file of all papers."""
    shape = re.compile(rf"{re.escape(name)}(-[0-9]+-[0-9]+)?\.{re.escape(ending)}")
    return sorted(file for file in folder.glob(f"*.{ending}") if shape.fullmatch(file.name))


def remove_others(folder: Path, name: str, ending: str, kept: Sequence[str]) -> None:
    """Remove parts of an earlier run, where the class was smaller or larger; `kept` are those of this run."""
    remove(*(file for file in parts_in(folder, name, ending) if file.stem not in kept))
