"""The signs and words of a feedback page: each state has both, so that none is told by colour alone."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from ...generator.document import Message, say
from ...generator.frozen import frozen
from ...generator.render.html import said
from ...generator.render.look import Look
from .told import State

_SIGNS: dict[State, tuple[str, Message]] = {
    State.READ: ("", say("read")),
    State.RIGHT: ("✓", say("right")),
    State.CARRIED: ("→", say("right from your own earlier result")),
    State.PARTIAL: ("◐", say("partly right")),
    State.WRONG: ("✗", say("wrong")),
    State.BLANK: ("–", say("left blank")),
    State.UNREADABLE: ("?", say("could not be read; a person will look at it")),
    State.WAITING: ("…", say("read; a person will mark it")),
}

_PARTLY = say("partly understood; a person will look at it"), say("partly understood")
"""The words for what was read in part, or in another size than asked; and where nobody will look at it."""

OF_CELLS: dict[State, Message] = {
    **{state: word for state, (_, word) in _SIGNS.items()},
    State.UNREADABLE: say("could not be read"),
}
"""The words for a cell: a person looks at the whole map."""

_OF_QUESTIONS: dict[State, Message] = {
    **{state: word for state, (_, word) in _SIGNS.items()},
    State.WAITING: say("waits for a person"),
}

OF_LEGEND = {**_OF_QUESTIONS, State.UNREADABLE: say("could not be read")}


@frozen
class Sign:
    """How a state is shown: by a name in the style sheet, a character, and a word."""

    state: str
    sign: str
    word: Markup


def sign_of(state: State, look: Look, *, waits: bool = True, partly: bool = False) -> Sign:
    """Return the sign of an answer.

    Parameters
    ----------
    state, look
        What became of it, and how it is shown.
    waits
        Whether a person will look at what was not read.
    partly
        Whether some of what was not read was understood.
    """
    if not waits and state is State.WAITING:
        state = State.READ
    if partly and state is State.UNREADABLE:
        return _sign(state, _PARTLY[not waits], look)
    return _sign(state, _SIGNS[state][1] if waits else OF_CELLS[state], look)


def sign_of_cell(state: State, look: Look) -> Sign:
    """Return the sign of a cell; one that is right has none."""
    found = _sign(state, OF_CELLS[state], look)
    return Sign(found.state, "", found.word) if state is State.RIGHT else found


def sign_of_question(state: State, look: Look) -> Sign:
    """Return the sign of a whole question."""
    return _sign(state, _OF_QUESTIONS[state], look)


def legend(states: Iterable[State], look: Look) -> tuple[Sign, ...]:
    """Explain the signs that stand on a page, each once, in their order."""
    seen = set(states)
    return tuple(
        _sign(state, OF_LEGEND[state], look)
        for state, (character, _) in _SIGNS.items()
        if state in seen and character
    )


def _sign(state: State, word: Message, look: Look) -> Sign:
    return Sign(str(state), _SIGNS[state][0], said(word, look))
