"""The package that Gradescope takes: the program, what it needs, and the record of an exam, keys included."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable

from ...generator.export.package import Member, zip_bytes
from ...generator.papers import Exam
from ...generator.resources import resource
from .harness import failed
from .needs import requirements
from .results import results_bytes

SCRIPTS = ("setup.sh", "run_autograder")
_PARTS = (".py", ".po")
"""Of the program: modules and catalogues. Pages, fonts and banks are for papers."""


def package_bytes(exam: Exam, record: Mapping[str, bytes], wheels: Iterable[tuple[str, bytes]] = ()) -> bytes:
    """Return the archive.

    Parameters
    ----------
    exam
        The exam.
    record
        The files of its record, by their paths in the folder of the exam.
    wheels
        What is to be installed without a network, by name.
    """
    return zip_bytes(
        [
            *(Member(name, resource(f"gradescope/{name}").read_bytes(), runs=True) for name in SCRIPTS),
            Member("requirements.txt", "".join(f"{each}\n" for each in requirements()).encode()),
            Member("fallback.json", results_bytes(failed(exam))),
            *(Member(name, record[name]) for name in sorted(record)),
            *program(),
            *(Member(f"wheels/{name}", data) for name, data in sorted(wheels)),
        ]
    )


def program() -> Iterator[Member]:
    """Yield the files of this program that marking needs."""
    yield from _program(files("convexam"), "convexam")


def _program(folder: Traversable, name: str) -> Iterator[Member]:
    for each in sorted(folder.iterdir(), key=lambda entry: entry.name):
        path = f"{name}/{each.name}"
        if each.is_dir():
            yield from _program(each, path)
        elif each.name.endswith(_PARTS):
            yield Member(path, each.read_bytes())
