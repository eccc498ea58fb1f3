"""guatu drg scheme show: what is in a scheme, or what it says of one code."""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

import click

from guatu.cli.commands.drg import _shared
from guatu.cli.exits import Exit, Stop
from guatu.cli.messages import Say
from guatu.cli.shell import Command

if TYPE_CHECKING:
    from guatu.engines.drg.scheme.model import Adrg, Mdc, Scheme

MESSAGES = {
    **_shared.MESSAGES,
    "drg.scheme.show.short": ("查看分组方案", "Look into a grouping scheme"),
    "drg.scheme.show.help": (
        "查看分组方案：不写 CODE 时列出各 MDC；CODE 可以是 MDC、ADRG、DRG、诊断或手术的编码。\n\n"
        "不写 --scheme 时看随程序附带的示例方案。",
        "Look into a grouping scheme: its MDCs, or what it says of CODE, which is an MDC, ADRG, DRG, diagnosis or"
        " procedure.\n\nWithout --scheme, the example that comes along.",
    ),
    "drg.scheme.show.head": (
        "{name} {version} 有效期 {valid_from} 至 {valid_to}，编码版本 {edition}，来源：{source}",
        "{name} {version} valid {valid_from} to {valid_to}, edition of codes {edition}, source: {source}",
    ),
    "drg.scheme.show.sum": (
        "MDC {mdcs}，ADRG {adrgs}，DRG {drgs}，诊断 {dx}，手术操作 {procs}",
        "{mdcs} MDCs, {adrgs} ADRGs, {drgs} DRGs, {dx} diagnoses, {procs} procedures",
    ),
    "drg.scheme.show.none": (
        "方案里没有编码“{code}”。",
        "The scheme has no code '{code}'.",
    ),
    "drg.scheme.show.level": ("{level}，排除表 {table}", "{level}, exclusion table {table}"),
    "drg.scheme.show.own": ("作主要诊断时属排除表 {table}", "as principal diagnosis: exclusion table {table}"),
    "drg.scheme.show.valid": ("有效手术", "a valid procedure"),
    "drg.scheme.show.mapped": ("映射为 {code}", "mapped to {code}"),
}


def build(say: Say) -> click.Command:
    params = [click.Argument(["code"], metavar="[CODE]", required=False), _shared.scheme_option(say)]
    return Command("show", say, partial(run, say), params, key="drg.scheme.show")


def run(say: Say, code: str | None, scheme: str | None) -> int:
    loaded = _shared.scheme_at(scheme, say)
    lines = list(_overview(loaded, say) if code is None else _about(loaded, code, say))
    if not lines:
        raise Stop(Exit.NOT_FOUND, say("drg.scheme.show.none", code=code))
    for line in lines:
        print(line)
    return Exit.OK


def _overview(scheme: "Scheme", say: Say) -> Iterator[str]:
    said = scheme.manifest
    shown = {
        key: getattr(said, key) or "-" for key in ("name", "version", "valid_from", "valid_to", "edition", "source")
    }
    yield say("drg.scheme.show.head", **shown)
    adrgs = [adrg for mdc in scheme.mdcs for adrg in mdc.adrgs]
    counts = {"mdcs": len(scheme.mdcs), "adrgs": len(adrgs), "drgs": sum(len(adrg.drgs) for adrg in adrgs)}
    yield say("drg.scheme.show.sum", **counts, dx=len(scheme.known_dx), procs=len(scheme.known_proc))
    for mdc in scheme.mdcs:
        yield _mdc_line(mdc)


def _mdc_line(mdc: "Mdc") -> str:
    return (
        f"{mdc.code}  {mdc.entry} {mdc.condition or '-'} qy={mdc.qy} dx={len(mdc.dx)} adrg={len(mdc.adrgs)}  {mdc.name}"
    )


def _about(scheme: "Scheme", code: str, say: Say) -> Iterator[str]:
    for mdc in scheme.mdcs:
        if mdc.code == code:
            yield _mdc_line(mdc)
            yield from (f"  {_adrg_line(adrg)}" for adrg in mdc.adrgs)
        for adrg in mdc.adrgs:
            if code == adrg.code or code in [drg.code for drg in adrg.drgs]:
                yield _adrg_line(adrg)
                yield from (
                    f"  {drg.code}  {drg.condition}  {drg.name}" for drg in adrg.drgs if code in (adrg.code, drg.code)
                )
    yield from _diagnosis(scheme, code, say)
    yield from _procedure(scheme, code, say)


def _adrg_line(adrg: "Adrg") -> str:
    sets = ",".join(f"{number}:{len(codes)}" for number, codes in sorted(adrg.procs.items())) or "-"
    return f"{adrg.code}  {adrg.partition}  {adrg.rule_text}  dx={len(adrg.dx)} proc={sets}  {adrg.name}"


def _diagnosis(scheme: "Scheme", code: str, say: Say) -> Iterator[str]:
    known = scheme.dx_of(code)
    if known is None:
        return
    yield f"{known}  {scheme.dx_name.get(known, '-')}"
    if known != code:
        yield "  " + say("drg.scheme.show.mapped", code=known)
    for mdc in scheme.mdcs:
        groups = [adrg.code for adrg in mdc.adrgs if known in adrg.dx]
        if known in mdc.dx or groups:
            yield f"  MDC {mdc.code}{'' if known in mdc.dx else ' (-)'}: {' '.join(groups) or '-'}"
    for level, tables in (("MCC", scheme.mcc), ("CC", scheme.cc)):
        if known in tables:
            yield "  " + say("drg.scheme.show.level", level=level, table=tables[known])
    if known in scheme.exclusion:
        yield "  " + say("drg.scheme.show.own", table=scheme.exclusion[known])


def _procedure(scheme: "Scheme", code: str, say: Say) -> Iterator[str]:
    known = scheme.proc_of(code)
    if known is None:
        return
    yield f"{known}  {scheme.proc_name.get(known, '-')}"
    if known != code:
        yield "  " + say("drg.scheme.show.mapped", code=known)
    if known in scheme.valid_proc:
        yield "  " + say("drg.scheme.show.valid")
    for mdc in scheme.mdcs:
        for adrg in mdc.adrgs:
            sets = [str(number) for number, codes in sorted(adrg.procs.items()) if known in codes]
            if sets:
                yield f"  {adrg.code}: {','.join(sets)}"
