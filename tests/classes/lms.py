"""What learning management systems hand out: archives of files, and lists of people; always the same bytes."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from .pupils import Pupil

Members = Iterable[tuple[str, bytes]]
"""The name of each member of an archive, and its bytes."""

_LONG_AGO = (2026, 11, 21, 9, 30, 0)
_WORKSHEET = (
    *("Identifier", "Full name", "Email address", "Status", "Grade", "Maximum grade", "Grade can be changed"),
    *("Last modified (submission)", "Last modified (grade)", "Feedback comments"),
)
_NOT_IN_NAMES = re.compile(r'[\0/\\:*?"<>|]')


def archive(members: Members) -> bytes:
    """Write an archive."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as target:
        for name, content in members:
            info = zipfile.ZipInfo(name, _LONG_AGO)
            info.external_attr = 0o100644 << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, content)
    return data.getvalue()


def unpacked(members: Members, folder: Path) -> Path:
    """Write the members as files."""
    for name, data in members:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return folder


# -- Moodle ---------------------------------------------------------------------------------------


def moodle(pupils: Iterable[Pupil], *, flat: bool = False) -> Iterator[tuple[str, bytes]]:
    """Yield the members of "Download all submissions", in folders or not."""
    for pupil in pupils:
        who = f"{pupil.student.name.replace('_', ' ')}_{pupil.number}_assignsubmission_file"
        for upload in pupil.uploads:
            yield f"{who}{'_' if flat else '/'}{upload.name}", upload.data


def worksheet(pupils: Iterable[Pupil]) -> bytes:
    """Write the offline grading worksheet; some addresses stand in it in capitals, as some people type them."""
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(_WORKSHEET)
    for place, pupil in enumerate(pupils):
        email = pupil.student.email.upper() if place % 7 == 0 else pupil.student.email
        status = "Submitted for grading - " if pupil.uploads else "No submission - "
        who = (f"Participant {pupil.number}", pupil.student.name, email, status)
        writer.writerow((*who, "", "100.00", "Yes", "Saturday, 21 November 2026, 9:30 AM", "-", ""))
    return table.getvalue().encode("utf-8-sig")


# -- Canvas ---------------------------------------------------------------------------------------


def canvas(pupils: Iterable[Pupil]) -> Iterator[tuple[str, bytes]]:
    """Yield the members of "Download submissions"; the ids of a user's attachments grow."""
    for pupil in pupils:
        *first, last = pupil.student.name.split()
        sortable = re.sub(r"\W", "", "".join([last, *first])).lower()
        for attachment, upload in enumerate(pupil.uploads, 100 * int(pupil.number)):
            late = "_LATE" * pupil.late
            name = _NOT_IN_NAMES.sub("_", upload.name)
            yield f"{sortable}{late}_{pupil.number}_{attachment}_{name}", upload.data


# -- Gradescope and Brightspace -------------------------------------------------------------------


def gradescope(pupils: Iterable[Pupil]) -> Iterator[tuple[str, bytes]]:
    """Yield the members of "Export submissions", with the list that says who handed in each."""
    lines = []
    for submission, pupil in enumerate(pupils, 300_001):
        lines += [
            f"submission_{submission}:",
            "  :submitters:",
            f"  - :name: {pupil.student.name}",
            f"    :sid: {pupil.student.id}",
            f"    :email: {pupil.student.email}",
        ]
        for upload in pupil.uploads:
            yield f"assignment_77_export/submission_{submission}/{upload.name}", upload.data
    yield "assignment_77_export/submission_metadata.yml", ("---\n" + "\n".join(lines) + "\n").encode()


def brightspace(pupils: Iterable[Pupil], folder: int = 5501) -> Iterator[tuple[str, bytes]]:
    """Yield the members of a download of a submission folder."""
    for pupil in pupils:
        who = f"{pupil.number}-{folder} - {pupil.student.name} - Nov 21, 2026 930 AM"
        for upload in pupil.uploads:
            yield f"{who}/{upload.name}", upload.data
    yield "index.html", b"<!DOCTYPE html><title>Submissions</title>"
