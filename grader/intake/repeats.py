"""What arrived again under another name: a download named twice is no news, and nobody need look at it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from .arrival import Arrival
from .handed_in import Outcome

_NO_BYTES = hashlib.sha256().hexdigest()  # of an empty file, and of what could not be read


def repeated(arrivals: Sequence[Arrival]) -> set[tuple[str, str]]:
    """Return source and digest of every arrival that brings nothing new.

    The same bytes for the same student, or, where they are nobody's, from the same sender of a platform. What
    has no known sender is never passed over: two students may send the same empty file.

    Parameters
    ----------
    arrivals
        All that ever arrived, in that order.
    """
    seen: set[tuple[str, ...]] = set()
    found = set()
    for arrival in arrivals:
        whose = arrival.student or (arrival.sender.id if arrival.sender else "")
        unread = arrival.sha256 in ("", _NO_BYTES) and arrival.outcome is not Outcome.EMPTY
        if not whose or unread or arrival.outcome is Outcome.NOT_TYPED:
            continue
        what = (arrival.sha256, whose, arrival.paper)
        if what in seen:
            found.add((arrival.source, arrival.sha256))
        seen.add(what)
    return found
