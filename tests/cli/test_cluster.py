"""`--cluster` leaves what `--workers 1` leaves, whoever dies on the way; and it says what is wrong with a cluster."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import click
import pytest

from convexam import cli

from ..dask_cluster import ROOT, SECONDS, DaskCluster, within
from .conftest import Run, filled_in, the_paper

pytestmark = pytest.mark.xdist_group("cluster")

STUDENTS = [f"s{number}" for number in range(8)]
EXAM = """\
format: convexam-exam/1
id: words
title: Words and numbers
marking:
  attempts: best
sections:
  - items:
      - {id: a1, use: short_text/explain-convolution, points: 4}
      - {id: b1, use: conv2d/first-map, points: 3}
      - {id: c1, use: output_shape/convolution, points: 2}
"""
DEEP = "paper: " + "[" * 100_000


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an exam, with what was handed in, and with what is odd or hostile."""
    folder = tmp_path_factory.mktemp("drawn")
    (folder / "exam.yaml").write_text(EXAM)
    (folder / "roster.csv").write_text("\n".join(["student", *STUDENTS]))
    made = called("generate", folder, "--students", folder / "roster.csv")
    assert made.returncode == 0, made.stderr
    (folder / "in").mkdir()
    for number, student in enumerate(STUDENTS):
        text = filled_in(the_paper(folder / "exam", student), {"a1": {"text": "In my words."}})
        (folder / f"in/{student}.yaml").write_text(text)
        (folder / f"in/{student}-again.yaml").write_text(text.replace("1", str(number % 5), 30))
    (folder / "in/deep.yaml").write_text(DEEP)
    (folder / "in/unknown.yaml").write_text(
        "format: convexam-answers/1\npaper: 00000000000000\nanswers: {}\n"
    )
    rows = (folder / "exam/marker/class.csv").read_text("utf-8-sig")
    (folder / "in/class.csv").write_text(rows.replace(",,", ",1,"), "utf-8-sig")
    return folder


