"""One submission on Gradescope: from what was handed in to what Gradescope shows. Reads and writes no file.

Students see at once how their answers were read, and no more: they may hand in again and again, and could
try marks out. What the exam's level of release tells appears with the marks when these are published.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ...generator.document import Message, say
from ...generator.frozen import frozen
from ...generator.language import Language, language
from ...generator.papers import Exam
from ...generator.policy import Release
from ...generator.render.plain import printable
from ...version import __version__
from ..desk import Desk
from ..intake.directory import Directory
from ..intake.handed_in import Document, Outcome, Sender
from ..model import Result
from ..rules.rule import Ruling
from .choosing import MOST_FILES, Choice, Chosen, Several, choose
from .markdown import block, cut, page, strong, told
from .metadata import senders
from .questions import WAITS, number_of, told_tests, waiting_counts_nothing
from .readings import reading_of
from .results import SCHEMA, Graded, OneTest, Results, Visibility

_LOOKED_AT = say("A person will look at what you handed in. Until then it counts 0 points.")
_AGAIN = say("You can hand in again as long as the assignment is open.")
_NOTHING = say(
    "No answer file was handed in. Hand in what the page of your paper saves, the answer file, or the "
    "filled-in PDF."
)
_SEVERAL = say("These answer files differ, and none of them was marked. Hand in one of them only:")
_FAILED = say("The program could not mark what you handed in.")
_OUTCOMES: Mapping[Outcome, Message] = {
    Outcome.NO_ANSWERS: say("This is no answer file, or none that can be read:"),
    Outcome.EMPTY: say("What was handed in is empty:"),
    Outcome.REFUSED: say("What was handed in is too large, or an archive that cannot be opened:"),
    Outcome.NO_CODE: say("The code of your paper is missing, or mistyped, so nobody knows which it is:"),
    Outcome.UNKNOWN_CODE: say("The code in the file is not that of a paper of this exam:"),
    Outcome.NOT_THEIRS: say("This is not your paper, but somebody else's:"),
    Outcome.UNKNOWN_SENDER: say("The class list does not say who you are:"),
}
_ABOUT_FILE = (Outcome.NO_ANSWERS, Outcome.EMPTY, Outcome.REFUSED)
"""Outcomes of which the student reads the details: they tell nothing of anybody else."""


@frozen
class Grader:
    """What marks the submissions of an exam.

    Attributes
    ----------
    exam, release
        The exam, and what of the marks is told once they are published.
    desk, directory, rulings
        What reads and marks, the class, and the rules of re-marking that hold.
    """

    exam: Exam
    release: Release
    desk: Desk
    directory: Directory
    rulings: tuple[Ruling, ...] = ()

    def graded(self, documents: Sequence[Document], metadata: bytes = b"") -> Graded:
        """Mark what was handed in, whatever it is.

        Parameters
        ----------
        documents
            What is in the folder of the submission.
        metadata
            ``submission_metadata.json``; nothing where there is none.
        """
        listed = senders(metadata, self.directory.class_list)
        choice = choose(documents, self.desk, listed, self.directory, self.rulings, self._language)
        log = tuple(printable(line) for line in self._log(choice, listed))
        return Graded(self._results(choice, listed, log), log)

    @property
    def _language(self) -> Language:
        return language(self.exam.language)

    def _results(self, choice: Choice, listed: Sequence[Sender], log: Sequence[str]) -> Results:
        if choice is None:
            return unmarked((told(_NOTHING, self._language),), log, self._language)
        if isinstance(choice, Several):
            return unmarked(_differ(choice, self._language), log, self._language)
        marked = choice.marked
        if marked.result is None or marked.paper is None:
            return unmarked(_refusal(choice, self._language), log, self._language)
        items = tuple(
            waiting_counts_nothing(problem, item, marked.result.marking)
            for problem, item in zip(marked.paper.problems, marked.result.items, strict=True)
        )
        result = replace(marked.result, items=items)
        reading = reading_of(self.exam, marked.paper, result, marked.arrival.source, self._language)
        return Results(
            score=number_of(result.points),
            tests=tuple(
                test
                for number, (problem, item) in enumerate(
                    zip(marked.paper.problems, items, strict=True), start=1
                )
                for test in told_tests(number, problem, item, self.release, result.marking, self._language)
            ),
            output=page((*self._beside(choice, listed), reading)),
            output_format="md",
            stdout_visibility=Visibility.HIDDEN,
            extra_data=_extra(marked.paper.code),
        )

    def _beside(self, choice: Chosen, listed: Sequence[Sender]) -> Iterator[str]:
        """Say what a student has to know besides how answers were read."""
        if choice.others:
            yield told(say("These files were passed over:"), self._language)
            yield block(map(cut, choice.others))
        yield from _left(choice, self._language)
        if self._is_stranger(choice.sender):
            sentence = say("You are not on the class list; only the code says whose paper this is.")
            yield strong(told(sentence, self._language))
        if len(listed) > 1:
            yield told(say("This counts for all of your group."), self._language)

    def _is_stranger(self, sender: Sender | None) -> bool:
        """Say whether nobody on the class list is this sender, although it lists people."""
        listed = bool(self.directory.class_list.students)
        return listed and sender is not None and self.directory.student_of(sender) is None

    def _log(self, choice: Choice, listed: Sequence[Sender]) -> Iterator[str]:
        """Tell the instructor what became of it, and what is odd."""
        yield f"convexam {__version__}, exam {self.exam.id}, level {self.release}"
        yield f"handed in by: {'; '.join(map(_described, listed)) or 'nobody knows; the metadata do not say'}"
        if choice is None:
            yield "nothing was handed in"
            return
        if choice.left:
            yield f"files that were not looked at: {choice.left}"
        if isinstance(choice, Several):
            yield f"answer files that differ: {', '.join(choice.sources)}"
        else:
            arrival = choice.marked.arrival
            yield f"{arrival.source}: {arrival.outcome}; paper {arrival.paper or 'unknown'}"
            yield from arrival.notes
            yield from filter(None, [choice.marked.fault])
            yield from (f"passed over: {source}" for source in choice.others)
            if choice.marked.result:
                yield from self._log_marks(choice, choice.marked.result)

    def _log_marks(self, choice: Chosen, result: Result) -> Iterator[str]:
        yield f"marked for {result.student}"
        if self._is_stranger(choice.sender):
            yield "LOOK: the sender is nobody on the class list; the paper's code alone says whose it is"
        if result.waiting:
            answers = "1 answer waits" if result.waiting == 1 else f"{result.waiting} answers wait"
            yield f"PENDING: {answers} for a person, at 0 points until then; mark with `grade`"


def unmarked(said: Iterable[str], log: Sequence[str], spoken: Language) -> Results:
    """Return the results of what cannot be marked: 0 points until somebody has looked.

    Parameters
    ----------
    said
        What everybody sees, as Markdown.
    log
        What only the instructor sees.
    spoken
        The language of the exam.
    """
    return Results(
        score=0,
        tests=(
            OneTest(
                number="1",
                name="For the instructor: not marked",
                output=block(log),
                output_format="md",
                tags=(WAITS,),
                visibility=Visibility.HIDDEN,
            ),
        ),
        output=page((*said, strong(told(_LOOKED_AT, spoken)), told(_AGAIN, spoken))),
        output_format="md",
        stdout_visibility=Visibility.HIDDEN,
        extra_data=_extra(""),
    )


def failed(exam: Exam) -> Results:
    """Return the results that stand in where the program itself gives none."""
    spoken = language(exam.language)
    log = ("The program died, or took too long; the end of the output of the autograder says more.",)
    return unmarked((told(_FAILED, spoken),), log, spoken)


def _differ(several: Several, spoken: Language) -> Iterator[str]:
    yield told(_SEVERAL, spoken)
    yield block(map(cut, several.sources))
    yield from _left(several, spoken)


def _refusal(chosen: Chosen, spoken: Language) -> Iterator[str]:
    arrival = chosen.marked.arrival
    yield told(_OUTCOMES.get(arrival.outcome, _FAILED), spoken)
    yield block([cut(arrival.source)])
    if arrival.outcome in _ABOUT_FILE:
        yield block(map(cut, arrival.notes))
    yield from _left(chosen, spoken)


def _left(choice: Chosen | Several, spoken: Language) -> Iterator[str]:
    if choice.left == 1:
        yield told(say("1 more file was not looked at; at most {{ most }} are.", most=MOST_FILES), spoken)
    elif choice.left:
        more = say(
            "{{ count }} more files were not looked at; at most {{ most }} are.",
            count=choice.left,
            most=MOST_FILES,
        )
        yield told(more, spoken)


def _extra(paper: str) -> Mapping[str, Any]:
    return {"convexam": {"schema": SCHEMA, "paper": paper, "version": __version__}}


def _described(sender: Sender) -> str:
    return " ".join(filter(None, (sender.name, f"<{sender.email}>" if sender.email else "", sender.id)))
