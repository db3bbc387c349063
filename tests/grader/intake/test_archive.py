"""Archives: what is in them is read, and what is made to do harm costs itself alone."""

from __future__ import annotations

import io
import random
import stat
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from convexam.generator.errors import DataError
from convexam.grader.intake import archive
from convexam.grader.intake.archive import read_archive

from ...quick import is_quick
from .archive_samples import Part, packed, put, written

GOOD = Part(b"good.json", b"{}")


def outcomes(file: Path) -> dict[str, str]:
    """What became of each member: its text, or why it was not read."""
    told = {}
    for member in read_archive(file):
        try:
            told[member.name] = member.problem or member.data().decode("latin-1")
        except DataError as error:
            told[member.name] = f"! {error.faults[0].message}"
    return told


def test_members_are_read_in_their_order(tmp_path: Path) -> None:
    members = {"b/x.json": b"1", "a.json": b"2" * 3_000, "Zoë ひ/é.yaml": b"", "b/": b""}
    file = put(tmp_path, members)
    assert [(member.name, member.data()) for member in read_archive(file)] == [
        (name, data) for name, data in members.items() if not name.endswith("/")
    ]


def test_names_without_their_flag_are_read_as_utf_8(tmp_path: Path) -> None:
    file = tmp_path / "mac.zip"
    file.write_bytes(written([Part("Zoë.json".encode(), b"x"), Part(b"caf\x82.json", b"y")]))
    assert outcomes(file) == {"Zoë.json": "x", "café.json": "y"}


def test_what_a_platform_writes_without_knowing_sizes_beforehand_is_read(tmp_path: Path) -> None:
    """Sizes come after the bytes; and sizes of 64 bits stand in an extra field."""

    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self.data = b""

        def writable(self) -> bool:
            return True

        def write(self, data: object) -> int:
            self.data += bytes(data)  # type: ignore[call-overload]
            return len(bytes(data))  # type: ignore[call-overload]

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as made:
        for name in ("a.json", "b.json"):
            with made.open(name, "w", force_zip64=True) as member:
                member.write(name.encode() * 99)
    file = tmp_path / "stream.zip"
    file.write_bytes(pipe.data)
    assert outcomes(file) == {name: name * 99 for name in ("a.json", "b.json")}


def test_a_directory_of_64_bits_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", 10)
    monkeypatch.setattr(zipfile, "ZIP_FILECOUNT_LIMIT", 1)
    file = put(tmp_path, {"a.json": b"a" * 50, "b.json": b"b" * 50})
    assert b"PK\x06\x06" in file.read_bytes()
    assert outcomes(file) == {"a.json": "a" * 50, "b.json": "b" * 50}


