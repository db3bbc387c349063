"""Randomness as an argument: streams keyed by names, the same on every machine, for ever.

A stream is HMAC-SHA256 in counter mode. Its key is derived from the exam's secret and the *names* of
what is drawn (exam, student, question, attempt), never from an order, so a new question or a new
parameter shifts nobody else's numbers. Neither numpy nor `random` promise that between releases.

Source: HMAC, RFC 2104; canonical parts and rejection sampling as specified below, with test vectors
in the tests.
"""

from __future__ import annotations

import hashlib
import hmac
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")

_WORD_BITS = 64
_WORDS_PER_BLOCK = 4


def canonical(parts: Iterable[str]) -> bytes:
    """Write names so that no two lists of names read the same: length, then NFC text in UTF-8."""
    encoded = (unicodedata.normalize("NFC", part).encode() for part in parts)
    return b"".join(len(part).to_bytes(4, "big") + part for part in encoded)


def derive(key: bytes, parts: Iterable[str]) -> bytes:
    """Derive a key of 32 bytes from a key and names."""
    return hmac.digest(key, canonical(parts), "sha256")


def practice_secret(seed: int) -> bytes:
    """Return the secret that stands for a seed; whoever knows the seed knows the answers."""
    return derive(b"convexam/practice-seed/1", [str(seed)])


def question_stream(secret: bytes, *, exam: str, student: str, item: str, attempt: int = 0) -> Stream:
    """Return the stream of one question of one student's paper.

    `item` is the id in the exam file, not the id of the bank entry: an entry that is used twice
    gives two problems. `attempt` counts resits.
    """
    return Stream(derive(secret, ["convexam", "seed", "1", exam, student, item, str(attempt)]))


def ranked(secret: bytes, parts: Sequence[str], candidates: Iterable[str]) -> list[str]:
    """Order candidates by a keyed hash of their names, so that a new one moves no other."""
    key = derive(secret, parts)
    return sorted(candidates, key=lambda name: (derive(key, [name]), name))


class Stream:
    """An endless sequence of 64-bit words with the few draws that questions need.

    Parameters
    ----------
    key
        32 bytes; see `question_stream`.
    """

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._words = self._generate()

    def _generate(self) -> Iterator[int]:
        counter = 0
        while True:
            block = hmac.digest(self._key, counter.to_bytes(8, "big"), hashlib.sha256)
            for start in range(0, 8 * _WORDS_PER_BLOCK, 8):
                yield int.from_bytes(block[start : start + 8], "big")
            counter += 1

    def child(self, *names: str) -> Stream:
        """Return the stream of that name; it does not depend on what was drawn from this one."""
        return Stream(derive(self._key, ["child", *names]))

    def below(self, bound: int) -> int:
        """Draw a whole number from 0 to `bound` - 1, each equally likely.

        Raises
        ------
        ValueError
            If `bound` is below 1 or above 2**64.
        """
        if not 1 <= bound <= 1 << _WORD_BITS:
            raise ValueError(f"below() draws from 1 to 2**64 numbers, not {bound}")
        if bound == 1:
            return 0
        shift = _WORD_BITS - (bound - 1).bit_length()
        while (value := next(self._words) >> shift) >= bound:
            pass
        return value

    def integer(self, low: int, high: int) -> int:
        """Draw a whole number from `low` to `high`, both included."""
        return low + self.below(high - low + 1)

    def choice(self, options: Sequence[T]) -> T:
        """Draw one of the options."""
        return options[self.below(len(options))]

    def shuffle(self, items: Iterable[T]) -> list[T]:
        """Return the items in random order."""
        deck = list(items)
        for last in range(len(deck) - 1, 0, -1):
            other = self.below(last + 1)
            deck[last], deck[other] = deck[other], deck[last]
        return deck

    def sample(self, items: Iterable[T], count: int) -> list[T]:
        """Draw `count` different items."""
        deck = list(items)
        for place in range(count):
            other = place + self.below(len(deck) - place)
            deck[place], deck[other] = deck[other], deck[place]
        return deck[:count]
