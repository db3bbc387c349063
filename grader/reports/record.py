"""One JSON record per student: every mark with what was read, what was right and why."""

from __future__ import annotations

from typing import Any

from ...generator.language import ENGLISH
from ...generator.model import Exact, Field, Value
from ...generator.papers import Paper, Problem
from ...generator.reading.schema import canonical_json
from ...generator.render.plain import said_plainly
from ...generator.rules import written
from ...generator.values import encode
from ..marking.settle import answered, field_points, whole_text
from ..model import Finding, ItemResult, Mark, Remark, Result

FORMAT = "convexam-mark/1"


def record_bytes(result: Result, paper: Paper, *, exam: str, exam_sha256: str, version: str) -> bytes:
    """Return the record of one student's marks as canonical JSON."""
    return canonical_json(
        {
            "format": FORMAT,
            "exam": exam,
            "exam_sha256": exam_sha256,
            "student": result.student,
            "paper": result.paper,
            "submission_sha256": result.submission_sha256,
            "convexam": version,
            "points": str(result.points),
            "of": str(result.of),
            "waiting": result.waiting,
            "grade": None if result.grade is None else str(result.grade),
            "passed": result.passed,
            "problems": list(map(str, result.problems)),
            "items": [
                _item(item, problem, result)
                for item, problem in zip(result.items, paper.problems, strict=True)
            ],
        }
    )


def is_decided(item: dict[str, Any]) -> bool:
    """Say whether a person or a rule has set the points of a question of a record: then nothing waits."""
    return item["override"] is not None or not item.get("counts", True)


def _item(item: ItemResult, problem: Problem, result: Result) -> dict[str, Any]:
    fields = problem.fields
    data: dict[str, Any] = {
        "id": item.item,
        "points": str(item.points),
        "of": str(item.of),
        "override": item.override or None,
        "finding": _finding(item.explanation.finding),
        "fields": [
            _mark(mark, field) | _looked_at(mark, field, item, problem, result)
            for mark, field in zip(item.marks, fields, strict=True)
        ],
    }
    if item.remarks:
        data["rules"] = list(map(_remark, item.remarks))
        data["counts"] = item.counts
        data["drawn"] = {field.name: key_data(field, problem.key[field.name][0]) for field in fields}
    return data


def _remark(remark: Remark) -> dict[str, Any]:
    return {
        "number": remark.number,
        "reason": remark.reason,
        "sentence": said_plainly(remark.sentence, ENGLISH),
        "holds": remark.holds,
    }


def _looked_at(
    mark: Mark, field: Field, item: ItemResult, problem: Problem, result: Result
) -> dict[str, Any]:
    """Tell of an answer that a person marks, or has marked, what was handed in and which answer it is."""
    if not mark.verdict.waits and mark.against != "human":
        return {}
    raw = item.answers.get(field.name)
    data = {
        "raw": whole_text(raw),
        "answer_sha256": answered(result, problem, field, raw).sha256,
        "of": str(field_points(problem, field)),
    }
    return data | {"remark": mark.remark} if mark.against == "human" else data


def _finding(finding: Finding | None) -> dict[str, Any] | None:
    if finding is None:
        return None
    return {
        "names": list(finding.names),
        "fields": list(finding.fields),
        "sentences": [said_plainly(sentence, ENGLISH) for sentence in finding.sentences],
        "evidence": said_plainly(finding.evidence, ENGLISH),
    }


def _mark(mark: Mark, field: Field) -> dict[str, Any]:
    data: dict[str, Any] = {
        "name": mark.field,
        "verdict": str(mark.verdict),
        "credit": str(mark.credit),
        "against": mark.against,
        "read": None if mark.read is None else encode(field, mark.read),
        "key": key_data(field, mark.key),
    }
    if mark.cells:
        data["cells"] = [[str(verdict) for verdict in row] for row in mark.cells]
    if mark.reason:
        data["reason"] = str(mark.reason)
    if mark.uncarried:
        data["uncarried"] = str(mark.uncarried)
    return data


def key_data(field: Field, key: Value) -> Any:
    """Return what is right as plain data, rounded as the paper asks for it."""
    return encode(field, key) if field.rule == Exact() else written(field.rule, key)
