"""JSON Schemas of our records, for editors and for readers: descriptions come from the docstrings."""

from __future__ import annotations

import inspect
import re
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

_BOUNDS = {"ge": "minimum", "gt": "exclusiveMinimum", "le": "maximum", "lt": "exclusiveMaximum"}
_SECTION = re.compile(r"^(\w+)\n-+\n", re.MULTILINE)


class SchemaGenerator(GenerateJsonSchema):
    """Pydantic's generator with the descriptions of numpydoc docstrings and without repeated titles."""

    def generate_inner(self, schema: Any) -> dict[str, Any]:
        """Name bounds as the standard does; pydantic does not where a validator is ours."""
        made = super().generate_inner(schema)
        return {_BOUNDS.get(key, key): value for key, value in made.items()}

    def dataclass_schema(self, schema: Any) -> dict[str, Any]:
        """Describe a record and its attributes as its docstring does."""
        made = super().dataclass_schema(schema)
        made.pop("description", None)
        summary, notes = _read_docstring(schema["cls"])
        for name, key in _keys(schema["schema"]).items():
            if name in notes:
                made["properties"][key]["description"] = notes[name]
        if summary:
            made["description"] = summary
        return made

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002
        """Leave titles out: they only repeat the key."""
        return False

    def encode_default(self, dft: Any) -> Any:
        """Write a default as a file would."""
        if isinstance(dft, tuple):
            return [self.encode_default(part) for part in dft]
        return TypeAdapter(type(dft)).dump_python(dft, mode="json", by_alias=True)


def _keys(schema: Any) -> dict[str, str]:
    """Return the key in files of every attribute."""
    while "fields" not in schema:  # a validator around the record
        schema = schema["schema"]
    return {field["name"]: field.get("validation_alias", field["name"]) for field in schema["fields"]}


def _read_docstring(cls: type) -> tuple[str, dict[str, str]]:
    """Return the first paragraph of a docstring, and what its section "Attributes" says of each."""
    doc = inspect.getdoc(cls) or ""
    if doc.startswith(f"{cls.__name__}("):  # made up by `dataclass`
        return "", {}
    parts = _SECTION.split(doc)  # text, heading, text, heading, text ...
    sections = dict(zip(parts[1::2], parts[2::2], strict=True))
    return _joined(parts[0].partition("\n\n")[0]), _entries(sections.get("Attributes", ""))


def _entries(section: str) -> dict[str, str]:
    notes: dict[str, str] = {}
    for entry in re.split(r"^(?=\S)", section, flags=re.MULTILINE):
        names, _, note = entry.partition("\n")
        notes |= dict.fromkeys(names.partition(":")[0].replace(" ", "").split(","), _joined(note))
    return notes


def _joined(text: str) -> str:
    return " ".join(text.split())
