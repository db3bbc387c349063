"""The report of a class: one web page for the instructor that needs nothing beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from markupsafe import Markup

from ...generator.papers import Student
from ...generator.render.environment import environment
from ...generator.render.stylesheet import report_css
from ..attempts import Standing
from ..intake.arrival import Arrival
from ..intake.handed_in import Outcome
from ..likeness.alike import Likeness
from ..marking.points import pass_share
from ..rules.diff import Moved
from ..rules.words import words_of
from ..statistics.attention import Concern
from ..statistics.fairness import EffortFit, Fair, Version, versions_compared
from ..statistics.findings import Finding
from ..statistics.numbers import FEW
from ..statistics.outcomes import Reached
from ..statistics.questions import QuestionStatistics
from ..statistics.reliability import Reliability
from ..statistics.sheet import Question, Record, sheet_of
from ..statistics.whole_class import ClassStatistics, statistics_of
from . import class_plots as plots
from . import class_words as words
from .class_data import Applied, ClassData
from .class_summary import facts, summary
from .likeness_csv import sentence, shown, whose
from .marks_csv import decimal

MOST_FINDINGS = 12
"""Misconceptions that are drawn; the others follow in a table."""

MOST_MOVED = 12

_USUAL = (Outcome.READ, Outcome.NOT_TYPED)


@dataclass(frozen=True)
class QuestionView:
    """A row of the table of questions."""

    name: str
    title: str
    had: int
    facility: str
    facility_bar: Markup
    discrimination: str
    discrimination_dot: Markup
    upper_lower: str
    full: str
    blank: str
    gaps: str
    waiting: str


@dataclass(frozen=True)
class FindingView:
    """What answers point at: how many, what they did, a bar, in which questions, what is right."""

    share: str
    did: str
    bar: Markup
    where: str
    right: str


@dataclass(frozen=True)
class EffortView:
    """Effort against what was earned of a question."""

    name: str
    sentence: str
    plot: Markup


@dataclass(frozen=True)
class VersionView:
    """A version: its letter, how many, the mean share, a drawing, the facility of each question."""

    name: str
    count: int
    share: str
    line: Markup
    facilities: tuple[str, ...]


@dataclass(frozen=True)
class WaitingView:
    """What waits of a question: how many answers in words, how many that could not be read, of whom."""

    item: str
    unmarked: int
    unreadable: int
    students: str


@dataclass(frozen=True)
class OddView:
    """Something odd at intake."""

    outcome: str
    source: str
    who: str
    notes: tuple[str, ...]
    to_do: str


@dataclass(frozen=True)
class LikenessView:
    """An answer that is like another's."""

    student: str
    other: str
    item: str
    sentence: str
    answer: str


@dataclass(frozen=True)
class RuleView:
    """A rule that holds, how many it moved up and down, and some of them."""

    number: int
    change: str
    reason: str
    up: int
    down: int
    moved: tuple[str, ...]
    more: int


def class_statistics(data: ClassData) -> ClassStatistics:
    """Return the statistics of a class."""
    grade = data.exam.marking.grade
    passing = pass_share(grade) if grade else None
    return statistics_of(sheet_of(data.records, data.papers), data.class_list.versions, passing)


def class_summary(data: ClassData, found: ClassStatistics) -> tuple[str, ...]:
    """Return the sentences on top of the report."""
    odd = sum(bool(each.to_do) for each in _odd(data))
    return summary(found, len(data.class_list.students), odd)


