"""Which packages marking needs, and in which versions: those that mark here.

What is asked for follows from what this package says of itself, without what only papers, pictures and
tables of the terminal take. Most of all that is WeasyPrint: it wants libraries of the system.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from importlib.metadata import PackageNotFoundError, requires, version

NOT_FOR_MARKING = frozenset({"fonttools", "pillow", "pydyf", "rich", "sympy", "weasyprint", "ziamath"})
"""Of what this package depends on."""

_NAME = re.compile(r"[A-Za-z0-9._-]+")
_EXTRA = re.compile(r"\bextra\s*==")
_WHEEL = re.compile(r"(?P<name>[^-]+)-(?P<version>[^-]+)(?:-\d[^-]*)?-[^-]+-[^-]+-(?P<platform>[^-]+)\.whl")


def requirements() -> tuple[str, ...]:
    """Return ``name==version`` of everything that marking needs, in the order of names."""
    found: dict[str, str] = {}
    ask = [name for name in _needs("convexam") if name not in NOT_FOR_MARKING]
    while ask:
        name = ask.pop()
        if name not in found:
            found[name] = version(name)
            ask += _needs(name)
    return tuple(f"{name}=={found[name]}" for name in sorted(found))


def fitting(wanted: Iterable[str], files: Iterable[str]) -> dict[str, list[str]]:
    """Return the wheels of each requirement that are fit for Linux; none where it has none."""
    found: dict[str, list[str]] = {each: [] for each in wanted}
    for file in sorted(files):
        match = _WHEEL.fullmatch(file)
        if match and ("any" in match["platform"] or "linux" in match["platform"]):
            found.get(f"{_plain(match['name'])}=={match['version']}", []).append(file)
    return found


def _needs(package: str) -> Iterator[str]:
    """Yield what a package depends on, and is installed: what other systems need is not."""
    for line in requires(package) or ():
        name = _NAME.match(line)
        if name is None or _EXTRA.search(line):
            continue
        try:
            version(name[0])
        except PackageNotFoundError:
            continue
        yield _plain(name[0])


def _plain(name: str) -> str:
    """Write the name of a package in the one way of all that there are."""
    return re.sub(r"[-_.]+", "-", name).lower()
