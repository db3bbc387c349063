"""Archives that are the same bytes for the same files: no dates, no names of machines."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from typing import BinaryIO

from ..frozen import frozen

_EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first date that an archive can hold
_REGULAR = 0o100000
_UNIX = 3

BEGINS = b"PK\3\4"
"""How every archive begins."""


@frozen
class Member:
    """A file of an archive.

    Attributes
    ----------
    name
        With ``/`` between folders.
    pieces
        Its bytes, in as many pieces as is handy.
    runs
        Whether it is a program.
    """

    name: str
    pieces: Iterable[bytes]
    runs: bool = False


def write_zip(stream: BinaryIO, members: Iterable[Member]) -> None:
    """Pack files, in their order, each as it comes.

    Raises
    ------
    ValueError
        If two of them have one name.
    """
    names: set[str] = set()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for member in members:
            if member.name in names:
                raise ValueError(f"two files are called {member.name!r}")
            names.add(member.name)
            about = zipfile.ZipInfo(member.name, _EARLIEST)
            about.compress_type = zipfile.ZIP_DEFLATED
            about.create_system = _UNIX
            about.external_attr = (_REGULAR | (0o755 if member.runs else 0o644)) << 16
            with archive.open(about, "w") as file:
                file.writelines(member.pieces)
