"""Archives as they come, and as they are made to do harm."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path


def packed(members: Mapping[str, bytes] | Iterable[tuple[str, bytes]]) -> bytes:
    """An ordinary archive."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items() if isinstance(members, Mapping) else members:
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def put(folder: Path, members: Mapping[str, bytes], name: str = "all.zip") -> Path:
    file = folder / name
    file.write_bytes(packed(members))
    return file


def unpacked(folder: Path, members: Mapping[str, bytes]) -> Path:
    for name, data in members.items():
        assert not name.startswith("/")
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


@dataclass(frozen=True)
class Part:
    """A member as the archive claims it to be; what is left out is told truly."""

    name: bytes
    data: bytes = b"paper: x"
    method: int = 0
    flags: int = 0
    mode: int = stat.S_IFREG | 0o644
    size: int | None = None
    packed_size: int | None = None
    crc: int | None = None
    offset: int | None = None
    own_name: bytes | None = None
    """In the header before its bytes."""
    packed: bytes | None = None
    extra: bytes = b""
    """Of its entry in the directory."""


def written(parts: Iterable[Part], *, count: int | None = None, tail: bytes = b"") -> bytes:
    """Write an archive that says what it is told to say."""
    body, directory, number = b"", b"", 0
    for part in parts:
        number += 1
        stored = part.data
        if part.packed is not None:
            stored = part.packed
        elif part.method == zipfile.ZIP_DEFLATED:
            squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
            stored = squeeze.compress(part.data) + squeeze.flush()
        crc = zlib.crc32(part.data) if part.crc is None else part.crc
        size = len(part.data) if part.size is None else part.size
        long = len(stored) if part.packed_size is None else part.packed_size
        own = part.name if part.own_name is None else part.own_name
        offset = len(body) if part.offset is None else part.offset
        body += struct.pack(
            "<4s5H3L2H", b"PK\x03\x04", 20, part.flags, part.method, 0, 33, crc, long, size, len(own), 0
        )
        body += own + stored
        directory += struct.pack(
            "<4s6H3L5H2L",
            *(b"PK\x01\x02", 20 | 3 << 8, 20, part.flags, part.method, 0, 33, crc, long, size, len(part.name)),
            *(len(part.extra), 0, 0, 0, part.mode << 16, offset),
        ) + part.name + part.extra  # fmt: skip
    number = number if count is None else count
    end = struct.pack(
        "<4s4H2LH", b"PK\x05\x06", 0, 0, number & 0xFFFF, number & 0xFFFF, len(directory), len(body), 0
    )
    return body + directory + tail + end
