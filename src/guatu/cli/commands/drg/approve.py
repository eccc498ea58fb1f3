"""guatu drg approve: the lines that record that somebody approves a set of parameters."""

import sys
from datetime import datetime
from functools import partial

import click

from guatu.cli.commands.drg import _money, _shared
from guatu.cli.commands.drg._money import Inputs
from guatu.cli.exits import Exit, Stop
from guatu.cli.messages import Say
from guatu.cli.shell import Command

MESSAGES = {
    **_shared.MESSAGES,
    **_money.MESSAGES,
    "drg.approve.short": ("批准一套参数", "Approve a set of parameters"),
    "drg.approve.help": (
        "印出批准这套参数的几行，由批准人核对后加到文件末尾。结算须有两个不同的人批准；参数改动后原批准失效。",
        "Prints the lines that approve this set; whoever approves adds them to the end of the file. Settling "
        "needs two different"
        " people; a change of the parameters ends their approval.",
    ),
    "drg.approve.by": ("批准人姓名。", "Who approves."),
    "drg.approve.by-needed": ("请用 --by 写明批准人。", "Say who approves with --by."),
}


def build(say: Say) -> click.Command:
    params = [
        click.Argument(["file"], metavar="TOML"),
        click.Option(["--by"], required=True, metavar="NAME", help=say("drg.approve.by")),
        click.Option(["--on"], metavar="DATE", type=click.DateTime(["%Y-%m-%d"]), help="2026-01-31"),
    ]
    return Command("approve", say, partial(run, say), params, key="drg.approve")


def run(say: Say, file: str, by: str, on: datetime | None) -> int:
    from guatu.engines.drg.parameters import digest_of, lacks_approval

    if not by.strip():
        raise Stop(Exit.INPUT, say("drg.approve.by-needed"))
    chosen = Inputs(say).parameters(file)
    day = on.date() if on is not None else datetime.now().astimezone().date()
    name = by.strip().replace("\\", "\\\\").replace('"', '\\"')
    print(f'[[approval]]\nby = "{name}"\non = {day.isoformat()}\ndigest = "{digest_of(chosen)}"')
    for finding in lacks_approval(chosen):
        print(finding.message(say.language), file=sys.stderr)
    return Exit.OK
