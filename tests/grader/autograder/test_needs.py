"""What the autograder installs is what marking imports."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from importlib.metadata import packages_distributions, requires
from pathlib import Path

from convexam.grader.autograder.needs import NOT_FOR_MARKING, fitting, requirements

from ...test_architecture import MODULES, imported

ROOT = Path(__file__).parents[3]

ONLY_LISTED = """
import importlib.metadata, os, re, sys
listed = {name.partition("==")[0] for name in sys.argv.pop(1).split(",")}
plain = lambda name: re.sub(r"[-_.]+", "-", name).lower()
tops = {top for top, names in importlib.metadata.packages_distributions().items()
        if not listed & {plain(name) for name in names} | {plain(name) for name in names if plain(name) == "convexam"}}
tops -= {"convexam", *sys.stdlib_module_names}

class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in tops:
            raise ImportError(f"{name} is not among what the autograder installs")

sys.meta_path.insert(0, Refuse())
from convexam.cli import main
main()
"""
"""Run the command line where nothing can be imported but what is listed."""


def marked_with_what_is_listed(root: Path) -> subprocess.CompletedProcess[str]:
    listed = ",".join(requirements())
    command = [sys.executable, "-c", ONLY_LISTED, listed, "autograde", "gradescope", str(root)]
    return subprocess.run(command, cwd=ROOT / "src", capture_output=True, text=True, check=False)


def reached(starts: Iterable[str]) -> set[str]:
    """Return all modules that these import as they are imported, and those that these import, and so on."""
    found: set[str] = set()
    ask = list(starts)
    while ask:
        module = ask.pop()
        if module in found:
            continue
        found.add(module)
        if path := MODULES.get(module):
            ask += [name for line in _at_once(path) for name in imported(module, line)]
            ask.append(module.rpartition(".")[0])
    return found


def _at_once(path: Path) -> Iterator[str]:
    """Yield the imports of a module that are not in a function, and not for types alone."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield ast.unparse(node)


def test_no_kind_of_question_and_no_part_of_marking_imports_more() -> None:
    """What is imported late, in functions, is for the test that really marks."""
    marking = [
        name
        for name in MODULES
        if name.startswith(("convexam.grader.", "convexam.generator.questions.")) or name == "convexam.cli"
    ]
    listed = {re.sub("[-_.]+", "-", each.partition("==")[0]) for each in requirements()}
    packages = packages_distributions()
    tops = (
        {name.partition(".")[0] for name in reached(marking)}
        - set(sys.stdlib_module_names)
        - {"convexam", ""}
    )
    assert tops >= {"pydantic", "markupsafe"}
    needed = {re.sub("[-_.]+", "-", package).lower() for top in tops for package in packages[top]}
    assert {*needed, "numpy"} <= listed  # which is imported late


def test_papers_and_pdfs_are_left_out() -> None:
    names = {each.partition("==")[0] for each in requirements()}
    assert names.isdisjoint(NOT_FOR_MARKING)
    assert {"pypdf", "pyyaml", "pydantic", "pydantic-core", "babel", "click"} <= names


def test_what_is_left_out_is_asked_for() -> None:
    asked = " ".join(requires("convexam") or ())
    assert all(name in asked for name in NOT_FOR_MARKING)


def test_wheels_are_found_by_name_version_and_system() -> None:
    wanted = (
        "markupsafe==3.0.4",
        "jinja2==3.1.6",
        "numpy==2.4.6",
        "typing-extensions==4.16.0",
        "babel==2.18.0",
    )
    files = [
        "jinja2-3.1.6-py3-none-any.whl",
        "typing_extensions-4.16.0-py3-none-any.whl",
        "MarkupSafe-3.0.4-cp312-cp312-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
        "markupsafe-3.0.4-1-cp311-cp311-musllinux_1_2_x86_64.whl",
        "numpy-2.4.6-cp312-cp312-macosx_14_0_arm64.whl",
        "babel-2.17.0-py3-none-any.whl",
        "babel-2.18.0.tar.gz",
    ]
    found = fitting(wanted, files)
    assert [each for each, names in found.items() if not names] == ["numpy==2.4.6", "babel==2.18.0"]
    assert len(found["markupsafe==3.0.4"]) == 2
