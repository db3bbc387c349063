"""The report of a class: one web page for the instructor that needs nothing beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from markupsafe import Markup

from ...generator.frozen import frozen
from ...generator.render.environment import environment
from ...generator.render.stylesheet import report_css
from ..marking.points import pass_share
from ..statistics.attention import EASY, HARD, Concern
from ..statistics.fairness import EffortFit, Fair, Version, versions_compared
from ..statistics.findings import Finding
from ..statistics.numbers import FEW
from ..statistics.outcomes import Reached
from ..statistics.questions import QuestionStatistics
from ..statistics.reliability import Reliability
from ..statistics.sheet import Question, sheet_of
from ..statistics.whole_class import ClassStatistics, statistics_of
from . import class_plots as plots
from . import class_tasks as tasks
from . import class_words as words
from .class_data import ClassData
from .class_summary import facts, summary

MOST_FINDINGS = 12
"""Misconceptions that are drawn; the others follow in a table."""


@frozen
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


@frozen
class FindingView:
    """What answers point at: how many, what they did, a bar, in which questions, what is right."""

    share: str
    did: str
    bar: Markup
    where: str
    right: str


@frozen
class EffortView:
    """Effort against what was earned of a question."""

    name: str
    sentence: str
    plot: Markup


@frozen
class VersionView:
    """A version: its letter, how many, the mean share, a drawing, the facility of each question."""

    name: str
    count: int
    share: str
    line: Markup
    facilities: tuple[str, ...]


def class_statistics(data: ClassData) -> ClassStatistics:
    """Return the statistics of a class."""
    grade = data.exam.marking.grade
    passing = pass_share(grade) if grade else None
    return statistics_of(sheet_of(data.records, data.papers), data.class_list.versions, passing)


def class_summary(data: ClassData, found: ClassStatistics) -> tuple[str, ...]:
    """Return the sentences on top of the report."""
    odd = sum(bool(each.to_do) for each in tasks.odd_of(data))
    listed = {student.id for student in data.class_list.students}
    everybody = listed | {row.student for row in found.sheet.rows}
    return summary(found, len(everybody) if listed else 0, odd)


def class_report_html(data: ClassData, found: ClassStatistics) -> str:
    """Return the page. It is the same whatever the order of students and arrivals."""
    versions = found.versions if len(found.versions) > 1 else ()
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
            waiting=tuple(tasks.waiting_of(data.records)),
            intake=tasks.intake_of(data.arrivals) if data.arrivals else "",
            odd=tuple(tasks.odd_of(data)),
            likenesses=tuple(tasks.likenesses_of(data.likenesses)),
            files=tuple(data.files),
            rules=tuple(
                tasks.rule_of(rule) for rule in sorted(data.rules, key=lambda rule: rule.ruling.number)
            ),
            missing=tasks.missing_of(data, {row.student for row in found.sheet.rows}),
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
    unusual = facility is not None and question.marked >= FEW and not HARD <= facility <= EASY
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
