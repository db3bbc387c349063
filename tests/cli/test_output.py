"""Files of a command that wait for others are there in time, whatever happens meanwhile."""

from __future__ import annotations

from pathlib import Path

import pytest

from convexam.cli import output as module
from convexam.cli.output import Output
from convexam.generator.files import PUBLIC, TOGETHER


def names(folder: Path) -> set[str]:
    return {file.name for file in (folder / "handout").glob("*")}


def test_outside_no_file_waits(tmp_path: Path) -> None:
    output = Output(tmp_path, force=False)
    output.write("handout/a", b"a", PUBLIC)
    assert names(tmp_path) == {"a"}


@pytest.mark.parametrize("wrong", [None, KeyboardInterrupt, ValueError])
def test_files_that_wait_are_there_at_the_end(tmp_path: Path, wrong: type[BaseException] | None) -> None:
    output = Output(tmp_path, force=False)
    try:
        with output.together():
            output.write("handout/a", b"a", PUBLIC)
            output.renew("handout/b", b"b")
            assert names(tmp_path) == set()
            if wrong:
                raise wrong
    except (KeyboardInterrupt, ValueError):
        pass
    assert names(tmp_path) == {"a", "b"}
    output.write("handout/c", b"c", PUBLIC)
    assert names(tmp_path) == {"a", "b", "c"}


def test_they_wait_for_so_many(tmp_path: Path) -> None:
    output = Output(tmp_path, force=False)
    with output.together():
        for number in range(TOGETHER):
            assert names(tmp_path) == set()
            output.write(f"handout/{number}", b"", PUBLIC)
        assert len(names(tmp_path)) == TOGETHER


def test_they_wait_for_so_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = iter([0.0, 0.5, module.LONGEST, module.LONGEST, module.LONGEST])
    monkeypatch.setattr(module, "monotonic", lambda: next(now))
    output = Output(tmp_path, force=False)
    with output.together():
        output.write("handout/a", b"", PUBLIC)
        assert names(tmp_path) == set()
        output.write("handout/b", b"", PUBLIC)
        assert names(tmp_path) == {"a", "b"}
