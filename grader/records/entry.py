"""What is kept of a submission: plain values, which go from process to process."""

from __future__ import annotations

from dataclasses import dataclass

from ...generator.frozen import frozen


@frozen
class Basis:
    """On what submissions are marked: the digest of the exam, and that of the rules that hold."""

    exam_sha256: str
    rules: str = ""


@dataclass(frozen=True, slots=True)
class Submitted:
    """A submission as it is kept: the key of its row."""

    sha256: str
    student: str
    paper: str


@frozen
class Entry:
    """A submission with the result that the machine gave it.

    Attributes
    ----------
    submitted
        Which it is.
    source, data
        Where it came from, and its bytes.
    basis, paper_sha256, convexam
        Against what it was marked, and by which release.
    record
        The student's JSON record.
    """

    submitted: Submitted
    source: str
    data: bytes
    basis: Basis
    paper_sha256: str
    convexam: str
    record: str