def called(command: str, folder: Path, *more: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(line(command, folder, *more), capture_output=True, text=True)


def line(command: str, folder: Path, *more: object) -> list[str]:
    """Return the command line of a command in a folder such as `drawn`."""
    exam = folder / "exam"
    files: tuple[object, ...] = {
        "generate": ("--exam", folder / "exam.yaml", "--seed", 1, "--out", exam, "--format", "yaml"),
        "grade": (exam,),
        "remark": (exam, "c1", "--accept", "n=1", "--full-marks", "--reason", "why not"),
    }[command]
    return [sys.executable, "-m", "convexam", command, *map(str, (*files, *more))]


def files_in(folder: Path) -> dict[str, bytes]:
    """Return all files in a folder, but for the places they came from."""
    found = sorted(file for file in folder.rglob("*") if file.is_file() and file.suffix != ".sqlite")
    return {
        str(file.relative_to(folder)): file.read_bytes().replace(bytes(folder.parent.parent), b"")
        for file in found
    }


def copies(drawn: Path, tmp_path: Path) -> tuple[Path, Path]:
    ours, theirs = (tmp_path / name / "class" for name in ("ours", "theirs"))
    return Path(shutil.copytree(drawn, ours)), Path(shutil.copytree(drawn, theirs))


def test_bytes_do_not_depend_on_a_cluster_of_which_one_is_killed(
    drawn: Path, tmp_path: Path, dask_cluster: DaskCluster
) -> None:
    ours, theirs = copies(drawn, tmp_path)
    serial = called("grade", ours, ours / "in", "--workers", 1)
    command = line("grade", theirs, theirs / "in", "--cluster", dask_cluster.address)
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as grade:
        begun = (theirs / "exam/marks").glob
        within(SECONDS, lambda: list(begun("s*.json")) or grade.poll() is not None)
        os.kill(dask_cluster.processes()[0], signal.SIGKILL)
        told = grade.communicate(timeout=SECONDS)
    assert [text.replace(str(theirs), str(ours)) for text in told] == [serial.stdout, serial.stderr]
    assert grade.returncode == serial.returncode == 3
    assert files_in(theirs / "exam/marks") == files_in(ours / "exam/marks")
    assert len(list((ours / "exam/marks").glob("s*.json"))) == len(STUDENTS)
    remarked = [
        called("remark", folder, *how).stdout
        for folder, how in ((ours, ("--workers", 1)), (theirs, ("--cluster", dask_cluster.address)))
    ]
    assert remarked[0] == remarked[1]


@pytest.mark.parametrize(
    "more", [("--format", "html,yaml"), pytest.param(("--print", "--format", "pdf"), marks=pytest.mark.sweep)]
)
def test_papers_do_not_depend_on_a_cluster(
    drawn: Path, tmp_path: Path, dask_cluster: DaskCluster, more: tuple[str, ...]
) -> None:
    ours, theirs = copies(drawn, tmp_path)
    roster = drawn / "two.csv"
    roster.write_text("\n".join(["student", *STUDENTS[:2]]))
    for folder, how in ((ours, ("--workers", 1)), (theirs, ("--cluster", dask_cluster.address))):
        shutil.rmtree(folder / "exam")
        made = called("generate", folder, "--students", roster, *more, *how)
        assert made.returncode == 0, made.stderr
    assert files_in(theirs / "exam") == files_in(ours / "exam")


def test_a_cluster_that_is_not_there_changes_nothing(
    drawn: Path, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from convexam.generator.workers import cluster

    monkeypatch.setattr(cluster, "CONNECTING", 0.5)
    folder = copies(drawn, tmp_path)[0]
    outcome = run("grade", folder / "exam", folder / "in", "--cluster", "127.0.0.1:1")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith("127.0.0.1:1: no Dask scheduler answers there")
    assert not (folder / "exam/marks").exists()


def options(command: click.Command) -> set[str]:
    return {name for option in command.params for name in option.opts}


def commands(command: click.Command | None, *words: str) -> Iterator[tuple[str, click.Command]]:
    """Yield commands and what people call them, groups with all that is below them."""
    assert command
    yield " ".join(words), command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            yield from commands(command.get_command(context, name), *words, name)


CREWED = [words for words, command in commands(cli.convexam) if "--cluster" in options(command)]


@pytest.mark.parametrize("words", CREWED)
def test_workers_and_a_cluster_exclude_each_other(run: Run, words: str) -> None:
    for how in (("--workers", 1, "--cluster", "a:1"), ("--cluster", "a:1", "--workers", 1)):
        outcome = run(*words.split(), *how)
        assert outcome.code == 2
        assert "--workers and --cluster exclude each other" in outcome.err


def test_the_document_names_all_commands_with_workers() -> None:
    text = (ROOT / "docs/cluster.md").read_text(encoding="utf-8")
    told = text[: text.index("```")]
    assert [words for words in CREWED if f"`{words}`" not in told] == []


DASK = [
    shlex.split(line)[1:]
    for line in (ROOT / "docs/cluster.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("dask ")
]


@pytest.mark.parametrize("words", DASK, ids=" ".join)
def test_what_the_document_calls_is_there(words: list[str]) -> None:
    command: click.Command = import_module(f"distributed.cli.dask_{words[0]}").main
    options = {name for option in command.params for name in option.opts}
    assert {word for word in words if word.startswith("--")} <= options


def test_the_document_names_what_is_configured() -> None:
    import distributed  # noqa: F401 - brings its defaults
    from dask.config import get

    text = (ROOT / "docs/cluster.md").read_text(encoding="utf-8")
    for name in re.findall(r"DASK_DISTRIBUTED__(\w+)=", text):
        assert get(f"distributed.{name.lower().replace('__', '.')}", default="missing") is None
