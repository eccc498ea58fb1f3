"""guatu drg group: stays into groups."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import click

from guatu.cli.commands.drg import _shared
from guatu.cli.commands.drg._shared import bar, not_the_same, scheme_at, scheme_option, table_errors
from guatu.cli.exits import Exit, Stop
from guatu.cli.messages import Say
from guatu.cli.shell import Command

if TYPE_CHECKING:
    from guatu.engines.drg.grouping.columnar import Counts
    from guatu.engines.drg.scheme.model import Qy, Scheme

MESSAGES = {
    **_shared.MESSAGES,
    "drg.group.short": ("病案分组", "Group stays"),
    "drg.group.help": (
        "按分组方案给病案分组。\n\n"
        "FILE 与 -o 是 .tsv、.csv 或 .parquet。要有的列：id sex age age_days weight_g dx procs；los 可有可无；"
        "dx、procs 用 | 分隔，第一个是主要诊断、主要手术。\n\n"
        "结果的列：id mdc adrg drg problems；不能入组为 0000，problems 是问题代码，用 | 分隔。",
        "Group stays by a grouping scheme.\n\n"
        "FILE and -o are .tsv, .csv or .parquet. Columns that must be there: id sex age age_days weight_g dx procs; los"
        " may be; dx and procs are joined by |, the principal diagnosis and the main procedure first.\n\n"
        "Columns of the result: id mdc adrg drg problems; 0000 is ungrouped, problems are codes joined by |.",
    ),
    "drg.group.out": ("结果写到这个文件。", "Write the result to this file."),
    "drg.group.qy": (
        "歧义组：off 不用，main 看主要手术，any 看任一手术；默认依方案。",
        "Group of unrelated procedures: off, main (by the main one), any (by any). Default: what the scheme says.",
    ),
    "drg.group.explain": (
        "不分组，只说明这一例为什么入这个组。",
        "Group nothing; say why the stay with this id is in its group.",
    ),
    "drg.group.workers": (
        "用本机的几个 Dask 进程（要装 guatu[cluster]；FILE 为 .parquet 才分得开）。",
        "Use this many Dask processes of this machine (extra cluster; a .parquet file is split).",
    ),
    "drg.group.cluster": (
        "用这个地址的 Dask 集群，如 tcp://主机:8786；各机须看到相同的文件。",
        "Use the Dask cluster at this address, such as tcp://host:8786; every machine must see the same files.",
    ),
    "drg.group.no-cluster": (
        "没有安装 Dask。请运行 pip install 'guatu[cluster]'。",
        "Dask is not installed. Run pip install 'guatu[cluster]'.",
    ),
    "drg.group.needs-out": ("请用 -o 指明结果文件，或用 --explain。", "Name the result with -o, or use --explain."),
    "drg.group.working": ("正在分组", "Grouping"),
    "drg.group.done": (
        "{name}：{rows} 例，入组 {grouped}，未入组 {ungrouped}",
        "{name}: {rows} stays, {grouped} grouped, {ungrouped} ungrouped",
    ),
    "drg.group.not-found": ("{name}：没有 id 为“{id}”的病案。", "{name}: no stay has the id '{id}'."),
}


def build(say: Say) -> click.Command:
    params = [
        click.Argument(["file"], metavar="FILE"),
        scheme_option(say),
        click.Option(["-o", "--out"], metavar="OUT", help=say("drg.group.out")),
        click.Option(
            ["--qy"], type=click.Choice(["off", "main", "any"]), metavar="off|main|any", help=say("drg.group.qy")
        ),
        click.Option(["--workers"], type=click.IntRange(min=1), metavar="N", help=say("drg.group.workers")),
        click.Option(["--cluster"], metavar="ADDRESS", help=say("drg.group.cluster")),
        click.Option(["--explain", "explain"], metavar="ID", help=say("drg.group.explain")),
    ]
    return Command("group", say, partial(run, say), params, key="drg.group")


@dataclass(frozen=True, slots=True)
class Call:
    """What the command was asked for."""

    file: Path
    scheme: str | None
    qy: "Qy | None"
    workers: int | None
    cluster: str | None


def run(say: Say, file: str, scheme: str | None, out: str | None, explain: str | None, **more: Any) -> int:
    call = Call(Path(file), scheme, **more)
    if explain is not None:
        return _explain(say, call, explain)
    if out is None:
        raise Stop(Exit.INPUT, say("drg.group.needs-out"))
    not_the_same(file, out, say)
    loaded = scheme_at(scheme, say, call.qy)
    with table_errors(say), bar(say("drg.group.working")) as told:
        if call.workers or call.cluster:
            counts = _on_cluster(say, call, Path(out), told)
        else:
            counts = _here(call.file, Path(out), loaded, told)
    print(_summary(counts, out, say), file=sys.stderr)
    return Exit.OK


def _here(file: Path, out: Path, scheme: "Scheme", told: Callable[[float], None]) -> "Counts":
    from guatu.engines.drg.grouping.encoding import Encoded
    from guatu.engines.drg.grouping.files import group_file

    return group_file(file, out, Encoded(scheme), told)


def _on_cluster(say: Say, call: Call, out: Path, told: Callable[[float], None]) -> "Counts":
    from guatu.adapters.batch import ClusterRunner, cluster_is_here, combined
    from guatu.engines.drg.content import SCHEME
    from guatu.engines.drg.grouping.columnar import NO_COUNTS, Counts
    from guatu.engines.drg.grouping.parts import group_part, join, parts_of

    if not cluster_is_here():
        raise Stop(Exit.INPUT, say("drg.group.no-cluster"))
    with TemporaryDirectory(dir=out.absolute().parent, prefix=f".{out.name}.") as folder:
        parts = parts_of([call.file], Path(call.scheme or SCHEME), Path(folder), call.qy)
        results = []
        with ClusterRunner(call.workers or 2, call.cluster) as runner:
            for result in runner.run(group_part, parts):
                results.append(result)
                told(len(results) / len(parts))
        join(parts, out)
    return combined(results, Counts.__add__, NO_COUNTS)


def _summary(counts: "Counts", out: str, say: Say) -> str:
    from guatu.engines.drg.grouping.problems import PROBLEMS

    ungrouped = counts.rows - counts.grouped
    lines = [say("drg.group.done", name=out, rows=counts.rows, grouped=counts.grouped, ungrouped=ungrouped)]
    for kind, count in zip(PROBLEMS, counts.problems, strict=True):
        if count:
            lines.append(f"  {say(f'drg.severity-{kind.severity}')} {kind.code} {count}")
    return "\n".join(lines)


def _explain(say: Say, call: Call, wanted: str) -> int:
    from guatu.engines.drg.grouping.files import explained
    from guatu.engines.drg.grouping.trace import lines

    scheme = scheme_at(call.scheme, say, call.qy)
    found = False
    with table_errors(say):
        for grouping in explained(call.file, wanted, scheme):
            found = True
            print(f"{grouping.id}  {grouping.mdc}  {grouping.adrg}  {grouping.drg}")
            for finding in grouping.findings:
                print(f"  ! {finding.code}: {finding.message(say.language)}")
            for line in lines(grouping.trace, say.language):
                print(f"  {line}")
    if not found:
        raise Stop(Exit.NOT_FOUND, say("drg.group.not-found", name=str(call.file), id=wanted))
    return Exit.OK
