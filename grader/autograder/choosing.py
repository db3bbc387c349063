"""Which of the files that somebody handed in is the answer file, and whose it is.

Files that hold no answers are passed over, and so are copies. Of several that differ none is chosen: to mark
the best one would be to let people guess twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeAlias

from ...generator.frozen import frozen
from ...generator.language import Language
from ..desk import Desk
from ..intake.directory import Directory
from ..intake.documents import read_document
from ..intake.handed_in import Document, Outcome, Platform, Sender
from ..rules.rule import Ruling
from ..tasks import Marked, ToRead
from .readings import receipts_of

MOST_FILES = 20
_ENDINGS = (".json", ".yaml", ".yml", ".pdf")
_SOMEBODY = Sender(Platform.GRADESCOPE, "somebody")
_OF_IDENTITY = (Outcome.NOT_THEIRS, Outcome.UNKNOWN_SENDER)


@frozen
class Several:
    """Answer files that differ, by name; how many were not looked at."""

    sources: tuple[str, ...]
    left: int = 0


@frozen
class Chosen:
    """The file that counts, or stands for all others.

    Attributes
    ----------
    marked, sender
        How it was marked, and who sent it if that is known.
    others
        Files that were passed over, by name.
    left
        How many were not looked at.
    """

    marked: Marked
    sender: Sender | None = None
    others: tuple[str, ...] = ()
    left: int = 0


Choice: TypeAlias = "Chosen | Several | None"


def choose(
    documents: Sequence[Document],
    desk: Desk,
    senders: Sequence[Sender],
    directory: Directory,
    rulings: tuple[Ruling, ...],
    language: Language,
) -> Choice:
    """Return the answer file among what was handed in, marked; None if there is no file at all.

    Parameters
    ----------
    documents
        What was handed in; who a file says it is from counts for nothing here.
    desk, rulings
        What marks.
    senders
        Who handed in: nobody where the platform does not say, or a whole group.
    directory
        The class.
    language
        That of the exam.
    """
    known = [sender for sender in senders if directory.student_of(sender)]
    tried_as: Sequence[Sender | None] = known or senders[:1] or (None,)
    documents = sorted(documents, key=_is_unlikely)
    found = [_read(document, desk, tried_as, rulings) for document in documents[:MOST_FILES]]
    left = len(documents[MOST_FILES:])
    if not found:
        return None
    read = _different([each for each in found if each.marked.result is not None], language)
    filled = [each for each in read if not _is_blank(each)]
    if len(filled) > 1:
        return Several(tuple(each.marked.arrival.source for each in filled), left)
    unread = [each for each in found if each.marked.result is None]  # the answers may be in it
    best = next(iter(filled or sorted(unread, key=_order) or read))
    others = tuple(each.marked.arrival.source for each in found if each is not best)
    return replace(best, others=others, left=left)


def _is_unlikely(document: Document) -> bool:
    """Say whether this is not called as answer files are: then it is read last, if at all."""
    return not document.source.lower().endswith(_ENDINGS)


def _read(
    document: Document, desk: Desk, senders: Iterable[Sender | None], rulings: tuple[Ruling, ...]
) -> Chosen:
    """Read a file as from each of those who may have sent it, until it is theirs."""
    data, document = read_document(replace(document, sender=_SOMEBODY))
    task = ToRead(document.source, data, rulings=rulings)
    chosen = Chosen(Marked(task.arrival(document.outcome, document.problem)))
    if document.outcome is not Outcome.READ:
        return chosen
    for sender in senders:
        chosen = Chosen(desk.marked(replace(task, sender=sender)), sender)
        if chosen.marked.arrival.outcome not in _OF_IDENTITY:
            break
    return chosen


def _different(read: Sequence[Chosen], language: Language) -> Sequence[Chosen]:
    """Leave out files that say the same as one before, in whatever form, by what is read without a key."""
    if len(read) < 2:
        return read
    seen: dict[object, Chosen] = {}
    for each in read:
        seen.setdefault(_said(each, language), each)
    return list(seen.values())


def _said(chosen: Chosen, language: Language) -> object:
    paper, result = chosen.marked.paper, chosen.marked.result
    questions = zip(paper.problems, result.items, strict=True) if paper and result else ()
    return chosen.marked.arrival.paper, tuple(
        (receipt.state, receipt.answer if receipt.reason is None else receipt.raw)
        for problem, item in questions
        for receipt in receipts_of(problem, item, language)
    )


def _is_blank(chosen: Chosen) -> bool:
    return chosen.marked.result is None or chosen.marked.result.blank


def _order(chosen: Chosen) -> int:
    """Put first what came nearest to being marked: there is most to be said of it."""
    return -list(Outcome).index(chosen.marked.arrival.outcome)
