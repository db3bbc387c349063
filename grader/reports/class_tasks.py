"""What the report of a class asks people to do, or to judge: what waits, what is odd, what is alike."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Sequence

from ...generator.frozen import frozen
from ...generator.papers import Student
from ..attempts import Standing
from ..intake.arrival import Arrival
from ..intake.directory import Directory
from ..intake.handed_in import Outcome
from ..intake.repeats import repeated
from ..likeness.alike import Likeness
from ..rules.diff import Moved
from ..rules.words import words_of
from ..statistics.sheet import Record
from .class_data import Applied, ClassData
from .class_words import TO_DO, counted
from .likeness_csv import sentence, shown, whose
from .marks_csv import decimal

MOST_MOVED = 12

_USUAL = (Outcome.READ, Outcome.NOT_TYPED)


@frozen
class WaitingView:
    """What waits of a question: how many answers in words, how many that could not be read, of whom."""

    item: str
    unmarked: int
    unreadable: int
    students: str


@frozen
class OddView:
    """Something odd at intake."""

    outcome: str
    source: str
    who: str
    notes: tuple[str, ...]
    to_do: str


@frozen
class LikenessView:
    """An answer that is like another's."""

    student: str
    other: str
    item: str
    sentence: str
    answer: str


@frozen
class RuleView:
    """A rule that holds, how many it moved up and down, and some of them."""

    number: int
    change: str
    reason: str
    up: int
    down: int
    moved: tuple[str, ...]
    more: int


def waiting_of(records: Sequence[Record]) -> Iterator[WaitingView]:
    """Yield what waits by question, in the order of the papers."""
    first: dict[str, tuple[str, int]] = {}  # the first student who has an item, and where
    counts: Counter[tuple[str, str]] = Counter()
    unreadable: dict[str, set[str]] = defaultdict(set)
    for record in records:
        student = record["student"]
        for place, item in enumerate(record["items"]):
            name = item["id"]
            first[name] = min(first.get(name, (student, place)), (student, place))
            if item["override"] or not item.get("counts", True) or not record["waiting"]:
                continue
            verdicts = [field["verdict"] for field in item["fields"]]
            counts.update((name, verdict) for verdict in verdicts)
            if "UNREADABLE" in verdicts:
                unreadable[name].add(student)
    for name in sorted(first, key=first.__getitem__):
        in_words, lost = counts[name, "UNMARKED"], counts[name, "UNREADABLE"]
        if in_words or lost:
            yield WaitingView(name, in_words, lost, ", ".join(sorted(unreadable[name])))


def odd_of(data: ClassData) -> Iterator[OddView]:
    """Yield what is odd, that which needs somebody first; what was handed in before is no news."""
    order = list(Outcome)
    again = repeated(data.arrivals)
    ordered = sorted(
        data.arrivals,
        key=lambda each: (each.outcome in _USUAL, order.index(each.outcome), each.source, each.sha256),
    )
    for arrival in ordered:
        if (arrival.source, arrival.sha256) in again:
            continue
        notes = tuple(_notes(arrival, data.standings.get((arrival.source, arrival.sha256))))
        if arrival.outcome not in _USUAL or notes:
            yield OddView(
                outcome=str(arrival.outcome),
                source=arrival.source,
                who=_who(arrival, data.directory),
                notes=notes,
                to_do=TO_DO.get(arrival.outcome, ""),
            )


def _notes(arrival: Arrival, standing: Standing | None) -> Iterator[str]:
    if standing not in (None, Standing.COUNTS):
        yield f"does not count: {standing}"
    if arrival.sender and arrival.sender.late:
        yield "late"
    yield from arrival.notes


def _who(arrival: Arrival, directory: Directory) -> str:
    """Name the student, and who sent it where that is to be asked about."""
    sender, known = arrival.sender, directory.class_list.student(arrival.student)
    if sender is None or arrival.outcome in _USUAL:
        return arrival.student
    known = known or directory.student_of(sender)
    named = [known.id, known.name] if known else [arrival.student, sender.name]
    return ", ".join(filter(None, [*named, sender.id]))


def intake_of(arrivals: Sequence[Arrival]) -> str:
    """Say how much arrived, and what became of it."""
    again = repeated(arrivals)
    counts = Counter(each.outcome for each in arrivals if (each.source, each.sha256) not in again)
    parts = [f"{counts[outcome]} {outcome}" for outcome in Outcome if counts[outcome]]
    parts += [f"{len(again)} the same as another, which counts once"] if again else []
    return f"{counted(len(arrivals), 'file or row', 'files and rows')}: {', '.join(parts)}."


def likenesses_of(found: Sequence[Likeness]) -> Iterator[LikenessView]:
    """Yield every answer that is like another's."""
    for likeness in found:
        for alike in likeness.questions:
            yield LikenessView(
                student=likeness.student,
                other=whose(likeness),
                item=alike.place.item,
                sentence=sentence(likeness, alike),
                answer=shown(alike.answer, alike.equal),
            )


def rule_of(rule: Applied) -> RuleView:
    """Show a rule; those whom it cost most, or gave least, come first."""
    moved = sorted(
        rule.moved, key=lambda each: (each.total.after.share - each.total.before.share, each.student)
    )
    return RuleView(
        number=rule.ruling.number,
        change=words_of(rule.ruling.rule),
        reason=rule.ruling.reason,
        up=sum(each.total.up for each in moved),
        down=sum(each.total.down for each in moved),
        moved=tuple(map(_moved, moved[:MOST_MOVED])),
        more=max(0, len(moved) - MOST_MOVED),
    )


def _moved(moved: Moved) -> str:
    before, after = moved.total.before, moved.total.after
    of = "" if before.of == after.of else f" of {decimal(before.of)}"
    now_of = f" of {decimal(after.of)}" if of else ""
    return f"{moved.student}: {decimal(before.points)}{of} → {decimal(after.points)}{now_of}"


def missing_of(data: ClassData, marked: Container[str]) -> list[tuple[Student, bool]]:
    """Return those who have a paper and of whom there is nothing to mark; say whether they sent anything."""
    sent = {data.directory.student_of(each.sender) for each in data.arrivals if each.sender}
    return sorted(
        ((student, student in sent) for student in data.class_list.students if student.id not in marked),
        key=lambda each: each[0].id,
    )
