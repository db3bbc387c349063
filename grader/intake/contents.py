"""The text of an answer file becomes items, fields and raw answers."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from ...generator.document import Message, quote, say
from ...generator.errors import DataError, Fault
from ...generator.reading.reader import ANSWERS, read_json, read_yaml
from ...generator.reading.tree import Data, quoted
from ..marking.fields import Raw, is_blank
from .lines import HEAD, WHOLE, Contents, scan

# A text beyond its limit costs that field, not the file; the size of the file bounds it all the same.
_LIMITS = replace(ANSWERS, scalar=ANSWERS.bytes)
# A line that goes on with the value of the line above: YAML would fold both into one.
# A break before the first one as well lets the search go from line to line.
_GOES_ON = re.compile(r"\n[^\n:|]*+:[^\n|]*+\n(?:[ \t]*\n)*[ \t]+[^\s#:][^:\n]*$", re.MULTILINE)


def contents(text: str, name: str) -> Contents:
    """Read the text as strictly as it allows: as JSON, as YAML, or line by line.

    Raises
    ------
    DataError
        If it begins like JSON and is neither that nor YAML.
    """
    is_json = text.lstrip().startswith("{")
    try:
        root = _read_braces(text, name) if is_json else read_yaml(text.encode(), name, _LIMITS).root
    except DataError as error:
        if is_json:
            raise
        found = scan(text)
        return replace(found, problems=(_broken(error.faults[0]), *found.problems), damaged=True)
    if not isinstance(root, dict):
        return scan(text)
    found = _from_root(root)
    return found if is_json or not _GOES_ON.search(f"\n{text}") else _unfolded(found, scan(text))


def _read_braces(text: str, name: str) -> Data:
    data = text.encode()
    try:
        return read_json(data, name, _LIMITS).root
    except DataError as error:
        try:
            return read_yaml(data, name, _LIMITS).root  # YAML forgives a comma too many, or missing quotes
        except DataError:
            raise error from None


def _broken(fault: Fault) -> Message:
    told = quote("{{ fault }}", {"fault": fault.message})
    if not fault.place.line:
        return say("{{ fault }}; the file was read line by line", fault=told)
    return say(
        "line {{ line }}: {{ fault }}; the file was read line by line", line=fault.place.line, fault=told
    )


def _from_root(root: dict[str, Data]) -> Contents:
    head = {key.lower(): value for key, value in root.items() if key.lower() in HEAD}
    outside = {key: value for key, value in root.items() if key.lower() not in HEAD}
    problems = [
        say("{{ name }} stands outside 'answers:'; it was read as if it stood inside", name=quoted(key))
        for key in outside
    ]
    often = Counter(key.lower() for key in root)
    several = [name for name in head if often[name] > 1]  # in other capitals
    problems += [
        say("{{ name }} stands there more than once; only the last was read", name=quoted(name))
        for name in several
    ]
    inside, is_lost = head.get("answers"), False
    if isinstance(inside, dict):
        outside.update(inside)
    elif is_lost := not is_blank(inside):
        problems.append(say("the answers are not sorted by question; write them as in the template"))
    answers = {item: _fields(value) for item, value in outside.items()}
    problems += [
        say("the answer to {{ item }} does not say for which field it is", item=quoted(item))
        for item, fields in answers.items()
        if WHOLE in fields
    ]
    texts = {key: value if isinstance(value, str) else "" for key, value in head.items()}
    return Contents(texts, answers, tuple(problems), damaged=is_lost or bool(several))


def _fields(value: Data) -> dict[str, Raw]:
    if value is None:
        return {}
    return dict(value) if isinstance(value, dict) else {WHOLE: value}


def _unfolded(found: Contents, scanned: Contents) -> Contents:
    """Give back their line breaks to the answers that YAML folded because a ``|`` was missing."""
    answers = {item: dict(fields) for item, fields in found.answers.items()}
    problems = list(found.problems)
    for item, fields in answers.items():
        for field, raw in fields.items():
            typed = scanned.answers.get(item, {}).get(field)
            if _is_folded(raw, typed):
                fields[field] = typed
                problems.append(
                    say(
                        "{{ field }} of {{ item }} has no '|' after its name; its lines were kept as rows",
                        field=quoted(field),
                        item=quoted(item),
                    )
                )
    return replace(found, answers=answers, problems=tuple(problems))


def _is_folded(raw: Raw, typed: Raw) -> bool:
    return (
        isinstance(raw, str)
        and isinstance(typed, str)
        and "\n" in typed
        and "\n" not in raw.strip()
        and raw.split() == typed.split()
    )
