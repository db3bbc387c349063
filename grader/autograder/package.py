"""The package that Gradescope takes: the program, what it needs, and the record of an exam, keys included."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable

from ...generator.export.package import Member
from ...generator.papers import Exam
from ...generator.resources import resource
from .harness import failed
from .needs import requirements
from .results import results_bytes

SCRIPTS = ("setup.sh", "run_autograder")
_PARTS = (".py", ".po")
"""Of the program: modules and catalogues. Pages, fonts and banks are for papers."""


def package_members(
    exam: Exam, record: Iterable[tuple[str, bytes]], wheels: Iterable[tuple[str, bytes]] = ()
) -> Iterator[Member]:
    """Yield the files of the archive.

    Parameters
    ----------
    exam
        The exam.
    record
        The files of its record, with their paths in the folder of the exam, in order.
    wheels
        What is to be installed without a network, with the names of the files, in order.
    """
    for name in SCRIPTS:
        yield Member(name, [resource(f"gradescope/{name}").read_bytes()], runs=True)
    yield Member("requirements.txt", [f"{each}\n".encode() for each in requirements()])
    yield Member("fallback.json", [results_bytes(failed(exam))])
    yield from (Member(name, [data]) for name, data in record)
    yield from program()
    yield from (Member(f"wheels/{name}", [data]) for name, data in wheels)


def program() -> Iterator[Member]:
    """Yield the files of this program that marking needs."""
    yield from _program(files("convexam"), "convexam")


def _program(folder: Traversable, name: str) -> Iterator[Member]:
    for each in sorted(folder.iterdir(), key=lambda entry: entry.name):
        path = f"{name}/{each.name}"
        if each.is_dir():
            yield from _program(each, path)
        elif each.name.endswith(_PARTS):
            yield Member(path, [each.read_bytes()])