def class_report_html(data: ClassData, found: ClassStatistics) -> str:
    """Return the page. It is the same whatever the order of students and arrivals."""
    versions = found.versions if len(found.versions) > 1 else ()
    missing = _missing(data)
    return (
        environment()
        .get_template("report.html.j2")
        .render(
            exam=data.exam,
            summary=class_summary(data, found),
            totals=found.totals,
            histogram=plots.histogram(found.totals) if found.totals and found.totals.bins else Markup(),
            facts=tuple(facts(found.totals)) if found.totals else (),
            concerns=tuple(map(_concern, found.concerns)),
            questions=tuple(map(_question, sorted(found.questions, key=_hardest_first))),
            findings=tuple(map(_finding, _misconceptions(found))),
            most_findings=MOST_FINDINGS,
            others=tuple(_finding(each) for each in found.findings if not each.sentence),
            outcomes=tuple(_outcomes(found.outcomes, data)),
            whole=_effort(found.whole) if found.totals else None,
            efforts=tuple(_effort(fit) for fit in found.efforts if fit.correlation is not None),
            untold=tuple(_untold(found.efforts)),
            versions=tuple(_version(version, found) for version in versions),
            items=found.sheet.items,
            versions_sentence=words.versions_sentence(versions, versions_compared(versions))
            if versions
            else "",
            reliability=words.reliability_sentence(found.reliability),
            left_out=_left_out(found.reliability),
            heat_map=plots.heat_map(found.sheet) if found.totals and found.totals.count > 1 else Markup(),
            shades=(*plots.LEVELS, plots.WAITS, plots.BLANK),
            waiting=tuple(_waiting(data.records)),
            arrivals=len(data.arrivals),
            odd=tuple(_odd(data)),
            likenesses=tuple(_likenesses(data.likenesses)),
            files=tuple(data.files),
            rules=tuple(_rule(rule) for rule in sorted(data.rules, key=lambda rule: rule.ruling.number)),
            missing=missing,
            few=FEW,
            style=Markup(report_css()),  # noqa: S704 - files of ours
        )
    )


# -- marks and questions ------------------------------------------------------------------------


def _concern(concern: Concern) -> tuple[str, str, str, str]:
    question = concern.question.question
    return question.item, _title(question), words.headline(concern), words.advice(concern)


def _title(question: Question) -> str:
    return f"{question.title} ({question.entry})" if question.picked else question.title


def _hardest_first(question: QuestionStatistics) -> tuple[Fraction, int]:
    return (Fraction(2) if question.facility is None else question.facility), question.question.place


def _question(question: QuestionStatistics) -> QuestionView:
    facility, found = question.facility, question.discrimination
    unusual = facility is not None and not Fraction(1, 5) <= facility <= Fraction(19, 20)
    return QuestionView(
        name=question.question.item,
        title=_title(question.question),
        had=question.had,
        facility="" if facility is None else words.two_decimals(facility),
        facility_bar=Markup() if facility is None else plots.share_bar(facility, alert=unusual),
        discrimination="" if found is None else words.two_decimals(found),
        discrimination_dot=Markup() if found is None else plots.coefficient_dot(found),
        upper_lower="" if question.upper_lower is None else words.two_decimals(question.upper_lower),
        full=str(question.full),
        blank=str(question.omitted or ""),
        gaps=str(question.gaps or ""),
        waiting=str(question.waiting or ""),
    )


def _misconceptions(found: ClassStatistics) -> list[Finding]:
    return [each for each in found.findings if each.sentence]


def _finding(finding: Finding) -> FindingView:
    return FindingView(
        share=words.among(finding.shown),
        did=words.did(finding),
        bar=plots.share_bar(finding.shown.share, width=2 * plots.BAR),
        where=words.where(finding),
        right=words.what_is_right(finding),
    )


def _outcomes(found: Sequence[Reached], data: ClassData) -> Iterator[tuple[str, str, Markup, str, int]]:
    """Yield the outcomes that something is known of, the weakest first."""
    known = [(each.share, each) for each in found if each.share is not None]
    for share, each in sorted(known, key=lambda pair: (pair[0], pair[1].outcome)):
        yield (
            data.outcomes.get(each.outcome, each.outcome),
            words.percent(share),
            plots.share_bar(share, width=2 * plots.BAR),
            ", ".join(dict.fromkeys(question.item for question in each.questions)),
            each.students,
        )


def _left_out(reliability: Reliability) -> list[str]:
    """Return the items that alpha leaves out, where there is an alpha."""
    told = reliability.alpha is not None
    return list(dict.fromkeys(question.item for question in reliability.left_out)) if told else []


# -- fairness -----------------------------------------------------------------------------------


