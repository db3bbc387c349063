"""All statistics of a class in one value."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from ...generator.frozen import frozen
from .attention import Concern, concerns
from .fairness import EffortFit, Version, effort_fits, versions_of, whole_paper
from .findings import Finding, findings_of
from .outcomes import Reached, outcomes_of
from .questions import QuestionStatistics, question_statistics
from .reliability import Reliability, reliability_of
from .sheet import Sheet
from .totals import Totals, totals_of


@frozen
class ClassStatistics:
    """What the marks of a class say; the parts explain themselves."""

    sheet: Sheet
    totals: Totals | None
    questions: tuple[QuestionStatistics, ...]
    reliability: Reliability
    efforts: tuple[EffortFit, ...]
    whole: EffortFit
    versions: tuple[Version, ...]
    outcomes: tuple[Reached, ...]
    findings: tuple[Finding, ...]
    concerns: tuple[Concern, ...]


def statistics_of(
    sheet: Sheet, dealt: Mapping[str, str], pass_share: Fraction | None = None
) -> ClassStatistics:
    """Return the statistics of a class.

    Parameters
    ----------
    sheet
        What every question earned.
    dealt
        The version of each student, where papers were dealt in versions.
    pass_share
        The share of full marks that passes, where the exam says so.
    """
    questions, findings = question_statistics(sheet), findings_of(sheet)
    return ClassStatistics(
        sheet=sheet,
        totals=totals_of(sheet.rows, pass_share),
        questions=questions,
        reliability=reliability_of(sheet),
        efforts=effort_fits(sheet),
        whole=whole_paper(sheet),
        versions=versions_of(sheet, dealt),
        outcomes=outcomes_of(sheet),
        findings=findings,
        concerns=concerns(questions, findings),
    )
