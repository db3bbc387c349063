"""What the bytes of papers and marks depend on besides what they are made of: versions, here and there."""

from __future__ import annotations

import ctypes
import hashlib
import re
import sys
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from ctypes.util import find_library
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.resources import files
from importlib.resources.abc import Traversable

_PACKAGE = __name__.partition(".")[0]
_NAME = re.compile(r"[A-Za-z0-9._-]+")
_LIBRARIES = {"Pango": ("pango-1.0", "pango_version_string"), "HarfBuzz": ("harfbuzz", "hb_version_string")}
"""Libraries of the system that PDFs are set with, and the functions that tell their versions."""


def versions() -> dict[str, str]:
    """Return, by name, the versions of everything that this process works with."""
    found = {"Python": "{}.{}".format(*sys.version_info), "zlib": zlib.ZLIB_RUNTIME_VERSION}
    found |= {name: _of_library(*where) for name, where in _LIBRARIES.items()}
    _add_needed(_PACKAGE, found)
    return found | {_PACKAGE: f"{found.get(_PACKAGE, '')} ({_digest()})"}


def differences(ours: Mapping[str, str], theirs: Mapping[str, str]) -> list[str]:
    """Say which versions are others elsewhere than here."""
    names = sorted(ours.keys() | theirs.keys(), key=str.casefold)
    return [
        f"{name} is {theirs.get(name, 'missing')} there and {ours.get(name, 'missing')} here"
        for name in names
        if ours.get(name) != theirs.get(name)
    ]


def _add_needed(package: str, found: dict[str, str]) -> None:
    """Add a package that is installed, and all that it needs; extras are not needed."""
    name = re.sub(r"[-_.]+", "-", package).lower()
    if name in found:
        return
    with suppress(PackageNotFoundError):
        found[name] = version(name)
        for needed in requires(name) or ():
            if "extra ==" not in needed and (match := _NAME.match(needed)):
                _add_needed(match.group(), found)


def _of_library(name: str, function: str) -> str:
    try:
        told = getattr(ctypes.CDLL(find_library(name)), function)
    except (OSError, AttributeError):
        return "missing"
    told.restype = ctypes.c_char_p
    return str(told().decode())


def _digest() -> str:
    """Return what tells two states of our own code apart that call themselves by one version."""
    digest = hashlib.sha256()
    for path, file in _files_below(files(_PACKAGE), ""):
        digest.update(path.encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:12]


def _files_below(folder: Traversable, path: str) -> Iterator[tuple[str, Traversable]]:
    for each in sorted(folder.iterdir(), key=lambda each: each.name):
        below = f"{path}/{each.name}"
        if each.is_dir() and each.name != "__pycache__":
            yield from _files_below(each, below)
        elif each.is_file() and not each.name.startswith("."):
            yield below, each
