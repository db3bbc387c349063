"""Everybody who has a paper of an exam, and which one: what the roster said, kept with the record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .papers import Student


@dataclass(frozen=True)
class ClassList:
    """The students of an exam.

    Attributes
    ----------
    students
        In the order of the roster; those who joined later come last.
    versions
        The version that each student was dealt, by id; empty where everybody has a paper of their own.
    """

    students: tuple[Student, ...] = ()
    versions: Mapping[str, str] = field(default_factory=dict)
