"""The declaration of one setting."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from guatu.web.base.actors import Actor
from guatu.web.base.declarations.kind import VALUE, Kind
from guatu.web.base.problems import Invalid

V = TypeVar("V")
Words = str | Promise


@dataclass(frozen=True)
class TriedLine:
    """One thing that would be another one, and the page that shows it."""

    what: str
    before: str
    after: str
    url: str = ""


@dataclass(frozen=True)
class Tried:
    """What a changed rule would have come to where it was tried: `where` names the period, `said` counts."""

    where: str
    said: str
    looked_at: int
    changed: int
    lines: Sequence[TriedLine] = ()
    """The first of what would change."""


@dataclass(frozen=True)
class Declared(Generic[V]):
    """`default` is as the table keeps it, or a function that gives it; None where there is none: then the program gets
    None, and `absent` says what that means.

    `check` looks at a value whole and says what is wrong with it. A rule has a `trial`: what it would change of the
    last period, which has to be seen before it is saved. `refuses` is for what nothing may go by where it does not fit:
    the problem is raised instead of the default being used. `opening`: the first value may begin in the past, as a
    county had its name before it wrote it here.
    """

    name: str
    kind: Kind[V]
    default: Any
    label: Words
    help: Words
    group: Words
    permission: str
    source: Words = ""
    absent: Words = ""
    check: Callable[[V], Iterable[str]] | None = None
    trial: Callable[[V, Actor], Tried] | None = None
    secret: bool = False
    refuses: bool = False
    opening: bool = False

    @property
    def kept_default(self) -> Any:
        """The default as the table would keep it."""
        return self.default() if callable(self.default) else self.default

    @property
    def default_value(self) -> Any:
        kept = self.kept_default
        value = None if kept is None else self.kind.value(kept)
        # An empty text is read as nothing; as a default it stays a text, so that who joins it joins no "None".
        return kept if value is None else value

    def value(self, kept: Any) -> Any:
        """What the program gets; the default for None. Raises `Invalid` for what does not fit.

        Only of what `refuses` the value is looked at whole: another one that is wrong in part still does the rest.
        """
        if kept is None:
            return self.default_value
        value = self.kind.value(kept)
        if self.refuses:
            self._check(value)
        return value

    def look(self, kept: Any) -> None:
        """Raises `Invalid` for what does not fit or is wrong, also in a part that `value` does without."""
        if kept is not None:
            self.kind.take(kept)
            self._check(self.kind.value(kept))

    def take(self, given: Any) -> Any:
        """What is kept of what was given; raises `Invalid` that says what is wrong."""
        kept = self.kind.take(given)
        self.look(kept)
        return kept

    def _check(self, value: V) -> None:
        wrong = list(self.check(value)) if self.check else []
        if wrong:
            raise Invalid(_(";").join(wrong[:3]), field=VALUE, code="setting.wrong")

    def may_change(self, actor: Actor) -> bool:
        return actor.may(self.permission)
