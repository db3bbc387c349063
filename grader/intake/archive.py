"""The members of a ZIP archive, read in memory, one at a time, with every check before any work.

Archives come from learning platforms, but what is in them comes from students. The directory is read here and
not by `zipfile`, which believes it: bytes that members share, or a name that is no text, then cost that
member and no other, and a million entries cost no time. Nothing is ever written to disk.
"""

from __future__ import annotations

import re
import stat
import struct
import unicodedata
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NoReturn

from ...generator.errors import DataError, Fault, Place
from ...generator.frozen import frozen
from ...generator.reading.tree import quoted

MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
MOST_BYTES = 50 << 20
MOST_MEMBERS = 5_000
MOST_IN_MEMBER = 4 << 20
MOST_IN_ALL = 200 << 20
_MOST_IN_DIRECTORY = 8 << 20
_MOST_TIMES = 1_000  # how many times larger a member may be than its packed bytes
_DEPTH = 6
_LONGEST_NAME = 1_000  # bytes

_END = struct.Struct("<4s4H2LH")
_END_64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR_64 = struct.Struct("<4sLQL")
_ENTRY = struct.Struct("<4s6H3L5H2L")
_HEADER = struct.Struct("<4s5H3L2H")
_STORED, _DEFLATED = 0, 8
_ENCRYPTED, _UTF_8 = 0x1, 0x800
_STRANGE = 0x20 | 0x40 | 0x2000  # patches, strong encryption, a hidden directory
_LONG = 0xFFFFFFFF
_STEERS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Characters that let a name be shown in another order than it is written."""

_AGAIN = "download it again"


@frozen
class Member:
    """A file in an archive.

    Attributes
    ----------
    name
        With the folders it lies in.
    size
        In bytes, as the archive says; what differs is not read.
    data
        Reads its bytes; a `DataError` if they are not what the archive says.
    problem
        Why it must not be read.
    """

    name: str
    size: int
    data: Callable[[], bytes]
    problem: str = ""


@frozen
class _Entry:
    """What the directory of an archive says of a member."""

    raw_name: bytes
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    offset: int
    mode: int

    @property
    def name(self) -> str:
        """The name as text; some programs write UTF-8 and do not say so."""
        try:
            return self.raw_name.decode()
        except UnicodeDecodeError:
            wrong = "backslashreplace" if self.flags & _UTF_8 else "strict"
            return self.raw_name.decode("utf-8" if self.flags & _UTF_8 else "cp437", wrong)

    @property
    def end(self) -> int:
        """The least offset at which the bytes of the next member may begin."""
        return self.offset + _HEADER.size + len(self.raw_name) + self.packed


def read_archive(file: Path) -> tuple[Member, ...]:
    """List the files in an archive; their bytes are read when they are asked for.

    Raises
    ------
    DataError
        If it is no archive as a whole: too large, cut off, too many members.
    OSError
        If it cannot be read.
    """
    entries, start = _directory(file)
    times = Counter(entry.name for entry in entries)
    problems = [_name_problem(entry) or _content_problem(entry) for entry in entries]
    sound = [entry for entry, problem in zip(entries, problems, strict=True) if not problem]
    shared = _sharing(sound, start)
    members, in_all = [], 0
    for entry, problem in zip(entries, problems, strict=True):
        if not problem and times[entry.name] > 1:
            problem = "stands in the archive more than once, and nothing says which is meant"
        if not problem and entry.offset in shared:
            problem = "shares bytes with another member, as only archives that are made to do harm have it"
        if not problem and (in_all := in_all + entry.size) > MOST_IN_ALL:
            problem = f"lies beyond the first {MOST_IN_ALL >> 20} MB of the archive; split it"
        if problem or not entry.name.endswith("/"):
            data = _nothing if problem else partial(_data, file, entry)
            members.append(Member(entry.name, entry.size, data, problem))
    return tuple(members)


def _nothing() -> bytes:
    return b""


# -- the directory ------------------------------------------------------------------------------


def _directory(file: Path) -> tuple[list[_Entry], int]:
    """Return the entries of the directory, and where it starts."""
    with file.open("rb") as stream:
        size = stream.seek(0, 2)
        if size > MOST_BYTES:
            _refuse(file, f"the archive has more than {MOST_BYTES >> 20} MB; split it, or unpack it")
        stream.seek(max(0, size - _END.size - 0xFFFF - _LOCATOR_64.size))
        tail = stream.read()
        at = tail.rfind(b"PK\x05\x06")
        if at < 0 or at + _END.size > len(tail):
            _refuse(file, f"this is no ZIP archive, or its end is missing; {_AGAIN}")
        *_, length, start, _ = _END.unpack_from(tail, at)
        if at >= _LOCATOR_64.size and tail[at - _LOCATOR_64.size :].startswith(b"PK\x06\x07"):
            _, _, end, _ = _LOCATOR_64.unpack_from(tail, at - _LOCATOR_64.size)
            stream.seek(min(end, size))
            record = stream.read(_END_64.size)
            if len(record) < _END_64.size or not record.startswith(b"PK\x06\x06"):
                _refuse(file, f"the directory of the archive is damaged; {_AGAIN}")
            *_, length, start = _END_64.unpack(record)
        if length > _MOST_IN_DIRECTORY:
            _refuse(file, f"the directory of the archive has {length} bytes; split the archive")
        if start + length > size:
            _refuse(file, f"the directory of the archive is damaged; {_AGAIN}")
        stream.seek(start)
        return _entries(stream.read(length), file), start


def _entries(directory: bytes, file: Path) -> list[_Entry]:
    entries: list[_Entry] = []
    at = 0
    while at < len(directory):
        if len(entries) == MOST_MEMBERS:
            _refuse(file, f"the archive has more than {MOST_MEMBERS} members; split it, or unpack it")
        if at + _ENTRY.size > len(directory) or directory[at : at + 4] != b"PK\x01\x02":
            _refuse(file, f"the directory of the archive is damaged; {_AGAIN}")
        (_, _, _, flags, method, _, _, crc, packed, size, name, extra, comment, _, _, attributes, offset) = (
            _ENTRY.unpack_from(directory, at)
        )
        at += _ENTRY.size
        sizes = _long_sizes(directory[at + name : at + name + extra], (size, packed, offset))
        raw_name = directory[at : at + name]
        entries.append(_Entry(raw_name, flags, method, crc, sizes[1], sizes[0], sizes[2], attributes >> 16))
        at += name + extra + comment
    return entries


def _long_sizes(extra: bytes, sizes: tuple[int, int, int]) -> list[int]:
    """Return size, packed size and offset, which stand in the extra field where they do not fit."""
    at = 0
    longer: Iterator[tuple[int]] = iter(())
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, at)
        if kind == 1:
            length = min(length, len(extra) - at - 4)
            longer = struct.iter_unpack("<Q", extra[at + 4 : at + 4 + length // 8 * 8])
        at += 4 + length
    return [next(longer, (_LONG,))[0] if size == _LONG else size for size in sizes]


def _sharing(entries: Sequence[_Entry], start: int) -> set[int]:
    """Return the offsets of members whose bytes lie in those of another, or in the directory."""
    shared: set[int] = set()
    before: _Entry | None = None
    for entry in sorted(entries, key=lambda entry: entry.offset):
        if before is not None and entry.offset < before.end:
            shared |= {before.offset, entry.offset}
        if entry.end > start:
            shared.add(entry.offset)
        if before is None or entry.end > before.end:
            before = entry
    return shared


# -- one member ---------------------------------------------------------------------------------


def _name_problem(entry: _Entry) -> str:
    name = entry.name
    parts = name.removesuffix("/").split("/")
    if len(entry.raw_name) > _LONGEST_NAME or len(parts) > _DEPTH:
        return f"its name is too long, or lies in more than {_DEPTH - 1} folders"
    if not name or name.startswith(("/", "~")) or {"", ".", ".."} & set(parts):
        return "its name leads out of the archive, or to no file"
    if _STEERS.search(name) or (entry.flags & _UTF_8 and entry.raw_name != name.encode()):
        return "its name holds characters that hide what it is"
    if strange := next((c for c in name if c in "\\:" or unicodedata.category(c) in ("Cc", "Cs")), ""):
        return f"its name holds the character {quoted(strange)}"
    return ""


def _content_problem(entry: _Entry) -> str:
    kind = stat.S_IFMT(entry.mode)
    if entry.flags & _ENCRYPTED:
        return "is encrypted; unpack the archive with its password and name the folder"
    if entry.flags & _STRANGE or entry.method not in (_STORED, _DEFLATED):
        return f"is packed in a way that is not read (method {entry.method}); pack it as an ordinary ZIP"
    if entry.name.endswith("/"):
        return "is a folder and has contents" if entry.size else ""
    if kind not in (0, stat.S_IFREG):
        return "is a link or a device and no file"
    if max(entry.size, entry.packed) > MOST_IN_MEMBER:
        return f"has more than {MOST_IN_MEMBER >> 20} MB; is it an answer file?"
    if entry.size > _MOST_TIMES * max(entry.packed, 1):
        return f"is packed to less than a {_MOST_TIMES}th of its size, as no answer file is"
    return ""


def _data(file: Path, entry: _Entry) -> bytes:
    """Read a member, and no more of it than the directory says."""
    with file.open("rb") as stream:
        stream.seek(entry.offset)
        header = stream.read(_HEADER.size)
        if len(header) < _HEADER.size or not header.startswith(b"PK\x03\x04"):
            _refuse(file, f"the member is damaged; {_AGAIN}")
        *_, method, _, _, _, _, _, name, extra = _HEADER.unpack(header)
        if method != entry.method or stream.read(name) != entry.raw_name:
            _refuse(file, "the archive calls the member by two names, or packs it in two ways")
        stream.seek(extra, 1)
        packed = stream.read(entry.packed)
    try:
        data = packed if method == _STORED else _inflated(packed, entry.size + 1)
    except zlib.error:
        _refuse(file, f"the member is damaged; {_AGAIN}")
    if len(data) != entry.size or zlib.crc32(data) != entry.crc:
        _refuse(file, f"the member does not hold what the archive says of it; {_AGAIN}")
    return data


def _inflated(packed: bytes, most: int) -> bytes:
    return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, most)


def _refuse(file: Path, message: str) -> NoReturn:
    raise DataError([Fault(Place(str(file)), "", message)])
