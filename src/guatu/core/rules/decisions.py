"""Decisions that need each other: a table or an expression over facts, among them what the needed decisions give."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

import msgspec

from guatu.core.rules.evaluating import Evaluation
from guatu.core.rules.facts import Facts, Lack, Open, is_known
from guatu.core.rules.tables import Decided, DecisionTable, stored
from guatu.core.rules.tree import Expression, names
from guatu.core.rules.vocabulary import NO_WORDS, Vocabulary, merged


class Decision(msgspec.Struct, frozen=True, dict=True):
    """One decision. Its value is known to others as the fact of this name, its outputs as `name.output`.

    Without logic somebody decides outside, and the value is handed in. `words` are the facts that its file declares.
    """

    id: str
    name: str
    logic: DecisionTable | Expression | None
    needs: tuple["Decision", ...] = ()
    words: Vocabulary = NO_WORDS
    line: int = 0

    @property
    def outputs(self) -> tuple[str, ...]:
        """The fields that it sets."""
        return self.logic.names if isinstance(self.logic, DecisionTable) else (self.name,)

    @cached_property
    def asked(self) -> frozenset[str]:
        """The facts that it and all that it needs go by, without those that they give each other."""
        if self.logic is None:
            return frozenset((self.name,))
        own = self.logic.asked if isinstance(self.logic, DecisionTable) else names(self.logic)
        given = {name for one in self.needs for name in one.gives}
        return frozenset(own).difference(given).union(*(one.asked for one in self.needs))

    @property
    def gives(self) -> Iterator[str]:
        """The names by which its value is known to others."""
        yield self.name
        yield from (f"{self.name}.{output}" for output in self.outputs if len(self.outputs) > 1)

    def whole(self) -> Iterator["Decision"]:
        """It and all that it needs, each once, the needed ones first."""
        seen: dict[str, Decision] = {}
        self._whole(seen)
        yield from seen.values()

    def _whole(self, seen: dict[str, "Decision"]) -> None:
        if self.id not in seen:
            for one in self.needs:
                one._whole(seen)
            seen[self.id] = self

    def decide(self, facts: Facts, words: Vocabulary = NO_WORDS) -> Decided:
        """What it gives, after what it needs was decided. What a needed decision lacks is lacking to it.

        `words` are the types of facts where they are used; what those do not name is of the type that the file says.
        """
        known = dict(facts)
        lacking: dict[str, tuple[Lack, ...]] = {}
        decided = Decided(None, {})
        for one in self.whole():
            decided = one._alone(known, merged(words, one.words))
            lacks = dict.fromkeys(deeper for lack in decided.lacks for deeper in lacking.get(lack.fact, (lack,)))
            decided = msgspec.structs.replace(decided, lacks=tuple(lacks))
            known.update(_facts(one, decided))
            lacking.update(dict.fromkeys(one.gives, decided.lacks) if lacks else {})
        return decided

    def _alone(self, facts: Facts, words: Vocabulary) -> Decided:
        if isinstance(self.logic, DecisionTable):
            return self.logic.decide(facts, words)
        if self.logic is None:
            value = facts.get(self.name)
            return Decided(value, {self.name: value}, lacks=() if is_known(self.name, facts) else (Lack(self.name),))
        found = Evaluation(facts, words).value(self.logic)
        if isinstance(found, Open):
            return Decided(None, {self.name: None}, lacks=found.lacks)
        return Decided(found, {self.name: stored(found)})


def _facts(one: Decision, decided: Decided) -> dict[str, Any]:
    """What others may ask of a decision."""
    if isinstance(decided.value, dict):
        return {f"{one.name}.{output}": value for output, value in decided.value.items()}
    return {one.name: decided.value}
