"""A class with every trouble is marked: everybody gets what they earned, and nothing is dropped silently."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest

from . import lms
from .course import called, stream
from .killing import PROC, killed
from .outcomes import differing, exports, store_is_sound, table, wrong_marks, wrong_outcomes
from .synthetic import SyntheticClass, synthetic_class

pytestmark = pytest.mark.xdist_group("class")


def graded(class_: SyntheticClass, folder: Path, *arguments: object) -> dict[str, bytes]:
    """Mark what was handed in, in a copy of the exam, and return what was written."""
    exam = shutil.copytree(class_.course.folder, folder, ignore=shutil.ignore_patterns("marks*"))
    called("grade", exam, *arguments)
    return exports(exam)


def test_everybody_has_what_they_earned_and_every_trouble_shows(tmp_path: Path) -> None:
    class_ = synthetic_class(tmp_path / "class", 48, leave_out=("slow PDF",))
    called("grade", class_.course.folder, *class_.write(tmp_path / "in"))
    assert list(wrong_marks(class_)) == []
    assert list(wrong_outcomes(class_)) == []


# -- three hundred students -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def class_(tmp_path_factory: pytest.TempPathFactory) -> SyntheticClass:
    return synthetic_class(tmp_path_factory.mktemp("three-hundred"), 300)


@pytest.fixture(scope="module")
def handed_in(class_: SyntheticClass) -> list[Path]:
    return class_.write(class_.course.folder.parent / "in")


@pytest.fixture(scope="module")
def right(class_: SyntheticClass, handed_in: list[Path]) -> dict[str, bytes]:
    called("grade", class_.course.folder, "--workers", 2, *handed_in)
    return exports(class_.course.folder)


@pytest.mark.sweep
def test_marks_and_outcomes(class_: SyntheticClass, right: dict[str, bytes]) -> None:
    assert len(right) > 2 * len(class_.marked)
    assert list(wrong_marks(class_)) == []
    assert list(wrong_outcomes(class_)) == []


@pytest.mark.sweep
@pytest.mark.parametrize("workers", [1, 8])
def test_workers_and_order_change_nothing(
    class_: SyntheticClass, handed_in: list[Path], right: dict[str, bytes], tmp_path: Path, workers: int
) -> None:
    order = handed_in if workers == 1 else reversed(handed_in)
    assert differing(graded(class_, tmp_path / "exam", "--workers", workers, *order), right) == []


@pytest.mark.sweep
@pytest.mark.skipif(not PROC.exists(), reason="processes are found in /proc")
def test_a_power_cut_changes_nothing(
    class_: SyntheticClass, handed_in: list[Path], right: dict[str, bytes], tmp_path: Path
) -> None:
    exam = shutil.copytree(class_.course.folder, tmp_path / "exam", ignore=shutil.ignore_patterns("marks*"))
    run = killed(exam, ["grade", exam, *handed_in], 2, "all", stream("power cut"))
    assert run.orphans == 0, run
    called("grade", exam, *handed_in)
    assert differing(exports(exam), right) == []
    assert store_is_sound(exam)


@pytest.mark.sweep
def test_unpacked_archives_are_the_same(
    class_: SyntheticClass, handed_in: list[Path], right: dict[str, bytes], tmp_path: Path
) -> None:
    folders = [
        lms.unpacked(members, tmp_path / name)
        for name, members in (("moodle", lms.moodle(class_.moodle)), ("canvas", lms.canvas(class_.canvas)))
    ]
    loose = [file for file in handed_in if file.suffix != ".zip"]
    found = graded(class_, tmp_path / "exam", *folders, *loose)
    assert differing(found, right) == ["intake.csv", "likeness.csv", "report.html"]  # they name files
    members = rows(found["intake.csv"], [f"{folder}/" for folder in folders])
    assert members == rows(right["intake.csv"], [f"{file}: " for file in handed_in])


def rows(data: bytes, names: Iterable[str]) -> list[list[str]]:
    """Return what became of everything, without the names of folders and archives, whose limits differ."""
    text = data.decode()
    for name in names:
        text = text.replace(name, "")
    return sorted(list(row.values())[:-1] for row in table(text.encode()))
