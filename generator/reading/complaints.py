"""What pydantic found, said in our words: where it stands, what was expected, what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError

from ..errors import Fault
from .scalars import found
from .tree import Path, Tree, at_path, quoted

TAG = "|"  # begins the names that unions give their branches; see `schema.branch`
NO_BRANCH = "no_branch"  # the error of a union none of whose branches was meant
UNKNOWN_KEY = ("unexpected_keyword_argument", "extra_forbidden")

_MAPPING = "expected a mapping ('key: value' lines), found {found}"
_LIST = "expected a list, found {found}"
_TEXT = "expected text, found {found}"
_WHOLE = "expected a whole number, found {found}"
_FLAG = "expected true or false, found {found}"
_SENTENCES = {
    "dataclass_type": _MAPPING,
    "dict_type": _MAPPING,
    "mapping_type": _MAPPING,
    "list_type": _LIST,
    "tuple_type": _LIST,
    "string_type": _TEXT,
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_from_float": _WHOLE,
    "bool_type": _FLAG,
    "bool_parsing": _FLAG,
    "none_required": "expected nothing here, found {found}",
    "greater_than": "expected more than {gt}, found {found}",
    "greater_than_equal": "expected at least {ge}, found {found}",
    "less_than": "expected less than {lt}, found {found}",
    "less_than_equal": "expected at most {le}, found {found}",
    "multiple_of": "expected a multiple of {multiple_of}, found {found}",
    "too_short": "too few: {actual_length} given, at least {min_length} needed",
    "too_long": "too many: {actual_length} given, at most {max_length} allowed",
    "string_too_short": "expected at least {min_length} characters, found {found}",
    "string_too_long": "expected at most {max_length} characters, found {found}",
    "string_pattern_mismatch": "expected a text of the form {pattern}, found {found}",
}
_ELSE = "{found} does not fit here; see the manual for what may stand here"


def nearest(word: str, options: Iterable[str]) -> str | None:
    """Return the option that a mistyped word most likely means, if any comes close."""
    return next(iter(get_close_matches(word, sorted(options), n=1)), None)


def faults(error: ValidationError, tree: Tree, at: Path, schema: Callable[[], Any]) -> Iterator[Fault]:
    """Turn what pydantic found in the subtree `at` into faults; `schema` gives the subtree's JSON Schema."""
    data = tree.at(at)
    details = error.errors(include_url=False)
    for detail in details:
        if not _counts_valid_values_only(detail, details):
            path = (*at, *_path(data, detail["loc"]))
            place = tree.place_of_key(path) if detail["type"] in UNKNOWN_KEY else tree.place(path)
            yield Fault(place, at_path(path), _sentence(detail, schema))


def _counts_valid_values_only(detail: Any, details: Iterable[Any]) -> bool:
    """Say whether pydantic calls a list too short because of faulty values, which it does not count."""
    start = detail["loc"]
    return detail["type"] == "too_short" and any(
        len(other["loc"]) > len(start) and other["loc"][: len(start)] == start for other in details
    )


def _path(data: Any, steps: Iterable[str | int]) -> Path:
    """Keep the steps that lead through the data; the others name a branch of a union, or what is missing."""
    path: Path = ()
    for step in steps:
        if _leads_on(data, step):
            path, data = (*path, step), data[step]
    return path


def _leads_on(data: Any, step: str | int) -> bool:
    if isinstance(data, list):
        return isinstance(step, int) and step < len(data)
    return isinstance(data, dict) and step in data


def _sentence(detail: Any, schema: Callable[[], Any]) -> str:
    kind, steps, context = detail["type"], detail["loc"], detail.get("ctx", {})
    if kind == "value_error":  # raised by a check of ours, with a sentence of its own
        return str(context["error"])
    if kind == NO_BRANCH:
        return f"expected {detail['msg']}, found {found(detail['input'])}"
    if kind == "missing":
        return _missing(steps[-1])
    if kind in UNKNOWN_KEY:
        known = _keys(_nodes(schema(), steps[:-1]))
        near = _near(steps[-1], known)
        return f"unknown key {quoted(steps[-1])}; {near and near + ' '}Known here: {', '.join(known)}"
    if kind == "literal_error":
        options = _options(_nodes(schema(), steps))
        near = _near(detail["input"], options) if len(options) > 1 else ""
        return f"expected {' or '.join(options)}, found {found(detail['input'])}{near and '; ' + near}"
    return _SENTENCES.get(kind, _ELSE).format(**context, found=found(detail["input"]))


def _missing(step: str | int) -> str:
    if isinstance(step, int):
        return f"the list is too short: value number {step + 1} is missing"
    return f"{quoted(step)} is missing"


def _near(word: Any, options: list[str]) -> str:
    near = nearest(word, options) if isinstance(word, str) else None
    return f"did you mean {quoted(near)}?" if near else ""


# -- what a JSON Schema allows at a place ---------------------------------------------------------


def _nodes(root: dict[str, Any], steps: Iterable[str | int]) -> list[dict[str, Any]]:
    """Return the schemas that a value at the end of the steps may follow."""
    nodes = _branches(root, root)
    for step in steps:
        if isinstance(step, str) and step.startswith(TAG):
            nodes = [node for node in nodes if node.get("title") == step.removeprefix(TAG)] or nodes
        else:
            inner = [schema for node in nodes for schema in _inner(node, step)]
            nodes = [branch for schema in inner for branch in _branches(root, schema)]
    return nodes


def _branches(root: dict[str, Any], node: dict[str, Any]) -> list[dict[str, Any]]:
    if "$ref" in node:
        return _branches(root, root["$defs"][node["$ref"].rpartition("/")[2]])
    branches = [*node.get("anyOf", ()), *node.get("oneOf", ())]
    return [inner for branch in branches for inner in _branches(root, branch)] or [node]


def _inner(node: dict[str, Any], step: str | int) -> list[dict[str, Any]]:
    if isinstance(step, int):
        items = node.get("prefixItems", ())[step : step + 1] or [node.get("items")]
        return [item for item in items if isinstance(item, dict)]
    if step in node.get("properties", {}):
        return [node["properties"][step]]
    values = node.get("additionalProperties")
    return [values] if isinstance(values, dict) else [node]


def _keys(nodes: list[dict[str, Any]]) -> list[str]:
    return list(dict.fromkeys(key for node in nodes for key in node.get("properties", {})))


def _options(nodes: list[dict[str, Any]]) -> list[str]:
    options = [
        option for node in nodes for option in node.get("enum", [node["const"]] if "const" in node else [])
    ]
    return list(dict.fromkeys(map(str, options)))
