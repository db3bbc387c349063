"""A rule that is changed the week after: shown, applied, killed in between, and taken back."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest

from .course import called, stream
from .killing import VICTIMS, killed
from .outcomes import differing, exports, store_is_sound
from .synthetic import synthetic_class

pytestmark = [
    pytest.mark.sweep,
    pytest.mark.xdist_group("killed"),
    pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are found in /proc"),
]

KILLS = 4
RULE: tuple[object, ...] = ("q1", "--accept", "extra_flip", "--reason", "The lecture turned the kernel.")


def test_a_rule_that_is_killed_while_it_is_applied(tmp_path: Path) -> None:
    """Whatever is left of it, applying it again comes to the same, and undoing it to what was before."""
    class_ = synthetic_class(tmp_path / "class", 24, leave_out=("slow PDF", "two formats"))
    marked = class_.course.folder
    called("grade", marked, *class_.write(tmp_path / "in"))
    before = exports(marked)
    whole = Path(shutil.copytree(marked, tmp_path / "whole"))
    begin = time.monotonic()
    called("remark", whole, *RULE, "--apply")
    seconds, right = time.monotonic() - begin, exports(whole)
    assert differing(before, right)
    for number in range(KILLS):
        chance = stream("kill a rule", str(number))
        exam = Path(shutil.copytree(marked, tmp_path / "exam"))
        after, victim = seconds * chance.integer(5, 95) / 100, chance.child("victim").choice(VICTIMS)
        run = killed(exam, ["remark", exam, *RULE, "--apply"], after, victim, chance.child("worker"))
        assert "Traceback" not in run.printed, run
        for name, data in exports(exam).items():
            assert ".part" in name or data in (before.get(name), right.get(name)), (name, run)
        printed = called("remark", exam, *RULE, "--apply")
        assert "Rule 1 holds from now on" in printed, run
        assert differing(exports(exam), right) == [], run
        assert store_is_sound(exam)
        called("remark", exam, "--undo", 1, "--reason", "It had not.", "--apply")
        assert differing(exports(exam), before) == [], run
        shutil.rmtree(exam)
