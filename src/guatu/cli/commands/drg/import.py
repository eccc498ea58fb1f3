"""guatu drg import: records with pseudonyms in the place of identities."""

import os
import sys
from functools import partial
from pathlib import Path

import click

from guatu.cli.commands.drg import _shared
from guatu.cli.commands.drg._shared import bar, not_the_same, table_errors
from guatu.cli.exits import Exit, Stop
from guatu.cli.messages import Say
from guatu.cli.shell import Command

KEY_VARIABLE = "GUATU_DRG_KEY"
MESSAGES = {
    **_shared.MESSAGES,
    "drg.import.short": ("导入病案并去身份化", "Import records with pseudonyms"),
    "drg.import.help": (
        "导入病案：身份证号、医保编号等列换成用本县密钥计算的假名（HMAC-SHA-256），姓名、电话、住址等列去掉，"
        "只留下分组与结算要用的列。同一人在各文件里的假名相同。\n\n"
        "密钥放在一个文件里，用 --key 指明，或用环境变量 {variable}；至少 16 字节，妥善保管，不要放进同一文件夹。",
        "Import records: identity numbers become pseudonyms by a key of the county (HMAC-SHA-256); names, "
        "telephones and"
        " addresses are dropped; only columns that grouping and settlement need come through. One person has one"
        " pseudonym in every file.\n\n"
        "The key lies in a file named by --key, or in the variable {variable}; at least 16 bytes. Keep it apart.",
    ),
    "drg.import.key": ("密钥文件。", "File with the key."),
    "drg.import.keep": ("另外留下的列，用逗号分开。", "Further columns to keep, separated by commas."),
    "drg.import.out": ("写到这个文件（.tsv、.csv、.parquet）。", "Write to this file (.tsv, .csv, .parquet)."),
    "drg.import.no-key": (
        "没有密钥：用 --key 指明密钥文件，或设环境变量 {variable}；至少 {least} 字节。",
        "No key: name its file with --key or set {variable}; at least {least} bytes.",
    ),
    "drg.import.key-unread": (
        "{name}：密钥文件读不出来（{reason}）。",
        "{name}: the file of the key cannot be read ({reason}).",
    ),
    "drg.import.working": ("正在导入", "Importing"),
    "drg.import.bad-line": (
        "{name}:{line}：格数与表头不符，没有导入。请检查分隔符。",
        "{name}:{line}: another number of cells than the head; not imported. Check its separators.",
    ),
    "drg.import.done": (
        "{name}：{rows} 行；换成假名的列：{replaced}；去掉的列：{dropped}",
        "{name}: {rows} rows; columns made pseudonyms: {replaced}; columns dropped: {dropped}",
    ),
}


def build(say: Say) -> click.Command:
    params = [
        click.Argument(["file"], metavar="FILE"),
        click.Option(["-o", "--out"], metavar="OUT", required=True, help=say("drg.import.out")),
        click.Option(["--key"], metavar="FILE", help=say("drg.import.key")),
        click.Option(["--keep"], metavar="COLUMNS", default="", help=say("drg.import.keep")),
    ]
    command = Command("import", say, partial(run, say), params, key="drg.import")
    command.help = say("drg.import.help", variable=KEY_VARIABLE)
    return command


def run(say: Say, file: str, out: str, key: str | None, keep: str) -> int:
    from guatu.engines.drg.pseudonyms import import_file

    not_the_same(file, out, say)
    secret = _key(key, say)
    with table_errors(say), bar(say("drg.import.working")) as told:
        done = import_file(Path(file), Path(out), secret, [name for name in keep.split(",") if name], told)
    for line in done.bad_lines:
        print(say("drg.import.bad-line", name=file, line=line), file=sys.stderr)
    shown = {"replaced": ", ".join(done.replaced) or "-", "dropped": ", ".join(done.dropped) or "-"}
    print(say("drg.import.done", name=out, rows=done.rows, **shown), file=sys.stderr)
    return Exit.OK


def _key(path: str | None, say: Say) -> bytes:
    from guatu.engines.drg.pseudonyms import LEAST_KEY

    try:
        key = Path(path).read_bytes().strip() if path else os.environ.get(KEY_VARIABLE, "").encode()
    except OSError as error:
        raise Stop(Exit.INPUT, say("drg.import.key-unread", name=path, reason=error.strerror)) from error
    if len(key) < LEAST_KEY:
        raise Stop(Exit.INPUT, say("drg.import.no-key", variable=KEY_VARIABLE, least=LEAST_KEY))
    return key