BAD = {
    "up": (Part(b"../x"), "leads out of the archive"),
    "up inside": (Part(b"a/../../x"), "leads out of the archive"),
    "absolute": (Part(b"/etc/passwd"), "leads out of the archive"),
    "home": (Part(b"~/x"), "leads out of the archive"),
    "dot": (Part(b"a/./x"), "leads out of the archive"),
    "empty part": (Part(b"a//x"), "leads out of the archive"),
    "no name": (Part(b""), "leads out of the archive"),
    "backslash": (Part(rb"..\x"), "holds the character"),
    "drive": (Part(b"C:x"), "holds the character"),
    "NUL": (Part(b"x.json\0.exe"), "holds the character"),
    "newline": (Part(b"x\ny"), "holds the character"),
    "escape": (Part(b"\x1b[2Jx"), "holds the character"),
    "bidi": (Part("a\u202enosj.x".encode()), "hide what it is"),
    "no text": (Part(b"\xff\xfe.json", flags=0x800), "hide what it is"),
    "deep": (Part(b"a/b/c/d/e/f/g.json"), "too long, or lies in more than 5 folders"),
    "long": (Part(b"x" * 2_000), "too long"),
    "encrypted": (Part(b"x", flags=1), "is encrypted; unpack"),
    "strongly encrypted": (Part(b"x", flags=0x40), "packed in a way that is not read"),
    "method": (Part(b"x", method=99), "packed in a way that is not read (method 99)"),
    "bzip2": (Part(b"x", method=12), "packed in a way that is not read (method 12)"),
    "link": (Part(b"x", b"/etc/passwd", mode=stat.S_IFLNK | 0o777), "is a link or a device"),
    "device": (Part(b"x", mode=stat.S_IFCHR), "is a link or a device"),
    "pipe": (Part(b"x", mode=stat.S_IFIFO), "is a link or a device"),
    "folder with contents": (Part(b"x/", b"hidden"), "is a folder and has contents"),
    "bomb": (Part(b"x", bytes(4 << 20), method=8), "less than a 1000th"),
    "large": (Part(b"x", size=5 << 20, packed_size=5 << 20), "has more than 4 MB"),
    "said to be huge": (Part(b"x", size=0xFFFFFFFF), "has more than 4 MB"),
    "longer than said": (Part(b"x", b"a" * 500, method=8, size=5), "does not hold what"),
    "shorter than said": (Part(b"x", b"a" * 50, method=8, size=60), "does not hold what"),
    "not what was packed": (Part(b"x", crc=7), "does not hold what"),
    "no packed bytes": (Part(b"x", b"\xff" * 40, method=0, crc=0), "does not hold what"),
    "two names": (Part(b"x", own_name=b"y"), "by two names"),
    "elsewhere": (Part(b"x", offset=3), ""),
    "beyond the end": (Part(b"x", offset=1 << 30), "shares bytes"),
}


@pytest.mark.parametrize(("part", "why"), BAD.values(), ids=BAD)
def test_a_bad_member_costs_itself_alone(part: Part, why: str, tmp_path: Path) -> None:
    file = tmp_path / "all.zip"
    other = Part(b"other.json", b"other")
    file.write_bytes(written([GOOD, part, other] if part.offset is None else [other, GOOD, part]))
    told = list(outcomes(file).values())
    assert len(told) == 3
    problem = told.pop(1 if part.offset is None else 2)
    assert why in problem
    assert problem != part.data.decode("latin-1")
    if part.offset != 3:
        assert sorted(told) == ["other", "{}"]


def test_garbage_in_a_member_is_refused(tmp_path: Path) -> None:
    data = bytearray(written([Part(b"x", b"abc" * 99, method=8), GOOD]))
    data[34:40] = b"\xff" * 6
    (tmp_path / "all.zip").write_bytes(data)
    told = outcomes(tmp_path / "all.zip")
    assert told["x"].startswith("! the member")
    assert told["good.json"] == "{}"


def test_members_that_stand_twice_are_refused(tmp_path: Path) -> None:
    (tmp_path / "all.zip").write_bytes(written([Part(b"a", b"1"), GOOD, Part(b"a", b"2")]))
    members = read_archive(tmp_path / "all.zip")
    assert ["more than once" in member.problem for member in members] == [True, False, True]


def test_a_thousand_members_that_share_their_bytes_are_refused(tmp_path: Path) -> None:
    """CVE-2024-0450: each looks small, and together they are larger than any memory."""
    shared = [
        Part(b"x%04d" % n, b"a" * 100 if n == 0 else b"", offset=0, size=100, packed_size=100)
        for n in range(1_000)
    ]
    (tmp_path / "all.zip").write_bytes(written(shared))
    assert all("shares bytes" in member.problem for member in read_archive(tmp_path / "all.zip"))


def test_a_member_within_another_is_refused(tmp_path: Path) -> None:
    inner = written([Part(b"in.json", b"inner")])
    data = written(
        [Part(b"outer.zip", inner), GOOD, Part(b"in.json", b"", offset=30 + 9, size=5, packed_size=5)]
    )
    (tmp_path / "all.zip").write_bytes(data)
    told = outcomes(tmp_path / "all.zip")
    assert "shares bytes" in told["outer.zip"]
    assert "shares bytes" in told["in.json"]
    assert told["good.json"] == "{}"


