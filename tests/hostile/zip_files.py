"""Archives that swell, climb out of their folder, or say two things; each holds one answer file that is sound.

That one is read, unless the archive as a whole is refused.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from functools import partial

from ..grader.intake.archive_samples import Part, written
from .cases import CODE, EMPTY, HEAD, NO_ANSWERS, READ, REFUSED, Case, refused

SOUND = f"{HEAD}  dense:\n    inputs: 1e3 sound\n".encode()
GOOD = Part(f"{CODE}.answers.yaml".encode(), SOUND)
OTHER = SOUND.replace(b"sound", b"other")
MEGABYTE = 1 << 20
DEFLATED, UTF_8, ENCRYPTED = 8, 0x800, 1
OUTSIDE, HIDDEN, LONG = "leads out of the archive", "hide what it is", "its name is too long"
BEYOND, OF_NO_ANSWERS = "has more than 4 MB", "as no answer file is"
NOT_READ, AGAIN, SHARES = "is packed in a way that is not read", "download it again", "shares bytes"

NAMES = {
    "climbs": (b"../../climbs.yaml", OUTSIDE),
    "climbs later": (b"a/../../climbs.yaml", OUTSIDE),
    "absolute": (b"/tmp/hostile-absolute.yaml", OUTSIDE),
    "a home": (b"~/hostile.yaml", OUTSIDE),
    "no name": (b"", OUTSIDE),
    "a point": (b".", OUTSIDE),
    "a drive": (b"C:\\hostile.yaml", "holds the character"),
    "backslashes": (b"..\\..\\hostile.yaml", "holds the character"),
    "a colon": (b"hostile.yaml:stream.yaml", "holds the character"),
    "a line feed": (b"two\nlines.yaml", "holds the character"),
    "an escape sequence": (b"\x1b[31mred\x1b[2J.yaml", "holds the character"),
    "a NUL": (b"hostile.yaml\0.txt", "holds the character"),
    "right to left": ("\u202elmay.exe.yaml".encode(), HIDDEN),
    "no text": (b"\xff\xfe\xff.yaml", HIDDEN),
    "5,000 folders": (b"a/" * 5_000 + b"a.yaml", LONG),
    "60,000 characters": (b"a" * 60_000 + b".yaml", LONG),
}
KINDS = {"a link": 0o120777, "a pipe": 0o010644, "a device": 0o020644}
METHODS = {"bzip2": 12, "LZMA": 14, "deflate64": 9, "a method that is none": 99}

ZIP64 = struct.pack("<HHQQQ", 1, 24, 1 << 60, 1 << 60, 1 << 60)


def with_good(*parts: Part) -> bytes:
    """Return an archive of these members and one that is sound."""
    return written([*parts, GOOD])


def nested(levels: int) -> bytes:
    """Return an archive in an archive in an archive."""
    data = with_good()
    for level in range(levels):
        data = with_good(Part(b"level%d.zip" % level, data))
    return data


def flood(megabytes: int) -> Part:
    """Return a member of nothing but zeros."""
    return Part(b"flood.yaml", bytes(megabytes * MEGABYTE), DEFLATED)


def sharing(count: int) -> bytes:
    """Return members that all have the same bytes (D. Fifield, 2019)."""
    return written([Part(b"a%04d.yaml" % n, bytes(20_000), DEFLATED, offset=0) for n in range(count)])


def quoting() -> bytes:
    """Return a member that holds another one with its header, which is named as well."""
    inner = written([Part(b"z.yaml", OTHER)])
    holds = inner[: inner.index(b"PK\x01\x02")]
    header = len(inner[: inner.index(OTHER)]) - len(b"z.yaml")
    return with_good(Part(b"a.yaml", holds), Part(b"z.yaml", OTHER, offset=header + len(b"a.yaml")))


def large(count: int) -> bytes:
    """Return members that are just small enough, each by itself."""
    noise = b"".join(hashlib.sha256(b"%d" % n).digest() + bytes(8_160) for n in range(511))
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = squeeze.compress(noise) + squeeze.flush()
    return written([Part(b"m%03d.yaml" % n, noise, DEFLATED, packed=packed) for n in range(count)])


def odd(name: str, file: str, part: Part, says: str) -> Case:
    """Return an archive with one member that must not be read."""
    return Case(name, file, partial(with_good, part), (READ, REFUSED), says)


ODD = [
    *((f"a name that is {name}", Part(raw, OTHER, flags=UTF_8), says) for name, (raw, says) in NAMES.items()),
    *(
        (f"a member that is {name}", Part(b"k.yaml", b"/etc/passwd", mode=mode), "is a link or a device")
        for name, mode in KINDS.items()
    ),
    *((f"packed with {name}", Part(b"m.yaml", OTHER, method), NOT_READ) for name, method in METHODS.items()),
    ("encrypted", Part(b"e.yaml", OTHER, flags=ENCRYPTED), "is encrypted"),
    ("a folder with content", Part(b"folder.yaml/", OTHER), "is a folder and has contents"),
    ("two names for one member", Part(b"a.yaml", OTHER, own_name=b"b.yaml"), "by two names"),
    ("100 MB of zeros", flood(100), BEYOND),
    ("4 MB of zeros", flood(4), OF_NO_ANSWERS),
    ("5 MB that are said to be 5", Part(b"s.yaml", bytes(5 * MEGABYTE), DEFLATED, size=5), AGAIN),
    ("5 bytes that are said to be 4 GB", Part(b"h.yaml", b"a: 1\n", size=0xFFFFFFFE), BEYOND),
    ("said to be an exabyte", Part(b"h.yaml", b"a: 1\n", size=0xFFFFFFFF, extra=ZIP64), BEYOND),
    ("another sum", Part(b"c.yaml", OTHER, crc=1), AGAIN),
    ("no deflated data", Part(b"g.yaml", OTHER, DEFLATED, packed=b"\xff" * 99), AGAIN),
    ("a member that is elsewhere", Part(b"o.yaml", OTHER, offset=0x7FFFFFFF), SHARES),
]

CASES = [
    *(odd(name, f"odd-{number:02}.zip", part, says) for number, (name, part, says) in enumerate(ODD)),
    Case(
        "one name twice",
        "twice.zip",
        lambda: with_good(Part(b"t.yaml", OTHER), Part(b"t.yaml", SOUND)),
        (READ, REFUSED),
        "more than once",
    ),
    Case(
        "one name in two cases",
        "cases.zip",
        lambda: with_good(Part(b"T.yaml", OTHER), Part(b"t.yaml", OTHER + b"# 2")),
    ),
    Case("members that quote one another", "quoting.zip", quoting, (READ, REFUSED), SHARES),
    Case("archives in archives", "nested.zip", partial(nested, 9), (READ, NO_ANSWERS), "found an archive"),
    Case("members that are not there", "count.zip", lambda: written([GOOD], count=0xFFFF)),
    Case("no archive", "text.zip", lambda: SOUND),
    Case("left by a Mac", "mac.zip", lambda: with_good(Part(b"__MACOSX/._x.yaml", OTHER))),
    Case(
        "240 MB in members of 4",
        "many.zip",
        partial(large, 60),
        (NO_ANSWERS, REFUSED),
        "beyond the first 200 MB",
        is_long=True,
    ),
    *(
        refused(name, file, make, says, REFUSED)
        for name, file, make, says in (
            ("2,000 members with the same bytes", "shared.zip", partial(sharing, 2_000), SHARES),
            (
                "6,000 members",
                "members.zip",
                lambda: with_good(*(Part(b"m%d.yaml" % n, b"x") for n in range(6_000))),
                "more than 5000 members",
            ),
            (
                "another end",
                "end.zip",
                lambda: written([GOOD]) + written([Part(b"x.yaml", OTHER)])[-99:],
                "is damaged",
            ),
            (
                "a directory that is elsewhere",
                "elsewhere.zip",
                lambda: written([GOOD])[:-6] + b"\xff\xff\xff\x7f\0\0",
                "is damaged",
            ),
            ("cut in half", "half.zip", lambda: written([GOOD])[:-60], "its end is missing"),
            ("51 MB", "large.zip", lambda: with_good(Part(b"l.bin", bytes(51 * MEGABYTE))), "50 MB"),
        )
    ),
    refused("a program before it", "program.zip", lambda: b"MZ\x90\0" + written([GOOD]), "is not text"),
    refused("nothing but an end", "nothing.zip", lambda: written([]), "holds no files", EMPTY),
    refused("no byte", "empty.zip", lambda: b"", "the file is empty", EMPTY),
]
