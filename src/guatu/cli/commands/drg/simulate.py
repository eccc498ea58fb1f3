"""guatu drg simulate: what a change of parameters would do to hospitals and groups."""

import sys
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from guatu.cli.commands.drg import _money, _shared
from guatu.cli.commands.drg._money import Folder, Inputs, options, refuse
from guatu.cli.exits import Exit, Stop
from guatu.cli.messages import Say
from guatu.cli.shell import Command

if TYPE_CHECKING:
    from guatu.engines.drg.parameters import ParameterSet
    from guatu.engines.drg.settlement import HospitalTerms
    from guatu.engines.drg.settlement.year import Year
    from guatu.engines.drg.weights import Weights

MESSAGES = {
    **_shared.MESSAGES,
    **_money.MESSAGES,
    "drg.simulate.short": ("试算参数调整的影响", "What a change of parameters would do"),
    "drg.simulate.help": (
        "同一批病例按调整前后的参数各算一次，逐医院、逐病组比较。参数不必已批准，结果不能用于结算。\n\n"
        "调整用 --change（可多次，如 --change low_threshold=0.5）或 --against 另一份参数文件；"
        "影响权重的调整须用 --history 给出历史病例。文件夹中写出 hospitals、groups、problems 表和 before.json、after.json。",
        "The same stays under the parameters before and after a change, hospital by hospital and group by group. "
        "The parameters"
        " need no approval; the results are not for settling.\n\n"
        "Give the change with --change (again and again: --change low_threshold=0.5) or another file with "
        "--against; a change that"
        " touches weights needs --history. The folder gets the tables hospitals, groups and problems, and "
        "before.json, after.json.",
    ),
    "drg.simulate.change": ("把参数改为这个值：NAME=VALUE。", "Give a parameter this value: NAME=VALUE."),
    "drg.simulate.against": ("与这份参数文件比较。", "Compare with this file of parameters."),
    "drg.simulate.history": ("历史病例，用于重算权重。", "Stays of the base period, to weigh anew."),
    "drg.simulate.nothing": (
        "没有调整：请用 --change 或 --against。",
        "Nothing is changed: use --change or --against.",
    ),
    "drg.simulate.done": (
        "{gain} 家医院增加，{lose} 家减少，最多 {most}；{moved} 例换了计点规则：{name}",
        "{gain} hospitals gain, {lose} lose, {most} at most; {moved} stays come under another rule: {name}",
    ),
}


def build(say: Say) -> click.Command:
    params = [
        click.Argument(["file"], metavar="FILE"),
        *options(say, "weights", "parameters", "hospitals", "groups", "out", "format"),
        click.Option(["--change"], multiple=True, metavar="NAME=VALUE", help=say("drg.simulate.change")),
        click.Option(["--against"], metavar="TOML", help=say("drg.simulate.against")),
        click.Option(["--history"], metavar="FILE", help=say("drg.simulate.history")),
    ]
    return Command("simulate", say, partial(run, say), params, key="drg.simulate")


def run(
    say: Say, file: str, weights: str, parameters: str, hospitals: str, groups: str | None, out: str, format_: str,
    change: Sequence[str], against: str | None, history: str | None,
) -> int:  # fmt: skip
    from guatu.engines.drg.settlement.record import record
    from guatu.engines.drg.settlement.year import settle_year
    from guatu.engines.drg.simulation.change import changed

    if not change and against is None:
        raise Stop(Exit.INPUT, say("drg.simulate.nothing"))
    inputs = Inputs(say)
    before, places, old = inputs.parameters(parameters), inputs.hospitals(hospitals), inputs.weights(weights)
    after, wrong = changed(before if against is None else inputs.parameters(against, "against"), change)
    refuse(wrong, say)
    new = _weights(inputs, (before, after), old, places, history)
    table, twice = inputs.stays(file, groups)
    years: list[Year] = []
    folder = Folder(out, format_, say)
    for number, (chosen, used) in enumerate(((before, old), (after, new))):
        year, problems, findings = settle_year(table, used, chosen, places, simulated=True)
        if not number:
            folder.problems(inputs, problems.extended(twice), table.column("id"))
        refuse(findings if not number else [finding for finding in findings if finding.severity == "error"], say)
        assert year is not None
        years.append(year)
        data = record(year, problems, chosen, inputs.hashes, simulated=True)
        folder.bytes(("before.json", "after.json")[number], data)
    _compared(years, folder, say)
    return Exit.OK


def _weights(
    inputs: Inputs,
    sets: "tuple[ParameterSet, ParameterSet]",
    old: "Weights",
    places: "list[HospitalTerms]",
    history: str | None,
) -> "Weights":
    """Those after the change: the same, unless the change touches weighing."""
    from guatu.core.kernel.row_finding import row_finding
    from guatu.engines.drg.simulation.change import NEEDS_HISTORY, of_weights
    from guatu.engines.drg.weights.history import weigh_history

    names = of_weights(*sets)
    if not names:
        return old
    if history is None:
        refuse([row_finding(NEEDS_HISTORY, "--history", "history", names=", ".join(names))], inputs.say)
    from guatu.engines.drg.stays import COLUMNS, OPTIONAL

    table = inputs.table("history", str(history), COLUMNS, OPTIONAL)
    levels = {row.code: row.level for row in places}
    weights, _, findings = weigh_history(table, sets[1], levels, {"history": inputs.hashes["history"].sha256})
    refuse(findings, inputs.say)
    assert weights is not None
    return weights


def _compared(years: "list[Year]", folder: Folder, say: Say) -> None:
    from guatu.engines.drg.simulation.arrow import groups_table, hospitals_table
    from guatu.engines.drg.simulation.compare import compare

    found = compare(*years)
    folder.whole("hospitals", hospitals_table(found))
    folder.whole("groups", groups_table(found))
    changes = [row.change.value for row in found.hospitals]
    words: dict[str, Any] = {
        "gain": sum(change.fen > 0 for change in changes),
        "lose": sum(change.fen < 0 for change in changes),
        "most": max(changes, key=lambda change: abs(change.fen)),
        "moved": sum(found.moved.values()),
        "name": folder.path,
    }
    print(say("drg.simulate.done", **words), file=sys.stderr)
