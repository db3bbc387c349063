"""All hostile files at once, loose and in one archive, together with ten honest students, by `grade` itself."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import jsonschema
import pytest

from ..cli.conftest import filled_in, the_paper
from ..cli.test_json import SCHEMA
from ..dask_cluster import DaskCluster
from .cases import CODE, HEAD, MALLORY, Case, code_of
from .conftest import generated
from .places import FOUND
from .test_each import CASES
from .typed_answers import CASES as TYPED

HONEST = [f"s{number:04}" for number in range(1, 11)]
TYPISTS = {f"t{number:02}": case for number, case in enumerate(TYPED)}
"""Students whose paper holds one hostile answer each, so that each has a page."""

MOST_SECONDS, MOST_MEGABYTES = 120, 512
STEERS = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
ACTS = re.compile(r"<script>alert|<img src=x|<style>@import|<link rel=attachment|\]8;;|href=.javascript")
FORMULA = re.compile(r"[=+@\t\r-](?![\d.,]*%?$)")


@dataclass(frozen=True)
class Run:
    """What came of `grade`."""

    exam: Path
    code: int
    seconds: float
    megabytes: int
    said: str
    document: str

    def rows(self, file: str) -> list[dict[str, str]]:
        """Return the rows of a table among the marks."""
        with (self.exam / "marks" / file).open(encoding="utf-8-sig", newline="") as stream:
            return list(csv.DictReader(stream))

    def of_honest(self) -> Mapping[str, object]:
        """Return all that is told of honest students, by file."""
        files = {
            file.name: file.read_bytes()
            for student in HONEST
            for file in (self.exam / "marks").glob(f"{student}.*")
        }
        return files | {row["student"]: row for row in self.rows("marks.csv") if row["student"] in HONEST}


def graded(folder: Path, *names: str) -> Run:
    """Run `grade` on what lies beside an exam; nothing is to be written anywhere else."""
    program = Path(__file__).with_name("measured.py")
    grade = [sys.executable, "-m", "convexam", "grade", "exam", *names, "--json"]
    command = [sys.executable, str(program), *grade]
    places = {"HOME": str(folder), "TMPDIR": str(folder)}
    done = subprocess.run(
        command, cwd=folder, env=os.environ | places, capture_output=True, text=True, check=True
    )
    document, _, measured = done.stdout.splitlines()
    code, seconds, megabytes = measured.split()
    return Run(folder / "exam", int(code), float(seconds), int(megabytes), done.stderr, document)


def put_honest(folder: Path) -> None:
    """Let honest students hand in."""
    (folder / "honest").mkdir()
    for student in HONEST:
        answers = filled_in(the_paper(folder / "exam", student), {"size": {"shape": "1 x 1"}})
        (folder / "honest" / f"{student}.yaml").write_text(answers)


def put_hostile(folder: Path) -> None:
    """Put the corpus there as files, in an archive, and each hostile answer on a paper of its own."""
    files = {case.file: case.data() for case in CASES}
    files |= {f"{name}.yaml": of_typist(case, name) for name, case in TYPISTS.items()}
    (folder / "corpus").mkdir()
    for name, data in files.items():
        (folder / "corpus" / name).write_bytes(data)
    for found in FOUND:
        found.put(folder / "corpus" / found.name)
    (folder / "corpus/~last.yaml").write_text(
        f"{HEAD}  dense: {{inputs: nothing}}\n"
    )  # counts, and is read soon
    with zipfile.ZipFile(folder / "corpus.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)


def of_typist(case: Case, student: str) -> bytes:
    """Return the file as the student's own."""
    return case.data().replace(CODE.encode(), code_of(student).encode())


def tree(folder: Path) -> dict[str, object]:
    """Return everything below a folder but what `grade` may write, and where hostile files want to write."""
    ours = (folder / "exam/marks", folder / "exam/record")
    found = {
        name: (path.lstat().st_mode, path.lstat().st_size, path.lstat().st_mtime_ns)
        for where, folders, files in os.walk(folder)
        for name in (str(Path(where, each)) for each in folders + files)
        if (path := Path(name)) != folder / "exam" and not any(map(path.is_relative_to, ours))
    }
    return found | {"outside": sorted(Path("/tmp").glob("hostile*"))}


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Run, Run]:
    """Return a run on honest files alone, and one on everything."""
    alone, together = (tmp_path_factory.mktemp(name) for name in ("alone", "together"))
    for folder in (alone, together):
        generated(folder, [*HONEST, MALLORY, *TYPISTS])
        put_honest(folder)
    put_hostile(together)
    before = tree(together)
    both = graded(alone, "honest"), graded(together, "corpus", "corpus.zip", "honest")
    assert tree(together) == before
    return both


