import ast
import subprocess
import sys
from pathlib import Path

import pytest

from convexam.generator import engine

FOLDER = Path(engine.__file__).parent
FILES = sorted(FOLDER.glob("*.py"))
ALLOWED = {"__future__", "collections", "dataclasses", "decimal", "fractions", "functools", "itertools"}
ALLOWED |= {"math", "numbers", "numpy", "operator", "typing"}


def test_public_names_are_there_and_sorted() -> None:
    assert list(engine.__all__) == sorted(engine.__all__)
    assert all(hasattr(engine, name) for name in engine.__all__)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_the_engine_imports_nothing_of_ours(file: Path) -> None:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            assert {alias.name.split(".")[0] for alias in node.names} <= ALLOWED
        if isinstance(node, ast.ImportFrom):
            assert node.level == 1 or str(node.module).split(".")[0] in ALLOWED


def test_importing_the_engine_does_not_import_sympy() -> None:
    code = "import sys, convexam.generator.engine; print('sympy' in sys.modules, 'mpmath' in sys.modules)"
    source = FOLDER.parents[1]
    run = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(source.parent)},
    )
    assert run.stdout.split() == ["False", "False"]
