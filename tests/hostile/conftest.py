"""An exam that hostile files are answers to."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from .cases import EXAM, MALLORY, SEED


def generated(folder: Path, students: Iterable[str]) -> Path:
    """Write the exam for some students."""
    (folder / "exam.yaml").write_text(EXAM)
    (folder / "roster.csv").write_text("\n".join(("student", *students)))
    options = ("--exam", "exam.yaml", "--students", "roster.csv", "--seed", str(SEED), "--format", "yaml")
    command = [sys.executable, "-m", "convexam", "generate", *options, "--out", "exam"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return folder / "exam"


@pytest.fixture(scope="session")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the exam with the paper of one student, which is not to be changed."""
    return generated(tmp_path_factory.mktemp("hostile"), [MALLORY])
