"""What is seen only side by side: papers that several people hand in, and what comes twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from ...generator.frozen import frozen
from .handed_in import Outcome, Platform, Sender
from .identity import Identity


@frozen
class Claim:
    """A submission that was read, and whose it seems to be.

    Attributes
    ----------
    source
        Where it came from.
    sha256
        The digest of its bytes.
    paper
        The code of the paper.
    sender
        Who handed it in, where a platform says so.
    identity
        What `identify` said of it alone.
    """

    source: str
    sha256: str
    paper: str
    sender: Sender | None
    identity: Identity


def compared(claims: Sequence[Claim]) -> list[Claim]:
    """Return the claims in their order, with what only their neighbours tell.

    Parameters
    ----------
    claims
        All that was ever handed in for an exam, in the order of arrival.
    """
    return _repeated(_contested(claims))


def _contested(claims: Sequence[Claim]) -> list[Claim]:
    """Refuse a paper that several strangers hand in, or strangers besides the student whose it is.

    Who was known once, by a list that was named then, stays known.
    """
    known: dict[tuple[str, str], set[str]] = defaultdict(set)
    strangers: dict[tuple[str, str], set[str]] = defaultdict(set)
    for claim in claims:
        if claim.sender and claim.identity.student:
            (known if claim.identity.known else strangers)[_whose(claim)].add(claim.sender.id)
    return [_judged(claim, strangers[_whose(claim)], known[_whose(claim)]) for claim in claims]


def _judged(claim: Claim, strangers: set[str], known: set[str]) -> Claim:
    student, sender = claim.identity.student, claim.sender
    if sender is None or not student or sender.id in known or (len(strangers) < 2 and not known):
        return claim
    if known:
        outcome = Outcome.NOT_THEIRS
        problem = f"{student} is {', '.join(sorted(known))} and handed this paper in; ask who {sender.id} is"
    else:
        outcome = Outcome.CONTESTED
        who = ", ".join(sorted(strangers)[:5]) + " and others" * (len(strangers) > 5)
        problem = (
            f"{who} hand in the paper of {student}, and nothing says who that is; name the list of the class "
            "that the platform gives you as well, or add its ids to the roster"
        )
    return replace(claim, identity=Identity(outcome=outcome, problem=problem))


def _whose(claim: Claim) -> tuple[str, str]:
    return claim.identity.student, claim.paper


def _repeated(claims: Sequence[Claim]) -> list[Claim]:
    """Tell what came twice from one student, and where one submission holds two answer files."""
    same: dict[tuple[str, str], Claim] = {}
    beside: dict[tuple[str, str, str, str], Claim] = {}
    told = []
    for claim in claims:
        student = claim.identity.student
        first = same.setdefault((student, claim.sha256), claim) if student else claim
        if first.source != claim.source:
            told.append(_with_note(claim, f"is the same file as {first.source}; it counts once"))
            continue
        other = beside.setdefault((student, claim.paper, *_submission(claim)), claim) if student else claim
        if other.source != claim.source:
            claim = _with_note(
                claim, f"was handed in together with {other.source}, which differs; compare them"
            )
        told.append(claim)
    return told


def _submission(claim: Claim) -> tuple[str, str]:
    """Tell what was handed in at one time from the rest.

    Canvas packs the last attempt alone, and its numbers are those of files; a loose file stands alone.
    """
    if claim.sender is None:
        return claim.source, ""
    archive, _, member = claim.source.rpartition(": ")
    order = "" if claim.sender.platform is Platform.CANVAS else claim.sender.order
    return f"{archive or PurePosixPath(member).parent} {order}", claim.sender.id


def _with_note(claim: Claim, note: str) -> Claim:
    return replace(claim, identity=replace(claim.identity, notes=(*claim.identity.notes, note)))
