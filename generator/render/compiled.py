"""Compiled templates, kept beside them as Python keeps modules: compiling takes as long as a page."""

from __future__ import annotations

import sys
from contextlib import suppress
from importlib.resources.abc import Traversable
from pathlib import Path

from jinja2 import BytecodeCache, FileSystemBytecodeCache
from jinja2 import __version__ as version
from jinja2.bccache import Bucket

_NAMES = f"%s.{sys.implementation.cache_tag}-jinja-{version}"


def kept(folder: Traversable) -> BytecodeCache | None:
    """Return what keeps compiled templates in a folder; None where that is no folder of the file system."""
    return _Kept(str(folder), _NAMES) if isinstance(folder, Path) else None


class _Kept(FileSystemBytecodeCache):
    """Keeps nothing where it may not read or write, or Python was told to write no compiled modules."""

    def load_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        if not sys.dont_write_bytecode:
            with suppress(OSError):
                Path(self.directory).mkdir(exist_ok=True)
                super().dump_bytecode(bucket)