def _effort(fit: EffortFit) -> EffortView:
    name = fit.question.name if fit.question else "The whole paper"
    plot = plots.scatter(fit) if fit.correlation is not None else Markup()
    return EffortView(name, words.fairness_sentence(fit), plot)


def _untold(fits: Sequence[EffortFit]) -> Iterator[tuple[str, str]]:
    """Yield what is to be said of the questions that are not drawn, those of one verdict together."""
    for verdict in (Fair.SAME, Fair.FEW, Fair.NO_SIGN):
        alike = [fit for fit in fits if fit.correlation is None and fit.verdict is verdict and fit.question]
        if alike:
            names = dict.fromkeys(fit.question.item for fit in alike if fit.question)
            yield ", ".join(names), words.fairness_sentence(alike[0])


def _version(version: Version, found: ClassStatistics) -> VersionView:
    shares = (version.facilities.get(item) for item in found.sheet.items)
    return VersionView(
        name=version.name,
        count=version.count,
        share=words.percent(version.share),
        line=plots.version_line(version),
        facilities=tuple("" if share is None else words.two_decimals(share) for share in shares),
    )


# -- what people have to do ---------------------------------------------------------------------


def _waiting(records: Sequence[Record]) -> Iterator[WaitingView]:
    """Yield what waits by question, in the order of the papers."""
    found: dict[str, list[tuple[str, str]]] = {}
    for record in sorted(records, key=lambda record: str(record["student"])):
        for item in record["items"]:
            decided = item["override"] or not item.get("counts", True) or not record["waiting"]
            verdicts = [] if decided else [field["verdict"] for field in item["fields"]]
            found.setdefault(item["id"], []).extend(
                (verdict, record["student"]) for verdict in verdicts if verdict in ("UNMARKED", "UNREADABLE")
            )
    for item, waiting in found.items():
        if waiting:
            verdicts = [verdict for verdict, _ in waiting]
            unreadable = dict.fromkeys(student for verdict, student in waiting if verdict == "UNREADABLE")
            yield WaitingView(
                item, verdicts.count("UNMARKED"), verdicts.count("UNREADABLE"), ", ".join(unreadable)
            )


def _odd(data: ClassData) -> Iterator[OddView]:
    """Yield what is odd, that which needs somebody first."""
    order = list(Outcome)
    ordered = sorted(
        data.arrivals,
        key=lambda each: (each.outcome in _USUAL, order.index(each.outcome), each.source, each.sha256),
    )
    for arrival in ordered:
        notes = tuple(_notes(arrival, data.standings.get((arrival.source, arrival.sha256))))
        if arrival.outcome not in _USUAL or notes:
            yield OddView(
                outcome=str(arrival.outcome),
                source=arrival.source,
                who=_who(arrival),
                notes=notes,
                to_do=words.TO_DO.get(arrival.outcome, ""),
            )


def _notes(arrival: Arrival, standing: Standing | None) -> Iterator[str]:
    if standing not in (None, Standing.COUNTS):
        yield f"does not count: {standing}"
    if arrival.sender and arrival.sender.late:
        yield "late"
    yield from arrival.notes


def _who(arrival: Arrival) -> str:
    """Name the student; where nobody knows who it is, the sender as the system does."""
    if arrival.student or arrival.sender is None:
        return arrival.student
    sender = arrival.sender
    return f"{sender.name} ({sender.id})" if sender.name else sender.id


def _likenesses(found: Sequence[Likeness]) -> Iterator[LikenessView]:
    for likeness in found:
        for alike in likeness.questions:
            yield LikenessView(
                student=likeness.student,
                other=whose(likeness),
                item=alike.place.item,
                sentence=sentence(likeness, alike),
                answer=shown(alike.answer, alike.equal),
            )


def _rule(rule: Applied) -> RuleView:
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


def _missing(data: ClassData) -> list[Student]:
    """Return those who have a paper and did not hand in."""
    handed_in = {record["student"] for record in data.records}
    return sorted(
        (student for student in data.class_list.students if student.id not in handed_in),
        key=lambda student: student.id,
    )
