"""A class that hands in by several platforms at once, with trouble among it."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Mapping
from pathlib import Path

from .conftest import Run, filled_in, the_paper

ROSTER = """\
student,name,email,canvas
s1,Ada Lovelace,ada@example.org,
s2,Bob Ng,bob@example.org,4712
s3,Cleo,cleo@example.org,4713
"""
WORKSHEET = """\
ID,Vollständiger Name,E-Mail-Adresse
Teilnehmer/in 12,Ada Lovelace,ada@example.org
Teilnehmer/in 13,Bob Ng,bob@example.org
Teilnehmer/in 14,Nobody,nobody@example.org
"""


def packed(file: Path, members: Mapping[str, str]) -> Path:
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return file


def test_archives_of_platforms_are_marked_as_they_come(run: Run, tmp_path: Path) -> None:
    roster, exam = tmp_path / "roster.csv", tmp_path / "exam"
    roster.write_text(ROSTER)
    made = run("generate", "--seed", 1, "--students", roster, "--out", exam, "--format", "yaml")
    assert made.code == 0
    of = {student: filled_in(the_paper(exam, student)) for student in ("s1", "s2", "s3")}
    moodle = packed(
        tmp_path / "moodle.zip",
        {
            "Ada Lovelace_12_assignsubmission_file/answers.json.txt": of["s1"],
            "Bob Ng_13_assignsubmission_file/answers": of["s3"],
            "Cleo_15_assignsubmission_file/../../climbs.yaml": of["s3"],
        },
    )
    canvas = packed(
        tmp_path / "canvas.zip", {"ngbob_LATE_4712_901_a.yaml": of["s2"], "cleo_4713_902_a.txt": ""}
    )
    (tmp_path / "grades.csv").write_text(WORKSHEET, "utf-8")
    outcome = run("grade", exam, "--workers", 1, tmp_path / "grades.csv", canvas, moodle)
    assert outcome.code == 3
    assert "grades.csv: who is who in Moodle; 2 of 3 are in the class" in outcome.out
    with (exam / "marks/intake.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = {row["file"].rpartition(": ")[2].partition("_")[0]: row for row in csv.DictReader(stream)}
    assert {name: (row["student"], row["outcome"], row["late"]) for name, row in rows.items()} == {
        "Ada Lovelace": ("s1", "read", ""),
        "Bob Ng": ("", "another's paper", ""),
        "Cleo": ("", "refused", ""),
        "ngbob": ("s2", "read", "late"),
        "cleo": ("", "empty", ""),
    }
    assert "moodle 13 ('Bob Ng') is s2" in rows["Bob Ng"]["notes"]
    alone = tmp_path / "answers.yaml"
    alone.write_text(of["s3"])
    assert run("grade", exam, "--workers", 1, alone).code == 0
    assert (exam / "marks/s3.json").exists()
    assert not list(tmp_path.rglob("climbs.yaml"))
