"""Files are whole or absent, and what differs is noticed."""

from __future__ import annotations

import os
import resource
from pathlib import Path

import pytest

from convexam.generator.errors import DataError, OutputError
from convexam.generator.files import (
    PRIVATE,
    differs,
    file_bytes,
    make_folder,
    remove,
    remove_leftovers,
    write_each,
    write_new,
    write_whole,
    writing_whole,
)
from convexam.generator.secret import keep_secret, read_secret, secret_id


def test_a_file_is_written_whole(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    write_whole(file, b"one")
    write_whole(file, b"two", mode=PRIVATE)
    assert file.read_bytes() == b"two"
    assert file.stat().st_mode & 0o777 == PRIVATE
    assert os.listdir(tmp_path) == ["a.json"]


def test_a_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.json"
    write_whole(file, b"old")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match=r"a\.json: cannot be written: No space left"):
        write_whole(file, b"new")
    assert file.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["a.json"]


def test_files_are_written_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sub").mkdir()
    files = [(tmp_path / name, name.encode(), mode) for name, mode in (("b", 0o600), ("sub/a", 0o644))]
    files += [(tmp_path / f"{number}", b"x", 0o600) for number in range(40)]
    synced: list[int] = []  # names there, whenever bytes or names are safely on the disk
    real = os.fsync

    def fsync(descriptor: int) -> None:
        synced.append(sum(file.exists() for file, _, _ in files))
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    write_each(files)
    assert sorted(synced) == [0] * len(files) + [len(files)] * 2
    assert all(file.read_bytes() == data for file, data, _ in files)
    assert all(file.stat().st_mode & 0o777 == mode for file, _, mode in files)
    assert len(list(tmp_path.rglob("*"))) == len(files) + 1


@pytest.mark.parametrize("failing", range(3))
def test_a_file_that_cannot_be_written_with_others_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    files = [(tmp_path / name, bytes(size), PRIVATE) for size, name in enumerate(("a", "b", "c"), start=1)]
    write_whole(tmp_path / "a", b"old")
    real = os.fsync

    def full(descriptor: int) -> None:
        if os.fstat(descriptor).st_size == failing + 1:
            raise OSError(28, "No space left on device")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match=rf"/{'abc'[failing]}: cannot be written: No space left"):
        write_each(files)
    assert os.listdir(tmp_path) == ["a"]
    assert (tmp_path / "a").read_bytes() == b"old"


@pytest.mark.skipif(os.name != "posix", reason="limits of POSIX")
@pytest.mark.parametrize("count", [1, 3])
def test_a_disk_without_room_is_told_of_the_file(tmp_path: Path, count: int) -> None:
    """Small files are still in memory when they are synced, and what is left there is written on closing."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, before[1]))
    try:
        with pytest.raises(
            OutputError, match=r"/a\d: cannot be written: File too large.*call the command again"
        ):
            write_each([(tmp_path / f"a{number}", bytes(3_000), PRIVATE) for number in range(count)])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("wrong", [KeyboardInterrupt(), ValueError("a fault")])
def test_what_goes_wrong_between_pieces_leaves_the_old_file(tmp_path: Path, wrong: BaseException) -> None:
    file = tmp_path / "a.xml"
    write_whole(file, b"old")
    with pytest.raises(type(wrong)):
        _half(file, wrong)
    assert file.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["a.xml"]


def _half(file: Path, wrong: BaseException) -> None:
    with writing_whole(file) as stream:
        stream.write(b"half")
        raise wrong


def test_a_missing_folder_is_explained(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="No such file or directory"):
        write_whole(tmp_path / "nowhere" / "a", b"")


def test_a_file_in_the_place_of_a_folder_is_explained(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")
    with pytest.raises(OutputError, match="out"):
        make_folder(tmp_path / "out" / "record")


def test_differs(tmp_path: Path) -> None:
    file = tmp_path / "a"
    assert not differs(file, b"x")
    write_whole(file, b"x")
    assert not differs(file, b"x")
    assert differs(file, b"y")
    with pytest.raises(OutputError, match="Is a directory"):
        differs(tmp_path, b"y")


def test_leftovers_of_killed_writers_go(tmp_path: Path) -> None:
    ours, alive = (f".a.json.xyz.{process}.part" for process in (os.getpid(), os.getppid()))
    gone, other = ".a.json.xyz.4194305.part", ".[a].json.xyz.4194305.part"
    for name in (ours, alive, gone, other, "a.part", ".b"):
        (tmp_path / name).write_text("")
    remove_leftovers(tmp_path, "[a].json")
    assert set(os.listdir(tmp_path)) == {ours, alive, gone, "a.part", ".b"}
    remove_leftovers(tmp_path)  # in a container, an earlier command may have had our id
    assert set(os.listdir(tmp_path)) == {alive, "a.part", ".b"}
    remove_leftovers(tmp_path / "nowhere")


def test_what_cannot_be_removed_is_named(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    remove(tmp_path / "missing")
    with pytest.raises(OutputError, match="folder: cannot be removed: "):
        remove(tmp_path / "folder")


def test_only_ordinary_files_of_bounded_size_are_read(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x" * 100)
    assert file_bytes(tmp_path / "a") == b"x" * 100
    with pytest.raises(DataError, match="larger than 0 MB"):
        file_bytes(tmp_path / "a", 99)
    os.mkfifo(tmp_path / "pipe")
    for name in ("pipe", "", "nowhere"):
        with pytest.raises(DataError):
            file_bytes(tmp_path / name)


def test_write_new_keeps_what_is_there(tmp_path: Path) -> None:
    assert write_new(tmp_path / "a", b"first")
    assert not write_new(tmp_path / "a", b"second")
    assert (tmp_path / "a").read_bytes() == b"first"


def test_a_secret_is_made_once_and_kept_private(tmp_path: Path) -> None:
    file = tmp_path / "exam.secret"
    secret = keep_secret(file)
    assert len(secret) == 32
    assert keep_secret(file) == read_secret(file) == secret
    assert file.stat().st_mode & 0o777 == PRIVATE
    assert secret.hex() not in secret_id(secret)


def test_two_secrets_differ(tmp_path: Path) -> None:
    assert keep_secret(tmp_path / "a") != keep_secret(tmp_path / "b")


@pytest.mark.parametrize(
    "content", [b"", b"abc", b"g" * 64, b"0" * 63, b"\xff\xfe" * 40, b"0" * 128], ids=lambda c: repr(c[:8])
)
def test_what_is_no_secret_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "exam.secret"
    file.write_bytes(content)
    with pytest.raises(DataError, match=r"exam\.secret: this is no secret: 64 hexadecimal digits"):
        keep_secret(file)


def test_a_missing_secret_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="there is no such secret file"):
        read_secret(tmp_path / "exam.secret")
