"""Archives that are the same bytes for the same files: no dates, no names of machines."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO

_EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first date that an archive can hold
_REGULAR = 0o100000
_UNIX = 3
LEVEL = 6


@dataclass(frozen=True)
class Member:
    """A file of an archive.

    Attributes
    ----------
    name
        With ``/`` between folders.
    data
        Its bytes.
    runs
        Whether it is a program.
    """

    name: str
    data: bytes
    runs: bool = False


def zip_bytes(members: Iterable[Member]) -> bytes:
    """Pack files, in their order.

    Raises
    ------
    ValueError
        If two of them have one name.
    """
    buffer = BytesIO()
    names: set[str] = set()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as archive:
        for member in members:
            if member.name in names:
                raise ValueError(f"two files are called {member.name!r}")
            names.add(member.name)
            about = zipfile.ZipInfo(member.name, _EARLIEST)
            about.compress_type = zipfile.ZIP_DEFLATED
            about.create_system = _UNIX
            about.external_attr = (_REGULAR | (0o755 if member.runs else 0o644)) << 16
            archive.writestr(about, member.data, compresslevel=LEVEL)
    return buffer.getvalue()
