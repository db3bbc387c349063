"""Tasks for those who see no files of ours: each brings the record of its paper along."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import TypeVar, cast

from ..generator.errors import DataError
from ..generator.workers.crew import Crew
from ..generator.workers.ordered import in_order
from ..grader import desk
from ..grader.paper_records import Filed, InFolder
from ..grader.tasks import WithRecord, code_of
from .failing import done

T = TypeVar("T")
V = TypeVar("V")


def with_records(
    crew: Crew, papers: Path, function: Callable[[T], V], tasks: Iterable[T]
) -> Iterator[WithRecord[T, V]]:
    """Yield tasks with the records of their papers, to be done by `desk.with_record`.

    Parameters
    ----------
    crew
        Who does them, and finds out first which paper a document answers.
    papers
        The folder with the records.
    function, tasks
        What is to be done, at a desk; they are taken as they are needed.
    """
    records = InFolder(papers)
    for task, code in _codes(crew, function, tasks):
        yield WithRecord(function, task, code, _record(records, code))


def _codes(crew: Crew, function: Callable[[T], V], tasks: Iterable[T]) -> Iterator[tuple[T, str]]:
    if function is not desk.read:
        return ((task, code_of(task)) for task in tasks)
    code_in = cast(Callable[[T], str], desk.code_in)  # only the document itself says which paper it answers
    return ((task, _code(future)) for task, future in in_order(crew, code_in, tasks))


def _code(future: Future[str]) -> str:
    """Return the code that was found; where that failed, reading mostly fails in the same way, and tells."""
    code = done(future)
    return "" if isinstance(code, Exception) else code


def _record(records: InFolder, code: str) -> Filed | DataError:
    try:
        return records.of(code)
    except DataError as error:
        return error
