"""The package: what it holds, and that it is the same bytes for the same exam."""

from __future__ import annotations

import stat
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from convexam.cli.exam_records import exam_record
from convexam.cli.exports.gradescope import record_files
from convexam.grader.autograder.package import SCRIPTS, package_members

from ...exported import zip_bytes


@pytest.fixture(scope="module")
def archive(exam: Path) -> ZipFile:
    return ZipFile(BytesIO(package_of(exam)))


def package_of(exam: Path) -> bytes:
    record = exam_record(exam)
    return zip_bytes(package_members(record.exam, record_files(exam, record)))


def test_members(archive: ZipFile, golden: Callable[[str, str], None]) -> None:
    """Names of modules change every day; what is to be seen is what else there is."""
    names = archive.namelist()
    assert names[:2] == list(SCRIPTS)
    listed = [name for name in names if not (name.startswith("convexam/") and name.endswith(".py"))]
    golden("gradescope/members.txt", "\n".join(listed) + "\n")


def test_scripts_are_such_that_bash_runs_them(archive: ZipFile) -> None:
    for name in SCRIPTS:
        data = archive.read(name)
        assert data.startswith(b"#!/usr/bin/env bash\n")
        assert b"\r" not in data
        assert stat.S_IMODE(archive.getinfo(name).external_attr >> 16) == 0o755


def test_the_same_bytes(exam: Path) -> None:
    one, other = (package_of(exam) for _ in range(2))
    assert one == other


def test_no_secret_and_no_marks(archive: ZipFile, exam: Path) -> None:
    names = archive.namelist()
    assert not [name for name in names if "secret" in Path(name).name and not name.endswith(".py")]
    assert not [name for name in names if name.endswith((".sqlite", ".csv", ".yaml", ".html"))]


def test_what_the_program_needs_of_itself_is_there(archive: ZipFile) -> None:
    names = set(archive.namelist())
    assert {
        "convexam/__main__.py",
        "convexam/cli/autograde.py",
        "convexam/generator/languages/nl.po",
        "convexam/generator/questions/conv2d.py",
        "convexam/grader/autograder/harness.py",
    } <= names
    assert not [name for name in names if "__pycache__" in name or "/fonts/" in name]
