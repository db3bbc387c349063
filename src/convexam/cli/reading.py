"""What a file on the command line is."""

from __future__ import annotations

from pathlib import Path


def is_exam(file: Path) -> bool:
    """Say whether this is meant to be an exam file, and not a bank; a broken file counts as a bank."""
    from ..generator.errors import DataError
    from ..generator.reading.reader import BANK, read_yaml

    try:
        root = read_yaml(file.read_bytes(), str(file), BANK).root
    except DataError:
        return False
    return isinstance(root, dict) and (
        "sections" in root or str(root.get("format")).startswith("convexam-exam")
    )
