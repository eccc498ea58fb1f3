"""guatu drg scheme check: what is wrong with a scheme."""

from collections import Counter
from functools import partial
from pathlib import Path

import click

from guatu.cli.commands.drg import _shared
from guatu.cli.exits import Exit
from guatu.cli.messages import Say
from guatu.cli.shell import Command

MESSAGES = {
    **_shared.MESSAGES,
    "drg.scheme.check.short": ("检查分组方案", "Check a grouping scheme"),
    "drg.scheme.check.help": (
        "检查分组方案的各表：缺表缺列、重复、指向不存在的组、识别不了的规则、次序有缺、永远不会成立的规则等。"
        "逐条打印为 文件:行 级别 代码 说明。\n\n有错误时返回码为 1，只有提醒时为 0。",
        "Check the tables of a scheme: tables and columns that are missing, repeated rows, references to nothing, rules"
        " that are not known, gaps in the order, rules that can never hold. Prints file:line severity code message.\n\n"
        "The exit code is 1 where there is an error, 0 where there are only warnings.",
    ),
    "drg.scheme.check.done": (
        "{name}：错误 {errors}，提醒 {warnings}",
        "{name}: {errors} errors, {warnings} warnings",
    ),
}


def build(say: Say) -> click.Command:
    return Command("check", say, partial(run, say), [click.Argument(["folder"], metavar="DIR")], key="drg.scheme.check")


def run(say: Say, folder: str) -> int:
    from guatu.engines.drg.scheme.loader import load

    path = Path(folder)
    loaded = load(path)
    for finding in loaded.findings:
        print(_shared.finding_line(path, finding, say))
    for code, count in sorted(Counter(finding.code for finding in loaded.findings).items()):
        print(f"  {code} {count}")
    errors = len(loaded.errors)
    print(say("drg.scheme.check.done", name=folder, errors=errors, warnings=len(loaded.findings) - errors))
    return Exit.FINDINGS if errors else Exit.OK
