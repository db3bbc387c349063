"""A run that is killed at any moment loses nothing: it is run again, and everything is as if it had not been."""

from __future__ import annotations

import shutil
import signal
import time
from collections import Counter
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pytest

from .course import called, drawn, roster, stream
from .killing import PROC, VICTIMS, Killed, killed
from .outcomes import differing, exports, store_is_sound
from .synthetic import synthetic_class

pytestmark = [
    pytest.mark.sweep,
    pytest.mark.xdist_group("killed"),
    pytest.mark.skipif(not PROC.exists(), reason="processes are found in /proc"),
]

KILLS = 50
KILLS_OF_A_RUN = 10  # one after the other, each of what the one before it left
KILLS_OF_A_RULE = 6
KILLS_OF_AN_EXPORT = 16
LEFT_OUT = ("slow PDF", "two formats")  # what takes long to make or to read


def test_fifty_kills_change_nothing(tmp_path: Path) -> None:
    class_ = synthetic_class(tmp_path / "class", 48, leave_out=LEFT_OUT)
    handed_in = class_.write(tmp_path / "in")
    drawn, whole = class_.course.folder, tmp_path / "whole"
    seconds = seconds_of_grade(drawn, whole, handed_in)
    right, runs = exports(whole), list[Killed]()
    exam = None
    for number in range(KILLS):
        chance = stream("kill", str(number))
        if exam is None and number:  # what else the machine has to do has changed
            seconds = seconds_of_grade(drawn, tmp_path / "timed", handed_in)
            shutil.rmtree(tmp_path / "timed")
        after = seconds * chance.child("after").integer(5, 95) / 100
        victim = chance.child("victim").choice(VICTIMS)
        exam = exam or Path(shutil.copytree(drawn, tmp_path / f"exam-{number}"))
        call = ["grade", exam, *handed_in]
        if number % 3:
            run = killed(exam, call, after, victim, chance.child("worker"))
        else:  # files of students are written at the very end
            begun = partial(has_pages, exam)
            run = killed(exam, call, after / 20, victim, chance.child("worker"), begun=begun)
        runs.append(run)
        assert run.orphans == 0, run
        assert "Traceback" not in run.printed, run
        assert run.code in (-9, 0, 3) or "call the command again" in run.printed, run
        early = exports(exam)
        assert [name for name in early if early[name] != right.get(name) and ".part" not in name] == [], run
        if run.code >= 0 or number % KILLS_OF_A_RUN == KILLS_OF_A_RUN - 1 or number == KILLS - 1:
            called("grade", exam, *handed_in)
            assert differing(exports(exam), right) == [], run
            assert store_is_sound(exam)
            assert leftovers(exam) == leftovers(whole)
            shutil.rmtree(exam)
            exam = None
    stages = Counter(run.stage for run in runs if run.code < 0)
    assert len(stages) >= 3, stages
    assert {run.victim for run in runs} == set(VICTIMS)


def seconds_of_grade(drawn: Path, exam: Path, handed_in: Sequence[Path]) -> float:
    """Grade a copy of an exam, and return how long it took."""
    shutil.copytree(drawn, exam)
    begin = time.monotonic()
    called("grade", exam, *handed_in)
    return time.monotonic() - begin


def has_pages(exam: Path) -> bool:
    return any((exam / "marks").glob("s*.json"))


def test_a_rule_whose_command_is_killed_holds_for_everybody_or_for_nobody(tmp_path: Path) -> None:
    class_ = synthetic_class(tmp_path / "class", 48, leave_out=LEFT_OUT)
    drawn = class_.course.folder
    called("grade", drawn, *class_.write(tmp_path / "in"))
    rule = ("q1", "--accept", "extra_flip", "--reason", "Both were taught", "--apply")
    whole = Path(shutil.copytree(drawn, tmp_path / "whole"))
    begin = time.monotonic()
    called("remark", whole, *rule)
    seconds = time.monotonic() - begin
    before, after = exports(drawn), exports(whole)
    for number in range(KILLS_OF_A_RULE):
        exam = Path(shutil.copytree(drawn, tmp_path / f"exam-{number}"))
        moment = seconds * (number + 1) / (KILLS_OF_A_RULE + 1)
        run = killed(exam, ["remark", exam, *rule], moment, "all", stream("rule"))
        called("grade", exam)
        assert exports(exam) in (before, after), run
        assert store_is_sound(exam)
        assert run.orphans == 0, run


@pytest.mark.parametrize("platform", ["moodle", "canvas", "qti", "gradescope"])
def test_an_export_that_is_killed_leaves_no_half_file(
    platform: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exam = drawn(tmp_path / "class", roster(12)).folder
    out, temporary = tmp_path / "out", tmp_path / "temporary"
    out.mkdir()
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    whole = out / "whole"
    begin = time.monotonic()
    called("export", platform, exam, "--out", whole)
    seconds = time.monotonic() - begin
    file = out / "package"
    for number in range(KILLS_OF_AN_EXPORT):
        chance = stream("export", platform, str(number))
        how = chance.child("how").choice((signal.SIGKILL, signal.SIGTERM))
        victim = chance.child("victim").choice(VICTIMS)
        after = seconds * chance.child("after").integer(5, 105) / 100
        call = [
            "export",
            platform,
            exam,
            "--out",
            file,
            *(() if platform == "gradescope" else ("--workers", 3)),
        ]
        run = killed(exam, call, after, victim, chance.child("worker"), how)
        assert run.orphans == 0, run
        assert "Traceback" not in run.printed, run
        assert run.code in (-9, -15, 143, 0) or "call the command again" in run.printed, run
        assert not file.exists() or file.read_bytes() == whole.read_bytes(), run
        file.unlink(missing_ok=True)
        if number % 4 == 3:
            called("export", platform, exam, "--out", file)
            assert file.read_bytes() == whole.read_bytes()
            assert sorted(out.iterdir()) == [file, whole]
            assert not list(temporary.iterdir())


def leftovers(folder: Path) -> list[str]:
    """Return the names of files beside those of papers: what a run leaves behind."""
    return sorted(
        str(file.relative_to(folder))
        for file in folder.rglob("*")
        if file.is_file() and file.parent.name not in ("papers", "handout", "solutions")
    )