def test_only_so_much_is_unpacked_from_one_archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_IN_ALL", 250)
    put(tmp_path, {f"{n}": b"x" * 100 for n in range(4)} | {"big": b"x" * 10})
    told = outcomes(tmp_path / "all.zip")
    assert [told[name][:1] for name in "012"] == ["x", "x", "l"]
    (tmp_path / "all.zip").write_bytes(written([Part(b"liar", size=0xFFFFFFF0), Part(b"a", b"x" * 200)]))
    assert outcomes(tmp_path / "all.zip")["a"] == "x" * 200


WHOLE = {
    "no archive": (b"PK\x03\x04 and no more", "no ZIP archive"),
    "cut off": (packed({"a": b"1"})[:-30], "no ZIP archive"),
    "wrong directory": (packed({"a": b"1"}).replace(b"PK\x01\x02", b"PK\x01\x07"), "is damaged"),
    "directory elsewhere": (packed({"a": b"1"})[10:], "is damaged"),
    "short directory": (
        written([GOOD])[:-22] + b"PK\x05\x06" + bytes(8) + b"\x20\0\0\0" + bytes(6),
        "is damaged",
    ),
    "64 bits of nothing": (written([GOOD], tail=b"PK\x06\x07" + b"\xff" * 16), "is damaged"),
    "too many": (written(Part(b"%d" % n, b"") for n in range(5_001)), "more than 5000 members"),
    "too many, and it says few": (
        written((Part(b"%d" % n, b"") for n in range(5_001)), count=1),
        "more than 5000",
    ),
}


@pytest.mark.parametrize(("data", "why"), WHOLE.values(), ids=WHOLE)
def test_an_archive_that_is_none_is_refused_as_a_whole(data: bytes, why: str, tmp_path: Path) -> None:
    (tmp_path / "all.zip").write_bytes(data)
    with pytest.raises(DataError, match=why):
        read_archive(tmp_path / "all.zip")


def test_an_archive_that_is_too_large_is_refused_unread(tmp_path: Path) -> None:
    with (tmp_path / "all.zip").open("wb") as file:
        file.seek(archive.MOST_BYTES)
        file.write(b"x")
    with pytest.raises(DataError, match="more than 50 MB"):
        read_archive(tmp_path / "all.zip")


def test_a_million_entries_cost_neither_time_nor_memory(tmp_path: Path) -> None:
    entry = written([Part(b"x", b"")])[31:-22]
    length = len(entry) * 150_000
    end = b"PK\x05\x06\0\0\0\0\1\0\1\0" + length.to_bytes(4, "little") + (0).to_bytes(4, "little") + b"\0\0"
    (tmp_path / "all.zip").write_bytes(entry * 150_000 + end)

    def reading() -> None:
        tracemalloc.start()
        with pytest.raises(DataError, match="more than 5000 members"):
            read_archive(tmp_path / "all.zip")
        assert tracemalloc.get_traced_memory()[1] < 30 << 20
        tracemalloc.stop()

    assert is_quick(2, reading)


def test_damage_anywhere_is_a_sentence(tmp_path: Path) -> None:
    whole = packed({"a/b.json": b'{"a": 1}' * 20, "c.yaml": b"paper: x\n" * 9})
    random_bytes = random.Random(5)
    file = tmp_path / "all.zip"
    for _ in range(400):
        damaged = bytearray(whole)
        for _ in range(random_bytes.choice((1, 2, 8))):
            damaged[random_bytes.randrange(len(damaged))] = random_bytes.choice(
                (0, 1, 255, random_bytes.randrange(256))
            )
        file.write_bytes(damaged[: random_bytes.choice((len(damaged), random_bytes.randrange(len(damaged))))])
        try:
            told = outcomes(file)
        except DataError:
            continue
        assert all(told.values())
