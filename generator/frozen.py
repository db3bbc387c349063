"""Values: dataclasses whose attributes nobody assigns.

The type checker holds that, for ``frozen_default`` says so. What `dataclasses` calls frozen is checked
whenever a value is made, which then takes four times as long; and six functions are compiled for each class,
where here the constructor is the only one. With hundreds of classes that is much of what a command takes to
start.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields
from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(cls: type[T]) -> type[T]:
    """Make a dataclass whose instances are values: equal, and found in sets, by what they hold.

    Methods that the class has of its own stay; with an ``__eq__`` of its own it needs a ``__hash__`` as well.
    For slots or an order, use ``dataclass(frozen=True)``.
    """
    own = set(vars(cls))
    made = dataclass(repr=False, eq=False)(cls)
    compared = [each for each in fields(made) if each.compare]  # type: ignore[arg-type]
    parts = _parts([each.name for each in compared])
    hashed = _parts([each.name for each in compared if each.hash is not False])

    def equal(self: Any, other: object) -> bool:
        return parts(self) == parts(other) if other.__class__ is self.__class__ else NotImplemented

    methods = {"__repr__": _written, "__eq__": equal, "__hash__": lambda self: hash(hashed(self))}
    for name, method in methods.items():
        if name not in own:
            setattr(made, name, method)
    return made


def _parts(names: Sequence[str]) -> Callable[[Any], object]:
    """Return what tells the attributes of these names of any instance."""
    return attrgetter(*names) if names else lambda _: ()


def _written(self: Any) -> str:
    shown = (f"{each.name}={getattr(self, each.name)!r}" for each in fields(self) if each.repr)
    return f"{type(self).__qualname__}({', '.join(shown)})"