pytestmark = [pytest.mark.sweep, pytest.mark.xdist_group("hostile")]


def test_the_run_ends_soon_and_small_and_asks_for_a_human(runs: tuple[Run, Run]) -> None:
    alone, together = runs
    assert (alone.code, together.code) == (3, 3)
    assert "Traceback" not in together.said
    assert "fault of convexam" not in together.said
    assert together.seconds < MOST_SECONDS
    assert together.megabytes < MOST_MEGABYTES


def test_a_cluster_tells_the_same(runs: tuple[Run, Run], dask_cluster: DaskCluster, tmp_path: Path) -> None:
    generated(tmp_path, [*HONEST, MALLORY, *TYPISTS])
    put_honest(tmp_path)
    put_hostile(tmp_path)
    there = graded(tmp_path, "corpus", "corpus.zip", "honest", "--cluster", dask_cluster.address)
    here = runs[1]
    assert there.code == here.code
    assert marks_in(there) == marks_in(here)
    took_too_long = {row["file"] for run in (here, there) for row in run.rows("intake.csv") if crashed(row)}
    told_here, told_there = (
        [tuple(row.values()) for row in run.rows("intake.csv") if row["file"] not in took_too_long]
        for run in (here, there)
    )
    assert set(told_there) ^ set(told_here) == set()  # a failure shows these alone
    assert told_there == told_here


def crashed(row: Mapping[str, str]) -> bool:
    """Say whether a file took too long: one takes about as much computing as is allowed."""
    return row["outcome"] == "crashed" and row["notes"] == "out of time"


def marks_in(run: Run) -> Mapping[str, bytes]:
    """Return all that marking wrote but what tells of every file."""
    files = (run.exam / "marks").iterdir()
    return {file.name: file.read_bytes() for file in files if file.name not in ("intake.csv", "report.html")}


def test_honest_students_have_the_same_marks_byte_for_byte(runs: tuple[Run, Run]) -> None:
    alone, together = (run.of_honest() for run in runs)
    assert len(alone) == 3 * len(HONEST)
    assert together == alone


def test_everything_is_told_and_has_its_outcome(runs: tuple[Run, Run]) -> None:
    told: dict[str, set[str]] = {}
    for row in runs[1].rows("intake.csv"):
        file = re.sub(r" row \d+$", "", row["file"])
        name = file.removeprefix("corpus/").partition(": ")[0]
        told.setdefault(file if file.startswith("corpus.zip") else name, set()).add(row["outcome"])
    for case in CASES:
        crashed = {"crashed"} if case.is_long else set()
        assert told[case.file] <= {*case.outcomes} | crashed, case.name
        assert told[f"corpus.zip: {case.file}"], case.name
    for found in FOUND:
        assert told.get(found.shown or found.name, {None}) == {found.outcome}, found.name
    assert all(told[f"{student}.yaml"] == {"read"} for student in TYPISTS)


def test_a_program_that_calls_is_told_the_same(runs: tuple[Run, Run]) -> None:
    schema = json.loads(SCHEMA.read_text("utf-8"))
    for run in runs:
        assert run.document.isascii()
        assert run.document.isprintable()
        found = json.loads(run.document)
        jsonschema.validate(found, schema)
        rows = [(row["file"], row["outcome"], row["counts"] == "yes") for row in run.rows("intake.csv")]
        listed = [(each["file"], each["outcome"], each["counts"]) for each in found["arrived"]]
        assert [(file.lstrip("'"), *rest) for file, *rest in rows] == listed
        items = [item for record in found["records"] for item in record["items"]]
        typed = [
            field[name]
            for item in items
            for field in item["fields"]
            for name in field
            if name in ("raw", "read")
        ]
        assert max(len(each) for each in typed if isinstance(each, str)) <= 200


def test_no_hostile_text_gets_through(runs: tuple[Run, Run]) -> None:
    texts = {
        str(file): file.read_text("utf-8-sig")
        for file in (runs[1].exam / "marks").iterdir()
        if file.suffix in (".csv", ".html", ".yaml")  # JSON is for programs, and holds what was typed
    }
    steered = {name: STEERS.findall(text) for name, text in (texts | {"terminal": runs[1].said}).items()}
    assert {name: found[:3] for name, found in steered.items() if found} == {}
    assert {name for name, text in texts.items() if name.endswith(".html") and ACTS.search(text)} == set()
    cells = {
        cell
        for file in (runs[1].exam / "marks").glob("*.csv")
        for row in runs[1].rows(file.name)
        for cell in row.values()
    }
    assert {cell for cell in cells if FORMULA.match(cell)} == set()
