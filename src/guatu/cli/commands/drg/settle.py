"""guatu drg settle: a year's points and money, hospital by hospital."""

import io
import sys
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

from guatu.cli.commands.drg import _money, _shared
from guatu.cli.commands.drg._money import Folder, Inputs, options, refuse
from guatu.cli.exits import Exit, Stop
from guatu.cli.messages import Say
from guatu.cli.shell import Command

if TYPE_CHECKING:
    from guatu.core.kernel.row_finding import RowFinding
    from guatu.engines.drg.points import Review
    from guatu.engines.drg.settlement.year import Year

MESSAGES = {
    **_shared.MESSAGES,
    **_money.MESSAGES,
    "drg.settle.short": ("年度结算", "Settle a year"),
    "drg.settle.help": (
        "由已分组的病例、权重和参数结算一年：每例点数、点值、每家医院的应得、考核、分担、预付与清算。\n\n"
        "参数须有两个人批准；试算用 guatu drg simulate。文件夹中写出 settlement.json（含全部依据和各输入文件的指纹，"
        "同样的输入得到同样的字节）、hospitals、points、problems 表。\n\nFILE 的列同 guatu drg weigh。",
        "Settles a year from grouped stays, weights and parameters: points of each stay, the point value, and "
        "what each hospital is"
        " entitled to, after assessment and sharing, less what was prepaid.\n\n"
        "The parameters need the approval of two people; to try things out use guatu drg simulate. The folder "
        "gets settlement.json"
        " (every figure with its reason, and the hash of each file; the same input gives the same bytes) and the tables"
        " hospitals, points and problems.\n\nColumns of FILE as for guatu drg weigh.",
    ),
    "drg.settle.reviews": (
        "特病单议表：id unreasonable points（不合理费用以元计，或直接给点数）。",
        "Table of special reviews: id, and unreasonable (yuan) or points.",
    ),
    "drg.settle.statements": ("另为每家医院写一份 xlsx 结算单。", "Also write a statement as xlsx for each hospital."),
    "drg.settle.explain": (
        "只说明这家医院（逐例）或这一例为什么是这个数，不写文件。",
        "Write nothing; say why the figures of this hospital (stay by stay) or of this stay are so.",
    ),
    "drg.settle.needs-out": ("请用 -o 指明结果文件夹，或用 --explain。", "Name the folder with -o, or use --explain."),
    "drg.settle.not-found": (
        "没有代码为“{id}”的医院，也没有该编号的有效病例。",
        "No hospital has the code '{id}', and no valid stay the id.",
    ),
    "drg.settle.done": (
        "{cases} 例，{points} 点，点值 {value}；基金应付合计 {sum}：{name}",
        "{cases} stays, {points} points at {value}; due from the fund {sum}: {name}",
    ),
    "drg.settle.check": (
        "按存档的 settlement.json 重算核对：逐字节相同返回 0，不同返回 1 并指出哪些输入变了。",
        "Settle again and compare with this settlement.json: 0 when the bytes are the same, else 1 and what went "
        "in otherwise.",
    ),
    "drg.settle.same": ("{name}：重算结果逐字节相同。", "{name}: settled again, the bytes are the same."),
    "drg.settle.differs": (
        "{name}：重算结果不同；不同之处：{names}",
        "{name}: settled again, the result differs in: {names}",
    ),
    "drg.settle.not-one": ("{name}：不是 settlement.json。", "{name}: is no settlement.json."),
}


def build(say: Say) -> click.Command:
    out = click.Option(["-o", "--out"], metavar="FOLDER", help=say("drg.money-out"))
    params = [
        click.Argument(["file"], metavar="FILE"),
        *options(say, "weights", "parameters", "hospitals", "groups"),
        out,
        *options(say, "format"),
        click.Option(["--reviews"], metavar="FILE", help=say("drg.settle.reviews")),
        click.Option(["--statements"], is_flag=True, help=say("drg.settle.statements")),
        click.Option(["--explain"], metavar="HOSPITAL|ID", help=say("drg.settle.explain")),
        click.Option(["--check"], metavar="JSON", help=say("drg.settle.check")),
    ]
    return Command("settle", say, partial(run, say), params, key="drg.settle")


