"""Every hostile file by itself: what becomes of it, and that nothing is earned by it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from convexam.cli.class_lists import class_list_in
from convexam.cli.crews import Staff
from convexam.cli.exam_records import exam_record
from convexam.cli.marks import workers_at
from convexam.generator.workers.crew import Crew
from convexam.generator.workers.pool import WorkerDied
from convexam.grader import desk
from convexam.grader.intake.class_csv import is_class_csv
from convexam.grader.intake.directory import Directory
from convexam.grader.intake.documents import handed_in, read_document
from convexam.grader.intake.handed_in import Document, Outcome
from convexam.grader.tasks import Handed, ToRead

from . import csv_files, json_files, pdf_files, typed_answers, yaml_files, zip_files
from .cases import READ, Case
from .places import FOUND

CASES = [
    *yaml_files.CASES,
    *json_files.CASES,
    *csv_files.CASES,
    *typed_answers.CASES,
    *zip_files.CASES,
    *pdf_files.CASES,
]
WORTHLESS = {"UNREADABLE", "UNMARKED", "WRONG", "BLANK"}


def read(document: Document, crew: Crew) -> Iterator[Handed]:
    """Read a document as `grade` does."""
    data, document = read_document(document)
    task = ToRead(document.source, data, document.sender)
    if document.outcome is not READ:
        yield Handed(task.arrival(document.outcome, document.problem))
        return
    try:
        rows = crew.submit(desk.rows, task).result() if is_class_csv(data, task.source) else [task]
        if isinstance(rows, Handed):
            yield rows
            return
        for row in rows:
            yield crew.submit(desk.read, row).result()
    except WorkerDied as error:
        yield Handed(task.arrival(Outcome.CRASHED, error.reason))


def faults(case: Case, handed: Sequence[Handed]) -> Iterator[str]:
    """Say what is not as it should be."""
    outcomes = {each.arrival.outcome for each in handed}
    if case.is_long and outcomes == {Outcome.CRASHED}:
        return  # on a slow machine
    if not outcomes or not outcomes <= {*case.outcomes}:
        yield f"{outcomes}"
    notes = [note for each in handed for note in each.arrival.notes]
    if case.says and not any(case.says in note for note in notes):
        yield f"{notes[:3]}"
    if any(len(note) > 400 for note in notes):
        yield "a long note"
    for each in handed:
        yield from filter(None, [each.fault])
        if each.entry:
            yield from _earned(case, each.entry.record)


def _earned(case: Case, record: str) -> Iterator[str]:
    result = json.loads(record)
    verdicts = {
        f"{item['id']}/{field['name']}": field["verdict"]
        for item in result["items"]
        for field in item["fields"]
    }
    if result["points"] != "0" or not set(verdicts.values()) <= WORTHLESS:
        yield f"earns {result['points']}"
    for field, verdict in case.verdicts.items():
        if verdicts[field] != verdict:
            yield f"{field} is {verdicts[field]}"


def outcomes_of(cases: Sequence[Case], exam: Path, folder: Path) -> dict[str, list[Handed]]:
    """Put files in a folder and read them all: what became of each."""
    for case in cases:
        (folder / case.file).write_bytes(case.data())
    found: dict[str, list[Handed]] = {case.file: [] for case in cases}
    directory = Directory(class_list_in(exam, exam_record(exam)))
    with workers_at(exam, Staff(1), directory) as crew:
        for document in handed_in([str(folder)]).documents:
            file = Path(document.source.partition(": ")[0]).name
            found[file].extend(read(document, crew))
    return found


@pytest.mark.parametrize(
    "cases",
    [
        pytest.param([case for case in CASES if not case.is_long], id="short"),
        pytest.param([case for case in CASES if case.is_long], id="long", marks=pytest.mark.sweep),
    ],
)
def test_every_file_has_its_outcome_and_earns_nothing(
    cases: Sequence[Case], drawn: Path, tmp_path: Path
) -> None:
    found = outcomes_of(cases, drawn, tmp_path)
    told = {case.name: list(faults(case, found[case.file])) for case in cases}
    assert {name: listed for name, listed in told.items() if listed} == {}


def test_what_lies_in_a_folder_is_told_and_not_followed(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    for found in FOUND:
        found.put(folder / found.name)
    expected = {found.shown or found.name: found.outcome for found in FOUND if found.outcome}
    documents = [read_document(each)[1] for each in handed_in([str(folder)]).documents]
    assert {each.source.removeprefix(f"{folder}/"): each.outcome for each in documents} == expected


def test_there_are_more_than_a_hundred_and_each_has_its_own_name() -> None:
    assert len(CASES) + len(FOUND) > 150
    assert len({case.file for case in CASES}) == len(CASES)
