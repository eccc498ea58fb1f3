"""The rules that are there, and the run over them."""

import pkgutil
from collections.abc import Callable, Collection, Iterator
from functools import cache
from importlib import import_module

import msgspec

import guatu.core.plan.lint as package
from guatu.core.kernel.finding import Finding, Kind
from guatu.core.plan.lint.view import LintView


class Rule(msgspec.Struct, frozen=True):
    """One rule: its name (that of its file), the kinds of finding it returns, why it exists, and its check."""

    name: str
    kinds: tuple[Kind, ...]
    reason: str
    check: Callable[[LintView], Iterator[Finding]]
    off: tuple[Kind, ...] = ()
    """Kinds that are only returned when they are asked for: fewer than four of five of their findings were right."""


@cache
def rules() -> tuple[Rule, ...]:
    """All rules, by name."""
    found = []
    for module_info in pkgutil.iter_modules(package.__path__):
        module = import_module(f"{package.__name__}.{module_info.name}")
        kinds = getattr(module, "KINDS", None) or ((module.KIND,) if hasattr(module, "KIND") else ())
        off = tuple(getattr(module, "OFF", ()))
        if kinds:
            found.append(Rule(module_info.name, tuple(kinds), (module.__doc__ or "").strip(), module.check, off))
    return tuple(sorted(found, key=lambda rule: rule.name))


def run(view: LintView, select: Collection[str] | None = None, ignore: Collection[str] | None = None) -> list[Finding]:
    """Findings of all rules in reading order.

    Kinds that are off come only where `select` names them. `select` and `ignore` hold codes (`plan.sum-mismatch`) or
    names of rules (`sum_mismatch`).

    Raises:
        ValueError: a code or name that no rule has.
    """
    usual = {kind.code for rule in rules() for kind in rule.kinds if kind not in rule.off}
    chosen = _codes(select) if select else usual
    chosen -= _codes(ignore) if ignore else set()
    findings = [
        finding
        for rule in rules()
        if any(kind.code in chosen for kind in rule.kinds)
        for finding in rule.check(view)
        if finding.code in chosen
    ]
    findings.sort(key=lambda f: (f.span.start, f.span.end, f.code))
    return findings


def _codes(names: Collection[str]) -> set[str]:
    known: dict[str, set[str]] = {}
    for rule in rules():
        for kind in rule.kinds:
            known.setdefault(rule.name, set()).add(kind.code)
            known.setdefault(kind.code, set()).add(kind.code)
    unknown = sorted(set(names) - set(known))
    if unknown:
        raise ValueError(f"no rule has this code or name: {', '.join(unknown)}")
    return {code for name in names for code in known[name]}