def run(
    say: Say, file: str, weights: str, parameters: str, hospitals: str, groups: str | None, out: str | None,
    format_: str, reviews: str | None, statements: bool, explain: str | None, check: str | None,
) -> int:  # fmt: skip
    from guatu.engines.drg.settlement.hospitals import REVIEW_COLUMNS, REVIEW_OPTIONAL, read_reviews
    from guatu.engines.drg.settlement.record import record
    from guatu.engines.drg.settlement.year import settle_year

    if out is None and explain is None and check is None:
        raise Stop(Exit.INPUT, say("drg.settle.needs-out"))
    inputs = Inputs(say)
    chosen, table_of_weights = inputs.parameters(parameters), inputs.weights(weights)
    places = inputs.hospitals(hospitals)
    asked: list[Review] = []
    if reviews is not None:
        asked, wrong = read_reviews(inputs.table("reviews", reviews, REVIEW_COLUMNS, REVIEW_OPTIONAL).to_pylist())
        refuse(wrong, say, reviews)
    table, twice = inputs.stays(file, groups)
    year, problems, findings = settle_year(
        table, table_of_weights, chosen, places, asked, simulated=explain is not None
    )  # fmt: skip
    if explain is not None:
        return _explain(year, explain, findings, say)
    if check is not None:
        refuse(findings if year is None else [], say)
        assert year is not None
        return _check(record(year, problems, chosen, inputs.hashes, bad_lines=len(inputs.bad_lines)), check, say)
    folder = Folder(str(out), format_, say)
    folder.problems(inputs, problems.extended(twice), table.column("id"))
    refuse([finding for finding in findings if year is None or finding.severity == "warning"], say)
    assert year is not None
    _write(year, folder, [finding for finding in findings if finding.severity == "error"], say)
    data = record(year, problems, chosen, inputs.hashes, bad_lines=len(inputs.bad_lines))
    folder.bytes("settlement.json", data)
    if statements:
        _statements(year, folder, say)
    print(_summary(year, folder.path / "settlement.json", say), file=sys.stderr)
    return Exit.OK


def _check(data: bytes, name: str, say: Say) -> int:
    """Whether an earlier settlement comes out again."""
    from guatu.engines.drg.settlement.record import differences

    try:
        found = differences(Path(name).read_bytes(), data)
    except OSError as error:
        raise Stop(Exit.INPUT, say("drg.money-unreadable", name=name, reason=error.strerror)) from error
    if found is None:
        raise Stop(Exit.INPUT, say("drg.settle.not-one", name=name))
    names = ("、" if say.language == "zh" else ", ").join(found)
    print(say("drg.settle.differs", name=name, names=names) if found else say("drg.settle.same", name=name))
    return Exit.FINDINGS if found else Exit.OK


def _write(year: "Year", folder: Folder, refused: "list[RowFinding]", say: Say) -> None:
    from guatu.engines.drg.settlement.arrow import findings_table, hospitals_table, points_table

    batches = points_table(year)
    first = next(batches)
    folder.table("points", chain([first], batches), first.schema)
    folder.whole("hospitals", hospitals_table(year.settlement))
    if refused:
        folder.whole("refused_reviews", findings_table(refused, None, say.language))


def _statements(year: "Year", folder: Folder, say: Say) -> None:
    from guatu.adapters.writers.statement import write_statement
    from guatu.engines.drg.settlement.statement import lines_of, stays_of

    for figures in year.settlement.hospitals:
        out = io.BytesIO()
        title = f"{figures.code} {figures.name}".rstrip()
        write_statement(
            out, say.language, title, lines_of(figures, say.language), stays_of(year, figures.code, say.language)
        )
        folder.bytes(f"statements/{_file_name(figures.code)}.xlsx", out.getvalue())


def _file_name(code: str) -> str:
    """A code as the name of a file: it came from a table and may hold anything."""
    return "".join(sign if sign.isalnum() or sign in "-_." else "_" for sign in code).lstrip(".") or "_"


def _explain(year: "Year | None", wanted: str, findings: "list[RowFinding]", say: Say) -> int:
    from guatu.engines.drg.settlement.explain import explained_hospital, explained_stay

    if year is None:
        refuse(findings, say)
    assert year is not None
    found = False
    for line in explained_hospital(year, wanted, say.language):
        print(line)
        found = True
    if not found:
        text = explained_stay(year, wanted, say.language)
        if text is None:
            raise Stop(Exit.NOT_FOUND, say("drg.settle.not-found", id=wanted))
        print(text)
    return Exit.OK


def _summary(year: "Year", name: Path, say: Say) -> str:
    from guatu.core.kernel.explained import Explained
    from guatu.core.kernel.money import total

    made = year.settlement
    due = total([row.released.value for row in made.hospitals if isinstance(row.released, Explained)])
    value = f"{made.point_value.value} 元" if isinstance(made.point_value, Explained) else "-"
    words = {"cases": len(year.stays), "points": f"{made.total_points:,}", "value": value, "sum": due, "name": name}
    return say("drg.settle.done", **words)
