"""What lies in a folder and is no file to be read, or has a name that would steer what shows it."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from convexam.grader.intake.handed_in import Outcome

from .cases import EMPTY, HEAD, NO_ANSWERS, READ

SOUND = f"{HEAD}  dense:\n    inputs: 1e3 sound\n"


@dataclass(frozen=True)
class Found:
    """Something in a folder.

    Attributes
    ----------
    name
        What it is called there.
    put
        Puts it there.
    outcome
        What becomes of it; None if there is nothing to be told.
    shown
        How its name is told, where that is another one.
    """

    name: str
    put: Callable[[Path], object]
    outcome: Outcome | None = NO_ANSWERS
    shown: str = ""


def _file(path: Path) -> None:
    path.write_text(SOUND)


def _linked(to: str) -> Callable[[Path], object]:
    return lambda path: path.symlink_to(to)


def _unreadable(path: Path) -> None:
    _file(path)
    path.chmod(0)


def _endless(path: Path) -> None:
    path.touch()
    os.truncate(path, 1 << 40)  # a terabyte that takes no room


def _deep(path: Path) -> None:
    folder = path.joinpath(*["d"] * 200)
    folder.mkdir(parents=True)
    _file(folder / "a.yaml")


NAMES = {
    "two\nlines.yaml": "two\\nlines.yaml",
    "\x1b[31mred\x1b[2J.yaml": "\\x1b[31mred\\x1b[2J.yaml",
    "\u202elmay.exe.yaml": "\\u202elmay.exe.yaml",
    os.fsdecode(b"\xff\xfe.yaml"): "\\xff\\xfe.yaml",
    "=cmd|' -C calc'!A0.yaml": "",
    "<script>alert(1)<!--.yaml": "",
    "-rf.yaml": "",
    "$(touch hostile).yaml": "",
    "[a-z]*.yaml": "",
    "%s%n%n{0}.yaml": "",
}
FOUND = [
    *(Found(name, _file, READ, shown) for name, shown in NAMES.items()),
    Found("folder.json", Path.mkdir, None),
    Found("pipe.yaml", os.mkfifo),
    Found("device.yaml", _linked("/dev/zero")),
    Found("passwd.yaml", _linked("/etc/passwd")),
    Found("itself.yaml", _linked("itself.yaml")),
    Found("nowhere.yaml", _linked("no/such/file")),
    Found("above", _linked("..")),
    Found("root", _linked("/")),
    Found("endless.yaml", _endless, EMPTY),
    Found("endless.zip", _endless, EMPTY),
    Found("blank.yaml", Path.touch, EMPTY),
    Found("deep", _deep, READ, "deep/" + "d/" * 200 + "a.yaml"),
    *([] if os.geteuid() == 0 else [Found("unreadable.yaml", _unreadable)]),
]
