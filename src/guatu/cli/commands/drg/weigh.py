"""guatu drg weigh: weights, coefficients and bed-day points from history."""

import sys
from functools import partial

import click

from guatu.cli.commands.drg import _money, _shared
from guatu.cli.commands.drg._money import Folder, Inputs, options, refuse
from guatu.cli.exits import Exit
from guatu.cli.messages import Say
from guatu.cli.shell import Command

MESSAGES = {
    **_shared.MESSAGES,
    **_money.MESSAGES,
    "drg.weigh.short": ("由历史数据算权重与系数", "Weights and coefficients from history"),
    "drg.weigh.help": (
        "由基期病例算各病组的基准点数、各医院的系数和床日点数。\n\n"
        "FILE 是 .tsv、.csv 或 .parquet，要有的列：id hospital patient drg admitted discharged cost fund（金额以元计，日期如 2026-03-01）；"
        "dx、planned 可有可无。\n\n文件夹中写出 weights.json（结算用）、groups、coefficients 和 problems 表。",
        "Base points of groups, coefficients of hospitals and points of bed-days from the stays of the base period.\n\n"
        "FILE is .tsv, .csv or .parquet with the columns id hospital patient drg admitted discharged cost fund "
        "(amounts in yuan,"
        " dates like 2026-03-01); dx and planned may be there.\n\n"
        "The folder gets weights.json (for settling) and the tables groups, coefficients and problems.",
    ),
    "drg.weigh.done": (
        "{cases} 例，{groups} 个病组中 {stable} 个稳定，{coefficients} 个系数，地区均费 {mean} 元：{name}",
        "{cases} stays, {stable} of {groups} groups stable, {coefficients} coefficients, mean cost {mean} yuan: {name}",
    ),
}


def build(say: Say) -> click.Command:
    params = [
        click.Argument(["file"], metavar="FILE"),
        *options(say, "parameters", "hospitals", "groups", "out", "format"),
    ]
    return Command("weigh", say, partial(run, say), params, key="drg.weigh")


def run(say: Say, file: str, parameters: str, hospitals: str, groups: str | None, out: str, format_: str) -> int:
    from guatu.engines.drg.weights.arrow import coefficients_table, groups_table
    from guatu.engines.drg.weights.history import weigh_history
    from guatu.engines.drg.weights.record import weights_to_bytes

    inputs = Inputs(say)
    chosen = inputs.parameters(parameters)
    levels = {row.code: row.level for row in inputs.hospitals(hospitals)}
    table, twice = inputs.stays(file, groups)
    hashes = {role: given.sha256 for role, given in inputs.hashes.items()}
    weights, problems, findings = weigh_history(table, chosen, levels, hashes)
    folder = Folder(out, format_, say)
    folder.problems(inputs, problems.extended(twice), table.column("id"))
    refuse(findings, say)
    assert weights is not None
    folder.whole("groups", groups_table(weights))
    folder.whole("coefficients", coefficients_table(weights))
    folder.bytes("weights.json", weights_to_bytes(weights))
    counts = {
        "cases": weights.cases,
        "groups": len(weights.groups),
        "stable": sum(row.stable for row in weights.groups),
    }
    mean = f"{weights.region_mean / 100:,.2f}"
    words = {**counts, "coefficients": len(weights.coefficients), "mean": mean, "name": folder.path / "weights.json"}
    print(say("drg.weigh.done", **words), file=sys.stderr)
    return Exit.OK
