"""`make setup` without a network: a Python that only writes down what it is asked, and fails on demand."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tomllib
from importlib.metadata import requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))

PYTHON = """#!/bin/sh
case "$*" in
    *--version) echo Python 3.11.0 ;;
    *version_info*) ;;
    *) echo "$*" >>"$LOG" ;;
esac
case "$*" in
    *"$FAIL"*) echo "no $FAIL"; exit 1 ;;
    "-m venv"*) mkdir -p .venv/bin; cp "$0" .venv/bin/python ;;
    *weasyprint*) [ -e "$PANGO" ] ;;
esac
"""
APT = """#!/bin/sh
echo "apt-get $*" >>"$LOG"
case "$*" in
    *libpango*) : >"$PANGO" ;;
    *chromium) echo >"${0%/*}/chromium"; chmod +x "${0%/*}/chromium" ;;
esac
"""


class Checkout:
    """A checkout that is set up with the stand-in Python by a user who may or may not install packages."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "a check out"
        self.stand_ins = folder / "stand-ins"
        self.log = folder / "log"
        self.pango = folder / "pango"
        self.pango.touch()
        for name in ("scripts/setup.sh", "pyproject.toml", "constraints.txt"):
            (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, self.folder / name)
        self.stand_in("python3", PYTHON)
        self.stand_in("apt-get", APT)
        self.stand_in("sudo", "#!/bin/sh\nexit 1\n")
        self.user(1000)

    def stand_in(self, name: str, text: str) -> None:
        self.stand_ins.mkdir(exist_ok=True)
        (self.stand_ins / name).write_text(text, "utf-8")
        (self.stand_ins / name).chmod(0o755)

    def user(self, number: int) -> None:
        self.stand_in("id", f"#!/bin/sh\necho {number}\n")

    def set_up(
        self, *words: str, fail: str = "nothing", **environment: str
    ) -> subprocess.CompletedProcess[str]:
        """Run the set-up; `log` then holds what this run has done."""
        self.log.write_text("", "utf-8")
        return subprocess.run(
            ["sh", str(self.folder / "scripts/setup.sh"), *words],
            env={
                "PATH": f"{self.stand_ins}:{os.defpath}",
                "LOG": str(self.log),
                "PANGO": str(self.pango),
                "FAIL": fail,
            }
            | environment,
            check=False,
            capture_output=True,
            text=True,
        )

    @property
    def bare(self) -> str:
        """A search path on which there is no Chromium yet."""
        for name in ("dirname", "chmod", "sh"):
            (self.stand_ins / name).symlink_to(str(shutil.which(name)))
        return str(self.stand_ins)

    def did(self, what: str) -> bool:
        return what in self.log.read_text("utf-8")


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path)


def test_first_call_sets_up_and_second_does_nothing(checkout: Checkout) -> None:
    assert checkout.set_up().returncode == 0
    assert checkout.did("-m venv")
    assert checkout.did("--editable .")
    again = checkout.set_up()
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
    assert not checkout.log.read_text("utf-8")


def test_tests_need_more(checkout: Checkout) -> None:
    checkout.set_up()
    checkout.set_up("dev")
    assert checkout.did("--group dev")
    assert not checkout.did("-m venv")
    for words in [(), ("dev",)]:
        checkout.set_up(*words)
        assert not checkout.log.read_text("utf-8")


@pytest.mark.parametrize("name", ["pyproject.toml", "constraints.txt"])
def test_changed_files_are_noticed(checkout: Checkout, name: str) -> None:
    checkout.set_up()
    with (checkout.folder / name).open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    checkout.set_up()
    assert checkout.did("--editable .")


def test_moved_checkout_is_noticed(checkout: Checkout) -> None:
    checkout.set_up()
    checkout.folder = checkout.folder.rename(checkout.folder.with_name("moved"))
    checkout.set_up()
    assert checkout.did("--editable .")


def test_unfinished_set_up_starts_afresh(checkout: Checkout) -> None:
    failed = checkout.set_up(fail="--editable")
    assert failed.returncode != 0
    assert "no --editable" in failed.stderr
    assert "run the same command again" in failed.stderr
    assert checkout.set_up().returncode == 0
    assert checkout.did("-m venv")
    assert checkout.did("--editable .")


def test_unfinished_addition_starts_afresh(checkout: Checkout) -> None:
    checkout.set_up()
    assert checkout.set_up("dev", fail="--group").returncode != 0
    checkout.set_up()
    assert checkout.did("-m venv")


