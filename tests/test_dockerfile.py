"""The Docker file, as far as it can be looked at without Docker."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from zipfile import ZipFile

from .test_packaging import ROOT, build

DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8").replace("\\\n", "")


def test_the_libraries_are_those_of_make_setup() -> None:
    setup = re.findall(r'^debian="(.*)"', (ROOT / "scripts/setup.sh").read_text("utf-8"), re.MULTILINE)
    named = re.findall(r"apt-get install -y --no-install-recommends ([\w. +-]+?) +&&", DOCKERFILE)
    assert setup == named


def test_all_stages_begin_with_the_same_image() -> None:
    images = re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)
    assert len(images) == 2
    assert len(set(images)) == 1
    assert re.match(r"python:3\.1[1-9]-slim-\w+$", images[0])


def test_nobody_is_root() -> None:
    assert re.findall(r"^USER (.*)$", DOCKERFILE, re.MULTILINE) == ["1000:1000"]


def test_what_goes_in_is_enough_for_the_package_and_nothing_else(tmp_path: Path) -> None:
    """The wheel of what .dockerignore lets through is the wheel of the whole checkout."""
    everything, *allowed, caches = [
        line for line in (ROOT / ".dockerignore").read_text().splitlines() if not line.startswith("#")
    ]
    assert (everything, caches) == ("*", "**/__pycache__")
    (tmp_path / "in").mkdir()
    for name in (line.removeprefix("!") for line in allowed):
        if (ROOT / name).is_dir():
            shutil.copytree(
                ROOT / name,
                tmp_path / "in" / name,
                symlinks=True,
                ignore=shutil.ignore_patterns("__pycache__"),
            )
        else:
            shutil.copy(ROOT / name, tmp_path / "in" / name)
    wheels = [
        ZipFile(build(source, tmp_path / name, "wheel"))
        for name, source in {"of-all": ROOT, "of-some": tmp_path / "in"}.items()
    ]
    contents = [{name: wheel.read(name) for name in wheel.namelist()} for wheel in wheels]
    assert contents[0] == contents[1]
    assert (tmp_path / "in/constraints.txt").exists()
