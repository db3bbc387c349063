"""JSON Schemas of bank, exam and curriculum files, so that editors complete and check them."""

from __future__ import annotations

from typing import Any

from . import registry
from .bank import BankFile
from .curriculum import Curriculum
from .exam_file import ExamFile
from .reading.schema import json_schema

NAMES = ("bank", "exam", "curriculum")


def file_schema(name: str) -> dict[str, Any]:
    """Return the schema of a bank, an exam or a curriculum file (draft 2020-12)."""
    if name == "bank":
        return _bank_schema()
    return json_schema(ExamFile if name == "exam" else Curriculum)


def _bank_schema() -> dict[str, Any]:
    """Add to each entry what its kind of question asks for."""
    schema = json_schema(BankFile)
    definitions = schema["$defs"]
    entry = definitions["Spec"]
    entry["properties"]["type"] = {"enum": list(registry.NAMES)}
    entry["oneOf"] = [{"required": ["params"]}, {"required": ["given"]}]
    entry["allOf"] = []
    for name in registry.NAMES:
        kind = registry.get(name)
        parts = {}
        for part, type_ in (("params", kind.params), ("given", kind.given)):
            of_kind = json_schema(type_)
            of_kind.pop("$schema")
            _take_in(definitions, of_kind.pop("$defs", {}))
            parts[part] = of_kind
        if kind.own is None:
            known = sorted(misconception.name for misconception in kind.misconceptions)
            parts["misconceptions"] = {"propertyNames": {"enum": known}}
        entry["allOf"].append(
            {"if": {"properties": {"type": {"const": name}}}, "then": {"properties": parts}}
        )
    return schema


def _take_in(definitions: dict[str, Any], more: dict[str, Any]) -> None:
    """Add the definitions of a kind; two that differ under one name would shadow each other."""
    for name, definition in more.items():
        if definitions.setdefault(name, definition) != definition:
            raise ValueError(f"two kinds define '{name}' differently; rename one of the records")
