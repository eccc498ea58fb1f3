"""guatu drg region: files of a region that does not exist, to try everything out."""

import sys
from functools import partial

import click

from guatu.cli.commands.drg import _money, _shared
from guatu.cli.commands.drg._money import FORMATS, Folder, options
from guatu.cli.exits import Exit
from guatu.cli.messages import Say
from guatu.cli.shell import Command

MESSAGES = {
    **_shared.MESSAGES,
    **_money.MESSAGES,
    "drg.region.short": ("生成虚构地区的试用数据", "Data of a fictional region"),
    "drg.region.help": (
        "生成一个虚构地区的历史病例（两年）、一年病例、医院表和参数，供试用 weigh、settle、simulate、review。"
        "同样的种子得到同样的数据。",
        "Makes the history (two years), a year of stays, hospitals and parameters of a region that does not exist,"
        " to try weigh,"
        " settle, simulate and review. The same seed gives the same data.",
    ),
    "drg.region.stays": ("一年的病例数。", "Stays of the year."),
    "drg.region.hospitals": ("医院数。", "Number of hospitals."),
    "drg.region.seed": ("种子。", "Seed."),
    "drg.region.done": (
        "已写出 history、stays、hospitals 表和 parameters.toml：{name}",
        "Written: the tables history, stays and hospitals, and parameters.toml: {name}",
    ),
}
_STAYS, _HOSPITALS, _SEED = 20_000, 50, 1


def build(say: Say) -> click.Command:
    def number(name: str, default: int, least: int) -> click.Option:
        kind = click.IntRange(min=least)
        return click.Option([f"--{name}"], type=kind, default=default, metavar="N", help=say(f"drg.region.{name}"))

    params = [
        *options(say, "out"),
        number("stays", _STAYS, 100),
        number("hospitals", _HOSPITALS, 12),
        number("seed", _SEED, 0),
        *options(say, "format"),
    ]
    return Command("region", say, partial(run, say), params, key="drg.region")


def run(say: Say, out: str, stays: int, hospitals: int, seed: int, format_: str = FORMATS[0]) -> int:
    from guatu.engines.drg.simulation.example import example_parameters, example_tables

    folder = Folder(out, format_, say)
    tables = example_tables(stays, hospitals, seed)
    for name, table in tables.items():
        folder.whole(name, table)
    folder.bytes("parameters.toml", example_parameters(tables["stays"]).encode())
    print(say("drg.region.done", name=folder.path), file=sys.stderr)
    return Exit.OK
