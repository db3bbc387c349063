"""Who imports whom, and what no module does: read off the source of every file."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

from convexam import cli

ROOT = Path(__file__).parents[1]
GENERATOR = "convexam.generator"
ABOVE_QUESTIONS = (
    "bank",
    "checking",
    "compose",
    "coverage",
    "curriculum",
    "exam_file",
    "file_schemas",
    "files",
    "handout",
    "minutes",
    "mistakes",
    "papers",
    "record",
    "registry",
    "render",
    "roster",
    "secret",
    "text",
)
"""What knows of banks, exams and papers; a kind of question knows of none of them."""


def modules() -> dict[str, Path]:
    """Every module of ours by its full name; the links in src/convexam are not followed."""
    roots = {ROOT: ("generator", "grader"), ROOT / "src": ("convexam/cli", "convexam")}
    found: dict[str, Path] = {}
    for root, folders in roots.items():
        for folder in folders:
            pattern = "*.py" if folder == "convexam" else "**/*.py"
            for path in sorted((root / folder).glob(pattern)):
                dotted = ".".join(path.relative_to(root).with_suffix("").parts)
                found[dotted if dotted.startswith("convexam") else f"convexam.{dotted}"] = path
    return found


MODULES = modules()


pytestmark = pytest.mark.xdist_group("architecture")  # one process reads all files once


@cache
def nodes(source: str) -> list[ast.AST]:
    """Everything that a text consists of."""
    return list(ast.walk(ast.parse(source)))


def imported(module: str, source: str) -> set[str]:
    """Full names of the modules that a module imports, anywhere in its text."""
    return set(_imported(module, nodes(source)))


def _imported(module: str, tree: Iterable[ast.AST]) -> Iterator[str]:
    for node in tree:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = module.split(".")[: -node.level] if node.level else []
            if node.module:
                yield ".".join([*above, node.module])
            else:
                yield from (".".join([*above, alias.name]) for alias in node.names)


@cache
def used(source: str) -> set[str]:
    """What a module reaches for: `random`, `time.time`, `numpy.random`, `print()`."""
    return set(_used(nodes(source)))


def _used(tree: Iterable[ast.AST]) -> Iterator[str]:
    for node in tree:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Attribute):
            yield _dotted(node)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield f"{node.func.id}()"


def _dotted(node: ast.expr) -> str:
    """Return a chain of names as it is written; what else stands before a dot is left out."""
    if isinstance(node, ast.Attribute):
        return f"{_dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def within(name: str, part: str) -> bool:
    return name == part or name.startswith(f"{part}.")


def test_questions_know_nothing_of_papers() -> None:
    reached = {
        (module, name)
        for module, path in MODULES.items()
        if within(module, f"{GENERATOR}.questions")
        for name in imported(module, path.read_text("utf-8"))
        for above in ABOVE_QUESTIONS
        if within(name, f"{GENERATOR}.{above}")
    }
    assert not reached


@pytest.mark.parametrize(
    ("part", "may_import"),
    [
        pytest.param(f"{GENERATOR}.engine", [f"{GENERATOR}.engine"], id="engine"),
        pytest.param(GENERATOR, [GENERATOR, "convexam.version"], id="generator"),
        pytest.param("convexam.grader", ["convexam.grader", GENERATOR, "convexam.version"], id="grader"),
    ],
)
def test_imports_point_downwards(part: str, may_import: list[str]) -> None:
    inside = {module: path for module, path in MODULES.items() if within(module, part)}
    upwards = {
        (module, name)
        for module, path in inside.items()
        for name in imported(module, path.read_text("utf-8"))
        if within(name, "convexam") and not any(within(name, allowed) for allowed in may_import)
    }
    assert inside
    assert not upwards


FORBIDDEN = {
    "no global random": {"random", "np.random", "numpy.random", "uuid.uuid4"},
    "no clock": {"datetime.now", "datetime.datetime.now", "date.today", "datetime.date.today", "time.time"},
    "no data as code": {"eval()", "exec()", "sympify()", "sympy.sympify", "parse_expr()", "yaml.load"},
}


def who_uses(names: set[str], modules: Iterable[str]) -> dict[str, set[str]]:
    found = {module: used(MODULES[module].read_text("utf-8")) & names for module in modules}
    return {module: reached for module, reached in found.items() if reached}


@pytest.mark.parametrize("rule", FORBIDDEN)
def test_no_module_does(rule: str) -> None:
    assert who_uses(FORBIDDEN[rule], MODULES) == {}


def test_only_the_command_line_prints() -> None:
    quiet = [name for name in MODULES if not within(name, "convexam.cli")]
    assert who_uses({"print()", "input()", "sys.stdout", "click.echo"}, quiet) == {}


PDF = {"weasyprint", "pypdf", "ziamath", "fontTools"}
PAGES = {"jinja2", "markdown_it", "latex2mathml", "babel", "PIL"}
SLOW = {*PDF, *PAGES, "sympy", "numpy", "rich"}
COMMANDS = [f"convexam.cli.{name}" for name in cli.COMMANDS]
MARKING = [name.removesuffix(".__init__") for name in MODULES if within(name, "convexam.grader.marking")]


@pytest.mark.parametrize(
    ("loaded", "slow"),
    [
        pytest.param(COMMANDS, {*SLOW, "pydantic", "yaml"}, id="--help of any command"),
        pytest.param(MARKING, SLOW, id="marking"),
        pytest.param(["convexam.cli.marking"], SLOW - {"rich"}, id="grade"),
        pytest.param(["convexam.cli.marks", "convexam.grader.autograder.harness"], SLOW, id="autograde"),
        pytest.param([f"{GENERATOR}.{name}" for name in ("bank", "questions.conv2d")], SLOW, id="a kind"),
        pytest.param(["convexam.cli.writing"], {*PDF, "sympy", "rich"}, id="generate"),
    ],
)
def test_what_is_slow_to_load_is_loaded_when_used(loaded: list[str], slow: set[str]) -> None:
    program = f"import sys, {', '.join(loaded)}; print(*{slow} & {{*sys.modules}})"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT / "src", capture_output=True, check=True)
    assert done.stdout == b"\n"


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("from ..engine import conv", {"convexam.generator.engine"}),
        ("from . import latex", {"convexam.generator.questions.latex"}),
        ("from ...grader.model import Mark", {"convexam.grader.model"}),
        ("def late():\n    import weasyprint.text", {"weasyprint.text"}),
    ],
)
def test_imported_resolves_names(source: str, names: set[str]) -> None:
    assert imported("convexam.generator.questions.conv2d", source) == names


@pytest.mark.parametrize(
    ("source", "rule"),
    [
        ("import random", "no global random"),
        ("from random import choice", "no global random"),
        ("x = np.random.default_rng(1)", "no global random"),
        ("from numpy import random", "no global random"),
        ("from time import time", "no clock"),
        ("at = datetime.now()", "no clock"),
        ("n = eval(text)", "no data as code"),
        ("n = yaml.load(text, Loader)", "no data as code"),
    ],
)
def test_used_sees(source: str, rule: str) -> None:
    assert used(source) & FORBIDDEN[rule]
