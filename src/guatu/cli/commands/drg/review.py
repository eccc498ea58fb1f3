"""guatu drg review: what of a year should be looked at, and the indicators of hospitals."""

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
    "drg.review.short": ("质量控制与指标", "Quality control and indicators"),
    "drg.review.help": (
        "列出与地区相比值得核查的情况（疑似高套、分解住院、再入院、推诿重症、住院日、费用分布、编码质量），"
        "附数字和理由，只供核查，不是结论；并算 CMI、费用与时间消耗指数、入组率。\n\n"
        "文件夹中写出 signals、indicators、problems 表。FILE 的列同 guatu drg weigh。",
        "Lists what differs from the region and should be looked at (upcoding, split stays, readmissions, refused "
        "severe cases,"
        " length of stay, cost distribution, coding), with numbers and reasons: for checking, not a verdict. Also "
        "CMI, cost and"
        " time index, grouping rate.\n\n"
        "The folder gets the tables signals, indicators and problems. Columns of FILE as for guatu drg weigh.",
    ),
    "drg.review.done": ("{n} 条提示，涉及 {hospitals} 家医院：{name}", "{n} signals at {hospitals} hospitals: {name}"),
}


def build(say: Say) -> click.Command:
    params = [
        click.Argument(["file"], metavar="FILE"),
        *options(say, "weights", "parameters", "hospitals", "groups", "out", "format"),
    ]
    return Command("review", say, partial(run, say), params, key="drg.review")


def run(
    say: Say, file: str, weights: str, parameters: str, hospitals: str, groups: str | None, out: str, format_: str
) -> int:
    from guatu.engines.drg.quality.arrow import indicators_table, signals_table
    from guatu.engines.drg.quality.indicators import indicators
    from guatu.engines.drg.quality.model import subject_of
    from guatu.engines.drg.quality.registry import signals_of
    from guatu.engines.drg.settlement.year import settle_year

    inputs = Inputs(say)
    chosen, used, places = inputs.parameters(parameters), inputs.weights(weights), inputs.hospitals(hospitals)
    table, twice = inputs.stays(file, groups)
    year, problems, findings = settle_year(table, used, chosen, places, simulated=True)
    folder = Folder(out, format_, say)
    folder.problems(inputs, problems.extended(twice), table.column("id"))
    refuse(findings, say)
    assert year is not None
    found = signals_of(subject_of(year))
    folder.whole("signals", signals_table(found, say.language))
    folder.whole("indicators", indicators_table(indicators(year.stays, used)))
    hospitals_named = len({signal.hospital for signal in found})
    print(say("drg.review.done", n=len(found), hospitals=hospitals_named, name=folder.path), file=sys.stderr)
    return Exit.OK
