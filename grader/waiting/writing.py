"""The file of answers that wait: written so that a person marks question by question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import groupby

from .entries import Asked, Entry
from .texts import one_line, scalar

FORMAT = "convexam-waiting/1"

_INSTRUCTIONS = """\
# Answers that wait for you.
# 1. Type your points after "points:", from 0 to the number after "of:"; 1.5, 1,5, 1/2 and 50% are read. A
#    remark for the student may stand after "remark:". Whatever you leave empty goes on waiting.
# 2. Save the file and call "grade" with the folder of the exam. Your marks are kept, whatever comes later.
# 3. What you have marked then stands under "marked:". Change it there, or empty its points: it waits again.
"""


def waiting_file(exam: str, entries: Sequence[Entry]) -> bytes:
    """Return the file."""
    return ("\n".join(_lines(exam, entries)) + "\n").encode()


def _lines(exam: str, entries: Sequence[Entry]) -> Iterator[str]:
    yield _INSTRUCTIONS
    yield f"format: {FORMAT}"
    yield f"exam: {one_line(exam)}"
    for name, waits in (("waiting", True), ("marked", False)):
        yield ""
        yield f"{name}:"
        chosen = [entry for entry in entries if entry.waits is waits]
        for _, group in groupby(chosen, lambda entry: (entry.answered.item, entry.answered.field)):
            yield from _question(list(group))


def _question(entries: Sequence[Entry]) -> Iterator[str]:
    """Write the answers to one question; what all of them share is said once."""
    first = entries[0]
    shared = first.asked if all(entry.asked == first.asked for entry in entries) else None
    yield ""
    yield f"- question: {one_line(first.answered.item)}"
    yield f"  field: {one_line(first.answered.field)}"
    yield f"  title: {one_line(first.asked.title)}"
    yield f"  asked: {one_line(first.asked.label)}"
    if shared is not None:
        yield from _key(shared, "  ")
    yield "  answers:"
    for number, entry in enumerate(entries):
        yield from [""] * bool(number)
        yield from _entry(entry, shown=shared is None)


def _key(asked: Asked, indent: str) -> Iterator[str]:
    yield f"{indent}key: {scalar(asked.key, indent + '  ')}"
    if asked.needs:
        yield f"{indent}needs: {scalar(asked.needs, indent + '  ')}"


def _entry(entry: Entry, *, shown: bool) -> Iterator[str]:
    answered, judgement = entry.answered, entry.judgement
    yield f"  - student: {one_line(answered.student)}"
    yield f"    paper: {answered.paper}"
    if shown:
        yield from _key(entry.asked, "    ")
    yield f"    answer: {scalar(entry.answer, '      ')}"
    if entry.why:
        yield f"    why: {scalar(entry.why, '      ')}"
    if entry.source:
        yield f"    file: {scalar(entry.source, '      ')}"
    if entry.waits and entry.so_far:
        yield f"    so_far: {points_text(entry.so_far)}"
    yield f"    of: {points_text(entry.asked.of)}"
    yield f"    points: {'' if judgement.points is None else points_text(judgement.points)}".rstrip()
    yield f"    remark: {scalar(judgement.remark, '      ') if judgement.remark else ''}".rstrip()
    yield f"    id: {answered.id}"


def points_text(points: Fraction) -> str:
    """Write points exactly, as decimals where these end soon: ``3``, ``1.5``, ``4/3``."""
    hundredths = points * 100
    if hundredths.denominator != 1:
        return str(points)
    whole, rest = divmod(int(hundredths), 100)
    return f"{whole}.{rest:02}".rstrip("0") if rest else str(whole)
