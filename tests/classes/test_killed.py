"""A run that is killed at any moment loses nothing: it is run again, and everything is as if it had not been."""

from __future__ import annotations

import shutil
import time
from collections import Counter
from pathlib import Path

import pytest

from .course import called, stream
from .killing import VICTIMS, Killed, killed
from .outcomes import differing, exports, store_is_sound
from .synthetic import synthetic_class

pytestmark = [
    pytest.mark.sweep,
    pytest.mark.xdist_group("killed"),
    pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are found in /proc"),
]

KILLS = 50
KILLS_OF_A_RUN = 5  # one after the other, each of what the one before it left


def killed_runs(folder: Path, count: int, kills: int, *, leave_out: tuple[str, ...] = ()) -> list[Killed]:
    """Kill runs at random moments, let each end in the end, and compare what it wrote."""
    class_ = synthetic_class(folder / "class", count, leave_out=leave_out)
    arguments: list[object] = [*class_.write(folder / "in")]
    drawn = folder / "class/exam"
    whole = Path(shutil.copytree(drawn, folder / "whole"))
    begin = time.monotonic()
    called("grade", whole, *arguments)
    seconds = time.monotonic() - begin
    right, results = exports(whole), list[Killed]()
    exam = None
    for number in range(kills):
        chance = stream("kill", str(number))
        after = seconds * chance.child("after").integer(5, 95) / 100
        victim = chance.child("victim").choice(VICTIMS)
        exam = exam or Path(shutil.copytree(drawn, folder / f"exam-{number}"))
        run = killed(exam, arguments, after, victim, chance.child("worker"))
        results.append(run)
        assert run.orphans == 0, run
        assert "Traceback" not in run.printed, run
        assert run.code in (-9, 0, 3) or "call the command again" in run.printed, run
        early = exports(exam)
        assert [name for name in early if early[name] != right.get(name) and ".part" not in name] == [], run
        if run.code >= 0 or number % KILLS_OF_A_RUN == KILLS_OF_A_RUN - 1 or number == kills - 1:
            called("grade", exam, *arguments)
            assert differing(exports(exam), right) == [], run
            assert store_is_sound(exam)
            assert leftovers(exam) == leftovers(whole)
            shutil.rmtree(exam)
            exam = None
    return results


def leftovers(folder: Path) -> list[str]:
    """Return the names of files beside those of papers: what a run leaves behind."""
    return sorted(
        str(file.relative_to(folder))
        for file in folder.rglob("*")
        if file.is_file() and file.parent.name not in ("papers", "handout", "solutions")
    )


def test_fifty_kills_change_nothing(tmp_path: Path) -> None:
    runs = killed_runs(tmp_path, 48, KILLS, leave_out=("slow PDF", "two formats"))
    stages = Counter(run.stage for run in runs if run.code < 0)
    assert len(stages) >= 3, stages
    assert {run.victim for run in runs} == set(VICTIMS)


def test_three_hundred_students_and_a_power_cut(tmp_path: Path) -> None:
    (run,) = killed_runs(tmp_path, 300, 1)
    assert run.stage != "nothing read", run
