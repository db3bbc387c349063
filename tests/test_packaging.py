"""The wheel and the source archive: what they hold, and that the wheel works on its own."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import tarfile
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[1]
SUBPACKAGES = ("generator", "grader", "templates", "question_bank")


def build(source: Path, into: Path, target: str) -> Path:
    command = [sys.executable, "-m", "hatchling", "build", "--target", target, "--directory", str(into)]
    subprocess.run(command, cwd=source, check=True)
    (archive,) = into.iterdir()
    return archive


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(ROOT, tmp_path_factory.mktemp("wheel"), "wheel")


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(ROOT, tmp_path_factory.mktemp("sdist"), "sdist")


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("installed")
    with ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def files_below(folder: Path) -> set[str]:
    """Relative paths of the files of a folder; links are not followed."""
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def names(wheel: Path) -> list[str]:
    return ZipFile(wheel).namelist()


def test_wheel_holds_the_files_of_the_checkout_under_one_name(wheel: Path) -> None:
    expected = {f"convexam/{name}/{file}" for name in SUBPACKAGES for file in files_below(ROOT / name)}
    expected |= {f"convexam/{file}" for file in files_below(ROOT / "src/convexam")}
    held = [name for name in names(wheel) if ".dist-info/" not in name]
    assert sorted(held) == sorted(expected)


@pytest.mark.parametrize(
    "pattern",
    [
        "convexam/__init__.py",
        "convexam/generator/model.py",
        "convexam/generator/languages/*.po",
        "convexam/grader/marking/*.py",
        "convexam/templates/*.j2",
        "convexam/templates/fonts/*.woff2",
        "convexam/question_bank/*.yaml",
        "convexam-*.dist-info/licenses/LICENSE",
        "convexam-*.dist-info/licenses/templates/fonts/OFL-*.txt",
        "convexam-*.dist-info/entry_points.txt",
    ],
)
def test_wheel_holds(wheel: Path, pattern: str) -> None:
    assert any(Path(name).match(pattern) for name in names(wheel))


def test_wheel_holds_no_links(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        assert not [entry for entry in archive.infolist() if stat.S_ISLNK(entry.external_attr >> 16)]


def test_sdist_gives_the_same_wheel(sdist: Path, wheel: Path, tmp_path: Path) -> None:
    with tarfile.open(sdist) as archive:
        assert not [entry.name for entry in archive if entry.issym()]
    offline = ["--no-build-isolation", "--no-deps", "--no-index", "--wheel-dir", str(tmp_path)]
    subprocess.run([sys.executable, "-m", "pip", "wheel", *offline, str(sdist)], check=True)
    (rebuilt,) = tmp_path.iterdir()
    assert sorted(names(rebuilt)) == sorted(names(wheel))


def test_every_module_of_the_wheel_can_be_imported(installed: Path, tmp_path: Path) -> None:
    """Including that relative imports read the same in the real folders as through the links."""
    modules = [
        ".".join(path.relative_to(installed).with_suffix("").parts).removesuffix(".__init__")
        for path in sorted((installed / "convexam").rglob("*.py"))
        if path.name != "__main__.py"
    ]
    program = f"import convexam, {', '.join(modules)}; print(convexam.generator.__file__)"
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(installed)},
        check=True,
        capture_output=True,
        text=True,
    )
    assert Path(done.stdout.strip()) == installed / "convexam/generator/__init__.py"