def test_a_venv_of_the_user_is_kept(checkout: Checkout) -> None:
    (checkout.folder / ".venv/bin").mkdir(parents=True)
    shutil.copy(checkout.stand_ins / "python3", checkout.folder / ".venv/bin/python")
    assert checkout.set_up().returncode == 0
    assert not checkout.did("-m venv")
    assert checkout.did("--editable .")


@pytest.mark.parametrize(
    ("fail", "advice"),
    [
        ("version_info", "No Python 3.11 or newer was found; looked for: python3"),
        ("-m venv", ".venv could not be made"),
        ("-m pip", "sudo apt-get install python3-pip"),
        ("--upgrade pip", "Check the connection to the network"),
    ],
)
def test_failures_are_explained(checkout: Checkout, fail: str, advice: str) -> None:
    for name in ("python3.11", "python3.12", "python3.13"):
        checkout.stand_in(name, "#!/bin/sh\nexit 1\n")
    checkout.stand_in("python3", PYTHON.replace('*"$FAIL"*)', '*"$FAIL"* | *ensurepip*)'))
    failed = checkout.set_up(fail=fail)
    assert failed.returncode != 0
    assert advice in failed.stderr


def test_python_can_be_chosen(checkout: Checkout) -> None:
    failed = checkout.set_up(PYTHON="/no/such/python")
    assert failed.returncode != 0
    assert "looked for: /no/such/python." in failed.stderr


def test_pango_is_installed_where_that_is_allowed(checkout: Checkout) -> None:
    checkout.pango.unlink()
    checkout.user(0)
    assert checkout.set_up().returncode == 0
    assert checkout.did("apt-get install -y --no-install-recommends libpango-1.0-0")


def test_pango_is_asked_for_where_that_is_not_allowed(checkout: Checkout) -> None:
    checkout.pango.unlink()
    failed = checkout.set_up()
    assert failed.returncode != 0
    assert "Installing Pango" not in failed.stdout
    for command in ("sudo apt-get install", "sudo dnf install", "brew install", "wsl --install"):
        assert command in failed.stderr
    checkout.pango.touch()
    assert checkout.set_up().returncode == 0
    assert not checkout.did("-m venv")


def test_chromium_is_installed_once_where_that_is_allowed(checkout: Checkout) -> None:
    checkout.user(0)
    bare = checkout.bare
    assert checkout.set_up("browser", PATH=bare).returncode == 0
    assert checkout.did("apt-get install -y --no-install-recommends chromium")
    assert not checkout.did("-m venv")
    again = checkout.set_up("browser", PATH=bare)
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
    assert not checkout.log.read_text("utf-8")


def test_without_chromium_the_rest_can_be_tested(checkout: Checkout) -> None:
    done = checkout.set_up("browser", PATH=checkout.bare)
    assert done.returncode == 0
    assert done.stdout == "There is no Chromium: tests that need it are skipped.\n"


def test_set_up_and_package_need_the_same_python() -> None:
    major, minor = re.findall(
        r"version_info < \((\d+), (\d+)\)", (ROOT / "scripts/setup.sh").read_text("utf-8")
    )[0]
    assert PYPROJECT["project"]["requires-python"] == f">={major}.{minor}"


def needed(requirements: list[str]) -> set[str]:
    """Names of everything that the requirements bring along."""
    seen: set[str] = set()
    waiting = [Requirement(line) for line in requirements]
    done: set[str] = set()
    while waiting:
        requirement = waiting.pop()
        seen.add(canonicalize_name(requirement.name))
        if str(requirement) in done:
            continue
        done.add(str(requirement))
        extras = {"", *requirement.extras}
        waiting += [
            child
            for child in map(Requirement, requires(requirement.name) or [])
            if child.marker is None or any(child.marker.evaluate({"extra": extra}) for extra in extras)
        ]
    return seen


def test_everything_is_pinned_once() -> None:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pinned = [canonicalize_name(line.split("==")[0]) for line in lines if not line.startswith("#")]
    asked = PYPROJECT["project"]["dependencies"] + PYPROJECT["dependency-groups"]["dev"]
    assert sorted(pinned) == sorted(needed([*asked, *PYPROJECT["build-system"]["requires"], "pip"]))


@pytest.mark.xdist_group("probe")
def test_tests_of_a_group_run_in_one_process(request: pytest.FixtureRequest) -> None:
    """Otherwise each process makes all papers anew: nobody would notice but by the time it takes."""
    if hasattr(request.config, "workerinput"):
        assert request.node.nodeid.endswith("@probe")
