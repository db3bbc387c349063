"""Those who were forgotten: their marks under an alias, when, and why.

Forgetting is begun, done and ended, each in one transaction. Between the first and the last, who it is stands
in the store, so that a run that was killed is simply run again; after the last it stands nowhere.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ...generator.papers import forgotten
from ...generator.reading.schema import canonical_json
from ..forgetting.anonymous import anonymous, reworded
from ..forgetting.person import Person, person_from
from .store import Store

_OF_STUDENT = (
    "DELETE FROM settled WHERE result IN (SELECT id FROM result WHERE student = ?)",
    "DELETE FROM result WHERE student = ?",
    "DELETE FROM submission WHERE student = ?",
    "DELETE FROM judgement WHERE student = ?",
    "DELETE FROM override WHERE student = ?",
    "DELETE FROM published WHERE student = ?",
    "DELETE FROM arrival WHERE student = ?",
)
_TEXTS = {  # what names others, by how it is read and how it is written
    "SELECT rowid, source FROM arrival": "UPDATE arrival SET source = ? WHERE rowid = ?",
    "SELECT rowid, source FROM submission": "UPDATE submission SET source = ? WHERE rowid = ?",
    "SELECT rowid, remark FROM judgement": "UPDATE judgement SET remark = ? WHERE rowid = ?",
    "SELECT rowid, reason FROM override": "UPDATE override SET reason = ? WHERE rowid = ?",
    "SELECT rowid, reason FROM rule": "UPDATE rule SET reason = ? WHERE rowid = ?",
    "SELECT rowid, reason FROM forgotten": "UPDATE forgotten SET reason = ? WHERE rowid = ?",
}
_NOTES = {"SELECT rowid, notes FROM arrival": "UPDATE arrival SET notes = ? WHERE rowid = ?"}
_RECORDS = {
    "SELECT rowid, record FROM result": "UPDATE result SET record = ? WHERE rowid = ?",
    "SELECT rowid, record FROM settled": "UPDATE settled SET record = ? WHERE rowid = ?",
}


class Forgotten:
    """Forgets students in an open store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._connection = store.connection

    def begun(self) -> dict[str, Person]:
        """Return, by alias, who is being forgotten and is not yet."""
        rows = self._rows("SELECT alias, person FROM forgotten WHERE person IS NOT NULL ORDER BY alias")
        return {alias: person_from(person) for alias, person in rows}

    def count(self) -> int:
        """Return how many were forgotten, or are about to be."""
        ((count,),) = self._rows("SELECT COUNT(*) FROM forgotten")
        return int(count)

    def marked(self) -> list[str]:
        """Return the aliases of those whose marks are kept."""
        rows = self._rows("SELECT alias FROM forgotten WHERE record IS NOT NULL ORDER BY rowid")
        return [alias for (alias,) in rows]

    def record(self, alias: str) -> str:
        """Return the marks of somebody who was forgotten, without anything that tells who it was."""
        ((record,),) = self._rows("SELECT record FROM forgotten WHERE alias = ?", alias)
        return str(record)

    def begin(self, person: Person, reason: str) -> str:
        """Note who is to be forgotten; return the alias."""
        with self._store.alone():
            alias = forgotten(self.count() + 1).id
            self._connection.execute(
                "INSERT INTO forgotten (alias, reason, person) VALUES (?, ?, ?)",
                (alias, person.hidden_in(reason, alias), person.to_text()),
            )
        return alias

    def forget(self, alias: str, person: Person, record: Mapping[str, Any] | None) -> None:
        """Remove all that was handed in and said, and keep the marks of what counted under the alias."""
        with self._store.alone():
            senders = self._rows(
                "SELECT DISTINCT platform, sender FROM arrival WHERE student = ? AND sender IS NOT NULL",
                person.id,
            )
            for statement in _OF_STUDENT:
                self._connection.execute(statement, (person.id,))
            self._remove_sent({*senders, *person.ids.items(), *person.senders}, person.email)
            if record is not None:
                kept = reworded(anonymous(record, alias), lambda text: person.hidden_in(text, alias))
                text = json.dumps(kept, ensure_ascii=False, sort_keys=True)
                self._connection.execute("UPDATE forgotten SET record = ? WHERE alias = ?", (text, alias))
            self._hide(person, alias)

    def _remove_sent(self, senders: Iterable[tuple[str, str]], email: str) -> None:
        """Remove what the student sent and nobody's answers were found in."""
        for sender in sorted(senders):
            self._connection.execute(
                "DELETE FROM arrival WHERE platform = ? AND sender = ? AND student = ''", sender
            )
        if email:
            self._connection.execute(
                "DELETE FROM arrival WHERE lower(email) = lower(?) AND student = ''", (email,)
            )

    def _hide(self, person: Person, alias: str) -> None:
        """Put the alias where a text about others names the student."""

        def hidden(text: str) -> str:
            return person.hidden_in(text, alias)

        self._change(_TEXTS, hidden)
        self._change(_NOTES, lambda text: _notes(map(hidden, json.loads(text))))
        self._change(_RECORDS, lambda text: canonical_json(reworded(json.loads(text), hidden)).decode())

    def _change(self, texts: Mapping[str, str], change: Callable[[str], str]) -> None:
        for query, statement in texts.items():
            for number, text in self._rows(query):
                if (changed := change(text)) != text:
                    self._connection.execute(statement, (changed, number))

    def end(self, alias: str) -> None:
        """Forget who it was, also where the store keeps what was removed."""
        with self._store.alone():
            self._connection.execute("UPDATE forgotten SET person = NULL WHERE alias = ?", (alias,))
        self.tidy()

    def tidy(self) -> None:
        """Write the store anew, so that nothing of what was removed is left in its files."""
        with self._store.explained():
            self._connection.execute("VACUUM")
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        with self._store.explained():
            return self._connection.execute(query, values).fetchall()


def _notes(notes: Iterable[str]) -> str:
    return json.dumps(list(notes), ensure_ascii=False)
